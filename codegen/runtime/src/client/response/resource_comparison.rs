//! Compares a request with the resource that a server shows, on the text of the JSON.

use crate::Decimal;
use crate::decode::pointer;
use crate::operation::{LookupResponse, ReconcileSpec};

/// The fields in which a resource differs from the request, as pointers into the request body.
///
/// A field that the request leaves out, or has as null, asks for nothing and agrees with anything.
pub(in crate::client) fn differing(how: &ReconcileSpec, request: &str, resource: &str) -> Vec<&'static str> {
    compared(how, request, resource, Lacking::Differs)
}

/// The fields for which a success does not show that it is about this request: the reference if it is not there or another one, and
/// what is there and differs. Where the document names no place of the reference, the other fields are all the proof there is, and
/// must be there.
pub(in crate::client) fn unproven(how: &ReconcileSpec, request: &str, body: &str) -> Vec<&'static str> {
    let resource = pointer::find(body, how.resource).unwrap_or_default();
    let LookupResponse::Among { matches, .. } = how.find else {
        return differing(how, request, resource);
    };
    let found = pointer::find(resource, matches);
    with_reference(how, request, resource, |reference| found.is_none_or(|found| !is_reference(reference, found)))
}

/// The fields in which a response contradicts the request: the reference and the compared fields, where the response repeats them in
/// the places of the resource. What is not there contradicts nothing.
pub(in crate::client) fn contradicting(how: &ReconcileSpec, request: &str, body: &str) -> Vec<&'static str> {
    let Some(resource) = pointer::find(body, how.resource) else { return Vec::new() };
    let found = match how.find {
        LookupResponse::Among { matches, .. } => {
            pointer::find(resource, matches).filter(|found| pointer::text(found).is_some())
        }
        LookupResponse::One(_) => None,
    };
    with_reference(how, request, resource, |reference| found.is_some_and(|found| !is_reference(reference, found)))
}

/// The reference, if the request has one and the response has another, and the fields that are there and differ.
fn with_reference(
    how: &ReconcileSpec,
    request: &str,
    resource: &str,
    is_other: impl Fn(&str) -> bool,
) -> Vec<&'static str> {
    let reference = pointer::find(request, how.reference).and_then(pointer::text);
    let mut fields: Vec<_> =
        reference.filter(|reference| is_other(reference)).map(|_| how.reference).into_iter().collect();
    fields.extend(compared(how, request, resource, Lacking::Agrees));
    fields
}

/// What a field says that a resource lacks or has as null.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Lacking {
    Agrees,
    Differs,
}

/// The compared fields in which a resource differs.
fn compared(how: &ReconcileSpec, request: &str, resource: &str, lacking: Lacking) -> Vec<&'static str> {
    let pairs = how.agree.iter().filter(|(asked, found)| match pointer::find(request, asked) {
        None | Some("null") => false,
        Some(asked) => match pointer::find(resource, found) {
            None | Some("null") => lacking == Lacking::Differs,
            Some(found) => !agree(asked, found),
        },
    });
    pairs.map(|(asked, _)| *asked).collect()
}

/// Whether a resource has all the fields that are compared.
pub(in crate::client) fn is_comparable(how: &ReconcileSpec, resource: &str) -> bool {
    how.agree.iter().all(|(_, found)| pointer::find(resource, found).is_some())
}

/// Whether two JSON scalars say the same: texts by their characters, numbers by their value, of which none is ever a float. A number
/// also agrees with the text of an equal number, because APIs write money in both ways.
fn agree(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (one, other) = (pointer::text(one), pointer::text(other));
    match (&one, &other) {
        (Some(one), Some(other)) if one == other => true,
        (Some(one), Some(other)) => match (number(one), number(other)) {
            (Some(one), Some(other)) => one == other,
            _ => false,
        },
        _ => false,
    }
}

/// Whether a value is the reference: the same text, or the same number.
pub(in crate::client) fn is_reference(reference: &str, value: &str) -> bool {
    pointer::text(value).is_some_and(|value| value == reference)
}

