//! Responses: success and error apart, each with the name of its variant and what its body holds.

use super::bodies::{self, Value};
use super::diagnostics::Report;
use super::{element_schemas, type_kinds};
use crate::api::{self, Additional, SchemaId, Schemas, Shape, Status, reason_phrase};
use crate::names::{Scope, type_name};
use crate::rust::BodyKind;

/// A documented response.
pub(super) struct Reply<'a> {
    /// The response.
    pub(super) stated: &'a api::Response,
    /// The name of its variant where several stand side by side: `Created`, `UnprocessableEntity`.
    pub(super) variant: String,
    /// What stands behind the operation's name in the name of the type of its body.
    pub(super) suffix: String,
    /// Its body; `None`: there is none.
    pub(super) body: Option<ReplyBody<'a>>,
}

/// The body of a response.
pub(super) struct ReplyBody<'a> {
    /// How it is read.
    pub(super) kind: BodyKind,
    /// The media type as documented.
    pub(super) media_type: &'a str,
    /// What it holds.
    pub(super) value: Value,
}

/// The documented responses of an operation: the successes, and everything else; each ordered by status.
pub(super) fn replies<'a>(
    schemas: &Schemas,
    operation: &'a api::Operation,
    report: &mut Report,
) -> (Vec<Reply<'a>>, Vec<Reply<'a>>) {
    let mut stated = final_ones(operation, report);
    stated.sort_by_key(|response| response.status);
    let (successes, errors): (Vec<_>, Vec<_>) = stated.into_iter().partition(|response| response.status.is_success());
    // Where nothing but `default` is documented, it is what success looks like too.
    let is_default_only = matches!(errors.as_slice(), [only] if only.status == Status::Default);
    if successes.is_empty() && is_default_only {
        return (named(schemas, &errors, false, report), Vec::new());
    }
    let several = successes.len() > 1;
    (named(schemas, &successes, several, report), named(schemas, &errors, true, report))
}

fn final_ones<'a>(operation: &'a api::Operation, report: &mut Report) -> Vec<&'a api::Response> {
    let mut found = Vec::new();
    for response in &operation.responses {
        if response.status.is_interim() {
            report.interim_response(&response.status.to_string(), response.span);
        } else {
            found.push(response);
        }
    }
    found
}

fn named<'a>(schemas: &Schemas, stated: &[&'a api::Response], by_status: bool, report: &mut Report) -> Vec<Reply<'a>> {
    let mut scope = Scope::default();
    let mut replies = Vec::new();
    for &response in stated {
        not_generated(response, report);
        let variant = scope.claim(&status_name(response.status)).name;
        let suffix = if by_status { variant.clone() } else { "Response".to_owned() };
        replies.push(Reply { stated: response, variant, suffix, body: body(schemas, response, report) });
    }
    replies
}

/// Parts of a response that have no type.
fn not_generated(response: &api::Response, report: &mut Report) {
    if let Some(span) = response.headers_span {
        report.not_generated("response headers", span, "read them by name, through `detailed()`");
    }
    if let Some(span) = response.links_span {
        report.not_generated("links", span, "the operation that a link names can be called as it is");
    }
}

/// The body of a response: JSON where there is a choice; `None` where there is none.
fn body<'a>(schemas: &Schemas, response: &'a api::Response, report: &mut Report) -> Option<ReplyBody<'a>> {
    let media_type = bodies::choose(&response.content, report)?;
    let kind = match bodies::kind(media_type) {
        Some(BodyKind::Form) | None => {
            report.response_as_bytes(&media_type.name, media_type.span);
            BodyKind::Bytes
        }
        Some(kind) => kind,
    };
    let value = match kind {
        BodyKind::Text => Value::Text,
        BodyKind::Bytes | BodyKind::Form => Value::Bytes,
        BodyKind::Json => json(schemas, media_type.schema),
    };
    Some(ReplyBody { kind, media_type: &media_type.name, value })
}

fn json(schemas: &Schemas, schema: Option<SchemaId>) -> Value {
    match schema {
        None => Value::Json("the response has no schema"),
        Some(schema) if is_bare_object(schemas, schema) => {
            Value::JsonObject("a response body without stated properties")
        }
        Some(schema) => Value::Schema(schema),
    }
}

/// Whether a body is an object without properties, stated in place: whatever comes is kept.
fn is_bare_object(schemas: &Schemas, id: SchemaId) -> bool {
    match schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => {
            !type_kinds::is_struct(object)
                && !matches!(element_schemas::further(schemas, object), Additional::Schema(_))
        }
        _ => false,
    }
}

/// The name of a variant for a status: its reason phrase.
fn status_name(status: Status) -> String {
    match status {
        Status::Default => "Default".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "ClientError".to_owned(),
        Status::Range(5) => "ServerError".to_owned(),
        Status::Range(other) => format!("Status{other}xx"),
        // Two that RFC 9110 has renamed, and one that it reserves.
        Status::Code(413) => "PayloadTooLarge".to_owned(),
        Status::Code(418) => "ImATeapot".to_owned(),
        Status::Code(422) => "UnprocessableEntity".to_owned(),
        Status::Code(code) => reason_phrase(code).map_or_else(|| format!("Status{code}"), type_name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_called_by_their_reason_phrases() {
        for (code, name) in [
            (200, "Ok"),
            (203, "NonAuthoritativeInformation"),
            (207, "MultiStatus"),
            (413, "PayloadTooLarge"),
            (414, "UriTooLong"),
            (505, "HttpVersionNotSupported"),
            (599, "Status599"),
        ] {
            assert_eq!(status_name(Status::Code(code)), name);
        }
    }
}
