//! Holds a tree against the grammar: unknown and misplaced keys, wrong types, missing keys, and scalars that YAML readers disagree about.
//!
//! Where the meaning of a mistake is plain, the tree is corrected, so that later stages need not know of it: a number where
//! a text is expected becomes its text, an empty value disappears.

mod empty_values;
mod extensions;
mod keys;
mod misplaced_keys;
mod other_forms;
mod references;
mod scalars;
mod tolerated;
mod yaml_ambiguity;

use empty_values::is_hollow;
use keys::{Missing, missing_fields};
pub(crate) use references::Site;
pub(crate) use yaml_ambiguity::is_ambiguous;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Allowance, Diagnostics, quoted};
use crate::grammar::{self, Kind, Need, Rest, Shape, Version};
use crate::source::Span;
use crate::strictness::Strictness;
use crate::syntax::{Key, Node, Value};

/// What messages call a value: by its key, or as an item of the list under that key.
#[derive(Clone, Copy)]
struct Name<'n> {
    key: &'n str,
    is_item: bool,
}

impl<'n> Name<'n> {
    const fn of(key: &'n str) -> Self {
        Self { key, is_item: false }
    }

    const fn item(self) -> Self {
        Self { is_item: true, ..self }
    }

    fn words(self) -> String {
        let key = quoted(self.key);
        if self.is_item { format!("an item of {key}") } else { key }
    }
}

/// Walks trees, and keeps what it found.
pub(crate) struct Checker<'a> {
    strictness: Strictness,
    version: Version,
    /// The references that name a component of the root document, as they are usually written.
    known: &'a HashSet<String>,
    /// Whether the tree is YAML; readers of JSON do not disagree about scalars.
    yaml: bool,
    /// The kinds of the objects around the node at hand.
    around: Vec<Kind>,
    owners: misplaced_keys::Owners,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) sites: Vec<Site>,
    pub(crate) allowances: Vec<Allowance>,
    /// Where the document names something itself.
    pub(crate) names: Vec<Span>,
    /// References in places that take none, by the place of their text: what they name has to be copied there and checked.
    pub(crate) expansions: HashMap<Span, Box<str>>,
}

impl<'a> Checker<'a> {
    pub(crate) fn new(strictness: Strictness, version: Version, known: &'a HashSet<String>) -> Self {
        Self {
            strictness,
            version,
            known,
            yaml: true,
            around: Vec::new(),
            owners: misplaced_keys::Owners::of(version),
            diagnostics: Diagnostics::new(),
            sites: Vec::new(),
            allowances: Vec::new(),
            names: Vec::new(),
            expansions: HashMap::new(),
        }
    }

    /// Checks a tree that is expected to have a shape.
    pub(crate) fn check(&mut self, node: &mut Node, shape: Shape, yaml: bool) {
        self.yaml = yaml;
        let at = Span { end: node.span.start, ..node.span };
        let name = shape.kind().map_or("this", Kind::noun);
        self.value(node, shape, Name::of(name), at);
    }

    /// Checks a value; `name` is the key that it stands under, `at` the place that names it.
    fn value(&mut self, node: &mut Node, shape: Shape, name: Name<'_>, at: Span) {
        self.settle_form(node, shape, name);
        match shape {
            Shape::List(inner) => self.list(node, *inner, name),
            Shape::Map(inner) => self.map(node, *inner, name, false),
            Shape::Named(inner) => self.map(node, *inner, name, true),
            Shape::Ref(kind) => self.object_or_reference(node, kind, name, at),
            Shape::BoolOrSchema if node.as_bool().is_some() => {}
            Shape::BoolOrSchema if !node.is_mapping() => self.wrong_type(node, "true, false or a schema", name),
            Shape::BoolOrSchema => self.object_or_reference(node, Kind::Schema, name, at),
            Shape::OneOrMore(kind) if node.is_sequence() => self.list(node, Shape::Object(kind), name),
            Shape::Object(kind) | Shape::OneOrMore(kind) => self.object(node, kind, name, at),
            Shape::WordOr(_, kind) | Shape::TextOr(kind) if node.is_mapping() => self.object(node, kind, name, at),
            Shape::WordOr(words, _) => self.scalar(node, Shape::Word(words), name),
            Shape::TextOr(_) => self.scalar(node, Shape::String, name),
            Shape::SchemaName => self.schema_name(node, name),
            Shape::Any => self.any(node),
            _ => self.scalar(node, shape, name),
        }
    }

    fn list(&mut self, node: &mut Node, inner: Shape, name: Name<'_>) {
        let Value::Sequence(items) = &mut node.value else {
            return self.wrong_type(node, "a list", name);
        };
        for item in items {
            self.fill_empty(item, inner, item.span);
            let at = first_span(item);
            self.value(item, inner, name.item(), at);
        }
    }

