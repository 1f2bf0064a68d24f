//! Our own extension keys: what they say decides whether money moves twice.

use specie_codegen::api::{Idempotency, Operation, Outcome, Pagination, PaginationStyle, Reconcile, Signature, Status};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::site::Site;
use crate::{Answer, Edit, Relation, Rule};

/// Compares what two operations say about repetition, reconciliation, pages and signatures.
pub(crate) fn compare(old: &Operation, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    let (before, after) = (repetition(old), repetition(new));
    if before != after {
        let relation = Relation::new(is_repeated_safely(old, new), is_repeated_safely(new, old));
        let at = |operation: &Operation| operation.idempotency_span.map_or(operation.span, |stated| stated.key);
        let edit = Edit::new(Rule::IdempotencyChanged, relation, Some(at(old)), Some(at(new)));
        found.edit(site, edit.values(Some(before), Some(after)));
    }
    if let Some(relation) = reconciliation(old.reconcile.as_ref(), new.reconcile.as_ref()) {
        let at = |operation: &Operation| operation.reconcile.as_ref().map_or(operation.span, |stated| stated.span);
        found.edit(site, Edit::new(Rule::ReconcileChanged, relation, Some(at(old)), Some(at(new))));
    }
    if old.pagination.as_ref().map(pagination) != new.pagination.as_ref().map(pagination) {
        let at = |operation: &Operation| operation.pagination.as_ref().map_or(operation.span, |stated| stated.span.key);
        found.edit(site, Edit::new(Rule::PaginationChanged, Relation::UNKNOWN, Some(at(old)), Some(at(new))));
    }
    let signed =
        |signature: &Option<Signature>| signature.as_ref().map(|one| (one.header.clone(), one.algorithm.clone()));
    if signed(&old.signature) != signed(&new.signature) {
        let at = |operation: &Operation| operation.signature.as_ref().map_or(operation.span, |stated| stated.span.key);
        found.edit(site, Edit::new(Rule::SignatureChanged, Relation::INCOMPARABLE, Some(at(old)), Some(at(new))));
    }
}

/// Says where two responses, or the lack of one, say something else about whether money moved. Each outcome has the place where it, or what
/// could state it, stands.
pub(crate) fn outcomes(
    (old, old_span): (Option<Outcome>, Span),
    (new, new_span): (Option<Outcome>, Span),
    relation: Relation,
    site: &Site,
    found: &mut Collector<'_>,
) {
    if old == new {
        return;
    }
    let text = |outcome: Option<Outcome>| Some(outcome.map_or("not stated", name).to_owned());
    let edit = Edit::new(Rule::OutcomeChanged, relation, Some(old_span), Some(new_span));
    found.edit(site, edit.values(text(old), text(new)));
}

/// How what a status allows to have happened stands to what it allowed: a certain outcome is one, and `unknown` is any.
///
/// An error without an outcome says nothing, which is any as well. What a success without one says is for a person to judge.
pub(crate) fn outcome_relation(old: Option<Outcome>, new: Option<Outcome>, status: Status) -> Relation {
    let is_certain = |outcome: Option<Outcome>| outcome.is_some_and(|one| one != Outcome::Unknown);
    match (is_certain(old), is_certain(new)) {
        _ if status.is_success() && (old.is_none() || new.is_none()) => Relation::UNKNOWN,
        (true, true) => Relation::INCOMPARABLE,
        (true, false) => Relation::WIDENS,
        (false, true) => Relation::NARROWS,
        (false, false) => Relation::SAME,
    }
}

/// Whether a client that repeats requests as one document says moves money once by the other document, which says something else.
fn is_repeated_safely(client: &Operation, server: &Operation) -> Answer {
    // A request without anything that makes it safe to repeat is not repeated.
    let is_once = !client.safe && client.idempotency == Idempotency::None;
    let is_keyed = matches!(client.idempotency, Idempotency::Header(_) | Idempotency::Field { .. });
    let is_natural = !client.safe && is_keyed && server.idempotency == Idempotency::Natural;
    if is_once || server.safe || is_natural { Answer::Yes } else { Answer::No }
}

