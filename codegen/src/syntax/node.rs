//! The located tree: every node knows its place, every scalar its own text.

use std::collections::HashMap;
use std::sync::OnceLock;

use super::scalar::{self, ScalarKind};
use crate::pointer;
use crate::source::{EntrySpan, Span};

/// Mappings with more entries than this find their keys through an index.
const INDEXED: usize = 16;

/// One node of a document.
#[derive(Clone, Debug)]
pub struct Node {
    /// Where it stands: from its first to its last byte.
    pub span: Span,
    /// What it holds.
    pub value: Value,
}

/// What a node holds.
#[derive(Clone, Debug)]
pub enum Value {
    /// A string, number, boolean or null.
    Scalar(Scalar),
    /// A list.
    Sequence(Vec<Node>),
    /// An object.
    Mapping(Mapping),
}

/// A scalar as it is written.
#[derive(Clone, Debug)]
pub struct Scalar {
    /// Its text, without quotes and escapes.
    pub text: Box<str>,
    /// Whether it stands in quotes or in a block, so that it is a string whatever it looks like.
    pub quoted: bool,
    /// The kind of value that it is.
    pub kind: ScalarKind,
}

/// The key of an entry.
#[derive(Clone, Debug)]
pub struct Key {
    text: Box<str>,
    /// Whether it stands in quotes.
    pub quoted: bool,
    /// Where it stands.
    pub span: Span,
}

impl Key {
    /// Where the key and its value stand.
    #[must_use]
    pub const fn entry(&self, value: &Node) -> EntrySpan {
        EntrySpan { key: self.span, value: value.span }
    }

    pub(crate) fn new(text: impl Into<Box<str>>, quoted: bool, span: Span) -> Self {
        Self { text: text.into(), quoted, span }
    }

    /// The key's text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

/// Where a part of a text stands, of which the span is known; all of it where escapes hide the places of its parts.
pub(crate) fn part_of(text: &str, span: Span, part: &str) -> Span {
    let length = u32::try_from(text.len()).ok();
    // Beside the text itself, two quotes may stand in the span.
    let quote = match length.and_then(|length| (span.end - span.start).checked_sub(length)) {
        Some(0) => Some(0),
        Some(2) => Some(1),
        _ => None,
    };
    let narrow = |at: usize| u32::try_from(at).ok();
    let found = text.find(part).zip(quote).and_then(|(at, quote)| {
        let start = span.start + quote + narrow(at)?;
        Some(Span { start, end: start + narrow(part.len())?, ..span })
    });
    found.unwrap_or(span)
}

/// Where each key is. Behind a pointer, because few mappings are large enough to have one.
type Index = Box<Positions>;

#[derive(Clone, Debug)]
struct Positions(HashMap<Box<str>, usize>);

/// The entries of an object, in the order of the document.
#[derive(Clone, Debug, Default)]
pub struct Mapping {
    entries: Vec<(Key, Node)>,
    index: OnceLock<Index>,
}

impl Mapping {
    pub(super) fn new(entries: Vec<(Key, Node)>) -> Self {
        Self { entries, index: OnceLock::new() }
    }

    pub(crate) fn entries(&self) -> &[(Key, Node)] {
        &self.entries
    }

    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        if self.entries.len() <= INDEXED {
            return self.entries.iter().position(|(name, _)| &*name.text == key);
        }
        let build = || {
            // A repeated key has been reported; the first one counts, as everywhere.
            let entries = self.entries.iter().enumerate().rev();
            Box::new(Positions(entries.map(|(at, (name, _))| (name.text.clone(), at)).collect()))
        };
        self.index.get_or_init(build).0.get(key).copied()
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        let at = self.position(key)?;
        self.entries.get_mut(at).map(|(_, node)| node)
    }

    pub(crate) fn push(&mut self, key: Key, node: Node) {
        if let Some(index) = self.index.get_mut() {
            index.0.entry(key.text.clone()).or_insert(self.entries.len());
        }
        self.entries.push((key, node));
    }

    /// Adds the entries of another object behind its own.
    pub(super) fn append(&mut self, behind: Self) {
        self.index = OnceLock::new();
        self.entries.extend(behind.entries);
    }

    pub(crate) fn retain(&mut self, keep: impl FnMut(&(Key, Node)) -> bool) {
        let before = self.entries.len();
        self.entries.retain(keep);
        if self.entries.len() != before {
            self.index = OnceLock::new();
        }
    }
}

impl Node {
    pub(crate) fn scalar(text: impl Into<Box<str>>, quoted: bool, span: Span) -> Self {
        let text = text.into();
        let kind = if quoted { ScalarKind::String } else { ScalarKind::of_plain(&text) };
        Self { span, value: Value::Scalar(Scalar { text, quoted, kind }) }
    }

    pub(crate) fn mapping(entries: Vec<(Key, Node)>, span: Span) -> Self {
        Self { span, value: Value::Mapping(Mapping::new(entries)) }
    }

    /// How many nodes there are, this one included.
    pub(crate) fn size(&self) -> usize {
        1 + self.children().map(Self::size).sum::<usize>()
    }

    /// On how many levels.
    pub(crate) fn depth(&self) -> usize {
        1 + self.children().map(Self::depth).max().unwrap_or_default()
    }

    fn children(&self) -> impl Iterator<Item = &Self> {
        self.items().iter().chain(self.entries().map(|(_, value)| value))
    }

    pub(crate) fn children_mut(&mut self) -> impl Iterator<Item = &mut Self> {
        let (items, entries) = match &mut self.value {
            Value::Scalar(_) => (&mut [][..], &mut [][..]),
            Value::Sequence(items) => (&mut items[..], &mut [][..]),
            Value::Mapping(mapping) => (&mut [][..], &mut mapping.entries[..]),
        };
        items.iter_mut().chain(entries.iter_mut().map(|(_, node)| node))
    }

