//! What a document holds, listed once for all rules.

use std::collections::{HashMap, HashSet};

use crate::document::object::Objects;
use crate::document::schema::{Keywords, Schema, SchemaId, Schemas};
use crate::grammar::{Kind, METHODS, Shape, shape_under};
use crate::grammar::{Strictness, Version};
use crate::resolve::Resolved;
use crate::source::Span;
use crate::syntax::{Key, Node, pointer};

/// A chain of aliases that is longer was reported as a circle.
const LONGEST_CHAIN: usize = 100;

/// One object that is no reference.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub(super) node: &'a Node,
    /// The key that it stands under; for an item of a list, the list's key.
    pub(super) name: &'a str,
    /// What names it: its key, or its beginning.
    pub(super) at: Span,
}

/// Where an operation stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Under `paths`: the server answers it.
    Path,
    /// Under `x-webhooks` or in a callback: the server sends it.
    Callback,
}

/// One operation.
#[derive(Clone, Copy)]
pub(super) struct Operation<'a> {
    pub(super) path: &'a Key,
    pub(super) method: &'a Key,
    pub(super) node: &'a Node,
    /// The path item around it.
    pub(super) item: &'a Node,
    pub(super) side: Side,
}

/// A reference, and the component that it stands in.
pub(super) struct Reference<'a> {
    pub(super) text: &'a str,
    pub(super) owner: Option<(&'a str, &'a str)>,
}

/// The document, and lists of what is in it.
pub(super) struct Index<'a> {
    pub(super) root: &'a Node,
    pub(super) schemas: &'a Schemas,
    pub(super) objects: &'a Objects,
    /// The schemas by where they stand.
    schemas_at: HashMap<Span, SchemaId>,
    pub(super) strictness: Strictness,
    pub(super) version: Version,
    found: HashMap<Kind, Vec<Found<'a>>>,
    pub(super) operations: Vec<Operation<'a>>,
    pub(super) references: Vec<Reference<'a>>,
    /// The component that the walk is in.
    owner: Option<(&'a str, &'a str)>,
}

impl<'a> Index<'a> {
    pub(super) fn of(resolved: &'a Resolved) -> Self {
        let root = &resolved.root;
        let strictness = resolved.strictness;
        let schemas = &resolved.document.schemas;
        let mut index = Self {
            root,
            schemas,
            objects: &resolved.document.objects,
            schemas_at: schemas.iter().map(|(id, schema)| (schema.span, id)).collect(),
            strictness,
            version: resolved.version,
            found: HashMap::new(),
            operations: Vec::new(),
            references: Vec::new(),
            owner: None,
        };
        for (key, value) in root.entries().filter(|(key, _)| key.text() != "components") {
            if let Some(shape) = shape_under(Kind::OpenApi, key.text(), resolved.version) {
                index.walk(value, shape, key.text(), key.span);
            }
        }
        for (section, entries) in root.get("components").into_iter().flat_map(Node::entries) {
            let Some(Shape::Named(inner)) = shape_under(Kind::Components, section.text(), resolved.version) else {
                continue;
            };
            for (key, value) in entries.entries() {
                index.owner = Some((section.text(), key.text()));
                index.walk(value, *inner, key.text(), key.span);
            }
        }
        index.owner = None;
        index.list_operations();
        index
    }

    fn walk(&mut self, node: &'a Node, shape: Shape, name: &'a str, at: Span) {
        match shape {
            Shape::List(inner) => {
                for item in node.items() {
                    let at = item.entries().next().map_or(item.span, |(key, _)| key.span);
                    self.walk(item, *inner, name, at);
                }
            }
            Shape::Map(inner) | Shape::Named(inner) => {
                for (key, value) in node.entries() {
                    self.walk(value, *inner, key.text(), key.span);
                }
            }
            Shape::SchemaName => {
                let text = node.as_str().unwrap_or_default();
                self.references.push(Reference { text, owner: self.owner });
            }
            _ => {
                if let Some(kind) = shape.kind() {
                    self.object(node, kind, name, at);
                }
            }
        }
    }

    fn object(&mut self, node: &'a Node, kind: Kind, name: &'a str, at: Span) {
        if !node.is_mapping() {
            return;
        }
        if let Some(text) = node.get("$ref").and_then(Node::as_str) {
            self.references.push(Reference { text, owner: self.owner });
            // Beside a reference a schema of later versions may hold others.
            if kind != Kind::Schema || self.version == Version::V30 {
                return;
            }
        }
        if kind != Kind::Schema {
            self.found.entry(kind).or_default().push(Found { node, name, at });
        }
        for (key, value) in node.entries() {
            if let Some(shape) = shape_under(kind, key.text(), self.version) {
                self.walk(value, shape, key.text(), key.span);
            }
        }
    }

    fn list_operations(&mut self) {
        let holders = [("paths", Side::Path), ("x-webhooks", Side::Callback), ("webhooks", Side::Callback)];
        for (holder, side) in holders {
            for (path, item) in self.root.get(holder).into_iter().flat_map(Node::entries) {
                if side == Side::Callback || path.text().starts_with('/') {
                    self.list_item(path, item, side);
                }
            }
        }
        let components = self.root.get("components").and_then(|components| components.get("callbacks"));
        for (_, callback) in components.into_iter().flat_map(Node::entries) {
            self.list_callback(callback);
        }
    }

    fn list_item(&mut self, path: &'a Key, item: &'a Node, side: Side) {
        for (method, node) in item.entries().filter(|(key, _)| METHODS.contains(&key.text())) {
            self.operations.push(Operation { path, method, node, item, side });
            for (_, callback) in node.get("callbacks").into_iter().flat_map(Node::entries) {
                self.list_callback(callback);
            }
        }
    }