/// How two ways to find out whether money moved stand to each other; `None` where they are one.
fn reconciliation(old: Option<&Reconcile>, new: Option<&Reconcile>) -> Option<Relation> {
    match (old, new) {
        (None, None) => None,
        // Whoever asks that way gets no promise any more.
        (Some(_), None) => Some(Relation::NARROWS),
        (None, Some(_)) => Some(Relation::WIDENS),
        (Some(one), Some(other)) if way(one) != way(other) => Some(Relation::INCOMPARABLE),
        (Some(one), Some(other)) if one.settling != other.settling => Some(settling(one.settling, other.settling)),
        // An operation of another id may be the same one under another name.
        (Some(one), Some(other)) => (one.operation != other.operation).then_some(Relation::UNKNOWN),
    }
}

/// Whoever waits for less time than a server may act takes a payment for one that did not happen.
fn settling(old: Option<u64>, new: Option<u64>) -> Relation {
    match (old, new) {
        (Some(old), Some(new)) if old < new => Relation::NARROWS,
        (Some(_), Some(_)) => Relation::WIDENS,
        _ => Relation::UNKNOWN,
    }
}

const fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Done => "done",
        Outcome::Refused => "refused",
        Outcome::Unknown => "unknown",
        Outcome::Duplicate => "duplicate",
        Outcome::None => "none",
    }
}

fn repetition(operation: &Operation) -> String {
    match &operation.idempotency {
        _ if operation.safe => "moves nothing".to_owned(),
        Idempotency::Natural => "natural".to_owned(),
        Idempotency::Header(name) => format!("header {name}"),
        Idempotency::Field { pointer, duplicate } => format!("field {pointer}, duplicate {duplicate}"),
        Idempotency::None => "none".to_owned(),
    }
}

/// How is asked, without the name of the operation that is asked.
fn way(stated: &Reconcile) -> impl PartialEq + use<'_> {
    let Reconcile { operation: _, parameter, value, find, agree, resource, identity, settling: _, span: _ } = stated;
    (parameter, value, find, agree, resource, identity)
}

fn pagination(stated: &Pagination) -> (String, PaginationStyle) {
    (stated.items.clone(), stated.style.clone())
}

#[cfg(test)]
mod tests {
    use specie_codegen::api::Find;

    use super::*;

    fn stated(operation: &str, parameter: &str, settling: Option<u64>) -> Reconcile {
        Reconcile {
            operation: operation.to_owned(),
            parameter: parameter.to_owned(),
            value: "/reference".to_owned(),
            find: Find::One { matches: "/reference".to_owned() },
            agree: Vec::new(),
            resource: String::new(),
            identity: None,
            settling,
            span: Span::START,
        }
    }

    #[test]
    fn whoever_waits_as_before_may_wait_too_little() {
        let of =
            |old, new| reconciliation(Some(&stated("find", "ref", Some(old))), Some(&stated("find", "ref", Some(new))));
        assert_eq!(of(60, 60), None);
        assert_eq!(of(60, 120), Some(Relation::NARROWS));
        assert_eq!(of(120, 60), Some(Relation::WIDENS));
    }

    #[test]
    fn a_lookup_that_is_gone_or_another_one_breaks_those_who_rely_on_it() {
        let (one, renamed, other) =
            (stated("find", "ref", None), stated("get", "ref", None), stated("find", "id", None));
        assert_eq!(reconciliation(Some(&one), None), Some(Relation::NARROWS));
        assert_eq!(reconciliation(None, Some(&one)), Some(Relation::WIDENS));
        assert_eq!(reconciliation(Some(&one), Some(&other)), Some(Relation::INCOMPARABLE));
        assert_eq!(reconciliation(Some(&one), Some(&renamed)), Some(Relation::UNKNOWN));
    }
}
