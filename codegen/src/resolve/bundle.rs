//! Brings what references name elsewhere into `components` of the root document.

use std::collections::{HashMap, HashSet};

use super::inline;
use super::names;
use super::trees::Trees;
use crate::component_reference_text::reference_to;
use crate::diagnostic::Diagnostics;
use crate::grammar::Site;
use crate::grammar::{Kind, SECTIONS, Shape, Version, visit};
use crate::pointer;
use crate::source::{FileId, Span, Target};
use crate::syntax::reference_lookup::{Location, reference};
use crate::syntax::{Key, Node};

/// A component that has to move.
struct Move {
    from: Location,
    section: &'static str,
    name: String,
    /// Whether it stays in its place as well, where it is something else.
    copy: bool,
}

/// What has to be done to the trees; it is done when everything is known.
pub(super) struct Bundle {
    moves: Vec<Move>,
    /// The places that were referred to, and, where there is one, the reference to each in the bundled document.
    targets: HashMap<(Location, Kind), Option<String>>,
    /// The kind of object that each place was first taken for.
    kinds: HashMap<Location, Kind>,
    /// The new text of references, by the place of the old text.
    rewrites: HashMap<Span, String>,
    /// References that lead nowhere and are not needed.
    dropped: HashSet<Span>,
    taken: HashMap<&'static str, HashSet<String>>,
    /// Root components that only refer to another file; the target is imported under their name.
    aliases: HashMap<(&'static str, Location), String>,
}

impl Bundle {
    pub(super) fn new(trees: &Trees<'_>) -> Self {
        let components = trees.root().and_then(|root| root.get("components"));
        let entries = |section: &str| {
            components.and_then(|components| components.get(section)).into_iter().flat_map(Node::entries)
        };
        let names = |section: &str| entries(section).map(|(key, _)| key.text().to_owned()).collect();
        let taken = SECTIONS.iter().map(|(_, section)| (*section, names(section))).collect();
        let mut aliases: HashMap<(&'static str, Location), String> = HashMap::new();
        for (_, section) in SECTIONS {
            for (key, node) in entries(section) {
                if let Some(location) = alias_of(trees, node).filter(|location| own_name(location, section).is_none()) {
                    // Of several names the first in the alphabet, wherever they stand.
                    let name = aliases.entry((*section, location)).or_insert_with(|| key.text().to_owned());
                    if key.text() < name.as_str() {
                        key.text().clone_into(name);
                    }
                }
            }
        }
        Self {
            moves: Vec::new(),
            targets: HashMap::new(),
            kinds: HashMap::new(),
            dropped: HashSet::new(),
            rewrites: HashMap::new(),
            taken,
            aliases,
        }
    }

    /// The kind of object that an earlier reference took a location for.
    pub(super) fn kind_of(&self, location: &Location) -> Option<Kind> {
        self.kinds.get(location).copied()
    }

    /// Notes that an entry of a map is nothing but a reference that leads nowhere, by where its text stands.
    pub(super) fn drop_reference(&mut self, span: Span) {
        self.dropped.insert(span);
    }

    /// Notes that a reference leads to a location; returns whether it is the first one of its kind.
    pub(super) fn note(&mut self, trees: &Trees<'_>, site: &Site, location: &Location, copy: bool) -> bool {
        let target = (location.clone(), site.kind);
        let known = self.targets.get(&target).cloned();
        let is_new = known.is_none();
        let reference =
            known.unwrap_or_else(|| site.kind.section().map(|section| self.component(trees, section, location, copy)));
        if let Some(reference) = &reference {
            self.rewrites.insert(site.span, reference.clone());
        }
        if is_new {
            self.kinds.entry(location.clone()).or_insert(site.kind);
            self.targets.insert(target, reference);
        }
        is_new
    }

    /// The reference by which a location is known in the bundled document.
    fn component(&mut self, trees: &Trees<'_>, section: &'static str, location: &Location, copy: bool) -> String {
        if let Some(name) = own_name(location, section) {
            return reference_to(section, name);
        }
        let alias = self.aliases.remove(&(section, location.clone()));
        let name = alias.unwrap_or_else(|| {
            let taken = self.taken.entry(section).or_default();
            let title = trees.node(location).and_then(|node| node.get("title")).and_then(Node::as_str);
            let name = names::unique(trees.source, location, title, taken);
            taken.insert(name.clone());
            name
        });
        let reference = reference_to(section, &name);
        self.moves.push(Move { from: location.clone(), section, name, copy });
        reference
    }

    /// Moves, copies and rewrites; returns the root document.
    pub(super) fn apply(self, mut trees: Trees<'_>, version: Version, diagnostics: &mut Diagnostics) -> Option<Node> {
        for step in self.moves {
            move_component(&mut trees, step);
        }
        inline::path_items(&mut trees, diagnostics)?;
        let mut root = trees.into_root()?;
        if !self.rewrites.is_empty() || !self.dropped.is_empty() {
            rewrite(&mut root, version, &self.rewrites, &self.dropped);
        }
        Some(root)
    }
}

/// Where a component leads that is nothing but a reference.
fn alias_of(trees: &Trees<'_>, node: &Node) -> Option<Location> {
    let (text, span) = reference(node).filter(|_| node.entries().count() == 1)?;
    let target = trees.target(text, span).ok()?;
    trees.follow(&target).ok()
}

/// The name of a location that is a component of a section of the root document.
fn own_name<'l>(location: &'l Location, section: &str) -> Option<&'l str> {
    match (location.file, location.tokens.as_slice()) {
        (FileId::ROOT, [components, of, name]) if components == "components" && of == section => Some(name),
        _ => None,
    }
}

