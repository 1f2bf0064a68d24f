//! The `Cookie` header (RFC 6265 sections 4.2 and 5.4).

#[cfg(feature = "server")]
use http::HeaderMap;
#[cfg(feature = "server")]
use http::header::COOKIE;
#[cfg(feature = "client")]
use http::header::HeaderName;

/// Appends a cookie that is sent as it is, or refuses it.
#[cfg(feature = "client")]
pub(crate) fn push(cookies: &mut String, name: &str, value: &str) -> Result<(), &'static str> {
    check_name(name)?;
    check(value)?;
    if !cookies.is_empty() {
        cookies.push_str("; ");
    }
    cookies.push_str(name);
    cookies.push('=');
    cookies.push_str(value);
    Ok(())
}

/// Refuses a text that cannot name a cookie (RFC 6265 section 4.1.1).
#[cfg(feature = "client")]
pub(crate) fn check_name(name: &str) -> Result<(), &'static str> {
    if HeaderName::try_from(name).is_ok() { Ok(()) } else { Err("not a cookie name") }
}

/// Refuses a value that a cookie cannot carry. Cookies have no encoding of their own, so a value is sent as it is or not at all
/// (RFC 6265 section 4.1.1).
pub(crate) fn check(value: &str) -> Result<(), &'static str> {
    let is_octet = |byte| matches!(byte, 0x21 | 0x23..=0x2b | 0x2d..=0x3a | 0x3c..=0x5b | 0x5d..=0x7e);
    if value.bytes().all(is_octet) { Ok(()) } else { Err("holds characters that a cookie cannot carry") }
}

/// All cookies by name and value, verbatim; pairs that are not text are no cookies.
#[cfg(feature = "server")]
pub(crate) fn pairs(headers: &HeaderMap) -> impl Iterator<Item = (&str, &str)> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| std::str::from_utf8(header.as_bytes()).ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, value)| (name, unquote(value)))
}

/// The values of the cookies of this name.
#[cfg(feature = "server")]
pub(crate) fn values<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    pairs(headers).filter(move |(key, _)| *key == name).map(|(_, value)| value)
}

/// A value may stand in double quotes, which are not part of it (RFC 6265 section 4.1.1).
#[cfg(feature = "server")]
fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn cookies_are_found_by_name() {
        let mut headers = HeaderMap::new();
        headers.append(COOKIE, "a=1; b=x=y;c=\"q\"; flag".parse().unwrap());
        headers.append(COOKIE, "a=2".parse().unwrap());
        let all = |name| values(&headers, name).collect::<Vec<_>>();
        assert_eq!(all("a"), ["1", "2"]);
        assert_eq!(all("b"), ["x=y"]);
        assert_eq!(all("c"), ["q"]);
        assert!(all("flag").is_empty());
    }
}
