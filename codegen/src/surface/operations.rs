//! Operations in plain lines: one for each field of the request and each kind of response.

use super::types::{field, rust_type, structure};
use super::{line, plain, quoted};
use crate::rust::{
    Body, BodyKind, ClientMethod, Crate, Envelope, Field, FieldSource, Idempotency, Media, MethodArgument, Operation,
    PagedList, PaginationStyle, Parameter, ParameterKind, ParameterLocation, Payload, Response, ResponseHeaders,
    Safety, StatedOutcome, Success,
};

/// One operation.
pub(super) fn operation(text: &mut String, krate: &Crate, operation: &Operation) {
    line(text, &format!("{} {}", operation.http_method, plain(&operation.path)));
    line(text, &format!("  {} -> {}", methods(operation), output(krate, &operation.success)));
    line(text, &format!("  {}", conditions(krate, operation)));
    for (place, name) in [
        (ParameterLocation::Path, "path"),
        (ParameterLocation::Query, "query"),
        (ParameterLocation::QueryString, "query string"),
        (ParameterLocation::Header, "header"),
        (ParameterLocation::Cookie, "cookie"),
    ] {
        let fields = operation.request.fields.iter();
        let parameters: Vec<String> = fields
            .filter_map(|field| match &field.source {
                FieldSource::Parameter(stated) if stated.place == place => Some(parameter(krate, field, stated)),
                _ => None,
            })
            .collect();
        if !parameters.is_empty() {
            each(text, name, &parameters);
        }
    }
    if let Some(stated) = &operation.body {
        body(text, krate, operation, stated);
    }
    if let Some(stated) = &operation.pages {
        line(text, &format!("  pages: {}", pages(stated)));
    }
    if let Some(reconcile) = &operation.reconcile {
        line(
            text,
            &format!("  reconciled by {} with {}", krate.request_name(reconcile.lookup), quoted(&reconcile.parameter)),
        );
    }
    let errors = operation.errors.as_ref().map_or_else(String::new, |errors| format!("errors {}", errors.name));
    let is_enum = matches!(operation.success, Success::Several(_));
    for (label, responses, are_variants) in
        [("responses", operation.success.responses(), is_enum), (errors.as_str(), operation.error_responses(), true)]
    {
        if !responses.is_empty() {
            line(text, &format!("  {label}: {}", by_status(krate, operation, (responses, are_variants))));
        }
    }
}

/// The client's methods for it with what each takes: `list() or list_with(List)`; `ping() of Ping` where only that takes nothing. Of a
/// callback there is just what is sent.
fn methods(operation: &Operation) -> String {
    let request = structure(&operation.request);
    if operation.client_methods.is_empty() {
        return format!("{}({request})", operation.method_name);
    }
    let method = |method: &ClientMethod| match method.argument {
        MethodArgument::None => format!("{}()", method.name),
        MethodArgument::Into => format!("{}(impl Into<{request}>)", method.name),
        MethodArgument::Request => format!("{}({request})", method.name),
    };
    let methods: Vec<String> = operation.client_methods.iter().map(method).collect();
    let takes_none = operation.client_methods.iter().all(|method| method.argument == MethodArgument::None);
    format!("{}{}", methods.join(" or "), if takes_none { format!(" of {request}") } else { String::new() })
}

/// A part of the request: a line for each of its fields.
fn each(text: &mut String, part: &str, fields: &[String]) {
    line(text, &format!("  {part}:"));
    for field in fields {
        line(text, &format!("    {field}"));
    }
}

/// What a call gives.
fn output(krate: &Crate, success: &Success) -> String {
    match success {
        Success::Undocumented => "()".to_owned(),
        Success::One(only) => only.body.as_ref().map_or_else(|| "()".to_owned(), |body| rust_type(krate, &body.value)),
        Success::Several(several) => several.name.clone(),
    }
}

