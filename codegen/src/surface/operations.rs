//! Operations in plain lines: at most a dozen each, one per part of the request.

use super::types::{field, rust_type};
use super::{line, plain, quoted};
use crate::ir::{
    Api, Body, Envelope, Idempotency, MediaKind, Operation, Outcome, Pagination, Parameter, ParameterPlace,
    ParameterStyle, Payload, Presence, Reply, Status,
};

/// One operation.
pub(super) fn operation(text: &mut String, api: &Api, operation: &Operation) {
    line(text, &format!("{} {}", operation.http_method, plain(&operation.path)));
    line(text, &format!("  {}({}) -> {}", operation.method_name, operation.type_name, output(api, operation)));
    line(text, &format!("  {}", conditions(api, operation)));
    for (place, name) in [
        (ParameterPlace::Path, "path"),
        (ParameterPlace::Query, "query"),
        (ParameterPlace::Header, "header"),
        (ParameterPlace::Cookie, "cookie"),
    ] {
        let parameters: Vec<String> = operation
            .parameters
            .iter()
            .filter(|parameter| parameter.place == place)
            .map(|of| parameter(api, of))
            .collect();
        if !parameters.is_empty() {
            line(text, &format!("  {name}: {}", parameters.join(", ")));
        }
    }
    if let Some(stated) = &operation.body {
        body(text, api, stated);
    }
    if let Some(pagination) = &operation.pagination {
        line(text, &format!("  pages: {}", pages(pagination)));
    }
    if let Some(reconcile) = &operation.reconcile {
        line(text, &format!("  reconciled by {} with {}", plain(&reconcile.operation), quoted(&reconcile.parameter)));
    }
    for (label, replies) in [("answers", &operation.successes), ("errors", &operation.errors)] {
        if !replies.is_empty() {
            line(text, &format!("  {label}: {}", answers(api, operation, replies)));
        }
    }
}

/// What a call gives.
fn output(api: &Api, operation: &Operation) -> String {
    match operation.successes.as_slice() {
        [] => "()".to_owned(),
        [only] => only.body.as_ref().map_or_else(|| "()".to_owned(), |(_, _, ty)| rust_type(api, ty)),
        _ => format!("{}Output", operation.type_name),
    }
}

/// Where it goes, who may call, and what a repetition does.
fn conditions(api: &Api, operation: &Operation) -> String {
    let mut conditions = Vec::new();
    if let Some(base) = api.bases.get(operation.base).filter(|_| api.bases.len() > 1) {
        conditions.push(format!("base {}", base.method_name));
    }
    conditions.push(credentials(api, operation));
    conditions.push(match &operation.idempotency {
        Idempotency::Natural => "repeatable".to_owned(),
        Idempotency::Header(name) => format!("repeatable with header {}", quoted(name)),
        Idempotency::Field { pointer, duplicate } => {
            format!("unique by {}, a repeat is a {duplicate}", quoted(pointer))
        }
        Idempotency::None => "not repeatable".to_owned(),
    });
    if operation.harmless {
        conditions.push("moves nothing".to_owned());
    }
    if operation.docs.deprecated {
        conditions.push("deprecated".to_owned());
    }
    conditions.join(", ")
}

fn credentials(api: &Api, operation: &Operation) -> String {
    if operation.security.is_empty() {
        return "no credentials".to_owned();
    }
    let alternatives = operation.security.iter().map(|requirement| {
        let keys = requirement.schemes.iter().filter_map(|(index, scopes)| {
            let scheme = api.schemes.get(*index)?;
            let scopes = if scopes.is_empty() { String::new() } else { format!(" ({})", plain(&scopes.join(" "))) };
            Some(format!("{}{scopes}", scheme.method_name))
        });
        let keys: Vec<String> = keys.collect();
        if keys.is_empty() { "none".to_owned() } else { keys.join(" and ") }
    });
    format!("credentials {}", alternatives.collect::<Vec<_>>().join(" or "))
}

fn parameter(api: &Api, parameter: &Parameter) -> String {
    let presence = if parameter.required { Presence::Required } else { Presence::Optional };
    let text = field(api, &parameter.name, &parameter.wire, &parameter.ty, presence);
    let style = match parameter.style {
        ParameterStyle::Scalar => return text,
        ParameterStyle::Commas => "commas",
        ParameterStyle::Spaces => "spaces",
        ParameterStyle::Pipes => "pipes",
        ParameterStyle::Repeated => "repeated",
    };
    format!("{text} ({style})")
}

