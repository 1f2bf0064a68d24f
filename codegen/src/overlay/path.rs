//! Paths into a document by RFC 9535. The only file that knows its library.

use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

/// A path longer than this, or with more brackets within each other, is no path that somebody wrote. The parser goes down by recursion.
const LONGEST: usize = 2_000;
const NESTED: usize = 12;

/// How often `..` may stand in one path: with each one more, what is visited grows with the size of the document.
const DESCENTS: usize = 2;

/// One step from a value to a value within. The order is that of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum PathSegment {
    Index(usize),
    Key(Box<str>),
}

/// Where a value stands in the document.
pub(super) type Location = Vec<PathSegment>;

/// A path that was read.
#[derive(Debug)]
pub(super) struct Path(JsonPath);

/// Why a text is no path, and from which byte on.
#[derive(Debug)]
pub(super) struct NotAPath {
    pub(super) reason: String,
    pub(super) at: usize,
}

impl Path {
    pub(super) fn parse(text: &str) -> Result<Self, NotAPath> {
        check_size(text)?;
        JsonPath::parse(text).map(Self).map_err(|error| {
            let at = error.position().saturating_sub(1).min(text.len());
            NotAPath { reason: reason(text, error.message()), at }
        })
    }

    /// The places that the path selects, each once, in order.
    pub(super) fn find(&self, document: &Value) -> Vec<Location> {
        let nodes = self.0.query_located(document);
        let mut found: Vec<Location> = nodes.locations().map(|path| path.iter().map(step).collect()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// The library's reason, where it gives one.
fn reason(text: &str, message: &str) -> String {
    match message {
        _ if !text.starts_with('$') => "it has to start with `$`".to_owned(),
        "parser error" => "it cannot be read from here on".to_owned(),
        message => message.to_owned(),
    }
}

fn step(element: &PathElement<'_>) -> PathSegment {
    match element {
        PathElement::Name(name) => PathSegment::Key((*name).into()),
        PathElement::Index(index) => PathSegment::Index(*index),
    }
}

fn check_size(text: &str) -> Result<(), NotAPath> {
    let refuse = |reason: String, at: usize| Err(NotAPath { reason, at });
    if text.len() > LONGEST {
        return refuse(format!("it is longer than {LONGEST} bytes"), 0);
    }
    let (mut depth, mut descents, mut quote) = (0_usize, 0_usize, None);
    let mut bytes = text.bytes().enumerate().peekable();
    while let Some((at, byte)) = bytes.next() {
        match (byte, quote) {
            (b'\\', Some(_)) => {
                bytes.next();
            }
            (_, Some(open)) => quote = quote.filter(|_| byte != open),
            (b'\'' | b'"', None) => quote = Some(byte),
            (b'(' | b'[', None) => depth += 1,
            (b')' | b']', None) => depth = depth.saturating_sub(1),
            (b'.', None) if bytes.next_if(|(_, next)| *next == b'.').is_some() => descents += 1,
            _ => {}
        }
        if depth > NESTED {
            return refuse(format!("more than {NESTED} brackets stand within each other"), at);
        }
        if descents > DESCENTS {
            return refuse(format!("`..` stands in it more than {DESCENTS} times"), at);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(path: &str, document: &str) -> Vec<String> {
        let document = serde_json::from_str(document).expect("JSON");
        let shown = |step: &PathSegment| match step {
            PathSegment::Key(key) => format!("/{key}"),
            PathSegment::Index(index) => format!("/{index}"),
        };
        let found = Path::parse(path).expect("a path").find(&document);
        found.iter().map(|location| location.iter().map(shown).collect()).collect()
    }

    #[test]
    fn places_come_once_and_in_order() {
        let document = r#"{"a": [{"b": 1}, {"b": 2}, {"c": 3}], "d": {"b": 1}}"#;
        assert_eq!(places("$", document), [""]);
        assert_eq!(places("$.a[?@.b == 2]", document), ["/a/1"]);
        assert_eq!(places("$..b", document), ["/a/0/b", "/a/1/b", "/d/b"]);
        assert_eq!(places("$['a','a']", document), ["/a"]);
        assert_eq!(places("$.a[?match(@.c, 'x.*')]", document), [""; 0]);
        assert_eq!(places("$.x", document), [""; 0]);
    }

    #[test]
    fn what_is_no_path_is_refused_at_its_place() {
        for text in ["", "a", "$.", "$[", "$[?", "$['a]", "$.a b"] {
            assert!(Path::parse(text).is_err(), "{text}");
        }
        assert_eq!(Path::parse("$.a[?@.b = 1]").expect_err("a reason").at, 8);
    }

    #[test]
    fn paths_are_bounded() {
        let nested = |depth: usize| format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
        assert!(Path::parse(&nested(NESTED - 1)).is_ok());
        assert!(Path::parse(&nested(NESTED)).is_err());
        assert!(Path::parse(&format!("$[?{}", "(".repeat(1_000))).is_err());
        assert!(Path::parse("$..a..b").is_ok());
        assert!(Path::parse("$['..', '..', '..', '((((((((((((((']").is_ok());
        assert!(Path::parse("$..a..b..c").is_err());
        assert!(Path::parse(&format!("$.{}", "a".repeat(LONGEST))).is_err());
    }
}