/// Where it goes, who may call, and what a repetition does.
fn conditions(krate: &Crate, operation: &Operation) -> String {
    let mut conditions = Vec::new();
    let base = krate.base_of(operation);
    if let Some(base) = base.filter(|_| krate.bases.len() > 1) {
        conditions.push(format!("base {}", base.method_name));
    }
    conditions.push(credentials(krate, operation));
    conditions.push(match &operation.idempotency {
        Idempotency::Natural => "repeatable".to_owned(),
        Idempotency::Header(name) => format!("repeatable with header {}", quoted(name)),
        Idempotency::Field { pointer, duplicate } => {
            format!("unique by {}, a repeat is a {duplicate}", quoted(pointer))
        }
        Idempotency::None => "not repeatable".to_owned(),
    });
    if operation.safety != Safety::Unsafe {
        conditions.push("moves nothing".to_owned());
    }
    if operation.deprecated {
        conditions.push("deprecated".to_owned());
    }
    conditions.join(", ")
}

fn credentials(krate: &Crate, operation: &Operation) -> String {
    if operation.security.is_empty() {
        return "no credentials".to_owned();
    }
    let alternatives = operation.security.iter().map(|requirement| {
        let keys = requirement.schemes.iter().filter_map(|(key, scopes)| {
            let scheme = krate.scheme(key)?;
            let scopes = if scopes.is_empty() { String::new() } else { format!(" ({})", plain(&scopes.join(" "))) };
            Some(format!("{}{scopes}", scheme.method_name))
        });
        let keys: Vec<String> = keys.collect();
        if keys.is_empty() { "none".to_owned() } else { keys.join(" and ") }
    });
    format!("credentials {}", alternatives.collect::<Vec<_>>().join(" or "))
}

fn parameter(krate: &Crate, stated: &Field, parameter: &Parameter) -> String {
    let (text, format) = (field(krate, stated), &parameter.format);
    let mut written = Vec::new();
    match format.kind {
        ParameterKind::Json => written.push("json"),
        ParameterKind::Scalar => written.extend(parameter.own_style().map(|(style, _)| style.name())),
        ParameterKind::List | ParameterKind::Object { .. } | ParameterKind::Any => {
            written.push(format.style.name());
            written.extend(format.explode.then_some("exploded"));
        }
    }
    written.extend(format.allow_reserved.then_some("reserved characters allowed"));
    if written.is_empty() { text } else { format!("{text} ({})", written.join(", ")) }
}

/// Required fields first, then optional ones.
fn body(text: &mut String, krate: &Crate, operation: &Operation, body: &Body) {
    let fields = &operation.request.fields;
    match &body.payload {
        Payload::Whole(media) => {
            for whole in fields.iter().filter(|of| of.source == FieldSource::Body) {
                line(text, &format!("  {}: {}", written(media), field(krate, whole)));
            }
        }
        Payload::Choice(choice) => {
            let variants = choice.variants.iter().map(|variant| {
                format!("{} {}({})", written(&variant.media), variant.name, rust_type(krate, &variant.value))
            });
            let variants: Vec<String> = variants.collect();
            for whole in fields.iter().filter(|of| of.source == FieldSource::Body) {
                line(text, &format!("  {} of {}", field(krate, whole), variants.join(" or ")));
            }
            for form in choice.variants.iter().filter_map(|variant| variant.parts.as_ref()) {
                let closed = if form.closed { ", closed" } else { "" };
                let (name, fields) = (&form.structure.name, form.structure.fields.iter());
                let (required, optional): (Vec<_>, Vec<_>) = fields.partition(|of| of.presence.is_required());
                line(text, &format!("  multipart: {name} of parts{closed}"));
                properties(text, krate, "parts", [required, optional]);
            }
        }
        Payload::Fields { media, envelope, closed, .. } => {
            let closed = if *closed { ", closed" } else { "" };
            let inside = format!("{}{closed}", envelope.as_ref().map_or_else(String::new, within));
            let of_body = fields.iter().filter(|of| matches!(of.source, FieldSource::Property | FieldSource::Part(_)));
            let (required, optional): (Vec<_>, Vec<_>) = of_body.partition(|of| of.presence.is_required());
            properties(text, krate, &format!("{}{inside}", written(media)), [required, optional]);
        }
    }
}

