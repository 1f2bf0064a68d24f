//! The schemas that a value has to satisfy at once: a schema, what it refers to, and the parts of its `allOf`, at every depth.

use std::collections::HashSet;

use super::keys::same_id;
use super::{keyword_predicates, union_selection};
use crate::api::{self, Key};
use crate::document::schema::{Home, Keywords, SchemaId, Schemas, Type, TypeSet};
use crate::source::Span;

/// What a schema that no place of the document states is put together from.
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

/// One of the schemas that a value has to satisfy at once, by its own keywords.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Conjunct {
    /// The schema.
    pub(super) id: SchemaId,
    /// The component that brought it in.
    pub(super) owner: Option<api::SchemaId>,
    /// Whether one of its branches was chosen, so that its `oneOf` and `anyOf` say no more.
    pub(super) is_settled: bool,
}

/// All that a value has to satisfy at once, and where that stands.
#[derive(Clone, Copy)]
pub(super) struct Conjunction<'a> {
    /// What it is put together from.
    pub(super) parts: &'a [Part],
    /// The schemas that these are, each by its own keywords.
    pub(super) all: &'a [Conjunct],
    /// The key of the schema that says it.
    pub(super) key: &'a Key,
    /// The place of that schema in the document.
    pub(super) span: Span,
}

/// What a schema adds to its own keywords: the schema that it refers to, the parts of its `allOf`, the only branch of a union, and the
/// branches of an `anyOf` that fit together.
pub(super) fn parts(schemas: &Schemas, keywords: &Keywords) -> Vec<SchemaId> {
    let mut found = keyword_predicates::stated_parts(keywords);
    found.extend(union_selection::parts(schemas, keywords));
    found
}

/// How many schemas may take each other over in a row. Each of a chain gathers those below it, so that a long one costs the square of its
/// length.
pub(super) const MOST: usize = 1_000;

/// The schemas of which a branch was chosen.
pub(super) fn settled(parts: &[Part]) -> Vec<Conjunct> {
    let own = parts.iter().filter_map(|part| match part {
        Part::Own(conjunct) => Some(*conjunct),
        Part::Whole(_) => None,
    });
    own.collect()
}

/// Adds the schemas of all parts to the settled ones: those that a schema takes over come before it, and each comes once. Returns the
/// parts below which there is a chain of more than [`MOST`].
///
/// Pending schemas are kept in a list, because a chain of them may be as long as the document and would overflow the stack.
pub(super) fn gather(schemas: &Schemas, parts: &[Part], found: &mut Vec<Conjunct>) -> Vec<SchemaId> {
    let mut seen: HashSet<SchemaId> = found.iter().map(|conjunct| conjunct.id).collect();
    let wholes = parts.iter().filter_map(Part::whole);
    wholes.filter(|id| !below(schemas, *id, &mut seen, found)).collect()
}

/// Whether all of them are gathered; a chain that is longer than [`MOST`] is left.
fn below(schemas: &Schemas, start: SchemaId, seen: &mut HashSet<SchemaId>, found: &mut Vec<Conjunct>) -> bool {
    let mut way: Vec<Step> = Vec::new();
    way.extend(Step::to(schemas, start, None, seen));
    while let Some(at) = way.last_mut() {
        let Some(next) = at.pending.pop() else {
            found.push(Conjunct { id: at.id, owner: at.owner, is_settled: false });
            way.pop();
            continue;
        };
        let owner = at.owner;
        way.extend(Step::to(schemas, next, owner, seen));
        if way.len() > MOST {
            return false;
        }
    }
    true
}

/// A schema, and those of its parts that are still to be gathered, the next one last.
struct Step {
    id: SchemaId,
    pending: Vec<SchemaId>,
    owner: Option<api::SchemaId>,
}

impl Step {
    /// `None` where the schema was gathered before.
    fn to(
        schemas: &Schemas,
        part: SchemaId,
        outer: Option<api::SchemaId>,
        seen: &mut HashSet<SchemaId>,
    ) -> Option<Self> {
        let id = schemas.target(part);
        if !seen.insert(id) {
            return None;
        }
        let is_component = id != part && matches!(schemas[id].home, Home::Component(_));
        let mut pending = parts(schemas, schemas[id].keywords());
        pending.reverse();
        Some(Self { id, pending, owner: if is_component { Some(same_id(id)) } else { outer } })
    }
}

/// The schemas that a schema takes its members from, itself among them.
pub(super) fn all(schemas: &Schemas, id: SchemaId) -> HashSet<SchemaId> {
    let mut seen = HashSet::new();
    let _ = below(schemas, id, &mut seen, &mut Vec::new());
    seen
}

/// The types that all of them allow, null among them; `None` where none of them states any.
pub(super) fn types(schemas: &Schemas, all: &[Conjunct]) -> Option<TypeSet> {
    let stated = all.iter().filter_map(|one| schemas[one.id].keywords().types.as_ref());
    stated.map(|types| types.value).reduce(TypeSet::common)
}

/// The types that all of them allow, null aside.
pub(super) fn present_types(schemas: &Schemas, all: &[Conjunct]) -> Option<TypeSet> {
    types(schemas, all).map(|types| types.without(Type::Null))
}
