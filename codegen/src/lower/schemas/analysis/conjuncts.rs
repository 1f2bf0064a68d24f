//! The schemas that a value of each schema has to satisfy at once: the schema, what it refers to, and the parts of its `allOf`, at every
//! depth.

use std::collections::HashSet;

use super::super::ids_and_keys::same_id;
use super::{Conjunct, Conjuncts, Links};
use crate::api;
use crate::document::schema::{Keywords, SchemaId, Schemas, TypeSet};

/// How many schemas may include each other in a row. Each of a chain gathers those below it, so that a long one costs the square of its
/// length.
pub(super) const DEEPEST: usize = 1_000;

/// How many others the schemas of a document include together at most, which bounds the memory that the conjuncts take.
pub(super) const MOST: usize = 4_000_000;

/// The conjuncts of all schemas.
pub(super) struct AllConjuncts {
    /// Those of each schema, in the order of the document.
    pub(super) all: Vec<Conjuncts>,
    /// The schemas below which there is a chain of more than [`DEEPEST`]. Their conjuncts are incomplete.
    pub(super) too_deep: Vec<SchemaId>,
    /// The schema with which there are more than are allowed. Those behind it have none.
    pub(super) too_many: Option<SchemaId>,
}

/// The conjuncts of each schema of a document.
pub(super) fn of_each(schemas: &Schemas, links: &[Links<'_>], most: usize) -> AllConjuncts {
    let walk = PartsTraversal { schemas, links };
    let mut found = AllConjuncts { all: Vec::with_capacity(schemas.len()), too_deep: Vec::new(), too_many: None };
    let mut count = 0_usize;
    for (id, _) in schemas.iter() {
        let mut list = Vec::new();
        if found.too_many.is_none() && !walk.below(id, &mut list) {
            found.too_deep.push(id);
        }
        count += list.len().saturating_sub(1);
        if count > most && found.too_many.is_none() {
            found.too_many = Some(id);
        }
        let types = types(list.iter().map(|one| schemas[one.id].keywords()));
        found.all.push(Conjuncts { list, types });
    }
    found
}

/// The types that all of several schemas allow, null among them; `None` where none of them states any.
pub(in crate::lower) fn types<'a>(all: impl Iterator<Item = &'a Keywords>) -> Option<TypeSet> {
    all.filter_map(|keywords| keywords.types.as_ref()).map(|types| types.value).reduce(TypeSet::common)
}

/// Gathers the conjuncts of one schema after the other.
#[derive(Clone, Copy)]
struct PartsTraversal<'a> {
    schemas: &'a Schemas,
    links: &'a [Links<'a>],
}

impl PartsTraversal<'_> {
    /// Whether all of them are gathered; a chain that is longer than [`DEEPEST`] is left.
    ///
    /// Pending schemas are kept in a list, because a chain of them may be as long as the document and would overflow the stack.
    fn below(self, start: SchemaId, found: &mut Vec<Conjunct>) -> bool {
        let mut seen = HashSet::new();
        let mut way: Vec<PendingParts> = Vec::new();
        way.extend(self.step(start, None, &mut seen));
        while let Some(at) = way.last_mut() {
            let Some(next) = at.pending.pop() else {
                found.push(Conjunct { id: at.id, owner: at.owner, branch_is_chosen: false });
                way.pop();
                continue;
            };
            let owner = at.owner;
            way.extend(self.step(next, owner, &mut seen));
            if way.len() > DEEPEST {
                return false;
            }
        }
        true
    }

    /// The step to a part; `None` where it was gathered before.
    fn step(self, part: SchemaId, outer: Option<api::SchemaId>, seen: &mut HashSet<SchemaId>) -> Option<PendingParts> {
        let id = self.links.get(part.index())?.own.target;
        if !seen.insert(id) {
            return None;
        }
        let is_component = id != part && self.schemas[id].parent.component().is_some();
        let pending = self.links.get(id.index())?.parts.iter().rev().copied().collect();
        Some(PendingParts { id, pending, owner: if is_component { Some(same_id(id)) } else { outer } })
    }
}

/// A schema, and those of its parts that are still to be gathered, the next one last.
struct PendingParts {
    id: SchemaId,
    pending: Vec<SchemaId>,
    owner: Option<api::SchemaId>,
}
