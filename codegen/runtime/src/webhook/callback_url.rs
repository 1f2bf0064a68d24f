//! Addresses of callbacks, made of a runtime expression and the values that it names (OpenAPI 3.2.0, 4.20.4).

use std::fmt;

use crate::wire::percent;

/// A part of the address of a callback.
#[derive(Clone, Copy)]
pub enum UrlPart<'a> {
    /// A text that the document states.
    Text(&'a str),
    /// The value of a runtime expression.
    Value(&'a dyn fmt::Display),
}

/// The address that the parts are together.
///
/// A value that begins the address, or that is its host, is taken as it is. One behind that (a path segment, or a value in the query) is
/// percent-encoded, so that no value can change where the address leads to; there is no address where one is `.` or `..`, which URL
/// parsers resolve away.
///
/// ```
/// use specie_runtime::webhook::{UrlPart, callback_url};
///
/// let url = callback_url(&[UrlPart::Value(&"https://shop.example.com/hooks"), UrlPart::Text("/data")]);
/// assert_eq!(url.as_deref(), Some("https://shop.example.com/hooks/data"));
///
/// let (text, id) = (UrlPart::Text("https://hooks.example.com/?id="), UrlPart::Value(&"7&admin=1"));
/// assert_eq!(callback_url(&[text, id]).as_deref(), Some("https://hooks.example.com/?id=7%26admin%3D1"));
/// ```
#[must_use]
pub fn callback_url(parts: &[UrlPart<'_>]) -> Option<String> {
    let mut url = String::new();
    let mut is_behind_host = false;
    for part in parts {
        match part {
            UrlPart::Text(text) => {
                url.push_str(text);
                is_behind_host |= is_behind(&url);
            }
            UrlPart::Value(value) => {
                let value = value.to_string();
                match value.as_str() {
                    "." | ".." => return None,
                    value if is_behind_host => percent::push_value(&mut url, value),
                    value => url.push_str(value),
                }
            }
        }
    }
    Some(url)
}

/// Whether what follows an address stands behind its host.
fn is_behind(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.contains(['/', '?', '#'])
}

impl fmt::Debug for UrlPart<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.debug_tuple("Text").field(text).finish(),
            Self::Value(_) => f.write_str("Value"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{UrlPart, callback_url};

    #[test]
    fn a_value_is_encoded_behind_the_host_only() {
        let (text, value) = (UrlPart::Text, |value: &'static &'static str| UrlPart::Value(value));
        let rows = [
            (vec![value(&"https://a.example/x?y=1&z=2")], "https://a.example/x?y=1&z=2"),
            (vec![value(&"https://a.example"), text("/"), value(&"a/../b?c")], "https://a.example/a%2F..%2Fb%3Fc"),
            (vec![text("https://"), value(&"a.example:8443"), text("/x")], "https://a.example:8443/x"),
            (vec![value(&"https://a.example"), value(&"/x")], "https://a.example/x"),
            (vec![text("https://a.example?id="), value(&"1&2")], "https://a.example?id=1%262"),
        ];
        for (parts, url) in rows {
            assert_eq!(callback_url(&parts).as_deref(), Some(url));
        }
        assert_eq!(callback_url(&[text("https://a.example/"), value(&".."), text("/x")]), None);
    }
}
