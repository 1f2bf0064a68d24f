//! JSON pointers (RFC 6901): writing one, and finding what one names without decoding the rest.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// Appends one segment to a pointer, escaped (RFC 6901, section 3).
pub fn push(pointer: &mut String, segment: &str) {
    pointer.push('/');
    for character in segment.chars() {
        match character {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            other => pointer.push(other),
        }
    }
}

/// The segments of a pointer, unescaped (RFC 6901, section 4); none for the whole document.
pub(crate) fn segments(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|segment| segment.replace("~1", "/").replace("~0", "~"))
}

/// The text of the part of a JSON text that a pointer names; `None` where there is none.
///
/// ```
/// use specie_runtime::decode::pointer;
///
/// let body = r#"{"data": [{"id": 10.00}]}"#;
/// assert_eq!(pointer::find(body, "/data/0/id"), Some("10.00"));
/// assert_eq!(pointer::find(body, "/data/1/id"), None);
/// ```
#[must_use]
pub fn find<'a>(text: &'a str, pointer: &str) -> Option<&'a str> {
    let mut found: &'a RawValue = serde_json::from_str(text).ok()?;
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    for segment in segments(pointer) {
        found = child(found.get(), &segment)?;
    }
    Some(found.get())
}

/// The characters of a JSON string, or of a number as it is written; `None` for everything else.
#[cfg(feature = "client")]
pub(crate) fn text(raw: &str) -> Option<String> {
    match raw.as_bytes().first()? {
        b'"' => serde_json::from_str(raw).ok(),
        b'-' | b'0'..=b'9' => Some(raw.to_owned()),
        _ => None,
    }
}

fn child<'a>(text: &'a str, segment: &str) -> Option<&'a RawValue> {
    if text.starts_with('[') {
        let items: Vec<&'a RawValue> = serde_json::from_str(text).ok()?;
        return items.get(index(segment)?).copied();
    }
    let entries: BTreeMap<Cow<'a, str>, &'a RawValue> = serde_json::from_str(text).ok()?;
    entries.get(segment).copied()
}

/// Digits without a zero in front (RFC 6901, section 4).
fn index(segment: &str) -> Option<usize> {
    let plain = segment.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = segment.len() > 1 && segment.starts_with('0');
    if plain && !leading_zero { segment.parse().ok() } else { None }
}
