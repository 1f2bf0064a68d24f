//! Our own extension keys: what they say decides whether money moves twice.

use specie_codegen::api::{
    Api, Find, Idempotency, Operation, Outcome, Pagination, PaginationStyle, Reconcile, Signature, SignatureAlgorithm,
    Status,
};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::document_location::{Documents, Site, nameless};
use crate::{Answer, Edit, Relation, Rule};

/// Compares what two operations say about repetition, reconciliation, pages and signatures.
pub(crate) fn compare(
    documents: &Documents<'_>,
    old: &Operation,
    new: &Operation,
    site: &Site,
    found: &mut Collector<'_>,
) {
    let (before, after) = (repetition(old), repetition(new));
    if before != after {
        let relation = Relation::new(is_repeated_safely(old, new), is_repeated_safely(new, old));
        let at = |operation: &Operation| operation.idempotency_span.map_or(operation.span, |stated| stated.key);
        let edit = Edit::new(Rule::IdempotencyChanged, relation, Some(at(old)), Some(at(new)));
        found.edit(site, edit.values(Some(before), Some(after)));
    }
    let is_same_lookup =
        |one: &str, other: &str| lookup_address(documents.old, one) == lookup_address(documents.new, other);
    if let Some(relation) = reconciliation(old.reconcile.as_ref(), new.reconcile.as_ref(), &is_same_lookup) {
        let at = |operation: &Operation| operation.reconcile.as_ref().map_or(operation.span, |stated| stated.span);
        let (before, after) = (old.reconcile.as_ref().map(lookup), new.reconcile.as_ref().map(lookup));
        let (before, after) = differing(before.as_ref(), after.as_ref());
        let edit = Edit::new(Rule::ReconcileChanged, relation, Some(at(old)), Some(at(new)));
        found.edit(site, edit.values(Some(before), Some(after)));
    }
    let (before, after) = (old.pagination.as_ref().map(pages), new.pagination.as_ref().map(pages));
    if before != after {
        let at = |operation: &Operation| operation.pagination.as_ref().map_or(operation.span, |stated| stated.span.key);
        let (before, after) = differing(before.as_ref(), after.as_ref());
        let edit = Edit::new(Rule::PaginationChanged, Relation::UNKNOWN, Some(at(old)), Some(at(new)));
        found.edit(site, edit.values(Some(before), Some(after)));
    }
    let (before, after) = (old.signature.as_ref().map(signed), new.signature.as_ref().map(signed));
    if before != after {
        let at = |operation: &Operation| operation.signature.as_ref().map_or(operation.span, |stated| stated.span.key);
        let (before, after) = differing(before.as_ref(), after.as_ref());
        let edit = Edit::new(Rule::SignatureChanged, Relation::INCOMPARABLE, Some(at(old)), Some(at(new)));
        found.edit(site, edit.values(Some(before), Some(after)));
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
fn reconciliation(
    old: Option<&Reconcile>,
    new: Option<&Reconcile>,
    is_same_lookup: &dyn Fn(&str, &str) -> bool,
) -> Option<Relation> {
    match (old, new) {
        (None, None) => None,
        // Whoever asks that way gets no promise any more.
        (Some(_), None) => Some(Relation::NARROWS),
        (None, Some(_)) => Some(Relation::WIDENS),
        (Some(one), Some(other)) if way(one) != way(other) => Some(Relation::INCOMPARABLE),
        (Some(one), Some(other)) if one.settling != other.settling => Some(settling(one.settling, other.settling)),
        // Whether another address finds the same, no document says.
        (Some(one), Some(other)) => (!is_same_lookup(&one.operation, &other.operation)).then_some(Relation::UNKNOWN),
    }
}

/// The method and the path of the operation that is asked, whatever its id is.
fn lookup_address(api: &Api, id: &str) -> Option<(String, String)> {
    let operation = api.operations.iter().find(|one| one.id.as_deref() == Some(id))?;
    Some((operation.method.as_str().to_owned(), nameless(operation.path())))
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
        Idempotency::Header(name) => format!("header {}", name.to_ascii_lowercase()),
        Idempotency::Field { pointer, duplicate } => format!("field {pointer}, duplicate {duplicate}"),
        Idempotency::None => "none".to_owned(),
    }
}

/// How is asked, without the name of the operation that is asked.
fn way(stated: &Reconcile) -> impl PartialEq + use<'_> {
    let Reconcile { operation: _, parameter, value, find, agree, resource, identity, settling: _, span: _ } = stated;
    (parameter, value, find, agree, resource, identity)
}

