//! Components that inherit, by `allOf`, from a component with a discriminator.

use std::collections::{HashMap, HashSet};

use super::analysis::{AnalyzedSchema, AnalyzedSchemas};
use crate::document::schema::SchemaId;
use crate::syntax::BRANCHES;

/// Which components extend one that has a discriminator.
#[derive(Default)]
pub(super) struct Subtypes {
    pub(super) children: HashMap<SchemaId, Vec<SchemaId>>,
    pub(super) parents: HashMap<SchemaId, Vec<SchemaId>>,
}

impl Subtypes {
    /// Finds them among the components.
    pub(super) fn of(schemas: &AnalyzedSchemas<'_>) -> Self {
        let mut found = Self::default();
        let is_parent = |one: &AnalyzedSchema<'_>| {
            let is_component = one.schema.home.component().is_some();
            is_component && one.keywords.discriminator.is_some() && one.unions.is_empty()
        };
        let components = || schemas.components().map(|(_, id)| id);
        let parents: HashSet<SchemaId> = components().filter(|id| is_parent(&schemas[*id])).collect();
        // A union has its branches in the order of their names, whatever that of the components is.
        let mut components: Vec<(&str, SchemaId)> = schemas.components().collect();
        components.sort_unstable();
        for (_, child) in components.iter().filter(|_| !parents.is_empty()) {
            let extends = |parent: &SchemaId| parents.contains(parent) && parent != child;
            let taken_over = schemas[*child].all.list.iter().map(|one| one.id);
            let mut of_child: Vec<SchemaId> = taken_over.filter(extends).collect();
            let name = |id: &SchemaId| schemas[*id].schema.home.component();
            of_child.sort_by(|one, other| name(one).cmp(&name(other)));
            if schemas[*child].target == *child && !of_child.is_empty() {
                for parent in &of_child {
                    found.children.entry(*parent).or_default().push(*child);
                }
                found.parents.insert(*child, of_child);
            }
        }
        // Decoding tries no more than so many; beyond them the parent is what it says itself.
        found.children.retain(|_, children| children.len() < BRANCHES);
        found
    }

    /// Whether a schema inherits from a parent with a discriminator that is this part.
    pub(super) fn extends(&self, id: SchemaId, part: SchemaId) -> bool {
        self.parents.contains_key(&id) && id != part
    }

    /// Whether a schema stands for those that extend it.
    pub(super) fn is_parent(&self, id: SchemaId) -> bool {
        self.children.contains_key(&id)
    }
}
