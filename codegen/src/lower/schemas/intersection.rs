//! The intersection of several schemas, as under `allOf`: the schemas that one value has to satisfy at once.

use std::collections::HashSet;

use super::analysis::{AnalyzedSchemas, Conjunct, Conjuncts, types};
use crate::api::Key;
use crate::document::schema::SchemaId;
use crate::source::Span;

/// A part of a derived schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Part {
    /// A schema with all that it refers to.
    Whole(SchemaId),
    /// The keywords of a schema alone; its `allOf` parts and chosen branches are entries of their own.
    Own(Conjunct),
}

impl Part {
    /// The schema that is meant with all that it refers to.
    pub(super) const fn whole(&self) -> Option<SchemaId> {
        match self {
            Self::Whole(id) => Some(*id),
            Self::Own(_) => None,
        }
    }
}

/// All that a value has to satisfy at once, and where that stands.
#[derive(Clone, Copy)]
pub(super) struct Intersection<'a> {
    /// What it is put together from.
    pub(super) parts: &'a [Part],
    /// The schemas that these are, each by its own keywords.
    pub(super) all: &'a Conjuncts,
    /// The key of the schema that says it.
    pub(super) key: &'a Key,
    /// The place of that schema in the document.
    pub(super) span: Span,
}

/// The schemas that a value of all parts has to satisfy, each once: first those of [`Part::Own`], then those of each whole part.
pub(super) fn conjuncts(schemas: &AnalyzedSchemas<'_>, parts: &[Part]) -> Conjuncts {
    let mut list = own_parts(parts);
    let mut seen: HashSet<SchemaId> = list.iter().map(|one| one.id).collect();
    let wholes = parts.iter().filter_map(Part::whole);
    list.extend(wholes.flat_map(|id| &schemas[id].all.list).filter(|one| seen.insert(one.id)));
    of_list(schemas, list)
}

/// The schemas of [`Part::Own`] alone.
pub(super) fn own_conjuncts(schemas: &AnalyzedSchemas<'_>, parts: &[Part]) -> Conjuncts {
    of_list(schemas, own_parts(parts))
}

fn own_parts(parts: &[Part]) -> Vec<Conjunct> {
    let own = parts.iter().filter_map(|part| match part {
        Part::Own(conjunct) => Some(*conjunct),
        Part::Whole(_) => None,
    });
    own.collect()
}

fn of_list(schemas: &AnalyzedSchemas<'_>, list: Vec<Conjunct>) -> Conjuncts {
    let types = types(list.iter().map(|one| schemas[one.id].keywords));
    Conjuncts { list, types }
}
