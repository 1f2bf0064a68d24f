//! Percent-encoding, read strictly: what does not decode is refused, never passed on half decoded.

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// What a rejection says of such a text.
pub(crate) const MALFORMED: &str = "it is not percent-encoded UTF-8";

/// Text that is not valid percent-encoded UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Malformed;

/// Decodes a path segment or a cookie (RFC 3986 section 2.1).
pub(crate) fn decode(raw: &str) -> Result<Cow<'_, str>, Malformed> {
    if !escapes_are_complete(raw) {
        return Err(Malformed);
    }
    percent_decode_str(raw).decode_utf8().map_err(|_| Malformed)
}

/// Decodes a key or value of `application/x-www-form-urlencoded`, where `+` is a space.
pub(crate) fn decode_form(raw: &str) -> Result<Cow<'_, str>, Malformed> {
    if raw.contains('+') {
        return decode(&raw.replace('+', " ")).map(|text| Cow::Owned(text.into_owned()));
    }
    decode(raw)
}

/// The text before the first escape that does not decode, of `application/x-www-form-urlencoded`.
pub(crate) fn decode_form_beginning(raw: &str) -> String {
    let complete = first_incomplete_escape(raw).and_then(|end| raw.get(..end)).unwrap_or(raw);
    let bytes: Vec<u8> = percent_decode_str(&complete.replace('+', " ")).collect();
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

#[cfg(test)]
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
