//! Responses: statuses, headers and bodies.

use specie_codegen::api::{Operation, Outcome, Response, Status};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::site::Site;
use crate::{Answer, Edit, Relation, Rule, content, extensions};

/// Compares the responses of two operations; `site` is where the API sends them.
pub(crate) fn compare(old: &Operation, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    for one in &old.responses {
        match described(&new.responses, one.status) {
            Some(other) => both(one, other, site, found),
            None => removed(one, new, site, found),
        }
    }
    if let Some((one, other)) = success_of_another_status(old, new) {
        bodies(one, other, &site.at(format!("response {}", other.status)), found);
    }
    for other in &new.responses {
        if described(&old.responses, other.status).is_none() {
            added(other, old, site, found);
        } else if let Some(one) = broader(&old.responses, other.status) {
            both(one, other, site, found);
        }
    }
}

/// The one success that is gone and the one that is new: the same answer by another status.
fn success_of_another_status<'a>(old: &'a Operation, new: &'a Operation) -> Option<(&'a Response, &'a Response)> {
    let alone = |all: &'a [Response], others: &[Response]| {
        let mut all = all.iter().filter(|one| one.status.is_success() && described(others, one.status).is_none());
        all.next().filter(|_| all.next().is_none())
    };
    let both = alone(&old.responses, &new.responses).zip(alone(&new.responses, &old.responses));
    both.filter(|(one, other)| !one.content.is_empty() && !other.content.is_empty())
}

/// The response that describes a status: its own, or that of its range.
fn described(responses: &[Response], status: Status) -> Option<&Response> {
    responses.iter().find(|one| one.status == status).or_else(|| broader(responses, status))
}

/// The response of the range of a status that has none of its own.
fn broader(responses: &[Response], status: Status) -> Option<&Response> {
    let Status::Code(code) = status else { return None };
    if responses.iter().any(|one| one.status == status) {
        return None;
    }
    responses.iter().find(|one| matches!(one.status, Status::Range(digit) if u16::from(digit) == code / 100))
}

/// Whether there are responses of some statuses of a range.
fn is_in_part(responses: &[Response], range: &Response) -> bool {
    responses.iter().any(|one| broader(std::slice::from_ref(range), one.status).is_some())
}

/// The response of all statuses that have none of their own.
fn of_all_others(responses: &[Response]) -> Option<&Response> {
    responses.iter().find(|one| one.status == Status::Default)
}

/// A client chooses what to do by a success, so one that waits for it fails where it never comes. Errors are a choice of the server.
fn removed(one: &Response, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    // What comes of a range that is not described any more was in the range.
    let new_in_old = if is_in_part(&new.responses, one) { Answer::Yes } else { Answer::No };
    let relation = if one.status.is_success() { Relation::new(Answer::Unknown, new_in_old) } else { Relation::SAME };
    let edit = Edit::new(Rule::StatusRemoved, relation, Some(one.span), Some(new.span));
    let site = site.at(format!("response {}", one.status));
    found.edit(&site, edit);
    let (now, relation) = otherwise(one, new);
    extensions::outcomes(outcome(one), now, relation, &site, found);
}

/// What a document says about whether money moved by a status that it has no response of, and how what another one says stands to it. Of an
/// error its `default` says it; without one no document says whether the status comes at all.
fn otherwise(one: &Response, operation: &Operation) -> ((Option<Outcome>, Span), Relation) {
    match of_all_others(&operation.responses).filter(|_| !one.status.is_success() && one.status != Status::Default) {
        Some(default) => (outcome(default), extensions::outcome_relation(one.outcome, default.outcome, one.status)),
        None => ((None, operation.span), Relation::UNKNOWN),
    }
}

fn added(other: &Response, old: &Operation, site: &Site, found: &mut Collector<'_>) {
    let old_in_new = if is_in_part(&old.responses, other) { Answer::Yes } else { Answer::No };
    let relation = if other.status.is_success() { Relation::new(old_in_new, Answer::Unknown) } else { Relation::SAME };
    let edit = Edit::new(Rule::StatusAdded, relation, Some(old.span), Some(other.span));
    let site = site.at(format!("response {}", other.status));
    found.edit(&site, edit);
    let (before, relation) = otherwise(other, old);
    extensions::outcomes(before, outcome(other), relation.swapped(), &site, found);
}

fn both(one: &Response, other: &Response, site: &Site, found: &mut Collector<'_>) {
    let site = site.at(format!("response {}", other.status));
    let relation = extensions::outcome_relation(one.outcome, other.outcome, other.status);
    extensions::outcomes(outcome(one), outcome(other), relation, &site, found);
    bodies(one, other, &site, found);
}

/// Compares what two responses hold; `site` is the response.
fn bodies(one: &Response, other: &Response, site: &Site, found: &mut Collector<'_>) {
    // A client says by `Accept` which media type it takes.
    content::media_types(&one.content, &other.content, site, &site.reverse(), found);
    content::headers((&one.headers, one.span), (&other.headers, other.span), site, found);
}

/// What a response says about whether money moved, and where.
fn outcome(one: &Response) -> (Option<Outcome>, Span) {
    (one.outcome, one.outcome_span.map_or(one.span, |at| at.key))
}
