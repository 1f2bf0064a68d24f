//! What lowering makes of one schema: a value, and the derived schemas that it names.

use super::analysis::AnalyzedSchemas;
use super::derived_schemas::{DerivedSchema, SchemaOfSeveral};
use super::ids_and_keys::{DerivedIds, same_id};
use crate::api;
use crate::diagnostic::Diagnostics;
use crate::lower::copied_parts::CopiedParts;
use crate::source::Span;

/// A schema or its shape, with the derived schemas and the diagnostics that come with it.
pub(super) struct LoweringResult<T> {
    pub(super) value: T,
    /// The schemas that it names and the document does not state.
    pub(super) derived: DerivedSchemas,
    pub(super) diagnostics: Diagnostics,
}

impl<T> LoweringResult<T> {
    /// A value that names no derived schemas.
    pub(super) fn of(value: T) -> Self {
        Self::with(value, DerivedSchemas::default())
    }

    /// A value with the derived schemas that it names.
    pub(super) fn with(value: T, derived: DerivedSchemas) -> Self {
        Self { value, derived, diagnostics: Diagnostics::new() }
    }

    /// Replaces the value by another one that names the same schemas.
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> LoweringResult<U> {
        LoweringResult { value: make(self.value), derived: self.derived, diagnostics: self.diagnostics }
    }
}

/// The derived schemas that one schema names, in the order in which it names them.
///
/// Their ids are provisional: they count the derived schemas of this one schema alone. [`worklist`](super::worklist) replaces them by the ids
/// that the derived schemas have among all schemas.
#[derive(Default)]
pub(super) struct DerivedSchemas {
    list: Vec<DerivedSchema>,
    /// How many parts `allOf` copies into the schema, and where a report of too many of them points.
    copied: Vec<(CopiedParts, Span)>,
}

impl DerivedSchemas {
    /// Adds a schema; the id that it is named by.
    pub(super) fn add(&mut self, schemas: &AnalyzedSchemas<'_>, one: DerivedSchema) -> api::SchemaId {
        let id = DerivedIds::after(schemas.len()).id(self.list.len());
        self.list.push(one);
        id
    }

    /// The id of a schema of several, which is added where none of them includes the others.
    pub(super) fn id(&mut self, schemas: &AnalyzedSchemas<'_>, one: SchemaOfSeveral) -> api::SchemaId {
        match one {
            SchemaOfSeveral::Stated(id) => same_id(id),
            SchemaOfSeveral::Derived(one) => self.add(schemas, one),
        }
    }

    /// The same, where the parts of what is added count as copied.
    pub(super) fn copied_id(&mut self, schemas: &AnalyzedSchemas<'_>, one: SchemaOfSeveral) -> api::SchemaId {
        if let SchemaOfSeveral::Derived(one) = &one {
            self.count_copied(CopiedParts(one.origin.parts.len()), one.span);
        }
        self.id(schemas, one)
    }

    /// Counts parts that `allOf` copies into the schema.
    pub(super) fn count_copied(&mut self, parts: CopiedParts, span: Span) {
        self.copied.push((parts, span));
    }

    /// The schemas, and the counts of what is copied.
    pub(super) fn into_parts(self) -> (Vec<DerivedSchema>, Vec<(CopiedParts, Span)>) {
        (self.list, self.copied)
    }
}
