//! Branches of unions whose schema does not have the property that the discriminator names.
//!
//! OpenAPI wants every branch to declare the property (3.2.0, Discriminator Object). Where one does not, the values of the branch have it
//! all the same. Values of the same schema that stand elsewhere do not, so that the branch has a schema of its own.

use super::constants::Branches;
use super::ids_and_keys::key_below;
use crate::api::{
    Additional, Branch, Discriminator, EntrySpan, Enumeration, Key, Object, Property, Schema, SchemaId, Schemas, Shape,
    Union,
};

/// How many unions are looked into, one within the other: more are a circle, or of no document.
const MOST_UNIONS: usize = 3;

/// Gives each such branch an object of its own where the property cannot stand in that of the schema: because its values stand elsewhere
/// as well, without the property, or because several values lead to it. A branch that is a union again gets one for each of its objects.
pub(super) fn with_own_objects(mut schemas: Schemas) -> Schemas {
    let mut all = branches(&schemas);
    // The branches of a union within have their own objects by then.
    all.sort_by_key(|found| found.is_union);
    for found in all {
        let Some(own) = own(&mut schemas, &found, found.target, (&found.key, 0)) else { continue };
        schemas.change(found.union, |schema| lead_to(schema, &found, own));
    }
    schemas
}

/// Replaces the schema of a branch by one for this branch alone.
fn lead_to(schema: &mut Schema, found: &BranchWithoutProperty, own: SchemaId) {
    let Shape::Union(union) = &mut schema.shape else { return };
    if let Some(branch) = union.branches.get_mut(found.place) {
        branch.component = branch.component.or(found.component);
        branch.schema = own;
    }
    if let Some(stated) = union.discriminator.as_mut().filter(|_| found.is_default) {
        stated.default = Some(own);
    }
}

/// A copy of a schema whose objects have the property; `None` where those of the schema itself have it.
fn own(
    schemas: &mut Schemas,
    found: &BranchWithoutProperty,
    id: SchemaId,
    (key, depth): (&Key, usize),
) -> Option<SchemaId> {
    let schema = schemas.get(id)?.clone();
    let shape = match schema.shape.clone() {
        Shape::Object(object) if !lacks(&object, &found.stated) => return None,
        Shape::Object(object) if found.is_told && !found.is_union => Shape::Object(object),
        Shape::Object(object) => Shape::Object(with_tag(schemas, found, object, key)),
        Shape::Union(union) if depth < MOST_UNIONS => Shape::Union(with_tags(schemas, found, union, (key, depth + 1))),
        _ => return None,
    };
    Some(schemas.add(Schema { key: key.clone(), given_name: None, shape, ..schema }))
}

/// A union of objects with the property.
fn with_tags(
    schemas: &mut Schemas,
    found: &BranchWithoutProperty,
    mut union: Union,
    (key, depth): (&Key, usize),
) -> Union {
    for (place, branch) in union.branches.iter_mut().enumerate() {
        let (target, component) = (schemas.resolve(branch.schema), component(schemas, branch.schema));
        if let Some(own) = own(schemas, found, target, (&key_below(key, "oneOf", &place.to_string()), depth)) {
            branch.component = branch.component.or(component);
            branch.schema = own;
        }
    }
    union
}

/// A branch without the property.
struct BranchWithoutProperty {
    union: SchemaId,
    place: usize,
    /// The object or union at the end of its references.
    target: SchemaId,
    /// Whether that is a union.
    is_union: bool,
    /// The component that it refers to.
    component: Option<SchemaId>,
    /// The key of the schema that the branch gets for itself.
    key: Key,
    stated: Discriminator,
    /// The values that lead to it.
    tags: Vec<String>,
    /// Whether the discriminator has just one value for it.
    is_told: bool,
    /// Whether it is the branch of `defaultMapping`: for values without the property, or where the value of the property names no branch.
    is_default: bool,
}

fn branches(schemas: &Schemas) -> Vec<BranchWithoutProperty> {
    let known = Branches::of(schemas);
    let mut found = Vec::new();
    for (id, schema) in schemas.iter() {
        let Shape::Union(union) = &schema.shape else { continue };
        let Some(stated) = &union.discriminator else { continue };
        for (place, branch) in union.branches.iter().enumerate() {
            let target = schemas.resolve(branch.schema);
            let is_union = matches!(schemas.get(target).map(|schema| &schema.shape), Some(Shape::Union(_)));
            let is_default = stated.default.is_some_and(|default| schemas.resolve(default) == target);
            let is_told = branch.tags.len() == 1 && !is_default;
            let is_reached = is_default || !branch.tags.is_empty();
            let has_place = || !is_union && is_told && known.is_only_branch(target, &stated.property);
            if is_reached && leaves_out(schemas, target, stated, 0) && !has_place() {
                found.push(BranchWithoutProperty {
                    union: id,
                    place,
                    target,
                    is_union,
                    component: component(schemas, branch.schema),
                    key: key_below(&schema.key, "discriminator", &place.to_string()),
                    stated: stated.clone(),
                    tags: branch.tags.clone(),
                    is_told,
                    is_default,
                });
            }
        }
    }
    found
}

/// Whether an object has no place for the property, or one of the objects of a union that is not told apart by it.
fn leaves_out(schemas: &Schemas, id: SchemaId, stated: &Discriminator, depth: usize) -> bool {
    match schemas.get(id).map(|schema| &schema.shape) {
        Some(Shape::Object(object)) => lacks(object, stated),
        Some(Shape::Union(union)) if depth < MOST_UNIONS => {
            let is_by_it = union.discriminator.as_ref().is_some_and(|inner| inner.property == stated.property);
            let leaves_out = |branch: &Branch| leaves_out(schemas, schemas.resolve(branch.schema), stated, depth + 1);
            !is_by_it && union.branches.iter().any(leaves_out)
        }
        _ => false,
    }
}

/// Whether an object has no place for the property.
fn lacks(object: &Object, stated: &Discriminator) -> bool {
    object.properties.iter().all(|property| property.name != stated.property)
        && object.required_beside.iter().all(|(name, _)| *name != stated.property)
        && object.patterns.is_empty()
        && matches!(object.additional, Additional::Unstated | Additional::None)
}

fn component(schemas: &Schemas, id: SchemaId) -> Option<SchemaId> {
    let is_component = |id: &SchemaId| schemas.get(*id).is_some_and(|schema| matches!(schema.key, Key::Component(_)));
    schemas.chain_ids(id).find(is_component)
}

/// The object with the property: one of the values that lead to it, or any text.
fn with_tag(schemas: &mut Schemas, found: &BranchWithoutProperty, mut object: Object, key: &Key) -> Object {
    let Discriminator { property: name, span, .. } = &found.stated;
    let tags = &found.tags;
    let shape = if found.is_default {
        TEXT
    } else {
        Shape::Enumeration(Enumeration::of_texts(tags, TEXT, tags.len() == 1, *span))
    };
    let schema = schemas.add(Schema::of(key_below(key, "properties", name), shape, *span));
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

const TEXT: Shape = Shape::String { format: None, encoding: None, media_type: None };
