//! Headers: the tokens that name them, and what their values can carry (RFC 9110 sections 5.5 and 5.6).

/// A value that every receiver reads as it was written: visible ASCII, no space or tab at its ends, where it would be cut off.
pub(crate) fn check(text: &str) -> Result<(), &'static str> {
    if text.starts_with([' ', '\t']) || text.ends_with([' ', '\t']) {
        return Err("starts or ends with a space, which headers lose");
    }
    if text.bytes().all(|byte| matches!(byte, b'\t' | 0x20..=0x7e)) { Ok(()) } else { Err(NOT_TEXT) }
}

pub(crate) const NOT_TEXT: &str = "holds characters that a header cannot carry";

/// The items of all fields of one name, which are one list (RFC 9110 sections 5.3 and 5.6.1): empty fields are none.
pub(crate) fn joined(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !line.is_empty()).collect();
    lines.join(",")
}

/// Whether bytes are a token, as the names of headers, methods and media types are (RFC 9110 section 5.6.2).
pub(crate) const fn is_token(name: &[u8]) -> bool {
    let mut left = name;
    while let [first, rest @ ..] = left {
        let is_other = matches!(
            first,
            b'!' | b'#' | b'$' | b'%' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`' | b'|' | b'~'
        );
        if !first.is_ascii_alphanumeric() && !is_other {
            return false;
        }
        left = rest;
    }
    !name.is_empty()
}
