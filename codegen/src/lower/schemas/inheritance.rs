//! A component with a discriminator that others extend by `allOf`, with no `oneOf` anywhere: it stands for each of them (OpenAPI 3.0.4,
//! 4.7.25.3).

use std::collections::{HashMap, HashSet};

use super::all_of::{self, Conjunct, Part};
use super::{Additions, Origin, key_below, keyword_predicates, same_id, unions};
use crate::api::{self, Branch, Combination, Key, Shape};
use crate::document::schema::{Home, SchemaId, Schemas};
use crate::syntax::BRANCHES;

/// Which components extend one that has a discriminator.
#[derive(Default)]
pub(super) struct Families {
    children: HashMap<SchemaId, Vec<SchemaId>>,
    parents: HashMap<SchemaId, Vec<SchemaId>>,
}

impl Families {
    /// Finds them among the components.
    pub(super) fn of(schemas: &Schemas) -> Self {
        let mut found = Self::default();
        let is_parent = |id: SchemaId| {
            let keywords = schemas[id].keywords();
            let is_component = matches!(schemas[id].home, Home::Component(_));
            is_component && keywords.discriminator.is_some() && keyword_predicates::stated(keywords).next().is_none()
        };
        let parents: HashSet<SchemaId> = schemas.components().values().copied().filter(|id| is_parent(*id)).collect();
        for child in schemas.components().values().filter(|_| !parents.is_empty()) {
            let extends = |parent: &SchemaId| parents.contains(parent) && parent != child;
            let mut of_child: Vec<SchemaId> = all_of::all(schemas, *child).into_iter().filter(extends).collect();
            of_child.sort_unstable();
            if schemas.target(*child) == *child && !of_child.is_empty() {
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

/// The union that a parent is: its children in the document's order, and itself where its mapping says so or there is none.
pub(super) fn union(schemas: &Schemas, id: SchemaId, key: &Key, additions: &mut Additions) -> Option<Shape> {
    let children = additions.families.children.get(&id)?.clone();
    let stated = schemas[id].keywords().discriminator.as_deref()?;
    let mut tags = unions::Tags::of(schemas, &stated.value);
    let is_named = |entry: &crate::document::schema::Mapping| entry.target == Some(id);
    let itself = stated.value.mapping.is_empty() || stated.value.mapping.values().any(is_named);
    let mut branches = Vec::new();
    for branch in children.into_iter().chain(itself.then_some(id)) {
        // A child that is a parent itself also has a branch for its own plain object.
        let schema = if additions.families.is_parent(branch) {
            let place = format!("{}", branches.len());
            additions.schema(Origin::of(vec![Part::Whole(branch)]), key_below(key, "discriminator", &place))
        } else {
            same_id(branch)
        };
        branches.push(Branch { schema, tags: tags.of_component(schemas, branch), component: Some(same_id(branch)) });
    }
    Some(Shape::Union(api::Union {
        combination: Combination::Any,
        branches,
        discriminator: Some(unions::discriminator(stated)),
        span: stated.key,
    }))
}

/// Narrows the discriminator of a child to the values that lead to it, so that the type supplies it and not the caller.
pub(super) fn name(
    schemas: &Schemas,
    id: SchemaId,
    all: &[Conjunct],
    shape: &mut Shape,
    key: &Key,
    additions: &mut Additions,
) {
    let Shape::Object(object) = shape else { return };
    let parents = additions.families.parents.get(&id).cloned().unwrap_or_default();
    let mut named = HashSet::new();
    for parent in parents.into_iter().filter(|parent| additions.families.is_parent(*parent)).collect::<Vec<_>>() {
        let Some(stated) = schemas[parent].keywords().discriminator.as_deref() else { continue };
        let name = &*stated.value.property_name.text;
        let Some(property) = object.properties.iter_mut().find(|property| property.name == name) else { continue };
        let stated_by = all.iter().filter_map(|one| schemas[one.id].keywords().object.property(name));
        let parts: Vec<Part> = stated_by.map(Part::Whole).collect();
        if named.insert(name.to_owned()) {
            let tags = unions::Tags::of(schemas, &stated.value).of_component(schemas, id);
            let origin = Origin { parts, one: None, tags };
            property.owner = None;
            property.schema = additions.schema(origin, key_below(key, "discriminator", name));
        }
    }
}
