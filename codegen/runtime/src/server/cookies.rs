//! Reads the `Cookie` header (RFC 6265 section 5.4).

use http::HeaderMap;
use http::header::COOKIE;

/// The values of the cookies of this name, verbatim; pairs that are not text are no cookies.
pub(crate) fn values<'h>(headers: &'h HeaderMap, name: &str) -> impl Iterator<Item = &'h str> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|header| std::str::from_utf8(header.as_bytes()).ok())
        .flat_map(|header| header.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(move |(key, _)| *key == name)
        .map(|(_, value)| unquote(value))
}

/// A value may stand in double quotes, which are not part of it (RFC 6265 section 4.1.1).
fn unquote(value: &str) -> &str {
    value.strip_prefix('"').and_then(|value| value.strip_suffix('"')).unwrap_or(value)
}

#[cfg(test)]
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
