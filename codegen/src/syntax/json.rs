//! JSON to a tree. The only file that knows the JSON parser, which tells what is wrong with a text that is no JSON.

mod strict;

use jsonc_parser::ast::{ObjectPropName, Value as Json};
use jsonc_parser::common::{Range, Ranged};
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use super::duplicates::check_duplicate_keys;
use super::node::{Key, Mapping, Node, Value};
use crate::diagnostic::{Code, Diagnostics};
use crate::size_limits;
use crate::source::{FileId, Span};

/// RFC 8259 and nothing beyond it.
const STRICT: ParseOptions = ParseOptions {
    allow_comments: false,
    allow_loose_object_property_names: false,
    allow_trailing_commas: false,
    allow_missing_commas: false,
    allow_single_quoted_strings: false,
    allow_hexadecimal_numbers: false,
    allow_unary_plus_numbers: false,
    allow_bare_decimal_point_numbers: false,
    allow_non_finite_numbers: false,
    allow_extended_string_escapes: false,
};

pub(super) fn read(file: FileId, text: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let body = text.strip_prefix('\u{feff}').unwrap_or(text);
    let base = text.len() - body.len();
    let stopped = match strict::read(file, base, body, diagnostics) {
        Ok(tree) => return Some(tree),
        Err(stopped) => stopped,
    };
    // The parser takes more characters for blanks than JSON has.
    parse(file, base, body, diagnostics)?;
    let mut reader = Reader { file, base, diagnostics, nodes: 0 };
    let length = body.get(stopped..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    reader.stray(Range { start: stopped, end: stopped + length })
}

/// Reads a text with words for whatever is wrong with it.
fn parse(file: FileId, base: usize, body: &str, diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut reader = Reader { file, base, diagnostics, nodes: 0 };
    let unreadable = first_unreadable(body);
    // The parser goes down by recursion, further than the stack of every thread allows.
    if let Some(Unreadable::TooDeep(start)) = unreadable {
        return reader.too_deep(Range { start, end: start + 1 });
    }
    match parse_to_ast(body, &CollectOptions::default(), &STRICT) {
        Ok(parsed) => {
            // The parser takes texts over several lines.
            if let Some(Unreadable::Control(start)) = unreadable {
                return reader.control(Range { start, end: start });
            }
            if let Some(value) = parsed.value {
                return reader.node(value);
            }
            let span = Span { file, start: 0, end: 0 };
            reader.diagnostics.error(Code::Syntax, "the document is empty", span).help("start it with `{`");
            None
        }
        Err(error) => {
            let span = reader.span(error.range());
            let message = format!("not valid JSON: {}", lower_first(&error.kind().to_string()));
            reader.diagnostics.error(Code::Syntax, message, span).help("correct it here, or just before");
            None
        }
    }
}

struct Reader<'a> {
    file: FileId,
    base: usize,
    diagnostics: &'a mut Diagnostics,
    nodes: usize,
}

impl Reader<'_> {
    fn node(&mut self, json: Json<'_>) -> Option<Node> {
        let span = self.span(json.range());
        self.nodes += 1;
        if self.nodes > size_limits::NODES {
            let message = format!("more than {} nodes in one file", size_limits::NODES);
            self.diagnostics.error(Code::TooLarge, message, span).help("split the document into several files");
            return None;
        }
        Some(match json {
            Json::StringLit(string) => Node::scalar(string.value, true, span),
            Json::NumberLit(number) => Node::scalar(number.value, false, span),
            Json::BooleanLit(boolean) => Node::scalar(if boolean.value { "true" } else { "false" }, false, span),
            Json::NullKeyword(_) => Node::scalar("null", false, span),
            Json::Array(array) => {
                let items = array.elements.into_iter().map(|item| self.node(item));
                Node { span, value: Value::Sequence(items.collect::<Option<_>>()?) }
            }
            Json::Object(object) => {
                let mut entries = Vec::with_capacity(object.properties.len());
                for property in object.properties {
                    // Keys are nodes, as they are in YAML.
                    self.nodes += 1;
                    entries.push((self.key(property.name), self.node(property.value)?));
                }
                check_duplicate_keys(&entries, self.diagnostics);
                Node { span, value: Value::Mapping(Mapping::new(entries)) }
            }
        })
    }

    fn key(&self, name: ObjectPropName<'_>) -> Key {
        let span = self.span(name.range());
        match name {
            ObjectPropName::String(string) => Key::new(string.value, true, span),
            ObjectPropName::Word(word) => Key::new(word.value, false, span),
        }
    }

    fn too_deep(&mut self, range: Range) -> Option<Node> {
        let span = self.span(range);
        let message = format!("more than {} levels of nesting", size_limits::DEPTH);
        self.diagnostics
            .error(Code::TooDeep, message, span)
            .help("name the inner schemas under `components` and refer to them");
        None
    }

    fn control(&mut self, range: Range) -> Option<Node> {
        let span = self.span(range);
        self.diagnostics
            .error(Code::Syntax, "not valid JSON: a text holds a line break, a tab or another control character", span)
            .help("close the quotes before it, or write it as an escape such as `\\n`");
        None
    }

    fn stray(&mut self, range: Range) -> Option<Node> {
        let span = self.span(range);
        let message = "not valid JSON: this character may not stand here";
        self.diagnostics
            .error(Code::Syntax, message, span)
            .help("remove it: between values are blanks, tabs and line breaks alone");
        None
    }

    fn span(&self, range: Range) -> Span {
        let narrow = |offset: usize| u32::try_from(offset + self.base).unwrap_or(u32::MAX);
        Span { file: self.file, start: narrow(range.start), end: narrow(range.end) }
    }
}