    fn as_mapping(&self) -> Option<&Mapping> {
        match &self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    pub(crate) fn as_mapping_mut(&mut self) -> Option<&mut Mapping> {
        match &mut self.value {
            Value::Mapping(mapping) => Some(mapping),
            _ => None,
        }
    }

    pub(crate) fn as_scalar(&self) -> Option<&Scalar> {
        match &self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    pub(crate) fn as_scalar_mut(&mut self) -> Option<&mut Scalar> {
        match &mut self.value {
            Value::Scalar(scalar) => Some(scalar),
            _ => None,
        }
    }

    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entry(key).map(|(_, node)| node)
    }

    pub(crate) fn get_mut(&mut self, key: &str) -> Option<&mut Node> {
        self.as_mapping_mut()?.get_mut(key)
    }

    /// The key and the value under a key.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<(&Key, &Node)> {
        let mapping = self.as_mapping()?;
        mapping.entries.get(mapping.position(key)?).map(|(key, node)| (key, node))
    }

    /// The entries of an object; none for anything else.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = (&Key, &Node)> + ExactSizeIterator {
        let entries = self.as_mapping().map_or(&[][..], Mapping::entries);
        entries.iter().map(|(key, node)| (key, node))
    }

    pub(crate) fn entries_mut(&mut self) -> impl Iterator<Item = (&Key, &mut Node)> {
        let entries = match &mut self.value {
            Value::Mapping(mapping) => &mut mapping.entries[..],
            _ => &mut [],
        };
        entries.iter_mut().map(|(key, node)| (&*key, node))
    }

    pub(crate) fn items_mut(&mut self) -> &mut [Self] {
        match &mut self.value {
            Value::Sequence(items) => items,
            _ => &mut [],
        }
    }

    /// The items of a list; none for anything else.
    #[must_use]
    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar as it is written: `1.10`, `no`, `10.00`.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        self.as_scalar().map(|scalar| &*scalar.text)
    }

    /// The text of a scalar that is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.as_scalar().filter(|scalar| scalar.kind == ScalarKind::String).map(|scalar| &*scalar.text)
    }

    /// The value of a boolean.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        let scalar = self.as_scalar().filter(|scalar| scalar.kind == ScalarKind::Bool)?;
        Some(scalar.text.starts_with(['t', 'T']))
    }

    /// The kind of a scalar.
    #[must_use]
    pub fn kind(&self) -> Option<ScalarKind> {
        self.as_scalar().map(|scalar| scalar.kind)
    }

    /// Whether this is null.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Some(ScalarKind::Null)
    }

    /// Whether this is a number.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self.kind(), Some(ScalarKind::Integer | ScalarKind::Float))
    }

    /// The number as JSON writes it, digit for digit: `10.00`, `123456789012345678901234567890`.
    #[must_use]
    pub fn number_text(&self) -> Option<std::borrow::Cow<'_, str>> {
        self.as_scalar().filter(|_| self.is_number()).map(|scalar| scalar::json_number(&scalar.text))
    }

    /// The number when it is whole, also when it is written `100.0`.
    #[must_use]
    pub fn as_integer(&self) -> Option<i128> {
        self.as_scalar().filter(|_| self.is_number()).and_then(|scalar| scalar::as_integer(&scalar.text))
    }

    /// Whether this is an object.
    #[must_use]
    pub const fn is_mapping(&self) -> bool {
        matches!(self.value, Value::Mapping(_))
    }

    /// Whether this is a list.
    #[must_use]
    pub const fn is_sequence(&self) -> bool {
        matches!(self.value, Value::Sequence(_))
    }

    /// The node at a JSON pointer below this one.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<&Node> {
        pointer::tokens(pointer)?.iter().try_fold(self, |node, token| node.step(token))
    }

    /// The node one token of a JSON pointer further.
    pub(crate) fn step(&self, token: &str) -> Option<&Node> {
        match &self.value {
            Value::Mapping(_) => self.get(token),
            Value::Sequence(items) => items.get(pointer::index(token)?),
            Value::Scalar(_) => None,
        }
    }

    pub(crate) fn step_mut(&mut self, token: &str) -> Option<&mut Node> {
        match &mut self.value {
            Value::Mapping(mapping) => mapping.get_mut(token),
            Value::Sequence(items) => items.get_mut(pointer::index(token)?),
            Value::Scalar(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_key_have_places() {
        let span = Span { start: 10, end: 16, ..Span::START };
        let part = |span| {
            let found = part_of("/a/{b}", span, "{b}");
            (found.start, found.end)
        };
        assert_eq!(part(span), (13, 16));
        assert_eq!(part(Span { end: 18, ..span }), (14, 17));
        assert_eq!(part(Span { end: 20, ..span }), (10, 20));
    }

    #[test]
    fn large_mappings_find_their_keys() {
        let entries = (0..100).map(|number| {
            (Key::new(format!("k{number}"), true, Span::START), Node::scalar(number.to_string(), false, Span::START))
        });
        let mut node = Node::mapping(entries.collect(), Span::START);
        assert_eq!(node.get("k42").and_then(Node::as_integer), Some(42));
        let mapping = node.as_mapping_mut().expect("a mapping");
        mapping.push(Key::new("more", true, Span::START), Node::scalar("x", true, Span::START));
        mapping.retain(|(key, _)| key.text() != "k42");
        assert_eq!(node.get("k42").map(Node::to_json_text), None);
        assert_eq!(node.at("/more").and_then(Node::as_str), Some("x"));
        assert_eq!(node.at("/k43").and_then(Node::text), Some("43"));
        assert_eq!(node.size(), 101);
    }
}
