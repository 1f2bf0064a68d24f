//! Components that inherit, by `allOf`, from a component with a discriminator.

use std::collections::{HashMap, HashSet};

use super::{AnalyzedSchema, AnalyzedSchemas};
use crate::document::schema::SchemaId;
use crate::size_limits::BRANCHES;

/// Which components extend one that has a discriminator.
#[derive(Default)]
pub(in crate::lower) struct Inheritance {
    /// What extends each parent, ordered by name.
    pub(in crate::lower) children: HashMap<SchemaId, Vec<SchemaId>>,
    /// What each child extends, ordered by name.
    pub(in crate::lower) parents: HashMap<SchemaId, Vec<SchemaId>>,
    /// Of a parent without a discriminator of its own: the one whose discriminator it inherits.
    inherited: HashMap<SchemaId, SchemaId>,
}

impl Inheritance {
    /// Finds them among the components.
    pub(super) fn of(schemas: &AnalyzedSchemas<'_>) -> Self {
        let mut found = Self::default();
        let is_parent = |one: &AnalyzedSchema<'_>| {
            let is_component = one.schema.parent.component().is_some();
            is_component && one.keywords.discriminator.is_some() && one.unions.is_empty()
        };
        let components = || schemas.components().map(|(_, id)| id);
        let mut parents: HashSet<SchemaId> = components().filter(|id| is_parent(&schemas[*id])).collect();
        found.inherited = inherited(schemas, &parents);
        parents.extend(found.inherited.keys());
        // A union has its branches in the order of their names, whatever that of the components is.
        let mut components: Vec<(&str, SchemaId)> = schemas.components().collect();
        components.sort_unstable();
        for (_, child) in components.iter().filter(|_| !parents.is_empty()) {
            let extends = |parent: &SchemaId| parents.contains(parent) && parent != child;
            let taken_over = schemas[*child].all.list.iter().map(|one| one.id);
            let mut of_child: Vec<SchemaId> = taken_over.filter(extends).collect();
            let name = |id: &SchemaId| schemas[*id].schema.parent.component();
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
    pub(in crate::lower) fn extends(&self, id: SchemaId, part: SchemaId) -> bool {
        self.parents.contains_key(&id) && id != part
    }

    /// The component whose discriminator tells apart what a parent stands for.
    pub(in crate::lower) fn with_discriminator(&self, parent: SchemaId) -> SchemaId {
        self.inherited.get(&parent).copied().unwrap_or(parent)
    }

    /// Whether a schema stands for those that extend it.
    pub(in crate::lower) fn is_parent(&self, id: SchemaId) -> bool {
        self.children.contains_key(&id)
    }
}

/// The components between a parent with a discriminator and what extends it further, each with the nearest such parent.
fn inherited(schemas: &AnalyzedSchemas<'_>, parents: &HashSet<SchemaId>) -> HashMap<SchemaId, SchemaId> {
    let above = |id: SchemaId| schemas[id].all.list.iter().map(|one| one.id).filter(move |one| *one != id);
    let extended: HashSet<SchemaId> =
        schemas.components().filter(|_| !parents.is_empty()).flat_map(|(_, id)| above(id)).collect();
    let between = schemas.components().map(|(_, id)| id).filter(|id| {
        let one = &schemas[*id];
        extended.contains(id) && !parents.contains(id) && one.target == *id && one.unions.is_empty()
    });
    let nearest = |id: SchemaId| {
        let depth = |parent: &SchemaId| (above(*parent).count(), schemas[*parent].schema.parent.component());
        Some((id, above(id).filter(|one| parents.contains(one)).max_by_key(depth)?))
    };
    between.filter_map(nearest).collect()
}
