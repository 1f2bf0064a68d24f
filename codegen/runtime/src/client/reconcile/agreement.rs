//! Comparing what was asked for with what is there, on the text of the JSON.

use crate::Decimal;
use crate::decode::pointer;
use crate::operation::ReconcileSpec;

/// The fields in which a resource differs from the request, as pointers into the request body.
///
/// A field that the request leaves out, or has as null, asks for nothing and agrees with anything.
pub(super) fn differing(how: &ReconcileSpec, request: &str, resource: &str) -> Vec<&'static str> {
    let pairs = how.agree.iter().filter(|(asked, found)| match pointer::find(request, asked) {
        None | Some("null") => false,
        Some(asked) => pointer::find(resource, found).is_none_or(|found| !agree(asked, found)),
    });
    pairs.map(|(asked, _)| *asked).collect()
}

/// Whether a resource has all the fields that are compared.
pub(super) fn is_comparable(how: &ReconcileSpec, resource: &str) -> bool {
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
pub(super) fn is_reference(reference: &str, value: &str) -> bool {
    pointer::text(value).is_some_and(|value| value == reference)
}

/// The value of a text that is a JSON number; account numbers with zeros in front are none.
fn number(text: &str) -> Option<Decimal> {
    serde_json::from_str(text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::operation::{LookupParameter, Method, OperationSpec};
    use proptest::prelude::*;

    const LIST: &OperationSpec = &OperationSpec::new("list", Method::GET, "/");
    const HOW: &ReconcileSpec = &ReconcileSpec::new(LIST, LookupParameter::Query("reference"), "/reference")
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
