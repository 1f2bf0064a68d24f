//! Lists of the objects of a document, made once for all rules.

use std::borrow::Cow;
use std::collections::HashSet;

use openapiv3 as stated;
use openapiv3::{ReferenceOr, StatusCode};

use crate::document::Resolved;
use crate::document::operation_extensions::OperationExtensions;
use crate::document::path_step::PathStep;
use crate::document::schema::{Keywords, Schema, SchemaId, Schemas, reachable};
use crate::document::source_map::{Field, ObjectId, Objects};
use crate::document::{Document, Located, ObjectsByKind, OperationAt};
use crate::grammar::{Kind, Version};
use crate::http::{Media, parameter_key};
use crate::source::Span;
use crate::strictness::Strictness;

/// How many of the schemas that apply to one value the rules read; further ones are ignored. Lowering reads all of them, because its types
/// would be wrong otherwise, and reports an error where one leads to another too many times in a row.
const MOST_APPLIED: usize = 64;

/// The document, and lists of what is in it.
pub(super) struct Index<'a> {
    pub(super) strictness: Strictness,
    pub(super) version: Version,
    pub(super) document: &'a Document,
    pub(super) schemas: &'a Schemas,
    pub(super) objects: &'a Objects,
    pub(super) by_kind: ObjectsByKind<'a>,
    pub(super) operations: Vec<OperationAt<'a>>,
}

impl<'a> Index<'a> {
    pub(super) fn of(resolved: &'a Resolved) -> Self {
        let document = &resolved.document;
        Self {
            strictness: resolved.strictness,
            version: resolved.version,
            document,
            schemas: &document.schemas,
            objects: &document.objects,
            by_kind: document.objects_by_kind(),
            operations: document.operations(),
        }
    }

    /// All schemas that are not just a reference to another one, in the order of the document.
    pub(super) fn all_schemas(&self) -> impl Iterator<Item = (SchemaId, &'a Schema)> + use<'a> {
        self.schemas.iter().filter(|(_, schema)| !schema.keywords().is_alias())
    }

    /// The keywords of a schema.
    pub(super) fn keywords(&self, id: SchemaId) -> &'a Keywords {
        self.schemas[id].keywords()
    }

    /// The schema and everything that applies to each of its values: what it refers to, the parts of its `allOf`, and the only branch
    /// beside null of a `oneOf` or `anyOf`, at every depth.
    pub(super) fn parts_of(&self, id: SchemaId) -> Vec<SchemaId> {
        self.below(id, Self::stated_parts)
    }

    /// The schema and everything that it extends: what it refers to, and the parts of its `allOf`, at every depth.
    pub(super) fn extended_by(&self, id: SchemaId) -> Vec<SchemaId> {
        self.below(id, Self::bases)
    }

    /// A schema and those below it, each once, in the order of the document.
    fn below(&self, id: SchemaId, next: fn(&Self, SchemaId) -> Vec<SchemaId>) -> Vec<SchemaId> {
        let target = |id| self.schemas.target(id);
        reachable(target(id), MOST_APPLIED, |id| next(self, id).into_iter().map(target).collect())
    }

    /// What the keywords of a schema apply to each of its values. Lowering also applies null where every branch of a union is null, and
    /// the branches of some `anyOf` with `unevaluatedProperties: false` (`lower/schemas/analysis/unions.rs`).
    pub(super) fn stated_parts(&self, id: SchemaId) -> Vec<SchemaId> {
        let composition = &self.keywords(id).composition;
        let only_branches = [composition.one_of(), composition.any_of()].map(|branches| self.only_branch(branches));
        self.bases(id).into_iter().chain(only_branches.into_iter().flatten()).collect()
    }

    /// The schema that one refers to, and the parts of its `allOf`.
    fn bases(&self, id: SchemaId) -> Vec<SchemaId> {
        self.keywords(id).always_applied()
    }

    /// The branch that every value but null satisfies: the only one that is not null.
    fn only_branch(&self, branches: &[SchemaId]) -> Option<SchemaId> {
        match self.schemas.branches_beside_null(branches)[..] {
            [only] => Some(only),
            _ => None,
        }
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

    /// Whether an object stands under `components`.
    pub(super) fn is_in_components(&self, id: ObjectId) -> bool {
        let mut inner = id;
        while let Some((outer, _)) = &self.objects[inner].parent {
            if self.objects[*outer].kind == Kind::Components {
                return true;
            }
            inner = *outer;
        }
        false
    }

    /// The paths of the document: the template, where it stands, and its item.
    pub(super) fn paths(&self) -> impl Iterator<Item = (&'a str, Span, &'a stated::PathItem)> {
        let items = self.document.skeleton.paths.paths.iter();
        items.filter_map(|(path, item)| {
            let item = item.as_item()?;
            Some((path.as_str(), self.objects[self.document.id(item)?].name, item))
        })
    }

    /// Where a key of an operation stands, and its value.
    pub(super) fn field(&self, id: ObjectId, name: &str) -> Option<&'a Field> {
        self.objects[id].field(name)
    }

