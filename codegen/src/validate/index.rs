//! What a document holds, listed once for all rules.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use openapiv3 as api;
use openapiv3::{ReferenceOr, StatusCode};

use crate::document::object::{Field, ObjectId, Objects};
use crate::document::schema::{Keywords, Schema, SchemaId, Schemas};
use crate::document::step::Step;
use crate::document::{Document, OperationAt};
use crate::grammar::{Kind, Shape, shape_under};
use crate::grammar::{Strictness, Version};
use crate::http::Media;
use crate::resolve::Resolved;
use crate::source::Span;
use crate::syntax::{Node, pointer};

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
    pub(super) document: &'a Document,
    pub(super) operations: Vec<OperationAt<'a>>,
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
            document: &resolved.document,
            operations: resolved.document.operations(),
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

    /// The properties of all schemas: the name, where its key stands, and its schema.
    pub(super) fn properties(&self) -> impl Iterator<Item = (&'a str, Span, SchemaId)> {
        let all = self.all_schemas().flat_map(|(_, schema)| schema.keywords().object.properties());
        all.map(|(name, id)| (name, self.schemas[id].name, id))
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

    /// The paths of the document: the template, where it stands, and its item.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&'a str, Span, &'a api::PathItem)> {
        let items = self.document.api.paths.paths.iter();
        items.filter_map(|(path, item)| {
            let item = item.as_item()?;
            Some((path.as_str(), self.objects[self.document.id(&item.extensions)?].name, item))
        })
    }

    /// Where a key of an operation stands, and its value.
    pub(super) fn field(&self, id: ObjectId, name: &str) -> Option<&'a Field> {
        self.objects[id].field(name)
    }

    /// The parameters of an operation with those of its path item, references followed.
    pub(super) fn parameters(&self, operation: &OperationAt<'a>) -> Vec<ParameterAt<'a>> {
        let own = self.parameters_of(operation.id, &operation.operation.parameters);
        let shared = self.parameters_of(operation.item_id, &operation.item.parameters);
        let overridden = |shared: &ParameterAt<'_>| own.iter().any(|own| own.identity() == shared.identity());
        let shared: Vec<_> = shared.into_iter().filter(|shared| !overridden(shared)).collect();
        shared.into_iter().chain(own).collect()
    }

    fn parameters_of(&self, holder: ObjectId, list: &'a [ReferenceOr<api::Parameter>]) -> Vec<ParameterAt<'a>> {
        let one = |(at, stated): (usize, &'a ReferenceOr<api::Parameter>)| {
            let site = self.document.supplement.reference(holder, &Step::item("parameters", at));
            let parameter = self.document.parameter(stated)?;
            let id = self.document.id(&parameter.parameter_data_ref().extensions)?;
            Some(ParameterAt { parameter, id, reference: site.map(|site| site.span) })
        };
        list.iter().enumerate().filter_map(one).collect()
    }

    /// The responses of an operation, `default` last.
    pub(super) fn responses(&self, operation: &OperationAt<'a>) -> Vec<(Option<&'a StatusCode>, &'a api::Response)> {
        let responses = &operation.operation.responses;
        let stated = responses.responses.iter().map(|(status, response)| (Some(status), response));
        let all = stated.chain(responses.default.iter().map(|response| (None, response)));
        all.filter_map(|(status, response)| Some((status, self.document.response(response)?))).collect()
    }

    /// The schema of an operation's JSON request body.
    pub(super) fn request_schema(&self, operation: &OperationAt<'a>) -> Option<SchemaId> {
        let body = self.document.request_body(operation.operation.request_body.as_ref()?)?;
        self.json_schema(&body.content)
    }

    /// The schema of an operation's first successful JSON response.
    pub(super) fn success_schema(&self, operation: &OperationAt<'a>) -> Option<SchemaId> {
        let is_success = |status: &StatusCode| matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2));
        let responses = self.responses(operation);
        let mut successes = responses.iter().filter(|(status, _)| status.is_some_and(is_success));
        successes.find_map(|(_, response)| self.json_schema(&response.content))
    }

    fn json_schema(&self, content: &api::Content) -> Option<SchemaId> {
        let (_, media) = content.iter().find(|(name, _)| Media::of(name) == Media::Json)?;
        self.document.schema(media.schema.as_ref()?)
    }
}

/// A parameter of an operation.
#[derive(Clone, Copy)]
pub(super) struct ParameterAt<'a> {
    pub(super) parameter: &'a api::Parameter,
    pub(super) id: ObjectId,
    /// Where the reference to it stands, if there is one.
    pub(super) reference: Option<Span>,
}

impl<'a> ParameterAt<'a> {
    pub(super) fn name(&self) -> &'a str {
        &self.parameter.parameter_data_ref().name
    }

    /// What tells parameters apart; the names of headers ignore case (RFC 9110 section 5.1).
    fn identity(&self) -> (&'static str, Cow<'a, str>) {
        match self.parameter {
            api::Parameter::Query { .. } => ("query", self.name().into()),
            api::Parameter::Header { .. } => ("header", self.name().to_ascii_lowercase().into()),
            api::Parameter::Path { .. } => ("path", self.name().into()),
            api::Parameter::Cookie { .. } => ("cookie", self.name().into()),
        }
    }
}

/// The place and the name of a parameter.
pub(super) fn identity(parameter: &Node) -> (Option<&str>, Option<&str>) {
    let text = |key| parameter.get(key).and_then(Node::as_str);
    (text("in"), text("name"))
}
