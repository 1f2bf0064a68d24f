//! Branches of unions whose schema does not have the property that the discriminator names.
//!
//! OpenAPI wants every branch to declare the property. Where one does not, its values have it all the same, and would lose it where the
//! type has no place for it.

use super::constants::Branches;
use super::identity::key_below;
use crate::api::{Additional, Discriminator, EntrySpan, Key, Object, Property, Schema, SchemaId, Schemas, Shape};
use crate::source::Span;

/// Gives each such branch an object of its own where the property cannot stand in that of the schema: because its values stand elsewhere
/// as well, without the property, or because several values lead to it.
pub(super) fn give_own_objects(schemas: &mut Schemas) {
    for found in branches(schemas) {
        let Some(Shape::Object(object)) = schemas.get(found.object).map(|schema| schema.shape.clone()) else {
            continue;
        };
        let shape = Shape::Object(if found.is_told { object } else { with_tag(schemas, &found, object) });
        let Some(schema) = schemas.get(found.object) else { continue };
        let own = Schema { key: found.key, given_name: None, shape, ..schema.clone() };
        let own = schemas.add(own);
        let Some(Shape::Union(union)) = schemas.get_mut(found.union).map(|schema| &mut schema.shape) else { continue };
        if let Some(branch) = union.branches.get_mut(found.place) {
            branch.component = branch.component.or(found.component);
            branch.schema = own;
        }
        if let Some(stated) = union.discriminator.as_mut().filter(|_| found.is_default) {
            stated.default = Some(own);
        }
    }
}

/// A branch without the property.
struct Found {
    union: SchemaId,
    place: usize,
    /// The object at the end of its references.
    object: SchemaId,
    /// The component that it refers to.
    component: Option<SchemaId>,
    /// What its own object is known by.
    key: Key,
    stated: Discriminator,
    /// Whether just one value leads to it.
    is_told: bool,
    /// Whether it is that of values that the property does not name, or that do not have it.
    is_default: bool,
}

fn branches(schemas: &Schemas) -> Vec<Found> {
    let known = Branches::of(schemas);
    let mut found = Vec::new();
    for (id, schema) in schemas.iter() {
        let Shape::Union(union) = &schema.shape else { continue };
        let Some(stated) = &union.discriminator else { continue };
        for (place, branch) in union.branches.iter().enumerate() {
            let object = schemas.resolve(branch.schema);
            let lacks = matches!(schemas.get(object).map(|schema| &schema.shape), Some(Shape::Object(object)) if lacks(object, stated));
            let is_default = stated.default.is_some_and(|default| schemas.resolve(default) == object);
            let is_told = branch.tags.len() == 1 && !is_default;
            let is_reached = is_default || !branch.tags.is_empty();
            if lacks && is_reached && (!is_told || !known.is_only_branch(object, &stated.property)) {
                let key = key_below(&schema.key, "discriminator", &place.to_string());
                let component = component(schemas, branch.schema);
                found.push(Found {
                    union: id,
                    place,
                    object,
                    component,
                    key,
                    stated: stated.clone(),
                    is_told,
                    is_default,
                });
            }
        }
    }
    found
}

/// Whether an object has no place for the property.
fn lacks(object: &Object, stated: &Discriminator) -> bool {
    object.properties.iter().all(|property| property.name != stated.property)
        && object.required_beside.iter().all(|(name, _)| *name != stated.property)
        && object.patterns.is_empty()
        && matches!(object.additional, Additional::Unstated | Additional::None)
}

fn component(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let next = |id: &SchemaId| match schemas.get(*id)?.shape {
        Shape::Reference(target) => Some(target),
        _ => None,
    };
    let is_component = |id: &SchemaId| schemas.get(*id).is_some_and(|schema| matches!(schema.key, Key::Component(_)));
    std::iter::successors(Some(id), next).take(schemas.len()).find(is_component)
}

/// The object with the property, a text.
fn with_tag(schemas: &mut Schemas, found: &Found, mut object: Object) -> Object {
    let Discriminator { property: name, span, .. } = &found.stated;
    let schema = schemas.add(text(key_below(&found.key, "properties", name), *span));
    object.properties.push(Property {
        name: name.clone(),
        schema,
        required: !found.is_default,
        required_span: None,
        owner: None,
        given_name: None,
        span: EntrySpan { key: *span, value: *span },
    });
    object
}

/// The schema of any text.
fn text(key: Key, span: Span) -> Schema {
    Schema::of(key, Shape::String { format: None, encoding: None, media_type: None }, span)
}
