//! Reads a query: pairs of names and values as `application/x-www-form-urlencoded` has them.

use std::borrow::Cow;

use super::percent;
use crate::server::parameters::Source;
use crate::server::rejection::Rejection;

/// A pair whose name is decoded and whose value still stands as it came, because lists are split before they are decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Pair<'q> {
    pub(crate) name: Cow<'q, str>,
    pub(crate) raw: &'q str,
}

/// The pairs of a query or a form; empty ones (`a=1&&b=2`) are none. A name that does not decode is nobody's: [`check`] refuses it.
pub(crate) fn pairs(query: &str) -> impl Iterator<Item = Pair<'_>> {
    raw_pairs(query).filter_map(|(name, raw)| {
        let name = percent::decode_form(name).ok()?;
        Some(Pair { name, raw })
    })
}

/// Names and values as they came.
fn raw_pairs(query: &str) -> impl Iterator<Item = (&str, &str)> {
    query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// Refuses a query or a form with a name or a value that is not percent-encoded UTF-8, whether or not somebody would read it: a filter
/// that is misspelt would otherwise be no filter. The place is the name, up to where it decodes.
pub(crate) fn check(query: &str, source: Source) -> Result<(), Rejection> {
    for (name, raw) in raw_pairs(query) {
        match percent::decode_form(name) {
            Err(percent::Malformed) => {
                let name: String = percent::decode_form_beginning(name).chars().take(NAME_LENGTH).collect();
                return Err(Rejection::at(source.place(&name), "its name is not percent-encoded UTF-8"));
            }
            Ok(name) if percent::decode_form(raw).is_err() => {
                let name: String = name.chars().take(NAME_LENGTH).collect();
                return Err(Rejection::at(source.place(&name), percent::MALFORMED));
            }
            Ok(_) => {}
        }
    }
    Ok(())
}

/// How many characters of a name stand in a rejection.
const NAME_LENGTH: usize = 128;

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
    use crate::server::rejection::Place;

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
            let place = check(query, Source::Query).unwrap_err().place().cloned();
            assert_eq!(place, Some(Place::Query(name.to_owned())), "{query}");
        }
        let long = format!("{}%", "a".repeat(1000));
        assert!(check(&long, Source::Query).unwrap_err().to_string().len() < 300);
        for query in ["", "&&", "a", "a=b=c", "a+b=c%20d", "filter%5Breference_id%5D=A"] {
            assert!(check(query, Source::Query).is_ok(), "{query}");
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
