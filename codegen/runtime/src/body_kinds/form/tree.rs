//! The JSON that a form may stand for, with what is still to be tried.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::DEPTH;
use crate::decode::{DecodeFault, pointer};
use crate::json_syntax::untyped_scalars::{push_list, push_object, quoted};

/// How often a value is decoded again with another reading of one of its texts.
const ATTEMPTS: usize = 64;

/// A value of a form.
pub(crate) enum Node {
    /// Texts without brackets.
    Leaf(Readings),
    /// What stands under indices.
    List(Vec<Node>),
    /// What stands under keys.
    Object(Vec<(String, Node)>),
}

/// What the texts of one field may stand for, and how far these readings were tried.
pub(crate) struct Readings {
    current: String,
    /// The next ones, last first.
    others: Vec<String>,
    /// Why the first one was refused: it names the type that is expected.
    first: Option<DecodeFault>,
}

impl Readings {
    fn of(texts: &[Cow<'_, str>]) -> Self {
        let mut others: Vec<_> = readings(texts).collect();
        others.reverse();
        Self { current: others.pop().unwrap_or_default(), others, first: None }
    }

    /// Goes on to the next reading, if there is one.
    fn next(&mut self, fault: DecodeFault) -> bool {
        self.first.get_or_insert(fault);
        let next = self.others.pop();
        let there = next.is_some();
        self.current = next.unwrap_or_default();
        there
    }
}

impl Node {
    pub(super) fn leaf(texts: &[Cow<'_, str>]) -> Self {
        Self::Leaf(Readings::of(texts))
    }

    /// Decodes the value by `read`, taking another reading of a text where decoding stops at it.
    pub(crate) fn decode<T>(mut self, read: impl Fn(&str) -> Result<T, DecodeFault>) -> Result<T, DecodeFault> {
        let (mut first, mut attempts) = (None, 1);
        loop {
            let refused = match read(&self.to_json()) {
                Ok(value) => return Ok(value),
                Err(refused) => self.next(refused)?,
            };
            if attempts == ATTEMPTS {
                return Err(first.unwrap_or(refused));
            }
            first.get_or_insert(refused);
            attempts += 1;
        }
    }

    /// Goes on to the next reading of the text that was refused, and gives the fault back; it is an error where there is no other reading.
    fn next(&mut self, refused: DecodeFault) -> Result<DecodeFault, DecodeFault> {
        if let Some(name) = refused.missing_property() {
            return if self.add_empty_list(name, &refused) { Ok(refused) } else { Err(refused) };
        }
        let Some(Self::Leaf(texts)) = self.node_at(&refused.pointer) else { return Err(refused) };
        if texts.next(refused.clone()) { Ok(refused) } else { Err(texts.first.take().unwrap_or(refused)) }
    }

    /// Adds a property that is missed as an empty list, which has no pair of its own. Where its type takes no list, the fault stands; one that
    /// takes any JSON is an empty list.
    fn add_empty_list(&mut self, name: &str, missed: &DecodeFault) -> bool {
        let Some(Self::Object(properties)) = self.node_at(&missed.pointer) else { return false };
        if properties.iter().any(|(known, _)| known == name) {
            return false;
        }
        let readings = Readings { current: "[]".to_owned(), others: Vec::new(), first: Some(missed.clone()) };
        properties.push((name.to_owned(), Self::Leaf(readings)));
        true
    }

    fn to_json(&self) -> String {
        let mut json = String::new();
        self.push_json(&mut json);
        json
    }

    /// The value as it is read now.
    fn push_json(&self, json: &mut String) {
        match self {
            Self::Leaf(readings) => json.push_str(&readings.current),
            Self::List(items) => push_list(json, items, Self::push_json),
            Self::Object(fields) => push_object(json, fields, Self::push_json),
        }
    }

    /// What stands at a place; the texts where it is inside of what they stand for.
    fn node_at(&mut self, place: &str) -> Option<&mut Self> {
        let mut node = self;
        for segment in pointer::segments(place) {
            node = match node {
                Self::Leaf(_) => return Some(node),
                Self::List(items) => items.get_mut(segment.parse::<usize>().ok()?)?,
                Self::Object(fields) => {
                    fields.iter_mut().find(|(known, _)| *known == segment).map(|(_, value)| value)?
                }
            };
        }
        Some(node)
    }
}

/// The field and the keys in brackets of a name: `a[b][0]` is `a`, `b` and `0`. `None` where the brackets are no keys.
pub(super) fn keys(name: &str) -> Option<(&str, Vec<&str>)> {
    let (field, rest) = name.split_once('[')?;
    let keys: Vec<_> = rest.strip_suffix(']')?.split("][").collect();
    (keys.len() <= DEPTH && keys.iter().all(|key| !key.contains(['[', ']']))).then_some((field, keys))
}

/// What stands under keys in brackets.
#[derive(Default)]
pub(super) struct Branch<'f> {
    texts: Vec<Cow<'f, str>>,
    children: BTreeMap<String, Branch<'f>>,
}

impl<'f> Branch<'f> {
    pub(super) fn insert(&mut self, keys: &[&str], texts: &[Cow<'f, str>]) {
        let mut branch = self;
        for key in keys {
            branch = branch.children.entry((*key).to_owned()).or_default();
        }
        branch.texts.extend_from_slice(texts);
    }

    /// The value; `None` where something is both a text and an object.
    pub(super) fn into_node(self) -> Option<Node> {
        if self.children.is_empty() {
            return Some(Node::leaf(&self.texts));
        }
        if !self.texts.is_empty() {
            return None;
        }
        if self.children.len() == 1 && self.children.contains_key("") {
            return self.children.into_values().next()?.into_node();
        }
        let mut children: Vec<_> = self.children.into_iter().collect();
        let index = |key: &str| key.parse::<usize>().ok().filter(|index| index.to_string() == key);
        children.sort_by_key(|(key, _)| index(key));
        let is_list = children.iter().enumerate().all(|(place, (key, _))| index(key) == Some(place));
        if is_list {
            return children.into_iter().map(|(_, child)| child.into_node()).collect::<Option<_>>().map(Node::List);
        }
        let fields = children.into_iter().map(|(key, child)| Some((key, child.into_node()?)));
        fields.collect::<Option<_>>().map(Node::Object)
    }
}

/// The JSON values that the texts of one field may stand for.
fn readings(texts: &[Cow<'_, str>]) -> impl Iterator<Item = String> {
    let strings = || texts.iter().map(|text| quoted(text));
    let plain = || -> Option<Vec<&str>> { texts.iter().map(|text| plain(text)).collect() };
    let (mut readings, one) = (Vec::new(), texts.len() == 1);
    if one {
        readings.extend(strings());
        readings.extend(plain().into_iter().flatten().map(str::to_owned));
    }
    readings.push(format!("[{}]", strings().collect::<Vec<_>>().join(",")));
    readings.extend(plain().map(|items| format!("[{}]", items.join(","))));
    readings.into_iter()
}

/// The text, where it is itself JSON other than a string and null.
fn plain(text: &str) -> Option<&str> {
    let raw: &RawValue = serde_json::from_str(text).ok()?;
    let other = raw.get().starts_with(['"', 'n']);
    (raw.get().len() == text.len() && !other).then_some(text)
}
