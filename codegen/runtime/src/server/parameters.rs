//! Decodes the texts of parameters: single values and lists, required or optional.

use std::borrow::Cow;

use super::rejection::{Place, Rejection};
use crate::operation::ListStyle;
use crate::param::Param;
use crate::wire::query::MalformedPair;
use crate::wire::{list, percent};

/// Where a parameter is, without its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Path,
    /// A path parameter that the document lets hold anything.
    AnyPath,
    Query,
    Header,
    Cookie,
    Form,
}

/// A parameter with the texts that the request has for it, still encoded as its place asks.
pub(crate) struct Parameter<'r> {
    source: Source,
    name: &'r str,
    texts: Vec<&'r str>,
}

impl<'r> Parameter<'r> {
    pub(crate) fn new(source: Source, name: &'r str, texts: impl IntoIterator<Item = &'r str>) -> Self {
        Self { source, name, texts: texts.into_iter().collect() }
    }

    /// A value that must be there.
    pub(crate) fn required<T: Param>(&self) -> Result<T, Rejection> {
        self.optional()?.ok_or_else(|| self.reject("it is required"))
    }

    /// A value that may be left out. One that is there twice is refused, because its readers would not agree on which one counts.
    pub(crate) fn optional<T: Param>(&self) -> Result<Option<T>, Rejection> {
        match self.texts.as_slice() {
            [] => Ok(None),
            [text] => self.value(text).map(Some),
            _ => Err(self.reject("it is there more than once")),
        }
    }

    /// A list that must be there. No items at all are an empty list where each item is a parameter of its own; nothing else could be.
    pub(crate) fn list<T: Param>(&self, style: ListStyle) -> Result<Vec<T>, Rejection> {
        match self.list_optional(style)? {
            Some(items) => Ok(items),
            None if style == ListStyle::Repeated => Ok(Vec::new()),
            None => Err(self.reject("it is required")),
        }
    }

    /// A list that may be left out.
    pub(crate) fn list_optional<T: Param>(&self, style: ListStyle) -> Result<Option<Vec<T>>, Rejection> {
        let texts = match (style, self.texts.as_slice()) {
            (_, []) => return Ok(None),
            (ListStyle::Repeated, texts) => texts.to_vec(),
            // Header fields of one name are one list (RFC 9110 section 5.3).
            (_, texts) if self.source == Source::Header => {
                let lines = texts.iter().filter(|text| !text.is_empty());
                let items = lines.flat_map(|text| text.split(','));
                items.map(|item| item.trim_matches([' ', '\t'])).collect()
            }
            (style, [text]) => return self.split(text, style).map(Some),
            _ => return Err(self.reject("it is there more than once")),
        };
        texts.into_iter().map(|text| self.value(text)).collect::<Result<_, _>>().map(Some)
    }

    /// The items of one text; an empty one is an empty list.
    fn split<T: Param>(&self, text: &str, style: ListStyle) -> Result<Vec<T>, Rejection> {
        if text.is_empty() {
            return Ok(Vec::new());
        }
        list::split(style, text, |text| self.decode(text), |item| self.parse(item))
    }

    fn value<T: Param>(&self, text: &str) -> Result<T, Rejection> {
        self.parse(&self.decode(text)?)
    }

    fn decode<'t>(&self, text: &'t str) -> Result<Cow<'t, str>, Rejection> {
        let decoded = match self.source {
            Source::Path | Source::AnyPath => percent::decode(text),
            Source::Query | Source::Form => percent::decode_form(text),
            Source::Header | Source::Cookie => Ok(Cow::Borrowed(text)),
        };
        let decoded = decoded.map_err(|percent::Malformed| self.reject(percent::MALFORMED))?;
        if self.source == Source::Path && leads_elsewhere(&decoded) {
            return Err(self.reject(
                "it must not be `.` or `..`, nor hold a slash, a backslash or a control character, also not percent-encoded",
            ));
        }
        Ok(decoded)
    }

    fn parse<T: Param>(&self, text: &str) -> Result<T, Rejection> {
        T::from_text(text).map_err(|error| self.reject(error.to_string()))
    }

    /// A rejection that names this parameter.
    pub(crate) fn reject(&self, detail: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection::at(self.source.place(self.name), detail)
    }
}

/// Whether a path or a URL that is built of this value could be another one than it looks like: dot segments (RFC 3986
/// section 5.2.4), separators, and characters at which others stop reading.
fn leads_elsewhere(text: &str) -> bool {
    matches!(text, "." | "..") || text.contains(|c: char| matches!(c, '/' | '\\') || c.is_control())
}