/// Required fields and optional ones, behind what they are of.
fn properties(text: &mut String, krate: &Crate, of: &str, [required, optional]: [Vec<&Field>; 2]) {
    for (label, fields) in [("", required), (" optional", optional)] {
        let fields: Vec<String> = fields.iter().map(|of| field(krate, of)).collect();
        if !fields.is_empty() {
            each(text, &format!("{of}{label}"), &fields);
        }
    }
}

/// How a body is written, with its media types where they are not the usual one.
fn written(media: &Media) -> String {
    let kind = match media.kind {
        BodyKind::Json => "json",
        BodyKind::Form => "form",
        BodyKind::Text => "text",
        BodyKind::Bytes => "bytes",
        BodyKind::Stream => "stream",
        BodyKind::Multipart => "parts",
        BodyKind::Events | BodyKind::TextEvents => "events",
        BodyKind::JsonLines => "lines",
        BodyKind::JsonSequence => "sequence",
    };
    if media.is_told_by_kind {
        return kind.to_owned();
    }
    let names: Vec<String> = media.names().map(quoted).collect();
    format!("{kind} {}", names.join(", "))
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
    format!(" in {}", levels.join("."))
}

fn pages(pages: &PagedList) -> String {
    let items = plain(&pages.pointer);
    match &pages.style {
        PaginationStyle::Page { number, .. } => format!("numbered by {}, items at {items}", quoted(number)),
        PaginationStyle::Link { next } => format!("linked by {}, items at {items}", plain(next)),
        PaginationStyle::Cursor { parameter, next } => {
            format!("cursor {} from {}, items at {items}", quoted(parameter), plain(next))
        }
    }
}

/// Responses by their statuses, each with the name of its variant where they are those of an enum; neighbours that say the same stand
/// together.
fn by_status(krate: &Crate, operation: &Operation, (responses, are_variants): (&[Response], bool)) -> String {
    let mut groups: Vec<(String, String)> = Vec::new();
    for response in responses {
        let meaning = meaning(krate, operation, response);
        let variant = if are_variants { format!(" {}", response.variant) } else { String::new() };
        let status = format!("{}{variant}", response.status);
        match groups.last_mut() {
            Some((statuses, known)) if *known == meaning => statuses.extend([", ", &status]),
            _ => groups.push((status, meaning)),
        }
    }
    let groups: Vec<String> = groups.into_iter().map(|(statuses, meaning)| format!("{statuses} {meaning}")).collect();
    groups.join("; ")
}

/// What a response holds, and what the document says of the operation then.
fn meaning(krate: &Crate, operation: &Operation, response: &Response) -> String {
    let body = response.body.as_ref().map_or_else(|| "no body".to_owned(), |body| rust_type(krate, &body.value));
    let outcome = match operation.outcome(response.status) {
        Some(StatedOutcome::Done) => " (done)",
        Some(StatedOutcome::Refused) => " (refused)",
        Some(StatedOutcome::Unknown) => " (unknown)",
        Some(StatedOutcome::Duplicate) => " (duplicate)",
        None => "",
    };
    let headers = headers(krate, operation, response);
    let headers = if headers.is_empty() { String::new() } else { format!(" with {}", headers.join(", ")) };
    format!("{body}{headers}{outcome}")
}

/// The headers of a response: the struct of those that have a field, all others by their names.
fn headers(krate: &Crate, operation: &Operation, response: &Response) -> Vec<String> {
    let typed = operation.response_headers.iter().find(|headers| headers.status == response.status);
    let fields = || typed.into_iter().flat_map(ResponseHeaders::headers);
    let is_typed = |name: &&String| fields().any(|(field, _)| field.wire == **name);
    let others = response.headers.iter().filter(|name| !is_typed(name)).map(|name| quoted(name));
    let fields: Vec<String> = fields().map(|(field, stated)| parameter(krate, field, stated)).collect();
    let typed = typed.map(|headers| format!("{} {{ {} }}", structure(&headers.structure), fields.join(", ")));
    typed.into_iter().chain(others).collect()
}
