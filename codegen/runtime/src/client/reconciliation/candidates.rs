//! Finds the resource in the response to a lookup, without decoding the rest, and turns it into a success of the operation.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderMap;
use http::header::{
    CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_RANGE, CONTENT_TYPE, ETAG,
    HeaderName, HeaderValue, LAST_MODIFIED, LINK, LOCATION,
};
use serde_json::value::RawValue;

use crate::body_kinds::json;
use crate::body_kinds::media_range::essence_of;
use crate::client::response::ClientResponse;
use crate::client::response::resource_comparison::is_reference;
use crate::decode::pointer;
use crate::operation::{BodyKind, LookupResponse, MediaSpec, OperationSpec, ReconcileSpec, Status, media};

/// What the response to a lookup holds.
#[derive(Debug, PartialEq)]
pub(super) enum Candidates<'a> {
    /// One resource, as JSON, and whether it shows the reference.
    One { resource: &'a str, has_reference: bool },
    /// This many.
    Several(usize),
    /// None at all.
    Nothing,
    /// Only resources with other references, which says nothing about this one.
    Others,
}

/// Reads the response to a lookup; `None` if it is not as documented.
pub(super) fn candidates<'a>(how: &ReconcileSpec, reference: &str, body: &'a [u8]) -> Option<Candidates<'a>> {
    let body = std::str::from_utf8(body).ok()?;
    let (items, matches) = match how.find {
        LookupResponse::One(place) => {
            let resource = object(pointer::find(body, place)?)?;
            return Some(Candidates::One { resource, has_reference: false });
        }
        LookupResponse::Among { items, matches } => (pointer::find(body, items)?, matches),
    };
    let is_match = |item: &&str| pointer::find(item, matches).is_some_and(|value| is_reference(reference, value));
    if let Some(resource) = object(items) {
        return is_match(&resource).then_some(Candidates::One { resource, has_reference: true });
    }
    let items: Vec<&RawValue> = serde_json::from_str(items).ok()?;
    let mut found: Vec<&str> = items.iter().map(|item| item.get()).filter(is_match).collect();
    // A list that changes while it is read may hold one resource twice.
    let mut distinct: Vec<&str> = Vec::new();
    found.retain(|item| {
        let is_new = !distinct.iter().any(|other| is_same(how, item, other));
        distinct.extend(is_new.then_some(*item));
        is_new
    });
    Some(match found.as_slice() {
        [one] => Candidates::One { resource: one, has_reference: true },
        [] if items.is_empty() => Candidates::Nothing,
        [] => Candidates::Others,
        several => Candidates::Several(several.len()),
    })
}

/// Whether two items of a list are one resource: they are the same JSON, or have the same id where the document names one, and do not
/// differ in what is compared.
fn is_same(how: &ReconcileSpec, one: &str, other: &str) -> bool {
    if canonical(one) == canonical(other) {
        return true;
    }
    let has_same = |place: &str| match (pointer::find(one, place), pointer::find(other, place)) {
        (Some(one), Some(other)) => canonical(one) == canonical(other),
        _ => false,
    };
    let is_null = |place: &str| pointer::find(one, place) == Some("null");
    how.identity.is_some_and(|id| has_same(id) && !is_null(id)) && how.agree.iter().all(|(_, place)| has_same(place))
}

/// A JSON text with its keys in order and without white space; numbers stay as they are written. `None` where it is none.
fn canonical(text: &str) -> Option<String> {
    let raw = text.trim();
    match raw.as_bytes().first()? {
        b'{' => {
            let entries: BTreeMap<String, &RawValue> = serde_json::from_str(raw).ok()?;
            let entries = entries.iter().map(|(key, value)| {
                let key = serde_json::to_string(key).ok()?;
                Some(format!("{key}:{}", canonical(value.get())?))
            });
            Some(format!("{{{}}}", entries.collect::<Option<Vec<_>>>()?.join(",")))
        }
        b'[' => {
            let items: Vec<&RawValue> = serde_json::from_str(raw).ok()?;
            let items = items.iter().map(|item| canonical(item.get()));
            Some(format!("[{}]", items.collect::<Option<Vec<_>>>()?.join(",")))
        }
        b'"' => serde_json::to_string(&serde_json::from_str::<String>(raw).ok()?).ok(),
        _ => Some(raw.to_owned()),
    }
}

/// The resource in the response to a duplicate, if it is there and is the one with the reference.
pub(super) fn earlier<'a>(how: &ReconcileSpec, reference: &str, body: &'a [u8]) -> Option<&'a str> {
    let resource = object(pointer::find(std::str::from_utf8(body).ok()?, how.resource)?)?;
    match how.find {
        LookupResponse::Among { matches, .. } => {
            let value = pointer::find(resource, matches)?;
            is_reference(reference, value).then_some(resource)
        }
        LookupResponse::One(_) => Some(resource),
    }
}

