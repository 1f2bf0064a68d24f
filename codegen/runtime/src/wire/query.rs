//! Queries: pairs of names and values, encoded as `application/x-www-form-urlencoded` has them.
//!
//! Values stay encoded as long as they can, because lists are split before their items are decoded.

use std::borrow::Cow;

use super::percent;

/// Names and values as they stand in a query or a form; empty pairs (`a=1&&b=2`) are left out.
fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Appends a pair; the value is already encoded.
pub(crate) fn push_pair(query: &mut String, name: &str, encoded: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    percent::push_name(query, name);
    query.push('=');
    query.push_str(encoded);
}

/// The decoded value of a parameter; the first one, if there are several.
#[cfg(feature = "client")]
pub(crate) fn get(query: &str, name: &str) -> Option<String> {
    let (_, value) = raw_pairs(query).find(|(known, _)| percent::decode_form_lossy(known) == name)?;
    Some(percent::decode_form_lossy(value).into_owned())
}

/// The query with a parameter set to one value; the other pairs stay as they are.
#[cfg(feature = "client")]
pub(crate) fn set(query: &str, name: &str, value: &str) -> String {
    let mut changed = without(query, &[name]);
    let mut encoded = String::new();
    percent::push_value(&mut encoded, value);
    push_pair(&mut changed, name, &encoded);
    changed
}

/// The query without these parameters; the other pairs stay as they are.
#[cfg(feature = "client")]
pub(crate) fn without(query: &str, names: &[&str]) -> String {
    let kept = query.split('&').filter(|pair| {
        let name = pair.split_once('=').map_or(*pair, |(name, _)| name);
        !pair.is_empty() && !names.contains(&&*percent::decode_form_lossy(name))
    });
    kept.collect::<Vec<_>>().join("&")
}

/// A pair with its name decoded and its value as it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'q> {
    pub(crate) name: Cow<'q, str>,
    pub(crate) raw: &'q str,
}

/// The pairs of a query or a form. One whose name does not decode is left out; [`check`] refuses it.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = Pair<'_>> {
    raw_pairs(query).filter_map(|(name, raw)| {
        let name = percent::decode_form(name).ok()?;
        Some(Pair { name, raw })
    })
}

/// A pair with a name or a value that is not percent-encoded UTF-8.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MalformedPair {
    /// The name up to where it decodes, 128 characters at most.
    pub(crate) name: String,
    /// What is wrong with it.
    pub(crate) detail: &'static str,
}

/// Refuses a query or a form with a name or a value that is not percent-encoded UTF-8, whether or not it is read: a filter
/// that is misspelt would otherwise be no filter.
pub(crate) fn check(query: &str) -> Result<(), MalformedPair> {
    let shortened = |name: &str| name.chars().take(NAME_LENGTH).collect();
    for (name, raw) in raw_pairs(query) {
        match percent::decode_form(name) {
            Err(percent::Malformed) => {
                let name = shortened(&percent::decode_form_beginning(name));
                return Err(MalformedPair { name, detail: "its name is not percent-encoded UTF-8" });
            }
            Ok(name) if percent::decode_form(raw).is_err() => {
                return Err(MalformedPair { name: shortened(&name), detail: percent::MALFORMED });
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

/// How many characters of a name stand in an error.
const NAME_LENGTH: usize = 128;

/// The raw values of this name.
#[cfg(feature = "server")]
pub(crate) fn raw_values<'q>(query: &'q str, name: &str) -> impl Iterator<Item = &'q str> {
    pairs(query).filter(move |pair| pair.name == name).map(|pair| pair.raw)
}

/// The values of this name; `None` stands for one that does not decode.
#[cfg(feature = "server")]
pub(crate) fn values(query: &str, name: &str) -> impl Iterator<Item = Option<String>> {
    raw_values(query, name).map(|raw| percent::decode_form(raw).ok().map(Cow::into_owned))
}

#[cfg(all(test, feature = "client", feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn one_parameter_changes_and_the_others_stay() {
        assert_eq!(set("", "page[number]", "2"), "page[number]=2");
        assert_eq!(set("page[number]=1&filter[a]=x%20y", "page[number]", "2"), "filter[a]=x%20y&page[number]=2");
        assert_eq!(set("page%5Bnumber%5D=1&a", "page[number]", "&"), "a&page[number]=%26");
    }

    #[test]
    fn values_are_read_however_they_were_written() {
        let query = "page%5Bafter%5D=a%2Bb+c&x";
        assert_eq!(get(query, "page[after]").as_deref(), Some("a+b c"));
        assert_eq!(get(query, "x").as_deref(), Some(""));
        assert_eq!(get(query, "y"), None);
    }

    #[test]
    fn what_does_not_decode_is_refused_by_its_name() {
        for (query, name) in [
            ("filter%5Breference_id%5=A", "filter[reference_id"),
            ("a=1&%=1", ""),
            ("%zz", ""),
            ("x%ff=1", "x"),
            ("a=%", "a"),
            ("a=1&b%5B%5D=%zz", "b[]"),
            ("c=%ff", "c"),
            ("nobody_reads_this=%C3%28", "nobody_reads_this"),
        ] {
            assert_eq!(check(query).unwrap_err().name, name, "{query}");
        }
        let long = format!("{}%", "a".repeat(1000));
        assert_eq!(check(&long).unwrap_err().name, "a".repeat(128));
        for query in ["", "&&", "a", "a=b=c", "a+b=c%20d", "filter%5Breference_id%5D=A"] {
            assert_eq!(check(query), Ok(()), "{query}");
        }
    }

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
