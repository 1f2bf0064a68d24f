//! What the values of one schema look like.

use super::{Additions, Origin, enumerations, key_below, objects, same_id, unions};
use crate::api::{Combination, Enumeration, Key, List, Shape, Union, Untyped};
use crate::document::schema::{Keywords, SchemaId, Schemas, Type, TypeSet};

/// The shape of a schema of the document.
pub fn shape(schemas: &Schemas, id: SchemaId, key: &Key, additions: &mut Additions) -> Shape {
    let keywords = match schemas[id].as_bool() {
        Some(true) => return Shape::Any(Untyped::NoType),
        Some(false) => return Shape::Any(Untyped::Never),
        None => schemas[id].keywords(),
    };
    match enumerations::listed(keywords) {
        Some((values, span)) => {
            let base = Box::new(beside_list(schemas, id, key, additions));
            Shape::Enumeration(Enumeration { values, base, span })
        }
        None => beside_list(schemas, id, key, additions),
    }
}

/// The shape without regard to `enum` and `const`.
fn beside_list(schemas: &Schemas, id: SchemaId, key: &Key, additions: &mut Additions) -> Shape {
    let keywords = schemas[id].keywords();
    let parts = parts(keywords);
    // `allOf` around one schema is how OpenAPI 3.0 writes a description beside a reference.
    let is_plain = !has_properties(keywords) && keywords.object.required.is_none();
    if let ([only], true) = (parts.as_slice(), is_plain) {
        return Shape::Reference(same_id(*only));
    }
    if !parts.is_empty() {
        return objects::merged(schemas, id, key, additions);
    }
    if let Some(only) = unions::only_branch(schemas, keywords) {
        return Shape::Reference(same_id(only));
    }
    if !unions::is_union(schemas, keywords) {
        return typed(schemas, id, key, additions);
    }
    if has_properties(keywords) {
        objects::report_beside_union(keywords, additions);
        return Shape::Any(Untyped::PropertiesBesideUnion);
    }
    unions::union(schemas, keywords)
}

/// The schemas whose demands a schema adds to its own: the one that it refers to, and the parts of its `allOf`.
pub fn parts(keywords: &Keywords) -> Vec<SchemaId> {
    let reference = keywords.reference.as_ref().and_then(|reference| reference.value.target);
    let all_of = keywords.composition.all_of.iter().flat_map(|list| &list.value);
    reference.into_iter().chain(all_of.copied()).collect()
}

/// Whether a schema lists properties of its own.
pub fn has_properties(keywords: &Keywords) -> bool {
    keywords.object.properties.as_ref().is_some_and(|properties| !properties.value.is_empty())
}

/// Whether a schema describes an object, by its type or by its properties.
pub fn is_object(keywords: &Keywords) -> bool {
    let object = &keywords.object;
    let is_described =
        has_properties(keywords) || object.additional_properties.is_some() || object.pattern_properties.is_some();
    match &keywords.types {
        Some(types) => types.value.without(Type::Null).only() == Some(Type::Object),
        None => is_described,
    }
}

/// Whether a schema describes a list, by its type or by its items.
pub fn is_list(keywords: &Keywords) -> bool {
    match &keywords.types {
        Some(types) => types.value.without(Type::Null).only() == Some(Type::Array),
        None => keywords.array.items.is_some() || keywords.array.prefix_items.is_some(),
    }
}

/// Whether a schema says nothing of what its values look like.
pub fn is_silent(keywords: &Keywords) -> bool {
    keywords.types.is_none()
        && keywords.enumeration.is_none()
        && keywords.constant.is_none()
        && !is_list(keywords)
        && !is_object(keywords)
        && !unions::has_branches(keywords)
        && parts(keywords).is_empty()
}

fn typed(schemas: &Schemas, id: SchemaId, key: &Key, additions: &mut Additions) -> Shape {
    let keywords = schemas[id].keywords();
    if is_object(keywords) {
        return objects::own(schemas, id, key, additions);
    }
    if is_list(keywords) {
        return list(keywords);
    }
    let Some(types) = &keywords.types else { return Shape::Any(Untyped::NoType) };
    let present = types.value.without(Type::Null);
    if let Some(only) = present.only() {
        return of_type(schemas, id, only, key, additions);
    }
    if present.is_empty() {
        return if types.value.contains(Type::Null) { Shape::Null } else { Shape::Any(Untyped::UnknownType) };
    }
    if present == [Type::Integer, Type::Number].into_iter().collect::<TypeSet>() {
        return of_type(schemas, id, Type::Number, key, additions);
    }
    let branch = |one: Type| crate::api::Branch {
        schema: additions.schema(Origin::OneType(id, one), key_below(key, "type", one.as_str())),
        tags: Vec::new(),
    };
    let branches = present.iter().map(branch).collect();
    Shape::Union(Union { combination: Combination::Any, branches, discriminator: None, span: types.key })
}

/// What a schema says of values of one type.
pub fn of_type(schemas: &Schemas, id: SchemaId, one: Type, key: &Key, additions: &mut Additions) -> Shape {
    let keywords = schemas[id].keywords();
    let format = keywords.format.as_ref().map(|format| format.value.to_string());
    match one {
        Type::Null => Shape::Null,
        Type::Boolean => Shape::Boolean,
        Type::Integer => Shape::Integer { format },
        Type::Number => Shape::Number { format },
        Type::String => Shape::String {
            format,
            encoding: keywords.string.content_encoding.as_ref().map(|encoding| encoding.value.to_string()),
            media_type: keywords.string.content_media_type.as_ref().map(|name| name.value.to_string()),
        },
        Type::Array => list(keywords),
        Type::Object => objects::own(schemas, id, key, additions),
    }
}

fn list(keywords: &Keywords) -> Shape {
    let prefix = keywords.array.prefix_items.iter().flat_map(|list| &list.value);
    Shape::List(List {
        prefix: prefix.copied().map(same_id).collect(),
        items: keywords.array.items.as_ref().map(|items| same_id(items.value)),
    })
}
