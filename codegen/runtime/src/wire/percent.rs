//! Percent-encoding (RFC 3986 section 2).
//!
//! Written so that no URL parser between client and server changes a byte. Read strictly: a text that does not decode is refused,
//! never passed on half decoded.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

/// Everything but the unreserved characters (RFC 3986 section 2.3), for values.
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// For values with `allowReserved`: the reserved characters (RFC 3986 section 2.2) stay, but for those that end a value, mean a space
/// or an index, or that URL parsers encode themselves.
const RESERVED: &AsciiSet = &VALUE
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// For the names of query parameters: `filter[reference_id]` and its like go out as the document writes them.
const NAME: &AsciiSet = &VALUE
    .remove(b'[')
    .remove(b']')
    .remove(b':')
    .remove(b'$')
    .remove(b'@')
    .remove(b'/')
    .remove(b'!')
    .remove(b'*')
    .remove(b'(')
    .remove(b')');

/// For the fixed text of a path template, which the document may already have encoded.
const TEMPLATE: &AsciiSet = &NAME
    .remove(b'%')
    .remove(b'&')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'\'')
    .add(b'[')
    .add(b']');

/// Appends a value.
pub(crate) fn push_value(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, VALUE));
}

/// Appends a value in which reserved characters stay as they are.
pub(crate) fn push_reserved(target: &mut String, value: &str) {
    target.extend(utf8_percent_encode(value, RESERVED));
}

/// Appends the name of a query parameter.
pub(crate) fn push_name(target: &mut String, name: &str) {
    target.extend(utf8_percent_encode(name, NAME));
}

/// Appends the fixed text of a path template.
pub(crate) fn push_template(target: &mut String, text: &str) {
    target.extend(utf8_percent_encode(text, TEMPLATE));
}

/// Appends a key or value of `application/x-www-form-urlencoded` (WHATWG URL, section 5.2).
pub(crate) fn push_form(target: &mut String, text: &str) {
    for (index, part) in text.split(' ').enumerate() {
        if index > 0 {
            target.push('+');
        }
        push_value(target, part);
    }
}

/// What a rejection says of a malformed text.
pub(crate) const MALFORMED: &str = "it is not percent-encoded UTF-8";

/// Text that is not valid percent-encoded UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Decodes a path segment or a cookie (RFC 3986 section 2.1).
pub(crate) fn decode(raw: &str) -> Result<Cow<'_, str>, Malformed> {
    if !raw.contains('%') {
        return Ok(Cow::Borrowed(raw));
    }
    if !escapes_are_complete(raw) {
        return Err(Malformed);
    }
    percent_decode_str(raw).decode_utf8().map_err(|_| Malformed)
}

/// Decodes a key or value of `application/x-www-form-urlencoded`, where `+` is a space.
pub(crate) fn decode_form(raw: &str) -> Result<Cow<'_, str>, Malformed> {
    match spaces_for_plus(raw) {
        Cow::Owned(spaced) => decode(&spaced).map(|text| Cow::Owned(text.into_owned())),
        Cow::Borrowed(raw) => decode(raw),
    }
}

/// Decodes a key or value of a form; bytes that are not UTF-8 become U+FFFD, and incomplete escapes stay as they are.
#[cfg(feature = "client")]
pub(crate) fn decode_form_lossy(raw: &str) -> Cow<'_, str> {
    let spaced = spaces_for_plus(raw);
    match percent_decode_str(&spaced).decode_utf8_lossy() {
        Cow::Owned(decoded) => Cow::Owned(decoded),
        Cow::Borrowed(_) => spaced,
    }
}

/// In a form, `+` is a space.
fn spaces_for_plus(raw: &str) -> Cow<'_, str> {
    if raw.contains('+') { Cow::Owned(raw.replace('+', " ")) } else { Cow::Borrowed(raw) }
}

/// The text before the first escape that does not decode, of `application/x-www-form-urlencoded`.
pub(crate) fn decode_form_beginning(raw: &str) -> String {
    let complete = first_incomplete_escape(raw).and_then(|end| raw.get(..end)).unwrap_or(raw);
    let bytes: Vec<u8> = percent_decode_str(&spaces_for_plus(complete)).collect();
    bytes.utf8_chunks().next().map_or_else(String::new, |chunk| chunk.valid().to_owned())
}

/// Whether two hexadecimal digits follow every percent sign; the decoder would pass others through as they are.
fn escapes_are_complete(raw: &str) -> bool {
    first_incomplete_escape(raw).is_none()
}

/// Where the first percent sign stands that two hexadecimal digits do not follow.
fn first_incomplete_escape(raw: &str) -> Option<usize> {
    raw.match_indices('%').map(|(at, _)| at).find(|at| {
        let mut bytes = raw.bytes().skip(at + 1);
        let mut digit = || bytes.next().is_some_and(|byte| byte.is_ascii_hexdigit());
        !(digit() && digit())
    })
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn escapes_become_text() {
        assert_eq!(decode("a%2Fb%20c+d").as_deref(), Ok("a/b c+d"));
        assert_eq!(decode("%D0%B3%d1%80%d0%bd").as_deref(), Ok("грн"));
        assert_eq!(decode_form("a+b%2Bc").as_deref(), Ok("a b+c"));
        assert_eq!(decode("").as_deref(), Ok(""));
    }

    #[test]
    fn what_stands_before_a_malformed_escape_is_text() {
        for (raw, beginning) in [
            ("filter%5Breference_id%5", "filter[reference_id"),
            ("%", ""),
            ("%zz", ""),
            ("a+b%zzc", "a b"),
            ("%D0%B3%D0", "г"),
            ("x%ff%41", "x"),
        ] {
            assert_eq!(decode_form_beginning(raw), beginning, "{raw}");
        }
    }

    #[test]
    fn incomplete_escapes_and_foreign_encodings_are_refused() {
        for raw in ["%", "%4", "%zz", "100%", "a%%41", "%ff", "%C3%28"] {
            assert_eq!(decode(raw), Err(Malformed), "{raw}");
            assert_eq!(decode_form(raw), Err(Malformed), "{raw}");
        }
    }
}
