//! Responses: statuses, headers and bodies.

use specie_codegen::api::{Operation, Outcome, Response, Status};
use specie_codegen::source::Span;

use crate::collect::Collector;
use crate::document_location::{Documents, Site};
use crate::{Answer, Edit, Relation, Rule, content, extensions, links};

/// Compares the responses of two operations; `site` is where the API sends them.
///
/// What a status means is said by its own response, or else by that of its range, or else by `default` (OpenAPI 3.2.0, Responses Object).
/// So each status, range and `default` that one document has is compared with what the other one says of it, wherever it says so.
pub(crate) fn compare(
    documents: &Documents<'_>,
    old: &Operation,
    new: &Operation,
    site: &Site,
    found: &mut Collector<'_>,
) {
    for one in &old.responses {
        if stated(&new.responses, one.status).is_none() {
            removed(one, new, site, found);
        }
        meanings((Some(one), described(&new.responses, one.status)), (old, new), site, found);
    }
    if let Some((one, other)) = success_of_another_status(old, new) {
        bodies(one, other, &site.at(format!("response {}", other.status)), found);
    }
    for one in &old.responses {
        if let Some(other) = new.responses.iter().find(|other| other.status == one.status) {
            links::compare(documents, (one, other), &site.at(format!("response {}", one.status)), found);
        }
    }
    for other in &new.responses {
        if stated(&old.responses, other.status).is_none() {
            added(other, old, site, found);
        }
        if old.responses.iter().all(|one| one.status != other.status) {
            meanings((described(&old.responses, other.status), Some(other)), (old, new), site, found);
        }
    }
}

/// Compares what two documents say of a status that at least one of them has a response of.
fn meanings(
    (one, other): (Option<&Response>, Option<&Response>),
    (old, new): (&Operation, &Operation),
    site: &Site,
    found: &mut Collector<'_>,
) {
    let site = |response: &Response| site.at(format!("response {}", response.status));
    match (one, other) {
        (Some(one), Some(other)) => both(one, other, &site(more_exact(one, other)), found),
        // Without any response, no document says whether the status comes at all.
        (Some(one), None) => {
            extensions::outcomes(outcome(one), (None, new.span), Relation::UNKNOWN, &site(one), found);
        }
        (None, Some(other)) => {
            extensions::outcomes((None, old.span), outcome(other), Relation::UNKNOWN, &site(other), found);
        }
        (None, None) => {}
    }
}

/// The one of two responses that describes fewer statuses.
fn more_exact<'a>(one: &'a Response, other: &'a Response) -> &'a Response {
    let breadth = |response: &Response| match response.status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    };
    if breadth(one) < breadth(other) { one } else { other }
}

/// The one success that is gone and the one that is new: the same answer by another status.
fn success_of_another_status<'a>(old: &'a Operation, new: &'a Operation) -> Option<(&'a Response, &'a Response)> {
    let alone = |all: &'a [Response], others: &[Response]| {
        let mut all = all.iter().filter(|one| one.status.is_success() && stated(others, one.status).is_none());
        all.next().filter(|_| all.next().is_none())
    };
    let both = alone(&old.responses, &new.responses).zip(alone(&new.responses, &old.responses));
    both.filter(|(one, other)| !one.content.is_empty() && !other.content.is_empty())
}

/// The response that describes a status: its own, that of its range, or `default`, which is for errors, and where an operation has no success
/// of its own for that.
fn described(responses: &[Response], status: Status) -> Option<&Response> {
    let is_default = match status {
        Status::Code(400..) | Status::Range(4..) | Status::Default => true,
        _ => status.is_success() && !responses.iter().any(|one| one.status.is_success()),
    };
    stated(responses, status).or_else(|| responses.iter().find(|one| is_default && one.status == Status::Default))
}

/// The response of a status, or else of its range.
fn stated(responses: &[Response], status: Status) -> Option<&Response> {
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

/// A client chooses what to do by a success, so one that waits for it fails where it never comes. Errors are a choice of the server.
fn removed(one: &Response, new: &Operation, site: &Site, found: &mut Collector<'_>) {
    // What comes of a range that is not described any more was in the range.
    let new_in_old = if is_in_part(&new.responses, one) { Answer::Yes } else { Answer::No };
    let relation = if one.status.is_success() { Relation::new(Answer::Unknown, new_in_old) } else { Relation::SAME };
    let edit = Edit::new(Rule::StatusRemoved, relation, Some(one.span), Some(new.span));
    found.edit(&site.at(format!("response {}", one.status)), edit);
}

fn added(other: &Response, old: &Operation, site: &Site, found: &mut Collector<'_>) {
    let old_in_new = if is_in_part(&old.responses, other) { Answer::Yes } else { Answer::No };
    let relation = if other.status.is_success() { Relation::new(old_in_new, Answer::Unknown) } else { Relation::SAME };
    let edit = Edit::new(Rule::StatusAdded, relation, Some(old.span), Some(other.span));
    found.edit(&site.at(format!("response {}", other.status)), edit);
}

/// Compares two responses; `site` is that of the status that both describe.
fn both(one: &Response, other: &Response, site: &Site, found: &mut Collector<'_>) {
    let status = more_exact(one, other).status;
    let relation = extensions::outcome_relation(one.outcome, other.outcome, status);
    extensions::outcomes(outcome(one), outcome(other), relation, site, found);
    bodies(one, other, site, found);
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
