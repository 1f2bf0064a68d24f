//! One segment of a path template: `payments`, `{id}`, `{id}.json`. The server reads by it, and the client makes sure that what it
//! writes is read as it was meant.

use super::percent;

/// A segment of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Text that must be there.
    Literal(String),
    /// A parameter that takes the whole segment.
    Parameter(&'static str),
    /// Text and parameters alternating.
    Pattern(Pattern, Vec<&'static str>),
}

/// The fixed parts of a segment that holds text beside its parameters, as they are written in a path.
///
/// `v{a}:{b}.json` has the prefix `v` and the separators `:` and `.json`; the last one ends the segment.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Pattern {
    prefix: String,
    /// What follows each parameter.
    separators: Vec<String>,
}

impl Segment {
    /// Reads a segment of a template; braces that do not pair up are text.
    pub(crate) fn of(template: &'static str) -> Self {
        let mut names = Vec::new();
        let mut separators = Vec::new();
        let Some((prefix, mut rest)) = template.split_once('{') else {
            return Self::Literal(literal(template));
        };
        loop {
            let Some((name, after)) = rest.split_once('}') else {
                return Self::Literal(literal(template));
            };
            names.push(name);
            if let Some((separator, next)) = after.split_once('{') {
                separators.push(encoded(separator));
                rest = next;
            } else {
                separators.push(encoded(after));
                break;
            }
        }
        match names.as_slice() {
            [name] if prefix.is_empty() && separators == [""] => Self::Parameter(name),
            _ => Self::Pattern(Pattern { prefix: encoded(prefix), separators }, names),
        }
    }
}

impl Pattern {
    /// How much of a segment is fixed: the pattern with more of it is the narrower one.
    #[cfg(feature = "server")]
    pub(crate) fn fixed(&self) -> usize {
        self.prefix.len() + self.separators.iter().map(String::len).sum::<usize>()
    }

    /// Reads a segment as it stands in the path, before it is decoded, and appends what its parameters take.
    ///
    /// A parameter takes at least one character and otherwise as little as it can; where it does not match, nothing is appended.
    pub(crate) fn read<'p>(&self, raw: &'p str, captures: &mut Vec<&'p str>) -> bool {
        let before = captures.len();
        let matches = self.try_read(raw, captures).is_some();
        if !matches {
            captures.truncate(before);
        }
        matches
    }

    fn try_read<'p>(&self, raw: &'p str, captures: &mut Vec<&'p str>) -> Option<()> {
        let (last, inner) = self.separators.split_last()?;
        let mut rest = raw.strip_prefix(self.prefix.as_str())?.strip_suffix(last.as_str())?;
        for separator in inner {
            // The search begins after the first character, which is always the parameter's.
            let (first, _) = rest.char_indices().nth(1)?;
            let at = first + rest.get(first..)?.find(separator.as_str())?;
            captures.push(rest.get(..at)?);
            rest = rest.get(at + separator.len()..)?;
        }
        if rest.is_empty() {
            return None;
        }
        captures.push(rest);
        Some(())
    }
}

/// The text of a literal, decoded, so that `%3A` in a path and `:` in the template are the same.
fn literal(template: &str) -> String {
    percent::decode(template).map_or_else(|_| template.to_owned(), Into::into)
}

/// The text beside a parameter as a client writes it.
fn encoded(template: &str) -> String {
    let mut encoded = String::new();
    percent::push_template(&mut encoded, template);
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(template: &'static str, raw: &'static str) -> Option<Vec<&'static str>> {
        let Segment::Pattern(pattern, _) = Segment::of(template) else {
            return None;
        };
        let mut captures = Vec::new();
        pattern.read(raw, &mut captures).then_some(captures)
    }

    #[test]
    fn segments_are_text_parameters_or_both() {
        assert_eq!(Segment::of("payments"), Segment::Literal("payments".to_owned()));
        assert_eq!(Segment::of("a%20b"), Segment::Literal("a b".to_owned()));
        assert_eq!(Segment::of("{id}"), Segment::Parameter("id"));
        assert_eq!(Segment::of("{id"), Segment::Literal("{id".to_owned()));
        assert!(matches!(Segment::of("{id}.json"), Segment::Pattern(_, names) if names == ["id"]));
    }

    #[test]
    fn patterns_split_a_segment() {
        assert_eq!(read("{id}.json", "a.json.json"), Some(vec!["a.json"]));
        assert_eq!(read("{a}:{b}", "x:y:z"), Some(vec!["x", "y:z"]));
        assert_eq!(read("{a}:{b}", "::x"), Some(vec![":", "x"]));
        assert_eq!(read("v{n}", "v12"), Some(vec!["12"]));
        assert_eq!(read("{a}{b}", "грн"), Some(vec!["г", "рн"]));
        assert_eq!(read("{a}.{b}.json", "1.2.3.json"), Some(vec!["1", "2.3"]));
    }

    #[test]
    fn parameters_are_never_empty() {
        for (template, raw) in [
            ("{id}.json", ".json"),
            ("{id}.json", "a.xml"),
            ("{a}:{b}", ":"),
            ("{a}:{b}", "a:"),
            ("{a}:{b}", ""),
            ("v{n}", "v"),
            ("v{n}v", "v"),
        ] {
            assert_eq!(read(template, raw), None, "{template} {raw}");
        }
    }
}
