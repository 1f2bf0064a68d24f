//! JSON pointers (RFC 6901).

use std::borrow::Cow;

/// The tokens of a pointer, unescaped; `None` when it does not start with a slash.
#[must_use]
pub fn tokens(pointer: &str) -> Option<Vec<Cow<'_, str>>> {
    if pointer.is_empty() {
        return Some(Vec::new());
    }
    Some(pointer.strip_prefix('/')?.split('/').map(unescape).collect())
}

/// A token as it stands in a pointer.
#[must_use]
pub fn escape(token: &str) -> Cow<'_, str> {
    if token.contains(['~', '/']) {
        Cow::Owned(token.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(token)
    }
}

/// A token that stands in a pointer, as it is meant.
#[must_use]
pub fn unescape(token: &str) -> Cow<'_, str> {
    if token.contains('~') { Cow::Owned(token.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(token) }
}

/// A token as the index of a list: digits without a leading zero.
pub(crate) fn index(token: &str) -> Option<usize> {
    let plain = token.bytes().all(|byte| byte.is_ascii_digit()) && (token == "0" || !token.starts_with('0'));
    token.parse().ok().filter(|_| plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_unescaped() {
        assert_eq!(tokens("").map(|found| found.len()), Some(0));
        assert_eq!(tokens("/a~1b/m~0n/"), Some(vec!["a/b".into(), "m~n".into(), "".into()]));
        assert_eq!(tokens("/~01"), Some(vec!["~1".into()]));
        assert_eq!(tokens("a"), None);
        assert_eq!(escape("~/"), "~0~1");
    }

    #[test]
    fn list_indices_have_one_form() {
        assert_eq!(index("0"), Some(0));
        assert_eq!(index("12"), Some(12));
        assert_eq!(index("01"), None);
        assert_eq!(index("+1"), None);
        assert_eq!(index(""), None);
    }
}
