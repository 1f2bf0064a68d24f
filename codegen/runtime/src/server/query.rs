//! Reads a query: pairs of names and values as `application/x-www-form-urlencoded` has them.

use std::borrow::Cow;

use super::percent;

/// A pair whose name is decoded and whose value still stands as it came, because lists are split before they are decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'q> {
    pub(crate) name: Cow<'q, str>,
    pub(crate) raw: &'q str,
}

/// The pairs of a query or a form; empty ones (`a=1&&b=2`) are none. A name that does not decode is nobody's.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = Pair<'_>> {
    query.split('&').filter(|pair| !pair.is_empty()).filter_map(|pair| {
        let (name, raw) = pair.split_once('=').unwrap_or((pair, ""));
        let name = percent::decode_form(name).ok()?;
        Some(Pair { name, raw })
    })
}

/// The raw values of this name.
pub(crate) fn raw_values<'q>(query: &'q str, name: &str) -> impl Iterator<Item = &'q str> {
    pairs(query).filter(move |pair| pair.name == name).map(|pair| pair.raw)
}

/// The values of this name; `None` stands for one that does not decode.
pub(crate) fn values(query: &str, name: &str) -> impl Iterator<Item = Option<String>> {
    raw_values(query, name).map(|raw| percent::decode_form(raw).ok().map(Cow::into_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_found_by_their_decoded_name() {
        let query = "page[size]=2&page%5Bsize%5D=3&a=b+c%2Bd&&flag&x=%ff&%ff=1";
        let all = |name| values(query, name).collect::<Vec<_>>();
        assert_eq!(all("page[size]"), [Some("2".to_owned()), Some("3".to_owned())]);
        assert_eq!(all("a"), [Some("b c+d".to_owned())]);
        assert_eq!(all("flag"), [Some(String::new())]);
        assert_eq!(all("x"), [None]);
        assert!(all("missing").is_empty());
        assert!(values("", "").next().is_none());
    }
}