/// Moves a component, and leaves a reference in its place. Where a component of that name was a reference to it, it takes its place.
fn move_component(trees: &mut Trees<'_>, step: Move) {
    let name = trees.source.name(step.from.file).to_owned();
    let tokens = step.from.tokens.iter().map(|token| format!("/{}", pointer::escape(token)));
    // An object around it may have moved before and left a reference, which is followed.
    let target = Target { file: name, pointer: tokens.collect() };
    let Ok(location) = trees.follow(&target) else { return };
    let moved = if step.copy {
        trees.node(&location).cloned()
    } else {
        trees.leave_reference(&location, reference_to(step.section, &step.name))
    };
    let Some(moved) = moved else { return };
    let span = moved.span;
    if let Some(section) =
        trees.root_mut().and_then(|root| entry(root, "components")).and_then(|node| entry(node, step.section))
        && let Some(mapping) = section.as_mapping_mut()
    {
        match mapping.get_mut(&step.name) {
            Some(alias) => *alias = moved,
            None => mapping.push(Key::new(step.name, true, Span { end: span.start, ..span }), moved),
        }
    }
}

/// The object under a key, made if there is none.
fn entry<'a>(node: &'a mut Node, key: &str) -> Option<&'a mut Node> {
    let span = Span { end: node.span.start, ..node.span };
    if node.get(key).is_none() {
        node.as_mapping_mut()?.push(Key::new(key, true, span), Node::mapping(Vec::new(), span));
    }
    node.get_mut(key)
}

fn rewrite(root: &mut Node, version: Version, rewrites: &HashMap<Span, String>, dropped: &HashSet<Span>) {
    // The value of a mapping is the text itself.
    let text_span = |node: &Node| reference(node).map_or(node.span, |(_, span)| span);
    let is_dropped = |node: &Node| dropped.contains(&text_span(node));
    let rewrite_text = |node: &mut Node| {
        if let Some(text) = rewrites.get(&node.span)
            && let Some(scalar) = node.as_scalar_mut()
        {
            scalar.text = text.as_str().into();
        }
    };
    visit(root, Shape::Object(Kind::OpenApi), version, &mut |node, shape| {
        match shape {
            // In a discriminator's mapping the node is the text itself.
            Shape::SchemaName => rewrite_text(node),
            Shape::Ref(_) | Shape::BoolOrSchema => {
                if let Some(text) = node.get_mut("$ref") {
                    rewrite_text(text);
                }
            }
            Shape::Map(_) | Shape::Named(_) => {
                if let Some(mapping) = node.as_mapping_mut() {
                    mapping.retain(|(_, value)| !is_dropped(value));
                }
            }
            _ => {}
        }
        true
    });
}