    /// What an operation declares under our own extension keys.
    pub(super) fn extensions(&self, operation: ObjectId) -> &'a OperationExtensions {
        self.document.supplement.operation_extensions(operation)
    }

    /// Whether an operation has `x-specie-outcome: none`: it creates and moves nothing.
    pub(super) fn is_stated_safe(&self, operation: &OperationAt<'_>) -> bool {
        self.extensions(operation.id).outcome.as_ref().is_some_and(|outcome| &*outcome.value == "none")
    }

    /// The parameters of an operation with those of its path item, references followed.
    pub(super) fn parameters(&self, operation: &OperationAt<'a>) -> Vec<ParameterAt<'a>> {
        let own = self.parameters_of(operation.id, &operation.operation.parameters);
        let shared = self.parameters_of(operation.item_id, &operation.item.parameters);
        let overridden = |shared: &ParameterAt<'_>| own.iter().any(|own| own.identity(self) == shared.identity(self));
        let shared: Vec<_> = shared.into_iter().filter(|shared| !overridden(shared)).collect();
        shared.into_iter().chain(own).collect()
    }

    /// The place of a parameter as documents write it under `in`.
    pub(super) fn place(&self, id: ObjectId, parameter: &stated::Parameter) -> &'static str {
        match parameter {
            stated::Parameter::Query { .. } if self.document.supplement.query_strings.contains(&id) => "querystring",
            stated::Parameter::Query { .. } => "query",
            stated::Parameter::Header { .. } => "header",
            stated::Parameter::Path { .. } => "path",
            stated::Parameter::Cookie { .. } => "cookie",
        }
    }

    /// The parameters of one list, references followed.
    pub(super) fn parameters_of(
        &self,
        holder: ObjectId,
        list: &'a [ReferenceOr<stated::Parameter>],
    ) -> Vec<ParameterAt<'a>> {
        let one = |(at, stated): (usize, &'a ReferenceOr<stated::Parameter>)| {
            let site = self.document.supplement.reference(holder, &PathStep::item("parameters", at));
            let Located { id, stated: parameter, .. } = self.document.parameter(stated)?;
            Some(ParameterAt { parameter, id, reference: site.map(|site| site.span) })
        };
        list.iter().enumerate().filter_map(one).collect()
    }

    /// The responses of an operation, `default` last.
    pub(super) fn responses(
        &self,
        operation: &OperationAt<'a>,
    ) -> Vec<(Option<&'a StatusCode>, Located<'a, stated::Response>)> {
        let responses = &operation.operation.responses;
        let stated = responses.responses.iter().map(|(status, response)| (Some(status), response));
        let all = stated.chain(responses.default.iter().map(|response| (None, response)));
        all.filter_map(|(status, response)| Some((status, self.document.response(response)?))).collect()
    }

    /// The schema of an operation's JSON request body.
    pub(super) fn request_schema(&self, operation: &OperationAt<'a>) -> Option<SchemaId> {
        let body = self.document.request_body(operation.operation.request_body.as_ref()?)?;
        self.json_schema(&body.stated.content)
    }

    /// The schema of an operation's first successful JSON response.
    pub(super) fn success_schema(&self, operation: &OperationAt<'a>) -> Option<SchemaId> {
        let is_success = |status: &StatusCode| matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2));
        let responses = self.responses(operation);
        let mut successes = responses.iter().filter(|(status, _)| status.is_some_and(is_success));
        successes.find_map(|(_, response)| self.json_schema(&response.stated.content))
    }

    fn json_schema(&self, content: &stated::Content) -> Option<SchemaId> {
        let (_, media) = content.iter().find(|(name, _)| Media::of(name) == Media::Json)?;
        self.document.schema(media.schema.as_ref()?)
    }
}

/// A parameter of an operation.
#[derive(Clone, Copy)]
pub(super) struct ParameterAt<'a> {
    pub(super) parameter: &'a stated::Parameter,
    pub(super) id: ObjectId,
    /// Where the reference to it stands, if there is one.
    pub(super) reference: Option<Span>,
}

impl<'a> ParameterAt<'a> {
    pub(super) fn name(&self) -> &'a str {
        &self.parameter.parameter_data_ref().name
    }

    /// What tells parameters apart: the place and the name.
    pub(super) fn identity(&self, index: &Index<'_>) -> (&'static str, Cow<'a, str>) {
        let place = index.place(self.id, self.parameter);
        (place, parameter_key(place == "header", self.name()))
    }
}