/// The parts of what an extension key says, each with its name.
type Parts = Vec<(&'static str, String)>;

/// What two documents say where they differ: `parameter id, settling 60 s`.
fn differing(old: Option<&Parts>, new: Option<&Parts>) -> (String, String) {
    let text = |one: Option<&Parts>, other: Option<&Parts>| {
        let Some(parts) = one else { return "not stated".to_owned() };
        let is_shown = |part: &&(&str, String)| other.is_none_or(|other| !other.contains(part));
        let shown: Vec<String> = parts.iter().filter(is_shown).map(|(name, value)| format!("{name} {value}")).collect();
        let left_out = |(name, _): &&(&str, String)| parts.iter().all(|(known, _)| known != name);
        let missing = other.into_iter().flatten().filter(left_out).map(|(name, _)| format!("no {name}"));
        shown.into_iter().chain(missing).collect::<Vec<_>>().join(", ")
    };
    (text(old, new), text(new, old))
}

fn lookup(stated: &Reconcile) -> Parts {
    let find = match &stated.find {
        Find::Among { items, matches } => format!("{matches} of {items}"),
        Find::One { matches } => matches.clone(),
    };
    let agree: Vec<String> = stated.agree.iter().map(|(sent, found)| format!("{sent} = {found}")).collect();
    let mut parts = vec![
        ("operation", stated.operation.clone()),
        ("parameter", stated.parameter.clone()),
        ("value", stated.value.clone()),
        ("match", find),
    ];
    parts.extend((!agree.is_empty()).then(|| ("agree", agree.join(" and "))));
    parts.extend((!stated.resource.is_empty()).then(|| ("resource", stated.resource.clone())));
    parts.extend(stated.identity.clone().map(|identity| ("identity", identity)));
    parts.extend(stated.settling.map(|seconds| ("settling", format!("{seconds} s"))));
    parts
}

fn pages(stated: &Pagination) -> Parts {
    let mut parts = vec![("items", stated.items.clone())];
    match &stated.style {
        PaginationStyle::Page { number, size, total } => {
            parts.extend([("style", "page".to_owned()), ("page", number.clone())]);
            parts.extend(size.clone().map(|size| ("size", size)));
            parts.extend(total.clone().map(|total| ("total", total)));
        }
        PaginationStyle::Link { next } => parts.extend([("style", "link".to_owned()), ("next", next.clone())]),
        PaginationStyle::Cursor { parameter, next } => {
            parts.extend([("style", "cursor".to_owned()), ("cursor", parameter.clone()), ("next", next.clone())]);
        }
    }
    parts
}

fn signed(stated: &Signature) -> Parts {
    let algorithm = &stated.algorithm;
    let mut parts = vec![("header", stated.header.clone()), ("algorithm", algorithm.name().to_owned())];
    match algorithm {
        SignatureAlgorithm::HmacSha256 { prefix, timestamp, .. } => {
            parts.extend((!prefix.is_empty()).then(|| ("prefix", prefix.clone())));
            parts.extend(timestamp.as_ref().map(|(header, _)| ("timestamp", header.clone())));
        }
        SignatureAlgorithm::StandardWebhooks { id, timestamp, .. } => {
            parts.extend([("id", id.clone()), ("timestamp", timestamp.clone())]);
        }
        SignatureAlgorithm::Base64Sha1SecretBodySecret | SignatureAlgorithm::Stripe { .. } => {}
    }
    parts.extend(algorithm.tolerance().map(|seconds| ("tolerance", format!("{seconds} s"))));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(old: Option<&Reconcile>, new: Option<&Reconcile>) -> Option<Relation> {
        reconciliation(old, new, &|one, other| one == other)
    }

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
        let waiting = |old, new| of(Some(&stated("find", "ref", Some(old))), Some(&stated("find", "ref", Some(new))));
        assert_eq!(waiting(60, 60), None);
        assert_eq!(waiting(60, 120), Some(Relation::NARROWS));
        assert_eq!(waiting(120, 60), Some(Relation::WIDENS));
    }

    #[test]
    fn both_documents_are_quoted_where_they_differ() {
        let parts = |parameter: &str, settling| lookup(&stated("find", parameter, settling));
        let quoted = |before: &str, after: &str| (before.to_owned(), after.to_owned());
        assert_eq!(
            differing(Some(&parts("ref", Some(60))), Some(&parts("ref", Some(120)))),
            quoted("settling 60 s", "settling 120 s")
        );
        assert_eq!(
            differing(Some(&parts("ref", None)), Some(&parts("id", Some(5)))),
            quoted("parameter ref, no settling", "parameter id, settling 5 s")
        );
        let all = "operation find, parameter ref, value /reference, match /reference";
        assert_eq!(differing(Some(&parts("ref", None)), None), quoted(all, "not stated"));
    }

    #[test]
    fn a_lookup_that_is_gone_or_another_one_breaks_those_who_rely_on_it() {
        let (one, renamed, other) =
            (stated("find", "ref", None), stated("get", "ref", None), stated("find", "id", None));
        assert_eq!(of(Some(&one), None), Some(Relation::NARROWS));
        assert_eq!(of(None, Some(&one)), Some(Relation::WIDENS));
        assert_eq!(of(Some(&one), Some(&other)), Some(Relation::INCOMPARABLE));
        assert_eq!(of(Some(&one), Some(&renamed)), Some(Relation::UNKNOWN));
    }
}
