//! Components that inherit, by `allOf`, from a component with a discriminator.

use std::collections::{HashMap, HashSet};

use super::AnalyzedSchema;
use super::schema_table::SchemaTable;
use crate::document::schema::SchemaId;
use crate::size_limits::BRANCHES;

/// Which components extend one that has a discriminator.
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
    pub(super) fn of(schemas: &SchemaTable<'_>) -> Self {
        let is_parent = |one: &AnalyzedSchema<'_>| {
            let is_component = one.schema.parent.component().is_some();
            is_component && one.keywords.discriminator.is_some() && one.unions.is_empty()
        };
        let components = || schemas.components().map(|(_, id)| id);
        let mut parents: HashSet<SchemaId> = components().filter(|id| is_parent(&schemas[*id])).collect();
        let inherited = inherited(schemas, &parents);
        parents.extend(inherited.keys());
        let parents_of_children = parents_of_children(schemas, &parents);
        let mut children: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
        for (child, parents) in &parents_of_children {
            for parent in parents {
                children.entry(*parent).or_default().push(*child);
            }
        }
        // Decoding tries no more than so many; beyond them the parent is what it says itself.
        children.retain(|_, children| children.len() < BRANCHES);
        Self { children, parents: parents_of_children.into_iter().collect(), inherited }
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

/// The components that extend a parent, in the order of their names, each with the parents that it extends, in the order of theirs. A union
/// has its branches in this order, whatever that of the components is.
fn parents_of_children(schemas: &SchemaTable<'_>, parents: &HashSet<SchemaId>) -> Vec<(SchemaId, Vec<SchemaId>)> {
    let mut components: Vec<(&str, SchemaId)> = schemas.components().filter(|_| !parents.is_empty()).collect();
    components.sort_unstable();
    let of_child = |(_, child): (&str, SchemaId)| {
        let extended = schemas[child].all.list.iter().map(|one| one.id);
        let mut extended: Vec<SchemaId> = extended.filter(|id| parents.contains(id) && *id != child).collect();
        let name = |id: &SchemaId| schemas[*id].schema.parent.component();
        extended.sort_by(|one, other| name(one).cmp(&name(other)));
        (schemas[child].target == child && !extended.is_empty()).then_some((child, extended))
    };
    components.into_iter().filter_map(of_child).collect()
}

/// The components between a parent with a discriminator and what extends it further, each with the nearest such parent.
fn inherited(schemas: &SchemaTable<'_>, parents: &HashSet<SchemaId>) -> HashMap<SchemaId, SchemaId> {
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