    fn map(&mut self, node: &mut Node, inner: Shape, name: Name<'_>, named: bool) {
        let Value::Mapping(_) = node.value else {
            return self.wrong_type(node, "an object", name);
        };
        if self.expand(node, None) {
            return;
        }
        self.drop_foreign_entries(node, inner);
        for (key, value) in node.entries_mut() {
            if named {
                self.component_name(key);
            }
            self.key_trap(key);
            self.fill_empty(value, inner, key.span);
            self.value(value, inner, Name::of(key.text()), key.span);
        }
    }

    fn object_or_reference(&mut self, node: &mut Node, kind: Kind, name: Name<'_>, at: Span) {
        if node.get("$ref").is_some() && !self.is_more_than_reference(node, kind) {
            self.reference(node, kind, at);
        } else {
            self.object(node, kind, name, at);
        }
    }

    fn object(&mut self, node: &mut Node, kind: Kind, name: Name<'_>, at: Span) {
        if !node.is_mapping() {
            // `true` allows anything, `false` nothing (JSON Schema Core 2020-12, 4.3.2).
            let is_boolean = kind == Kind::Schema && self.version > Version::V30 && node.as_bool().is_some();
            if !is_boolean {
                self.wrong_object(node, kind, name);
            }
            return;
        }
        if kind == Kind::PathItem && node.get("$ref").is_some() && !self.is_more_than_reference(node, kind) {
            return self.reference(node, kind, at);
        }
        if matches!(kind, Kind::Schema | Kind::PathItem) {
            if let Some(text) = node.get("$ref") {
                self.reference_text(text, kind);
            }
        } else if self.expand(node, Some(kind)) {
            return;
        }
        self.around.push(kind);
        match kind {
            Kind::Schema => {
                self.foreign_types(node);
                self.plain_values(node);
            }
            Kind::Paths => self.add_slashes(node),
            _ => {}
        }
        let whole = at.to(node.span);
        let mut missing = missing_fields(node, kind, self.version);
        let mut empty = HashSet::new();
        for (key, value) in node.entries_mut() {
            if self.entry(kind, key, value, whole, &mut missing) == Keep::No {
                empty.insert(key.span);
            }
        }
        if let Some(mapping) = node.as_mapping_mut() {
            if !empty.is_empty() {
                mapping.retain(|(key, _)| !empty.contains(&key.span));
            }
            self.missing_keys(mapping, kind, &missing, at);
        }
        self.around.pop();
    }

    fn entry(&mut self, kind: Kind, key: &Key, value: &mut Node, whole: Span, missing: &mut [Missing]) -> Keep {
        let text = key.text();
        if let Some(field) = kind.field(text, self.version) {
            if value.is_null() && !matches!(field.shape, Shape::Any) {
                return self.empty_field(kind, field.need, key, value);
            }
            if let Some(keep) = self.reference_for_text(kind, field, key, value) {
                return keep;
            }
            if self.is_flag_for_list(kind, key, value) || self.is_other_for_examples(kind, key, value) {
                return Keep::No;
            }
            self.list_for_items(kind, key, value);
            self.value(value, field.shape, Name::of(text), key.span);
            if let Some(reading) = grammar::hollow(kind, text).filter(|_| is_hollow(value)) {
                self.empty_value(kind, key, value, reading);
                return if field.need == Need::Required { Keep::Yes } else { Keep::No };
            }
        } else if text.starts_with("x-") && kind.object().extensible {
            self.extension(kind, key, value, whole);
        } else {
            self.free_key(kind, key, value, missing);
        }
        Keep::Yes
    }

    /// A key that the document chose.
    fn free_key(&mut self, kind: Kind, key: &Key, value: &mut Node, missing: &mut [Missing]) {
        let rest = kind.object().rest;
        let Some(shape) = rest.shape() else {
            return match kind.former_field(key.text(), self.version) {
                Some(field) => self.former_key(field, key, value),
                None => self.unknown_key(kind, key, missing),
            };
        };
        match rest {
            Rest::Templates if !key.text().starts_with('/') => return self.bad_template(key),
            Rest::Statuses if !self.status(key) => return,
            _ => {}
        }
        self.fill_empty(value, shape, key.span);
        self.value(value, shape, Name::of(key.text()), key.span);
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Yes,
    No,
}

/// What names an item of a list: its first key, or itself.
fn first_span(node: &Node) -> Span {
    node.entries().next().map_or(node.span, |(key, _)| key.span)
}

#[cfg(test)]
mod tests;