fn object(raw: &str) -> Option<&str> {
    raw.starts_with('{').then_some(raw)
}

/// Headers that describe the body of the response in which a resource was found, and not the resource (RFC 9110 sections 8 and 10.2.2,
/// RFC 8288).
const OF_THE_BODY: [HeaderName; 9] = [
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_LOCATION,
    CONTENT_RANGE,
    ETAG,
    LAST_MODIFIED,
    LINK,
    LOCATION,
];

/// The success that holds a resource, as the operation itself would have answered it: JSON of a documented media type, the one of the
/// response in which it was found where the document gives that to both.
///
/// `headers` are those of that response; what they say of its body is left out.
pub(super) fn as_success(
    spec: &OperationSpec,
    how: &ReconcileSpec,
    resource: &str,
    mut headers: HeaderMap,
) -> ClientResponse {
    let keys: Vec<String> = pointer::segments(how.resource).collect();
    let body = keys.into_iter().rev().fold(resource.to_owned(), |inner, key| {
        let key = serde_json::Value::String(key);
        format!("{{{key}:{inner}}}")
    });
    let media = media_of(spec, how, &headers);
    for name in OF_THE_BODY {
        headers.remove(name);
    }
    let name = media.map_or(json::MEDIA_TYPE, |media| media.media_type);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(name));
    ClientResponse::new(Status::from_u16(how.success).unwrap_or_default(), headers, Bytes::from(body)).of_media(media)
}