/// What must not reach the parser.
enum Unreadable {
    /// A bracket within more than the allowed number of others.
    TooDeep(usize),
    /// A control character within a text (RFC 8259 section 7).
    Control(usize),
}

fn first_unreadable(text: &str) -> Option<Unreadable> {
    let mut depth = 0_usize;
    let mut in_text = false;
    let mut control = None;
    let (bytes, mut at) = (text.as_bytes(), 0);
    while let Some(skipped) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| is_told(*byte, in_text))) {
        at += skipped;
        match bytes.get(at) {
            Some(b'\\') => at += 1,
            Some(b'"') => in_text = !in_text,
            Some(b'[' | b'{') => {
                depth += 1;
                if depth > size_limits::DEPTH {
                    return Some(Unreadable::TooDeep(at));
                }
            }
            Some(b']' | b'}') => depth = depth.saturating_sub(1),
            _ => control = control.or(Some(Unreadable::Control(at))),
        }
        at += 1;
    }
    control
}

/// Whether a byte means something to [`first_unreadable`], in a text or outside of one.
const fn is_told(byte: u8, in_text: bool) -> bool {
    if in_text { matches!(byte, b'"' | b'\\' | 0..0x20) } else { matches!(byte, b'"' | b'[' | b'{' | b']' | b'}') }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(text: &str) -> (Option<Node>, Vec<Code>) {
        let mut diagnostics = Diagnostics::new();
        let tree = read(FileId::ROOT, text, &mut diagnostics);
        (tree, diagnostics.iter().map(|found| found.code).collect())
    }

    #[test]
    fn values_keep_text_and_place() {
        let text = "\u{feff}{\"a\": 10.00, \"b\": \"\\ud83d\\ude00\", \"c\": [null, true]}";
        let (tree, codes) = read_text(text);
        let tree = tree.expect("a tree");
        assert!(codes.is_empty());
        assert_eq!(tree.to_json_text(), "{\"a\":10.00,\"b\":\"\u{1f600}\",\"c\":[null,true]}");
        let span = tree.get("a").expect("a").span;
        assert_eq!(&text[span.start as usize..span.end as usize], "10.00");
    }

    #[test]
    fn both_readers_agree() {
        let texts = [
            "{\"a\": [1, -0.5e+3, 10.00, true, false, null], \"\": {}, \"b\\n\": []}",
            " [ \"\\ud83d\\ude00 \\u00e9 \\\" \\\\ \\/ \\b\\f\\r\\t \u{1f600}\" , { \"a\" : \"\" , \"a\" : 1E2 } ]\r\n",
            "0",
        ];
        for text in texts {
            let (mut strict, mut parsed) = (Diagnostics::new(), Diagnostics::new());
            let tree = strict::read(FileId::ROOT, 3, text, &mut strict).expect("it is JSON");
            let other = parse(FileId::ROOT, 3, text, &mut parsed).expect("it is JSON");
            assert_eq!(format!("{tree:?}"), format!("{other:?}"));
            assert_eq!(strict.iter().collect::<Vec<_>>(), parsed.iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn only_json_is_read() {
        for text in [
            "{\"a\": 1,}",
            "{a: 1}",
            "{'a': 1}",
            "{\"a\": 01}",
            "{\"a\": 1} 2",
            "{\"a\": \"\\ud83d\"}",
            "{\"a\": .5}",
            "// x\n{}",
            "{\"a\": \"b\nc\"}",
            "{\"a\": \"b\tc\"}",
            "{\u{c}\"a\": 1}",
            "{\"a\":\u{a0}1}",
            "{\"a\": 1}\u{2003}",
            "\u{3000}{\"a\": 1}",
        ] {
            assert_eq!(read_text(text).1, [Code::Syntax], "{text}");
        }
        assert_eq!(read_text("{\"a\": 1, \"a\": 2}").1, [Code::DuplicateKey]);
        assert_eq!(read_text(&"[".repeat(10_000)).1, [Code::TooDeep]);
        let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
        assert_eq!(read_text(&deep).1, [Code::TooDeep]);
    }
}
