//! The schemas that lowering creates beside those of the document, and the diagnostics of lowering.

use std::collections::HashMap;

use super::analysis::{AnalyzedSchemas, Conjuncts};
use super::conjuncts_of_parts::{Part, conjuncts, settled_conjuncts};
use crate::api::{self, Key, Sensitivity};
use crate::diagnostic::Diagnostics;
use crate::document::schema::{SchemaId, Type};
use crate::lower::size_limit;
use crate::source::Span;
use crate::syntax::TAKEN_OVER;

/// The source of a schema that the document does not write out as one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Origin {
    /// What a value of it has to satisfy, in the order of the parts of an `allOf`.
    pub(super) parts: Vec<Part>,
    /// The one type of its values, where it is a branch of a schema with several types.
    pub(super) one: Option<Type>,
    /// The values that it is narrowed to: those that name an object in a discriminator.
    pub(super) tags: Vec<String>,
}

impl Origin {
    /// All values that satisfy these.
    pub(super) const fn of(parts: Vec<Part>) -> Self {
        Self { parts, one: None, tags: Vec::new() }
    }

    /// The parts that are meant with all that they refer to.
    pub(super) fn wholes(&self) -> Vec<SchemaId> {
        self.parts.iter().filter_map(Part::whole).collect()
    }

    /// Where one of the parts says that its values are secrets.
    pub(super) fn secret(&self, schemas: &AnalyzedSchemas<'_>) -> Option<Span> {
        self.wholes().into_iter().find_map(|id| schemas[id].secret)
    }

    /// Where one of the parts says that its values are no secrets.
    pub(super) fn stated_plain(&self, schemas: &AnalyzedSchemas<'_>) -> Option<Span> {
        self.wholes().into_iter().find_map(|id| match schemas[id].sensitivity {
            Sensitivity::Plain(span) => Some(span),
            Sensitivity::Secret(_) | Sensitivity::Unstated => None,
        })
    }
}

/// The schemas that lowering adds, still to be lowered, and the diagnostics.
pub(super) struct DerivedSchemas {
    behind: usize,
    ids: HashMap<Origin, api::SchemaId>,
    /// Each with its key and the place in the document that it belongs to.
    pub(super) waiting: Vec<(Origin, Key, Span)>,
    /// How many properties `allOf` has brought in so far: it multiplies what a document says.
    inherited: usize,
    pub(super) diagnostics: Diagnostics,
}

impl DerivedSchemas {
    pub(super) fn behind(schemas: &AnalyzedSchemas<'_>) -> Self {
        Self {
            behind: schemas.len(),
            ids: HashMap::new(),
            waiting: Vec::new(),
            inherited: 0,
            diagnostics: Diagnostics::new(),
        }
    }

    /// The id of an added schema, which is queued when it is first asked for; the first key and the first place are kept.
    pub(super) fn schema(&mut self, origin: Origin, key: Key, span: Span) -> api::SchemaId {
        let next = api::SchemaId(self.behind + self.waiting.len());
        let id = *self.ids.entry(origin.clone()).or_insert(next);
        if id == next {
            self.waiting.push((origin, key, span));
        }
        id
    }

    /// Whether `allOf` may bring in more properties; where they are too many, says so once.
    pub(super) fn affords(&mut self, properties: usize, span: Span) -> bool {
        let before = self.inherited;
        self.inherited = before.saturating_add(properties);
        if before <= TAKEN_OVER && self.inherited > TAKEN_OVER {
            size_limit::report_too_large(span, &mut self.diagnostics);
        }
        self.is_affordable()
    }

    const fn is_affordable(&self) -> bool {
        self.inherited <= TAKEN_OVER
    }

    /// The schemas that a value of a schema has to satisfy; none where `allOf` has brought in too much already.
    pub(super) fn conjuncts<'g>(&self, schemas: &'g AnalyzedSchemas<'_>, id: SchemaId) -> &'g Conjuncts {
        static NONE: Conjuncts = Conjuncts { list: Vec::new(), types: None };
        if self.is_affordable() { &schemas[id].all } else { &NONE }
    }

    /// The schemas that a value of all parts has to satisfy. Where `allOf` has brought in too much already, only those that are settled.
    pub(super) fn together(&self, schemas: &AnalyzedSchemas<'_>, parts: &[Part]) -> Conjuncts {
        if self.is_affordable() { conjuncts(schemas, parts) } else { settled_conjuncts(schemas, parts) }
    }
}