/// The documented media type of a success that is made of JSON.
fn media_of(spec: &OperationSpec, how: &ReconcileSpec, headers: &HeaderMap) -> Option<&'static MediaSpec> {
    let documented = media::of_status(spec.responses, how.success)?.media;
    let is_json = |media: &&'static MediaSpec| media.kind == BodyKind::Json;
    let named = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let same = named.and_then(|named| media::find(documented, essence_of(named))).filter(is_json);
    same.or_else(|| media::find(documented, json::MEDIA_TYPE).filter(is_json))
        .or_else(|| documented.iter().find(is_json))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Method, ResponseSpec, StatusRange};

    const LIST: &OperationSpec = &OperationSpec::new("list", Method::GET, "/");
    const AMONG: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupResponse::Among { items: "/data", matches: "/ref" })
        .resource(201, "/data/a~1b");
    const NAMED: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupResponse::Among { items: "/data", matches: "/ref" })
        .identity("/id");
    const COMPARED: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupResponse::Among { items: "/data", matches: "/ref" })
        .agree(&[("/n", "/n")])
        .identity("/id");
    const ONE: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference").find(LookupResponse::One("/data"));

    fn among(body: &str) -> Option<Candidates<'_>> {
        candidates(AMONG, "r", body.as_bytes())
    }

    #[test]
    fn lists_are_searched_for_the_reference() {
        assert_eq!(
            among(r#"{"data": [{"ref": "q"}, {"ref": "r", "n": 1.10}]}"#),
            Some(Candidates::One { resource: r#"{"ref": "r", "n": 1.10}"#, has_reference: true })
        );
        assert_eq!(among(r#"{"data": [{"ref": "r", "n": 1}, {"ref": "r", "n": 2}]}"#), Some(Candidates::Several(2)));
        assert_eq!(among(r#"{"data": []}"#), Some(Candidates::Nothing));
        assert_eq!(among(r#"{"data": [{"ref": "q"}, {}, 7]}"#), Some(Candidates::Others));
    }

    #[test]
    fn a_resource_that_is_listed_twice_is_one() {
        let count = |how: &ReconcileSpec, items: &str| match candidates(
            how,
            "r",
            format!("{{\"data\": [{items}]}}").as_bytes(),
        ) {
            Some(Candidates::One { .. }) => 1,
            Some(Candidates::Several(count)) => count,
            other => panic!("{other:?}"),
        };
        for (how, items, expected) in [
            (AMONG, r#"{"ref": "r", "n": 1.10}, {"ref": "r", "n": 1.10}"#, 1),
            (AMONG, r#"{"ref": "r", "n": [1, {}]}, {"n": [ 1, { } ],"ref":"\u0072"}"#, 1),
            (AMONG, r#"{"ref": "r", "n": 1.10}, {"ref": "r", "n": 1.11}"#, 2),
            (AMONG, r#"{"ref": "r", "id": 1, "state": "new"}, {"ref": "r", "id": 1, "state": "paid"}"#, 2),
            (NAMED, r#"{"ref": "r", "id": 1, "state": "new"}, {"ref": "r", "id": 1, "state": "paid"}"#, 1),
            (NAMED, r#"{"ref": "r", "id": 1, "n": 1}, {"ref": "r", "id": 2, "n": 1}"#, 2),
            (NAMED, r#"{"ref": "r", "id": null, "n": 1}, {"ref": "r", "id": null, "n": 2}"#, 2),
            (COMPARED, r#"{"ref": "r", "id": 1, "n": 1}, {"ref": "r", "id": 1, "n": 2}"#, 2),
        ] {
            assert_eq!(count(how, items), expected, "{items}");
        }
    }

    #[test]
    fn one_in_the_place_of_a_list_is_found_if_it_has_the_reference() {
        let resource = r#"{"ref": "r", "n": 1.10}"#;
        assert_eq!(
            among(r#"{"data": {"ref": "r", "n": 1.10}}"#),
            Some(Candidates::One { resource, has_reference: true })
        );
        for other in [r#"{"data": {"ref": "q"}}"#, r#"{"data": {"n": 1}}"#, r#"{"data": "r"}"#] {
            assert_eq!(among(other), None, "{other}");
        }
    }

    #[test]
    fn a_response_of_another_form_never_means_that_nothing_is_there() {
        for body in [
            "",
            "{",
            "{}",
            "[]",
            "null",
            r#"{"data": null}"#,
            r#"{"data": {}}"#,
            r#"{"errors": []}"#,
            r#"{"data": [{"ref": "r"}"#,
        ] {
            assert_eq!(among(body), None, "{body}");
        }
        assert_eq!(candidates(AMONG, "r", b"\xff"), None);
    }

    #[test]
    fn one_resource_stands_for_itself() {
        let alone = Candidates::One { resource: r#"{"id": 1}"#, has_reference: false };
        assert_eq!(candidates(ONE, "r", br#"{"data": {"id": 1}}"#), Some(alone));
        assert_eq!(candidates(ONE, "r", br#"{"data": null}"#), None);
    }

    #[test]
    fn a_success_holds_the_resource_as_it_came() {
        let response = as_success(LIST, AMONG, r#"{"n": 1.10}"#, HeaderMap::new());
        assert_eq!((response.status(), &**response.body()), (201, &br#"{"data":{"a/b":{"n": 1.10}}}"#[..]));
        let response = as_success(LIST, ONE, r#"{"n": 1.10}"#, HeaderMap::new());
        assert_eq!((response.status(), &**response.body()), (200, &br#"{"n": 1.10}"#[..]));
    }

    #[test]
    fn a_success_is_of_a_documented_media_type_whatever_the_lookup_was_answered_in() {
        const CSV: MediaSpec = MediaSpec::new("text/csv", BodyKind::Text);
        const JSON: MediaSpec = MediaSpec::new("application/json", BodyKind::Json);
        const OLD: MediaSpec = MediaSpec::new("application/vnd.pay.v1+json", BodyKind::Json);
        const NEW: MediaSpec = MediaSpec::new("application/vnd.pay.v2+json", BodyKind::Json);
        const ONE_TYPE: &[ResponseSpec] = &[ResponseSpec::new(StatusRange::Code(200), &[OLD])];
        const SEVERAL: &[ResponseSpec] = &[ResponseSpec::new(StatusRange::Code(200), &[CSV, OLD, JSON, NEW])];
        for (responses, found_in, expected) in [
            (ONE_TYPE, "application/json; charset=utf-8", OLD),
            (ONE_TYPE, "application/problem+json", OLD),
            (SEVERAL, "application/vnd.pay.v2+json", NEW),
            (SEVERAL, "application/json", JSON),
            (SEVERAL, "text/csv", JSON),
        ] {
            let spec = OperationSpec::new("list", Method::GET, "/").responses(responses);
            let headers = [("content-type", found_in), ("link", "</p?page=2>; rel=next"), ("etag", "\"of the list\"")];
            let headers = headers.into_iter().chain([("content-length", "2"), ("x-request-id", "7")]);
            let headers = headers.map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)));
            let response = as_success(&spec, ONE, r#"{"n": 1.10}"#, headers.collect()).held_to_document();
            assert_eq!(response.media_type(), expected.media_type, "{found_in}");
            assert!(response.json_of::<crate::Json>(expected.media_type).is_ok(), "{found_in}");
            let left: Vec<_> = response.headers().keys().map(HeaderName::as_str).collect();
            assert_eq!(left, ["content-type", "x-request-id"]);
        }
    }

    #[test]
    fn an_earlier_resource_counts_only_with_the_reference() {
        let found = |body: &'static str| earlier(AMONG, "r", body.as_bytes());
        assert_eq!(found(r#"{"errors": [], "data": {"a/b": {"ref": "r"}}}"#), Some(r#"{"ref": "r"}"#));
        for body in [
            r#"{"errors": []}"#,
            r#"{"data": {"a/b": {"ref": "q"}}}"#,
            r#"{"data": {"a/b": {}}}"#,
            r#"{"data": {"a/b": []}}"#,
            "",
        ] {
            assert_eq!(found(body), None, "{body}");
        }
    }
}