    fn list_callback(&mut self, callback: &'a Node) {
        for (expression, item) in
            callback.entries().filter(|(key, _)| !matches!(key.text(), "$ref") && !key.text().starts_with("x-"))
        {
            self.list_item(expression, item, Side::Callback);
        }
    }

    /// The objects of a kind, in the order of the document.
    pub(super) fn all(&self, kind: Kind) -> &[Found<'a>] {
        self.found.get(&kind).map_or(&[], Vec::as_slice)
    }

    /// All schemas that are not just a reference to another one, in the order of the document.
    pub(super) fn all_schemas(&self) -> impl Iterator<Item = (SchemaId, &'a Schema)> + use<'a> {
        self.schemas.iter().filter(|(_, schema)| !schema.keywords().is_alias())
    }

    /// The keywords of a schema.
    pub(super) fn keywords(&self, id: SchemaId) -> &'a Keywords {
        self.schemas[id].keywords()
    }

    /// The schema that a node is.
    pub(super) fn schema_at(&self, node: &Node) -> Option<SchemaId> {
        self.schemas_at.get(&node.span).copied()
    }

    /// The properties of all schemas: the name, where its key stands, and the schema behind it.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&'a str, Span, SchemaId)> {
        let all = self.all_schemas().flat_map(|(_, schema)| schema.keywords().object.properties());
        all.map(|(name, id)| (name, self.schemas[id].name, self.schemas.target(id)))
    }

    /// The schemas that are parts of compositions elsewhere, by way of references.
    pub(super) fn shared_branches(&self) -> HashSet<SchemaId> {
        let branches = self.schemas.iter().filter(|(_, schema)| schema.is_branch());
        let references = branches.filter(|(_, schema)| schema.keywords().reference.is_some());
        references.map(|(id, _)| self.schemas.target(id)).collect()
    }

    pub(super) fn component(&self, section: &str, name: &str) -> Option<&'a Node> {
        self.root.get("components")?.get(section)?.get(name)
    }

    /// The component that a reference names.
    pub(super) fn named(&self, reference: &str) -> Option<&'a Node> {
        let tokens = pointer::tokens(reference.strip_prefix('#')?)?;
        match tokens.as_slice() {
            [components, section, name] if components == "components" => self.component(section, name),
            _ => None,
        }
    }

    /// The object that a node is, or refers to.
    pub(super) fn target<'n>(&self, node: &'n Node) -> &'n Node
    where
        'a: 'n,
    {
        let mut target = node;
        for _ in 0..LONGEST_CHAIN {
            let next = target.get("$ref").and_then(Node::as_str).and_then(|text| self.named(text));
            match next {
                Some(next) => target = next,
                None => break,
            }
        }
        target
    }

    /// The parameters of an operation with those of its path item, references followed: the node as it stands, and its target.
    pub(super) fn parameters(&self, operation: &Operation<'a>) -> Vec<(&'a Node, &'a Node)> {
        let list = |node: &'a Node| node.get("parameters").map_or(&[][..], Node::items);
        let own: Vec<_> = list(operation.node).iter().map(|node| (node, self.target(node))).collect();
        let shared = list(operation.item).iter().map(|node| (node, self.target(node)));
        let overridden = |target: &Node| own.iter().any(|(_, other)| is_same_parameter(other, target));
        let shared: Vec<_> = shared.filter(|(_, target)| !overridden(target)).collect();
        shared.into_iter().chain(own).collect()
    }

    /// The responses of an operation: the key, and the response itself.
    pub(super) fn responses(&self, operation: &Operation<'a>) -> Vec<(&'a Key, &'a Node)> {
        let entries = operation.node.get("responses").into_iter().flat_map(Node::entries);
        entries.filter(|(key, _)| !key.text().starts_with("x-")).map(|(key, node)| (key, self.target(node))).collect()
    }

    /// The schema of an operation's JSON request body.
    pub(super) fn request_schema(&self, operation: &Operation<'a>) -> Option<SchemaId> {
        self.json_schema(self.target(operation.node.get("requestBody")?))
    }

    /// The schema of an operation's first successful JSON response.
    pub(super) fn success_schema(&self, operation: &Operation<'a>) -> Option<SchemaId> {
        let responses = self.responses(operation);
        let mut successes = responses.into_iter().filter(|(key, _)| key.text().starts_with('2'));
        successes.find_map(|(_, node)| self.json_schema(node))
    }

    fn json_schema(&self, holder: &'a Node) -> Option<SchemaId> {
        let mut media = holder.get("content")?.entries();
        media.find(|(key, _)| key.text().contains("json")).and_then(|(_, media)| self.schema_at(media.get("schema")?))
    }
}

/// The place and the name of a parameter.
pub(super) fn identity(parameter: &Node) -> (Option<&str>, Option<&str>) {
    let text = |key| parameter.get(key).and_then(Node::as_str);
    (text("in"), text("name"))
}

/// Whether two parameters are one: of the same place and name, where the names of headers ignore case (RFC 9110 section 5.1).
pub(super) fn is_same_parameter(left: &Node, right: &Node) -> bool {
    let (place, name) = identity(left);
    let (other_place, other_name) = identity(right);
    let same_name = match (place, name, other_name) {
        (Some("header"), Some(name), Some(other)) => name.eq_ignore_ascii_case(other),
        _ => name == other_name,
    };
    place == other_place && same_name
}
