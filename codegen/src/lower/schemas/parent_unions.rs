//! A component with a discriminator that others extend by `allOf`, with no `oneOf` anywhere: it stands for each of them (OpenAPI 3.0.4,
//! 4.7.25.3).

use std::collections::HashSet;

use super::analysis::{AnalyzedSchemas, Conjuncts};
use super::derived_schemas::{DerivedSchema, Origin};
use super::discriminators;
use super::ids_and_keys::{key_below, same_id};
use super::intersection::Part;
use super::lowering_result::{DerivedSchemas, LoweringResult};
use crate::api::{self, Branch, Combination, Key, Shape};
use crate::document::schema::SchemaId;

/// The union that a parent becomes; `None` for other schemas. Its branches are its children in the order of their names, and the parent itself
/// where the mapping lists it or there is no mapping.
pub(super) fn union(schemas: &AnalyzedSchemas<'_>, id: SchemaId, key: &Key) -> Option<LoweringResult<Shape>> {
    let children = schemas.inheritance.children.get(&id)?.clone();
    let source = schemas.inheritance.with_discriminator(id);
    let stated = schemas[source].keywords.discriminator.as_deref()?;
    let mut tags = discriminators::Tags::of(schemas, &stated.value);
    let is_named = |entry: &crate::document::schema::Mapping| entry.target == Some(id);
    let itself = source != id || stated.value.mapping.is_empty() || stated.value.mapping.values().any(is_named);
    let (mut branches, mut derived) = (Vec::new(), DerivedSchemas::default());
    for branch in children.into_iter().chain(itself.then_some(id)) {
        // A child that is a parent itself also has a branch for its own plain object.
        let schema = if schemas.inheritance.is_parent(branch) {
            let (origin, key) =
                (Origin::of(vec![Part::Whole(branch)]), key_below(key, "discriminator", &branches.len().to_string()));
            derived.add(schemas, DerivedSchema { origin, key, span: schemas[branch].schema.name })
        } else {
            same_id(branch)
        };
        branches.push(Branch { schema, tags: tags.of_component(schemas, branch), component: Some(same_id(branch)) });
    }
    let union = api::Union {
        together: false,
        combination: Combination::Any,
        branches,
        discriminator: Some(discriminators::stated(stated)),
        span: stated.key,
    };
    Some(LoweringResult::with(Shape::Union(union), derived))
}

/// Narrows the discriminator of a child to the values that lead to it, so that the type supplies it and not the caller.
pub(super) fn with_name(
    schemas: &AnalyzedSchemas<'_>,
    id: SchemaId,
    all: &Conjuncts,
    key: &Key,
    mut lowered: LoweringResult<Shape>,
) -> LoweringResult<Shape> {
    let Shape::Object(object) = &mut lowered.value else { return lowered };
    let mut named = HashSet::new();
    let parents = schemas.inheritance.parents.get(&id).into_iter().flatten();
    for parent in parents.filter(|parent| schemas.inheritance.is_parent(**parent)) {
        let Some(stated) = schemas[*parent].keywords.discriminator.as_deref() else { continue };
        let name = &*stated.value.property_name.text;
        let Some(property) = object.properties.iter_mut().find(|property| property.name == name) else { continue };
        let stated_by = all.list.iter().filter_map(|one| schemas[one.id].keywords.object.property(name));
        let stated_by: Vec<SchemaId> = stated_by.collect();
        let Some(&last) = stated_by.last() else { continue };
        if named.insert(name) {
            let parts = stated_by.into_iter().map(Part::Whole).collect();
            let tags = discriminators::Tags::of(schemas, &stated.value).of_component(schemas, id);
            let origin = Origin { parts, one: None, tags };
            let key = key_below(key, "discriminator", name);
            property.owner = None;
            property.schema =
                lowered.derived.add(schemas, DerivedSchema { origin, key, span: schemas[last].schema.name });
        }
    }
    lowered
}