/// Required fields on one line, optional ones on another.
fn body(text: &mut String, api: &Api, body: &Body) {
    let kind = match body.kind {
        MediaKind::Json => "json",
        MediaKind::Form => "form",
        MediaKind::Text => "text",
        MediaKind::Bytes => "bytes",
    };
    let usual = matches!(body.media_type.as_str(), "application/json" | "application/x-www-form-urlencoded");
    let media_type = if usual { String::new() } else { format!(" {}", quoted(&body.media_type)) };
    match &body.payload {
        Payload::Whole(ty) => {
            let presence = if body.required { Presence::Required } else { Presence::Optional };
            line(text, &format!("  {kind}{media_type}: {}", field(api, "body", "body", ty, presence)));
        }
        Payload::Fields { envelope, fields, closed } => {
            let closed = if *closed { ", closed" } else { "" };
            let inside = format!("{}{closed}", within(envelope));
            let (required, optional): (Vec<_>, Vec<_>) = fields
                .iter()
                .partition(|field| matches!(field.presence, Presence::Required | Presence::RequiredNullable));
            for (label, fields) in [("", required), (" optional", optional)] {
                let fields: Vec<String> =
                    fields.iter().map(|of| field(api, &of.name, &of.wire, &of.ty, of.presence)).collect();
                if !fields.is_empty() {
                    line(text, &format!("  {kind}{media_type}{inside}{label}: {}", fields.join(", ")));
                }
            }
        }
    }
}

/// The objects around the fields, with their constants.
fn within(envelope: &Envelope) -> String {
    let levels: Vec<String> = envelope
        .levels
        .iter()
        .map(|level| {
            let constants: Vec<String> =
                level.constants.iter().map(|(name, value)| format!("{} = {}", plain(name), quoted(value))).collect();
            let constants = if constants.is_empty() { String::new() } else { format!(" ({})", constants.join(", ")) };
            format!("{}{constants}", plain(&level.key))
        })
        .collect();
    if levels.is_empty() { String::new() } else { format!(" in {}", levels.join(".")) }
}

fn pages(pagination: &Pagination) -> String {
    match pagination {
        Pagination::Page { number, items, .. } => format!("numbered by {}, items at {}", quoted(number), plain(items)),
        Pagination::Link { next, items } => format!("linked by {}, items at {}", plain(next), plain(items)),
        Pagination::Cursor { parameter, next, items } => {
            format!("cursor {} from {}, items at {}", quoted(parameter), plain(next), plain(items))
        }
    }
}

/// Answers by their statuses; neighbours that say the same stand together.
fn answers(api: &Api, operation: &Operation, replies: &[Reply]) -> String {
    let mut groups: Vec<(String, String)> = Vec::new();
    for reply in replies {
        let status = match reply.status {
            Status::Code(code) => code.to_string(),
            Status::Range(digit) => format!("{digit}XX"),
            Status::Default => "default".to_owned(),
        };
        let meaning = meaning(api, operation, reply);
        match groups.last_mut() {
            Some((statuses, known)) if *known == meaning => statuses.extend([", ", &status]),
            _ => groups.push((status, meaning)),
        }
    }
    let groups: Vec<String> = groups.into_iter().map(|(statuses, meaning)| format!("{statuses} {meaning}")).collect();
    groups.join("; ")
}

/// What an answer holds, and what the document says of the operation then.
fn meaning(api: &Api, operation: &Operation, reply: &Reply) -> String {
    let body = reply.body.as_ref().map_or_else(|| "no body".to_owned(), |(_, _, ty)| rust_type(api, ty));
    let outcome =
        operation.outcomes.iter().find(|rule| rule.status == reply.status).map_or("", |rule| match rule.outcome {
            Outcome::Done => " (done)",
            Outcome::Refused => " (refused)",
            Outcome::Unknown => " (unknown)",
            Outcome::Duplicate => " (duplicate)",
            Outcome::None => "",
        });
    let headers: Vec<String> = reply.headers.iter().map(|(name, _)| quoted(name)).collect();
    let headers = if headers.is_empty() { String::new() } else { format!(" with {}", headers.join(", ")) };
    format!("{body}{headers}{outcome}")
}
