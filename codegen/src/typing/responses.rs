//! Responses: success and error apart, a variant per documented status.

use super::context::{Hint, Typing};
use super::{bodies, docs, schemas};
use crate::api::{self, Additional, MediaType, SchemaId, Shape, Status, reason_phrase};
use crate::ir::{MediaKind, Reply, TypeRef};
use crate::names::{Scope, type_name};

/// The documented responses of an operation: the successes, and everything else; each ordered by status.
pub fn responses(typing: &mut Typing<'_>, operation: &api::Operation, hint: &Hint) -> (Vec<Reply>, Vec<Reply>) {
    let mut stated = final_ones(typing, operation);
    stated.sort_by_key(|response| response.status);
    let (successes, errors): (Vec<_>, Vec<_>) = stated.into_iter().partition(|response| response.status.is_success());
    // Where nothing but `default` is documented, it is what success looks like too.
    let is_default_only = matches!(errors.as_slice(), [only] if only.status == Status::Default);
    if successes.is_empty() && is_default_only {
        return (replies(typing, &errors, hint, false), Vec::new());
    }
    let several = successes.len() > 1;
    (replies(typing, &successes, hint, several), replies(typing, &errors, hint, true))
}

fn final_ones<'a>(typing: &mut Typing<'_>, operation: &'a api::Operation) -> Vec<&'a api::Response> {
    let mut found = Vec::new();
    for response in &operation.responses {
        if response.status.is_interim() {
            typing.report.interim_response(&response.status.to_string(), response.span);
        } else {
            found.push(response);
        }
    }
    found
}

fn replies(typing: &mut Typing<'_>, stated: &[&api::Response], hint: &Hint, named: bool) -> Vec<Reply> {
    let mut scope = Scope::default();
    let mut replies = Vec::new();
    for response in stated {
        not_generated(typing, response);
        let variant = scope.claim(&status_name(response.status)).name;
        let suffix = if named { variant.clone() } else { "Response".to_owned() };
        let body = body(typing, response, &hint.part(&suffix, &suffix));
        let headers = response.headers.iter().map(|header| (header.name.clone(), docs::docs(&header.docs)));
        let (docs, headers) = (docs::docs(&response.docs), headers.collect());
        replies.push(Reply { status: response.status, variant, body, docs, headers });
    }
    replies
}

/// Parts of a response that have no type.
fn not_generated(typing: &mut Typing<'_>, response: &api::Response) {
    if let Some(span) = response.headers_span {
        typing.report.not_generated("response headers", span, "read them by name, through `detailed()`");
    }
    if let Some(span) = response.links_span {
        typing.report.not_generated("links", span, "the operation that a link names can be called as it is");
    }
}

/// The body of a response: JSON where there is a choice; `None` where there is none.
fn body(typing: &mut Typing<'_>, response: &api::Response, hint: &Hint) -> Option<(MediaKind, String, TypeRef)> {
    let media_type = bodies::choose(typing, &response.content)?;
    let kind = match bodies::kind(media_type) {
        Some(MediaKind::Form) | None => {
            typing.report.response_as_bytes(&media_type.name, media_type.span);
            MediaKind::Bytes
        }
        Some(kind) => kind,
    };
    let ty = match kind {
        MediaKind::Text => TypeRef::String,
        MediaKind::Bytes | MediaKind::Form => TypeRef::Base64,
        MediaKind::Json => json_body(typing, media_type, hint),
    };
    Some((kind, media_type.name.clone(), ty))
}

fn json_body(typing: &mut Typing<'_>, media_type: &MediaType, hint: &Hint) -> TypeRef {
    let Some(schema) = media_type.schema else {
        typing.untyped(hint, "the response has no schema");
        return TypeRef::Json;
    };
    if is_bare_object(typing, schema) {
        typing.untyped(hint, "a response body without stated properties");
        return TypeRef::JsonObject;
    }
    schemas::schema(typing, schema, hint).element()
}

/// Whether a body is an object without properties, stated in place: whatever comes is kept.
fn is_bare_object(typing: &Typing<'_>, id: SchemaId) -> bool {
    match typing.schema(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => {
            !schemas::is_struct(object) && !matches!(object.additional, Additional::Schema(_))
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
