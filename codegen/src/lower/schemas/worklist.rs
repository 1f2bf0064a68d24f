//! The order in which schemas are lowered: those of the document, and behind them those that are derived from others, until no further one
//! is named.

use std::collections::HashMap;

use super::analysis::{AnalyzedSchemas, Conjuncts};
use super::derived_schemas::{DerivedSchema, Origin};
use super::ids_and_keys::DerivedIds;
use super::intersection::{Part, conjuncts, own_conjuncts};
use super::lowering_result::LoweringResult;
use super::schema;
use crate::api::{self, Key};
use crate::diagnostic::Diagnostics;
use crate::document::schema::SchemaId;
use crate::lower::copied_parts::CopiedParts;

/// All schemas, in the order of their ids.
pub(super) struct LoweredSchemas {
    pub(super) made: api::Schemas,
    /// The origins of the derived schemas, in the order of their ids.
    pub(super) origins: Vec<Origin>,
    pub(super) diagnostics: Diagnostics,
}

/// Lowers the schemas of a document, which have these keys, and those derived from them.
pub(super) fn lower(schemas: &AnalyzedSchemas<'_>, keys: Vec<Key>) -> LoweredSchemas {
    let mut work = Worklist::new(schemas.len());
    for ((id, _), key) in schemas.iter().zip(keys) {
        work.add(schema::stated(schemas, id, work.conjuncts(schemas, id), key));
    }
    let mut next = 0;
    while let Some(one) = work.derived.get(next) {
        let all = work.conjuncts_together(schemas, &one.origin.parts);
        work.add(schema::derived(schemas, one, &all));
        next += 1;
    }
    let origins = work.derived.into_iter().map(|one| one.origin).collect();
    LoweredSchemas { made: work.made, origins, diagnostics: work.diagnostics }
}

/// The schemas that are lowered, and those that are still to be.
struct Worklist {
    made: api::Schemas,
    derived_ids: DerivedIds,
    ids: HashMap<Origin, api::SchemaId>,
    derived: Vec<DerivedSchema>,
    /// How many parts `allOf` has copied so far. A short document can make it copy very many.
    copied: CopiedParts,
    diagnostics: Diagnostics,
}

impl Worklist {
    fn new(stated: usize) -> Self {
        Self {
            made: api::Schemas::with_capacity(stated),
            derived_ids: DerivedIds::after(stated),
            ids: HashMap::new(),
            derived: Vec::new(),
            copied: CopiedParts::default(),
            diagnostics: Diagnostics::new(),
        }
    }

    /// The schemas that a value of a schema has to satisfy; none where too much is copied already.
    fn conjuncts<'g>(&self, schemas: &'g AnalyzedSchemas<'_>, id: SchemaId) -> &'g Conjuncts {
        static NONE: Conjuncts = Conjuncts { list: Vec::new(), types: None };
        if self.copied.are_too_many() { &NONE } else { &schemas[id].all }
    }

    /// The schemas that a value of all parts has to satisfy. Where too much is copied already, only those of
    /// [`Part::Own`].
    fn conjuncts_together(&self, schemas: &AnalyzedSchemas<'_>, parts: &[Part]) -> Conjuncts {
        if self.copied.are_too_many() { own_conjuncts(schemas, parts) } else { conjuncts(schemas, parts) }
    }

    /// Adds a lowered schema, and puts the derived schemas that it names on the worklist.
    fn add(&mut self, lowered: LoweringResult<api::Schema>) {
        let LoweringResult { value: mut schema, derived, diagnostics } = lowered;
        let (derived, copied) = derived.into_parts();
        for (parts, span) in copied {
            if let Some(too_large) = self.copied.exceeded_by(parts, span) {
                self.diagnostics.push(too_large);
            }
            self.copied = self.copied.and(parts);
        }
        self.diagnostics.extend(diagnostics);
        if !derived.is_empty() {
            let ids: Vec<api::SchemaId> = derived.into_iter().map(|one| self.id(one)).collect();
            let derived_ids = self.derived_ids;
            schema.shape.visit_parts_mut(&mut |part| {
                let of_all = derived_ids.position(*part).and_then(|position| ids.get(position));
                *part = of_all.copied().unwrap_or(*part);
            });
        }
        self.made.add(schema);
    }

    /// The id of a derived schema, which is queued when it is first named; the first key and the first place are kept.
    fn id(&mut self, one: DerivedSchema) -> api::SchemaId {
        let next = self.derived_ids.id(self.derived.len());
        let id = *self.ids.entry(one.origin.clone()).or_insert(next);
        if id == next {
            self.derived.push(one);
        }
        id
    }
}
