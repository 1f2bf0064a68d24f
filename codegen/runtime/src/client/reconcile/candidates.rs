//! Finding the resource in what a server answered, without decoding the rest, and making a success of it.

use bytes::Bytes;
use http::HeaderMap;
use serde_json::value::RawValue;

use super::agreement::is_reference;
use crate::client::answer::Answer;
use crate::decode::pointer;
use crate::operation::{LookupAnswer, ReconcileSpec, Status};

/// What the answer to a lookup holds.
#[derive(Debug, PartialEq)]
pub(super) enum Candidates<'a> {
    /// One resource with the reference, as JSON.
    One(&'a str),
    /// This many.
    Several(usize),
    /// None at all.
    Nothing,
    /// Only such as were not asked for, so that nothing follows about the one that was.
    Others,
}

/// Reads the answer to a lookup; `None` if it is not as documented.
pub(super) fn candidates<'a>(how: &ReconcileSpec, reference: &str, body: &'a [u8]) -> Option<Candidates<'a>> {
    let body = std::str::from_utf8(body).ok()?;
    let (items, matches) = match how.find {
        LookupAnswer::One(place) => return object(pointer::find(body, place)?).map(Candidates::One),
        LookupAnswer::Among { items, matches } => (pointer::find(body, items)?, matches),
    };
    let is_match = |item: &&str| pointer::find(item, matches).is_some_and(|value| is_reference(reference, value));
    if let Some(alone) = object(items) {
        return is_match(&alone).then_some(Candidates::One(alone));
    }
    let items: Vec<&RawValue> = serde_json::from_str(items).ok()?;
    let found: Vec<&str> = items.iter().map(|item| item.get()).filter(is_match).collect();
    Some(match found.as_slice() {
        [one] => Candidates::One(one),
        [] if items.is_empty() => Candidates::Nothing,
        [] => Candidates::Others,
        several => Candidates::Several(several.len()),
    })
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
pub(super) fn as_success(how: &ReconcileSpec, resource: &str, headers: HeaderMap) -> Answer {
    let segments = how.resource.split('/').skip(1);
    let keys: Vec<String> = segments.map(|segment| segment.replace("~1", "/").replace("~0", "~")).collect();
    let body = keys.iter().rev().fold(resource.to_owned(), |inner, key| {
        let key = serde_json::Value::String(key.clone());
        format!("{{{key}:{inner}}}")
    });
    Answer::new(Status::from_u16(how.success).unwrap_or_default(), headers, Bytes::from(body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{LookupParameter, Method, OperationSpec};

    const LIST: &OperationSpec = &OperationSpec::new("list", Method::GET, "/");
    const AMONG: &ReconcileSpec = &ReconcileSpec::new(LIST, LookupParameter::Query("reference"), "/reference")
        .find(LookupAnswer::Among { items: "/data", matches: "/ref" })
        .resource(201, "/data/a~1b");
    const ONE: &ReconcileSpec =
        &ReconcileSpec::new(LIST, LookupParameter::Path("reference"), "/reference").find(LookupAnswer::One("/data"));

    fn among(body: &str) -> Option<Candidates<'_>> {
        candidates(AMONG, "r", body.as_bytes())
    }

    #[test]
    fn lists_are_searched_for_the_reference() {
        assert_eq!(
            among(r#"{"data": [{"ref": "q"}, {"ref": "r", "n": 1.10}]}"#),
            Some(Candidates::One(r#"{"ref": "r", "n": 1.10}"#))
        );
        assert_eq!(among(r#"{"data": [{"ref": "r"}, {"ref": "r"}]}"#), Some(Candidates::Several(2)));
        assert_eq!(among(r#"{"data": []}"#), Some(Candidates::Nothing));
        assert_eq!(among(r#"{"data": [{"ref": "q"}, {}, 7]}"#), Some(Candidates::Others));
    }

    #[test]
    fn one_in_the_place_of_a_list_is_found_if_it_has_the_reference() {
        assert_eq!(among(r#"{"data": {"ref": "r", "n": 1.10}}"#), Some(Candidates::One(r#"{"ref": "r", "n": 1.10}"#)));
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
        assert_eq!(candidates(ONE, "r", br#"{"data": {"id": 1}}"#), Some(Candidates::One(r#"{"id": 1}"#)));
        assert_eq!(candidates(ONE, "r", br#"{"data": null}"#), None);
    }

    #[test]
    fn a_success_holds_the_resource_as_it_came() {
        let answer = as_success(AMONG, r#"{"n": 1.10}"#, HeaderMap::new());
        assert_eq!((answer.status(), &**answer.body()), (201, &br#"{"data":{"a/b":{"n": 1.10}}}"#[..]));
        let answer = as_success(ONE, r#"{"n": 1.10}"#, HeaderMap::new());
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
