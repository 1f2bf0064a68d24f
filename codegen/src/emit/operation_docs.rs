//! What the documentation of an operation says: purpose, method and path, credentials, answers, an example.

use std::fmt::Write as _;

use super::context::{Context, OperationNames};
use super::docs::{self, Doc};
use super::{reconcile, samples};
use crate::ir::{Operation, Outcome, Reply, Status, TypeRef};

/// The documentation of a request struct.
pub(crate) fn of_request(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> Doc {
    let mut doc = Doc::new()
        .prose(operation.docs.summary.as_deref().unwrap_or_default())
        .prose(operation.docs.description.as_deref().unwrap_or_default())
        .own(route(operation))
        .own(destination(context, operation))
        .remarks(&operation.docs);
    if !operation.successes.is_empty() || !operation.errors.is_empty() {
        doc = doc.own(answers(context, operation, names));
    }
    // The only success is no item of its own, at which it could be said.
    if let [success] = operation.successes.as_slice() {
        for entry in &success.docs.provenance {
            doc = doc.prose(&format!("{}: {}", status(success.status), docs::provenance(entry)));
        }
    }
    if let Some(headers) = headers(operation) {
        doc = doc.own(headers);
    }
    if let Some(asking) = reconcile::words(context, operation) {
        doc = doc.own(asking);
    }
    match samples::of_request(context, operation, names) {
        Some(example) => doc.example("", &example),
        None => doc,
    }
}

/// The documentation of a method of the client or the server: the first lines only, the rest is at the request struct.
pub(crate) fn of_method(operation: &Operation) -> Doc {
    Doc::new()
        .own(docs::summary(&operation.docs).unwrap_or_else(|| format!("{}.", docs::code(&operation.id))))
        .own(route(operation))
}

/// `POST /v1/payouts`
pub(crate) fn route(operation: &Operation) -> String {
    docs::code(&format!("{} {}", operation.http_method, operation.path))
}

/// Where the request goes, where there is a choice, and what it is signed with.
fn destination(context: &Context<'_>, operation: &Operation) -> String {
    let base = (context.api.bases.len() > 1)
        .then(|| {
            context.api.bases.get(operation.base).map(|base| format!("Base URL: {}. ", docs::code(&base.method_name)))
        })
        .flatten()
        .unwrap_or_default();
    if operation.security.is_empty() {
        return format!("{base}No credential is sent.");
    }
    let alternatives = operation.security.iter().map(|requirement| {
        let schemes = requirement.schemes.iter().filter_map(|(index, scopes)| {
            let scheme = context.api.schemes.get(*index)?;
            let scopes: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
            let scopes = if scopes.is_empty() { String::new() } else { format!(" ({})", scopes.join(", ")) };
            Some(format!("{}{scopes}", docs::code(&scheme.key)))
        });
        let schemes: Vec<String> = schemes.collect();
        if schemes.is_empty() { "none".to_owned() } else { schemes.join(" and ") }
    });
    format!("{base}Credentials: {}.", alternatives.collect::<Vec<_>>().join(", or "))
}

/// The table of documented answers.
fn answers(context: &Context<'_>, operation: &Operation, names: &OperationNames) -> String {
    let several = operation.successes.len() > 1;
    let mut table = "| status | answer | meaning |\n|---|---|---|".to_owned();
    let successes = operation.successes.iter().map(|reply| {
        let answer = if several { format!("[`{}::{}`]", names.output, reply.variant) } else { body(context, reply) };
        (reply, answer)
    });
    let errors = operation.errors.iter().map(|reply| (reply, format!("[`{}::{}`]", names.error, reply.variant)));
    for (reply, answer) in successes.chain(errors) {
        let meaning =
            [docs::summary(&reply.docs).map(|text| docs::cell_of_line(&text)), outcome(operation, reply.status)];
        let meaning: Vec<String> = meaning.into_iter().flatten().collect();
        // Writing to a string does not fail.
        let _ = write!(table, "\n| {} | {answer} | {} |", status(reply.status), meaning.join(" "));
    }
    table
}

/// What a single success holds.
fn body(context: &Context<'_>, reply: &Reply) -> String {
    match reply.body.as_ref().map(|(_, _, ty)| ty) {
        Some(TypeRef::Named(id)) => {
            let name = context.definition(*id).map_or("", |def| &def.name);
            format!("[`{name}`](crate::types::{name})")
        }
        Some(_) => "a body".to_owned(),
        None => "no body".to_owned(),
    }
}

/// What the document says that a status means for the operation.
fn outcome(operation: &Operation, status: Status) -> Option<String> {
    let rule = operation.outcomes.iter().find(|rule| rule.status == status)?;
    Some(match rule.outcome {
        Outcome::Done => "It happened.".to_owned(),
        Outcome::Refused if status == Status::Default => {
            "It did not happen, unless the status leaves that open.".to_owned()
        }
        Outcome::Refused => "It did not happen.".to_owned(),
        Outcome::Unknown => "It may have happened.".to_owned(),
        Outcome::Duplicate => "It happened before.".to_owned(),
        Outcome::None => return None,
    })
}

/// Response headers that the document names.
fn headers(operation: &Operation) -> Option<String> {
    let replies = operation.successes.iter().chain(&operation.errors);
    let lines: Vec<String> = replies
        .flat_map(|reply| reply.headers.iter().map(move |(name, docs)| (reply, name, docs)))
        .map(|(reply, name, docs)| {
            let meaning =
                docs::summary(docs).map_or_else(String::new, |text| format!(": {}", docs::cell_of_line(&text)));
            format!("- header {} of {}{meaning}", docs::code(name), status(reply.status))
        })
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// The documentation of one answer: its status, then what the document says.
pub(crate) fn of_reply(reply: &Reply) -> Doc {
    let status = match reply.status {
        Status::Code(code) => match reason(code) {
            Some(reason) => format!("{code} {reason}."),
            None => format!("{code}."),
        },
        Status::Range(digit) => format!("Any status from {digit}00 to {digit}99."),
        Status::Default => "Any other status.".to_owned(),
    };
    Doc::line(status).document(&reply.docs)
}

/// A status as the document writes it.
pub(crate) fn status(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "default".to_owned(),
    }
}

/// Reason phrases of RFC 9110 and the registry behind it, as far as APIs use them.
fn reason(code: u16) -> Option<&'static str> {
    Some(match code {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        204 => "No Content",
        303 => "See Other",
        304 => "Not Modified",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        412 => "Precondition Failed",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        422 => "Unprocessable Content",
        423 => "Locked",
        425 => "Too Early",
        429 => "Too Many Requests",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        _ => return None,
    })
}
