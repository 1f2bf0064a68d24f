//! Tokens of HTTP: the names of methods, headers, media types and parameters (RFC 9110 section 5.6.2).

/// Whether bytes are a token: at least one character, each a letter, a digit or one of those that are no delimiters.
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
