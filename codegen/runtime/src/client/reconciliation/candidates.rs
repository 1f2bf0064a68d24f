//! Finds the resource in the answer to a lookup, without decoding the rest, and turns it into a success of the operation.

use std::collections::BTreeMap;

use bytes::Bytes;
use http::HeaderMap;
use serde_json::value::RawValue;

use super::agreement::is_reference;
use crate::client::answer::Answer;
use crate::decode::pointer;
use crate::operation::{LookupAnswer, OperationSpec, ReconcileSpec, Status, media};

/// What the answer to a lookup holds.
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

/// Reads the answer to a lookup; `None` if it is not as documented.
pub(super) fn candidates<'a>(how: &ReconcileSpec, reference: &str, body: &'a [u8]) -> Option<Candidates<'a>> {
    let body = std::str::from_utf8(body).ok()?;
    let (items, matches) = match how.find {
        LookupAnswer::One(place) => {
            let resource = object(pointer::find(body, place)?)?;
            return Some(Candidates::One { resource, has_reference: false });
        }
        LookupAnswer::Among { items, matches } => (pointer::find(body, items)?, matches),
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

/// The resource in the answer to a duplicate, if it is there and is the one with the reference.
pub(super) fn earlier<'a>(how: &ReconcileSpec, reference: &str, body: &'a [u8]) -> Option<&'a str> {
    let resource = object(pointer::find(std::str::from_utf8(body).ok()?, how.resource)?)?;
    match how.find {
        LookupAnswer::Among { matches, .. } => {
            let value = pointer::find(resource, matches)?;
            is_reference(reference, value).then_some(resource)
        }
        LookupAnswer::One(_) => Some(resource),
    }
}

fn object(raw: &str) -> Option<&str> {
    raw.starts_with('{').then_some(raw)
}

/// The success that holds a resource, as the operation itself would have answered it.
pub(super) fn as_success(spec: &OperationSpec, how: &ReconcileSpec, resource: &str, headers: HeaderMap) -> Answer {
    let keys: Vec<String> = pointer::segments(how.resource).collect();
    let body = keys.into_iter().rev().fold(resource.to_owned(), |inner, key| {
        let key = serde_json::Value::String(key);
        format!("{{{key}:{inner}}}")
    });
    let documented = media::of_status(spec.responses, how.success);
    // What is made here is JSON, whichever media types the success has beside it.
    let media = documented.and_then(|response| media::find(response.media, "application/json"));
    Answer::new(Status::from_u16(how.success).unwrap_or_default(), headers, Bytes::from(body)).of_media(media)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::Method;

    const LIST: &OperationSpec = &OperationSpec::new("list", Method::GET, "/");
    const AMONG: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupAnswer::Among { items: "/data", matches: "/ref" })
        .resource(201, "/data/a~1b");
    const NAMED: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupAnswer::Among { items: "/data", matches: "/ref" })
        .identity("/id");
    const COMPARED: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupAnswer::Among { items: "/data", matches: "/ref" })
        .agree(&[("/n", "/n")])
        .identity("/id");
    const ONE: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference").find(LookupAnswer::One("/data"));

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
    fn an_answer_of_another_form_never_means_that_nothing_is_there() {
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
        let answer = as_success(LIST, AMONG, r#"{"n": 1.10}"#, HeaderMap::new());
        assert_eq!((answer.status(), &**answer.body()), (201, &br#"{"data":{"a/b":{"n": 1.10}}}"#[..]));
        let answer = as_success(LIST, ONE, r#"{"n": 1.10}"#, HeaderMap::new());
        assert_eq!((answer.status(), &**answer.body()), (200, &br#"{"n": 1.10}"#[..]));
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