/// The value of a text that is a JSON number; account numbers with zeros in front are none.
fn number(text: &str) -> Option<Decimal> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{Method, OperationSpec};
    use proptest::prelude::*;

    const LIST: &OperationSpec = &OperationSpec::new("list", Method::GET, "/");
    const HOW: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .agree(&[("/order/amount", "/amount"), ("/order/currency", "/currency")]);

    #[test]
    fn scalars_agree_by_value() {
        let same = [
            ("100.55", "100.5500"),
            ("1e2", "100"),
            ("100", "\"100.00\""),
            ("\"10.0\"", "\"10.00\""),
            ("\"USD\"", "\"USD\""),
            ("\"a\\u0062\"", "\"ab\""),
            ("true", "true"),
            ("0.1", "1E-1"),
            ("-0", "0.0"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ];
        let different = [
            ("100.55", "100.54999999999999"),
            ("9007199254740993", "9007199254740992"),
            ("0.1", "0.10000000000000000000000000001"),
            ("\"USD\"", "\"usd\""),
            ("\"0123\"", "\"123\""),
            ("100", "null"),
            ("true", "false"),
            ("\"true\"", "true"),
            ("100", "{\"amount\": 100}"),
            ("100", "[100]"),
        ];
        for (one, other) in same {
            assert!(agree(one, other) && agree(other, one), "{one} {other}");
        }
        for (one, other) in different {
            assert!(!agree(one, other) && !agree(other, one), "{one} {other}");
        }
    }

    #[test]
    fn differing_fields_are_named_as_the_request_has_them() {
        let request = r#"{"order": {"amount": 10.00, "currency": "USD"}}"#;
        let differing = |resource| differing(HOW, request, resource);
        assert!(differing(r#"{"amount": 10, "currency": "USD"}"#).is_empty());
        assert_eq!(differing(r#"{"amount": 10.01, "currency": "USD"}"#), ["/order/amount"]);
        assert_eq!(differing(r#"{"amount": 10}"#), ["/order/currency"], "what is not there cannot agree");
        assert_eq!(differing("[]"), ["/order/amount", "/order/currency"]);
    }

    const AMONG: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
        .find(LookupResponse::Among { items: "/data", matches: "/ref" })
        .agree(&[("/amount", "/amount")])
        .resource(201, "/data");
    const ASKED: &str = r#"{"reference": "r", "amount": 10.00, "order": {"amount": 10.00, "currency": "USD"}}"#;

    #[test]
    fn a_success_shows_by_its_reference_that_it_is_about_the_request() {
        for (body, fields) in [
            (r#"{"data": {"ref": "r", "amount": 10}}"#, &[][..]),
            (r#"{"data": {"ref": "r"}}"#, &[]),
            (r#"{"data": {"ref": "r", "amount": null}}"#, &[]),
            (r#"{"data": {"ref": "q", "amount": 10}}"#, &["/reference"]),
            (r#"{"data": {"amount": 10}}"#, &["/reference"]),
            (r#"{"data": {"ref": null, "amount": 10}}"#, &["/reference"]),
            (r#"{"data": {"ref": "r", "amount": 11}}"#, &["/amount"]),
            (r#"{"data": {"ref": "q", "amount": 11}}"#, &["/reference", "/amount"]),
            ("{}", &["/reference"]),
        ] {
            assert_eq!(unproven(AMONG, ASKED, body), fields, "{body}");
        }
        assert!(unproven(AMONG, r#"{"amount": 10}"#, r#"{"data": {"amount": 10}}"#).is_empty(), "none was asked for");
    }

    #[test]
    fn without_a_place_for_the_reference_the_other_fields_must_be_there() {
        assert!(unproven(HOW, ASKED, r#"{"amount": 10, "currency": "USD"}"#).is_empty());
        assert_eq!(unproven(HOW, ASKED, r#"{"amount": 10}"#), ["/order/currency"]);
        assert!(contradicting(HOW, ASKED, r#"{"amount": 10}"#).is_empty());
    }

    #[test]
    fn other_responses_contradict_by_what_they_repeat() {
        for (body, fields) in [
            ("{}", &[][..]),
            (r#"{"errors": ["reference"]}"#, &[]),
            (r#"{"data": {}}"#, &[]),
            (r#"{"data": {"ref": {"message": "is too long"}}}"#, &[]),
            (r#"{"data": {"ref": "r", "amount": 10}}"#, &[]),
            (r#"{"data": {"ref": "q"}}"#, &["/reference"]),
            (r#"{"data": {"amount": 11}}"#, &["/amount"]),
        ] {
            assert_eq!(contradicting(AMONG, ASKED, body), fields, "{body}");
        }
    }

    #[test]
    fn what_was_not_asked_for_agrees() {
        let resource = r#"{"amount": 10, "currency": "USD"}"#;
        assert!(differing(HOW, r#"{"order": {"amount": 10, "currency": null}}"#, resource).is_empty());
        assert!(differing(HOW, r#"{"order": {"amount": 10}}"#, resource).is_empty());
    }

    #[test]
    fn references_are_texts_or_the_same_digits() {
        assert!(is_reference("inv-1", "\"inv-1\""));
        assert!(is_reference("17", "17"));
        assert!(is_reference("17", "\"17\""));
        assert!(!is_reference("17", "17.0"));
        assert!(!is_reference("inv-1", "\"inv-10\""));
        assert!(!is_reference("null", "null"));
    }

    proptest! {
        #[test]
        fn amounts_agree_exactly_when_they_are_equal(a in 0..1_000_000_i64, b in 0..1_000_000_i64, zeros in 0..5_usize) {
            let text = |cents: i64| format!("{}.{:02}", cents / 100, cents % 100);
            prop_assert_eq!(agree(&text(a), &text(b)), a == b);
            let longer = text(a) + &"0".repeat(zeros);
            prop_assert!(agree(&text(a), &longer));
        }
    }
}