impl Source {
    /// Refuses a pair of a query or a form that does not decode.
    pub(crate) fn malformed(self, pair: &MalformedPair) -> Rejection {
        Rejection::at(self.place(&pair.name), pair.detail)
    }

    pub(crate) fn place(self, name: &str) -> Place {
        match self {
            Self::Path | Self::AnyPath => Place::Path(name.to_owned()),
            Self::Query => Place::Query(name.to_owned()),
            Self::Header => Place::Header(name.to_owned()),
            Self::Cookie => Place::Cookie(name.to_owned()),
            Self::Form => {
                let mut pointer = String::new();
                crate::decode::pointer::push(&mut pointer, name);
                Place::Body(pointer)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query<'r>(texts: &[&'r str]) -> Parameter<'r> {
        Parameter::new(Source::Query, "q", texts.iter().copied())
    }

    fn detail<T: std::fmt::Debug>(result: Result<T, Rejection>) -> String {
        result.expect_err("refused").detail().to_owned()
    }

    #[test]
    fn one_value_is_one_value() {
        assert_eq!(query(&["a+b%2B"]).required::<String>().unwrap(), "a b+");
        assert_eq!(query(&[]).optional::<i32>().unwrap(), None);
        assert_eq!(query(&[""]).optional::<String>().unwrap(), Some(String::new()));
        assert_eq!(detail(query(&[]).required::<i32>()), "query parameter q: it is required");
        assert_eq!(detail(query(&["1", "1"]).optional::<i32>()), "query parameter q: it is there more than once");
        assert!(!detail(query(&["4111x"]).required::<i32>()).contains("4111"));
        assert!(query(&["%ff"]).required::<String>().is_err());
    }

    #[test]
    fn lists_are_split_as_they_were_joined() {
        let strings = |texts: &[&str], style| query(texts).list_optional::<String>(style).unwrap();
        let list = |items: &[&str]| Some(items.iter().map(|&item| item.to_owned()).collect());
        assert_eq!(strings(&["a,b%2Cc"], ListStyle::Commas), list(&["a", "b,c"]));
        assert_eq!(strings(&["a%20b+c"], ListStyle::Spaces), list(&["a", "b", "c"]));
        assert_eq!(strings(&["a%7Cb|c"], ListStyle::Pipes), list(&["a", "b", "c"]));
        assert_eq!(strings(&["a,b", "c"], ListStyle::Repeated), list(&["a,b", "c"]));
        assert_eq!(strings(&[""], ListStyle::Commas), list(&[]));
        assert_eq!(strings(&[], ListStyle::Commas), None);
        assert!(query(&["a", "b"]).list::<String>(ListStyle::Commas).is_err());
        assert!(query(&[]).list::<String>(ListStyle::Repeated).unwrap().is_empty());
        assert!(query(&[]).list::<String>(ListStyle::Pipes).is_err());
    }

    #[test]
    fn a_malformed_pair_is_refused_where_it_stands() {
        let refused = |source: Source, text: &str| {
            let rejection = source.malformed(&crate::wire::query::check(text).unwrap_err());
            (rejection.place().cloned(), rejection.to_string().len())
        };
        assert_eq!(refused(Source::Query, "b%5B%5D=%zz").0, Some(Place::Query("b[]".to_owned())));
        assert_eq!(refused(Source::Form, "b%5B%5D=%zz").0, Some(Place::Body("/b[]".to_owned())));
        assert!(refused(Source::Query, &format!("{}%", "a".repeat(1000))).1 < 300);
    }

    #[test]
    fn a_path_value_leads_nowhere_else() {
        let read = |source, text: &str| Parameter::new(source, "id", [text]).required::<String>();
        for text in [".", "..", "%2e%2E", "%00", "a%2Fprocess", "a%2fb", "a%5Cb", "a\\b", "%0a", "%7F", "%C2%85"] {
            assert!(detail(read(Source::Path, text)).starts_with("path parameter id: it must not be"), "{text}");
            assert!(read(Source::AnyPath, text).is_ok(), "{text}");
        }
        for text in ["...", "a..b", ".json", "a%20b", "%252F", "%D0%B3"] {
            assert!(read(Source::Path, text).is_ok(), "{text}");
        }
        let list = Parameter::new(Source::Path, "ids", ["a,..,b"]).list::<String>(ListStyle::Commas);
        assert!(list.is_err());
    }

    #[test]
    fn headers_of_one_name_are_one_list() {
        let header = Parameter::new(Source::Header, "h", ["1, 2", "3"]);
        assert_eq!(header.list::<i32>(ListStyle::Commas).unwrap(), [1, 2, 3]);
        assert!(header.required::<String>().is_err());
    }
}
