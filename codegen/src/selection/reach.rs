//! What is reached from the selected operations.

use std::collections::HashSet;

use crate::source::{FileId, Span, is_file_like};
use crate::syntax::Node;
use crate::syntax::reference_lookup::{Location, Trees, reference};

/// What was reached so far.
pub(super) struct Reach<'a> {
    trees: Trees<'a>,
    /// The components of the root document, as section and name.
    pub(super) components: HashSet<(String, String)>,
    /// Whether something is referred to by a name or URI that is looked up later. Then no component is known to be out of reach.
    pub(super) by_name: bool,
    /// Where references into the paths of the root document lead.
    pub(super) in_paths: Vec<Location>,
    seen: HashSet<Location>,
    waiting: Vec<&'a Node>,
}

impl<'a> Reach<'a> {
    pub(super) fn new(trees: Trees<'a>) -> Self {
        Self {
            trees,
            components: HashSet::new(),
            by_name: false,
            in_paths: Vec::new(),
            seen: HashSet::new(),
            waiting: Vec::new(),
        }
    }

    /// Follows all that an entry of an object holds.
    pub(super) fn entry(&mut self, key: &str, value: &'a Node) {
        self.look_at(key, value);
        self.waiting.push(value);
        self.follow_all();
    }

    fn follow_all(&mut self) {
        while let Some(node) = self.waiting.pop() {
            for (key, value) in node.entries() {
                // Extensions are not followed by anyone, but for those that hold path items.
                if !key.text().starts_with("x-") {
                    self.look_at(key.text(), value);
                    self.waiting.push(value);
                }
            }
            self.waiting.extend(node.items());
        }
    }

    /// Notes what the entry itself names.
    fn look_at(&mut self, key: &str, value: &'a Node) {
        match (key, value.as_str()) {
            ("$ref" | "$dynamicRef" | "$recursiveRef", Some(text)) => self.reference(text, value.span),
            ("defaultMapping", Some(text)) => self.schema(text, value.span),
            ("mapping", None) => {
                for (_, name) in value.entries() {
                    if let Some(text) = name.as_str() {
                        self.schema(text, name.span);
                    }
                }
            }
            ("security", None) => {
                let schemes = value.items().iter().flat_map(Node::entries);
                for (key, _) in schemes {
                    self.component("securitySchemes", key.text());
                }
            }
            _ => {}
        }
    }

    /// A schema by its name, or a reference to it.
    fn schema(&mut self, text: &str, span: Span) {
        if is_file_like(text) { self.reference(text, span) } else { self.component("schemas", text) }
    }

    fn component(&mut self, section: &str, name: &str) {
        let tokens = ["components", section, name].map(str::to_owned).into();
        self.visit(Location { file: FileId::ROOT, tokens });
    }

    fn reference(&mut self, text: &str, span: Span) {
        let trees = self.trees;
        // It goes by a name (`$id`, `$anchor`) or an address.
        let Ok(target) = trees.target(text, span) else {
            self.by_name = true;
            return;
        };
        let mut passed = Vec::new();
        let mut pass = |location: &Location| passed.push(location.clone());
        let destination = trees.follow(&target, &|text, span| trees.target(text, span), &mut pass);
        // It may be the URI of a schema or document. Where it is none, `resolve` says so.
        self.by_name |= destination.is_err();
        passed.extend(destination.ok());
        for location in passed {
            self.visit(location);
        }
    }

    fn visit(&mut self, mut location: Location) {
        if location.file == FileId::ROOT {
            match location.tokens.as_slice() {
                [components, section, name, ..] if components == "components" => {
                    self.components.insert((section.clone(), name.clone()));
                    // All of it is kept, so all of it is followed.
                    location.tokens.truncate(3);
                }
                [paths, ..] if paths == "paths" => self.in_paths.push(location.clone()),
                _ => {}
            }
        }
        if let Some(node) = self.trees.node(&location)
            && self.seen.insert(location)
        {
            self.waiting.push(node);
        }
    }

    /// Adds the schemas that extend a reached one with a discriminator: their values stand where it is named.
    pub(super) fn extensions(&mut self, root: &'a Node) {
        let schemas = || root.get("components").and_then(|components| components.get("schemas"));
        let extending: Vec<(&'a str, Vec<Location>)> = schemas()
            .into_iter()
            .flat_map(Node::entries)
            .map(|(key, schema)| (key.text(), self.bases(schema)))
            .filter(|(_, bases)| !bases.is_empty())
            .collect();
        loop {
            let known = self.components.len();
            for (name, bases) in &extending {
                if bases.iter().any(|base| self.seen.contains(base)) {
                    self.component("schemas", name);
                }
            }
            self.follow_all();
            if self.components.len() == known {
                return;
            }
        }
    }

    /// The schemas with a discriminator that are parts of the `allOf` of a schema.
    fn bases(&self, schema: &'a Node) -> Vec<Location> {
        let parts = schema.get("allOf").map_or(&[][..], Node::items).iter().filter_map(reference);
        let led = parts.filter_map(|(text, span)| self.trees.destination(text, span));
        led.filter(|location| self.trees.node(location).is_some_and(|node| node.get("discriminator").is_some()))
            .collect()
    }
}
