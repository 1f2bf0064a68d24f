//! Fields of one JSON text put into another one.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use crate::decode::pointer;

/// A text with the value that `from` has at a pointer; `None` where `from` has none there, or the text no place for it.
pub(super) fn with(text: &str, place: &str, from: &str, pointer: &str) -> Option<String> {
    let value = pointer::find(from, pointer).filter(|value| *value != "null")?;
    let segments: Vec<String> = pointer::segments(place).collect();
    replaced(text, &segments, value)
}

/// A JSON text with a value set at the end of a path of segments. A missing member is added to an object, never to a list.
fn replaced(text: &str, segments: &[String], value: &str) -> Option<String> {
    let Some((segment, rest)) = segments.split_first() else { return Some(value.to_owned()) };
    if text.starts_with('[') {
        let mut items: Vec<Box<RawValue>> = serde_json::from_str(text).ok()?;
        let item = items.get_mut(segment.parse::<usize>().ok()?)?;
        *item = RawValue::from_string(replaced(item.get(), rest, value)?).ok()?;
        return serde_json::to_string(&items).ok();
    }
    let mut members: BTreeMap<String, Box<RawValue>> = serde_json::from_str(text).ok()?;
    let changed = match members.get(segment) {
        Some(member) => replaced(member.get(), rest, value)?,
        None if rest.is_empty() => value.to_owned(),
        None => return None,
    };
    members.insert(segment.clone(), RawValue::from_string(changed).ok()?);
    serde_json::to_string(&members).ok()
}

#[cfg(test)]
mod tests {
    use super::with;

    #[test]
    fn a_field_is_put_where_there_is_a_place_for_it() {
        let request = r#"{"a": {"amount": 10.00}, "none": null}"#;
        let put = |text, place| with(text, place, request, "/a/amount");
        assert_eq!(
            put(r#"{"data":[{"x":1}]}"#, "/data/0/amount").as_deref(),
            Some(r#"{"data":[{"amount":10.00,"x":1}]}"#)
        );
        assert_eq!(put(r#"{"amount": 5}"#, "/amount").as_deref(), Some(r#"{"amount":10.00}"#));
        assert_eq!(put("{}", ""), Some("10.00".to_owned()));
        for (text, place) in [("{}", "/data/amount"), ("[]", "/0"), ("7", "/amount"), ("", "/amount")] {
            assert_eq!(put(text, place), None, "{text} {place}");
        }
        assert_eq!(with("{}", "/b", request, "/none"), None);
        assert_eq!(with("{}", "/b", request, "/absent"), None);
    }
}
