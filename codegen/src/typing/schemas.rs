//! Schemas to types: which kind of type a schema becomes, and what it is where it stands.

use super::context::{Hint, Typed, Typing};
use super::{docs, enums, objects, scalars, unions};
use crate::api::{Additional, Key, List, Object, Schema, SchemaId, Sensitivity, Shape, Untyped};
use crate::ir::{TypeId, TypeKind, TypeRef};
use crate::names::type_name;
use crate::syntax::DEPTH;

/// Gives every component schema that becomes a type its name, then fills them in.
pub fn components(typing: &mut Typing<'_>) {
    let api = typing.api;
    let mut all: Vec<(&str, SchemaId, &Schema)> = Vec::new();
    for (id, schema) in api.schemas.iter() {
        if let Key::Component(name) = &schema.key {
            all.push((name, id, schema));
        }
    }
    // By name, so that moving a schema in the document changes nothing.
    all.sort_unstable_by_key(|(name, ..)| *name);
    for &(name, id, schema) in &all {
        if becomes_a_type(schema) && typing.affords(1, 1, schema.span) {
            let wish = typing.stated(schema.given_name.as_ref()).unwrap_or(name);
            let type_name = typing.claim_type(&type_name(wish), schema.span);
            let type_id = typing.push_type(type_name, docs::of_schema(schema));
            typing.components.insert(id, type_id);
        }
    }
    for (_, id, schema) in all {
        if let Some(&type_id) = typing.components.get(&id) {
            fill(typing, schema, type_id);
        }
    }
}

fn fill(typing: &mut Typing<'_>, schema: &Schema, id: TypeId) {
    let hint = Hint::root(&typing.types[id.0].name.clone());
    if let Sensitivity::Secret(span) | Sensitivity::Plain(span) = schema.sensitivity {
        typing.report.sensitive_composite(span);
    }
    typing.types[id.0].kind = kind_of(typing, schema, &hint, id);
}

/// What a schema says of its values, but for a list of them that becomes no enum.
fn shape_of(schema: &Schema) -> &Shape {
    match &schema.shape {
        Shape::Enumeration(listed) if !enums::are_texts(listed) => &listed.base,
        shape => shape,
    }
}

/// Whether a schema is a struct, an enum or a union, rather than a name for something simpler.
fn becomes_a_type(schema: &Schema) -> bool {
    match shape_of(schema) {
        Shape::Enumeration(_) | Shape::Union(_) => true,
        Shape::Object(object) => is_struct(object),
        Shape::Any(reason) => *reason == Untyped::TooManyShapes,
        _ => false,
    }
}

/// Whether an object has properties of its own, or those of others; one without any keeps all that it is given.
pub fn is_struct(object: &Object) -> bool {
    !object.properties.is_empty()
}

/// The kind of a schema that [`becomes_a_type`].
fn kind_of(typing: &mut Typing<'_>, schema: &Schema, hint: &Hint, id: TypeId) -> TypeKind {
    match shape_of(schema) {
        Shape::Enumeration(listed) => TypeKind::Enum(enums::of_texts(typing, listed, id)),
        Shape::Union(union) => unions::union(typing, union, schema.span, hint),
        Shape::Object(object) => TypeKind::Struct(objects::object(typing, object, schema.span, hint, id)),
        shape => TypeKind::Alias(untyped(typing, shape, hint)),
    }
}

/// A schema where it stands, and every type without a name of its own that it leads to.
pub fn schema(typing: &mut Typing<'_>, id: SchemaId, hint: &Hint) -> Typed {
    let typed = in_place(typing, id, hint);
    if !std::mem::replace(&mut typing.filling, true) {
        let depth = std::mem::take(&mut typing.depth);
        while let Some((type_id, id, hint)) = typing.waiting.pop_front() {
            if let Some(schema) = typing.schema(id) {
                typing.types[type_id.0].kind = kind_of(typing, schema, &hint, type_id);
            }
        }
        typing.filling = false;
        typing.depth = depth;
    }
    typed
}

fn in_place(typing: &mut Typing<'_>, id: SchemaId, hint: &Hint) -> Typed {
    // A branch of a union may be a component itself.
    if typing.components.contains_key(&id) {
        return component(typing, id, hint);
    }
    let Some(schema) = typing.schema(id) else { return Typed::plain(TypeRef::Json) };
    // Whatever has a name ends this; lists of lists of lists, by references, go on as long as the document.
    if typing.depth == DEPTH {
        typing.report.nested_too_deep(DEPTH, schema.span);
        return Typed::plain(TypeRef::Json);
    }
    typing.depth += 1;
    let typed = match shape_of(schema) {
        Shape::Reference(target) => referred(typing, schema, *target, hint),
        _ if becomes_a_type(schema) => {
            let ty = TypeRef::Named(nameless(typing, id, schema, hint));
            Typed { nullable: schema.nullable, ..Typed::plain(ty) }
        }
        shape => {
            let ty = unnamed(typing, schema, shape, hint);
            Typed { ty, nullable: schema.nullable, constraints: schema.constraints.clone() }
        }
    };
    typing.depth -= 1;
    secret(typing, schema, typed)
}

/// What another schema says, with what is said beside it.
fn referred(typing: &mut Typing<'_>, schema: &Schema, target: SchemaId, hint: &Hint) -> Typed {
    let inner = if typing.component_name(target).is_some() {
        component(typing, target, hint)
    } else {
        self::schema(typing, target, &hint.called(&hint.name))
    };
    let constraints = match inner.ty {
        TypeRef::Named(_) => inner.constraints,
        _ => inner.constraints.and(schema.constraints.clone()),
    };
    Typed { nullable: schema.nullable || inner.nullable, constraints, ..inner }
}

/// A component's type, or what it stands for.
fn component(typing: &mut Typing<'_>, id: SchemaId, hint: &Hint) -> Typed {
    if let Some(&type_id) = typing.components.get(&id) {
        let nullable = typing.api.schemas.is_nullable(id);
        return Typed { nullable, ..Typed::plain(TypeRef::Named(type_id)) };
    }
    if typing.unfolding.contains(&id) {
        let name = typing.component_name(id).unwrap_or_default();
        typing.report.recursive_alias(name, typing.span(id));
        return Typed::plain(TypeRef::Json);
    }
    typing.unfolding.push(id);
    let typed = schema(typing, id, hint);
    typing.unfolding.pop();
    typed
}

/// The type of a schema without a name: the one that it has already, or else a new one, which is filled in later.
fn nameless<'a>(typing: &mut Typing<'a>, id: SchemaId, schema: &'a Schema, hint: &Hint) -> TypeId {
    if let Some(&type_id) = typing.inline.get(&id) {
        return type_id;
    }
    let stated = if hint.is_property { None } else { typing.stated(schema.given_name.as_ref()) };
    let wish = stated.map_or_else(|| hint.name.clone(), type_name);
    let name = typing.claim_type(&wish, schema.span);
    let hint = hint.called(&name);
    let type_id = typing.push_type(name, docs::of_schema(schema));
    typing.inline.insert(id, type_id);
    if typing.affords(1, 1, schema.span) {
        typing.waiting.push_back((type_id, id, hint));
    }
    type_id
}

/// Lists, maps, scalars and free JSON.
fn unnamed(typing: &mut Typing<'_>, schema: &Schema, shape: &Shape, hint: &Hint) -> TypeRef {
    let scalar = scalars::scalar(shape);
    if let Shape::Enumeration(listed) = &schema.shape
        && !listed.open
    {
        typing.report.values_not_checked(scalar.as_ref().map_or("value", |(_, word)| word), listed.span);
    }
    match shape {
        Shape::Object(object) => map(typing, object, hint),
        Shape::List(stated) => list(typing, stated, hint),
        shape => scalar.map_or_else(|| untyped(typing, shape, hint), |(ty, _)| ty),
    }
}

/// Free JSON, counted with the reason for it.
fn untyped(typing: &mut Typing<'_>, shape: &Shape, hint: &Hint) -> TypeRef {
    let reason = match shape {
        Shape::Any(Untyped::UnknownType) => "the schema's type is not one of JSON's",
        Shape::Any(Untyped::TooManyShapes) => "several `oneOf` or `anyOf` together",
        Shape::Any(Untyped::Never) => "the schema allows no value",
        Shape::Null => "the schema allows nothing but null",
        _ => "the schema states no type",
    };
    typing.untyped(hint, reason);
    TypeRef::Json
}

fn list(typing: &mut Typing<'_>, stated: &List, hint: &Hint) -> TypeRef {
    let hint = hint.part("Item", "items");
    let element = if let Some(items) = item(typing, stated) {
        schema(typing, items, &hint).element()
    } else {
        typing.untyped(&hint, "the list's items have no schema");
        TypeRef::Json
    };
    TypeRef::List(Box::new(element))
}

/// The one schema of all items of a list.
fn item(typing: &Typing<'_>, stated: &List) -> Option<SchemaId> {
    let shape = |id: SchemaId| typing.resolved(id).map(|schema| &schema.shape);
    // Behind the first items there are none.
    let behind = stated.items.filter(|items| shape(*items) != Some(&Shape::Any(Untyped::Never)));
    let is_closed = behind.is_none() && stated.items.is_some();
    let mut all = stated.prefix.iter().copied().chain(behind);
    let first = all.next().filter(|_| stated.prefix.is_empty() || behind.is_some() || is_closed)?;
    all.all(|other| shape(other) == shape(first)).then_some(first)
}

/// What properties beside the listed ones are. Which of several patterns a name fits is not told apart.
pub fn further(typing: &Typing<'_>, object: &Object) -> Additional {
    let shape = |id: SchemaId| typing.resolved(id).map(|schema| &schema.shape);
    let Some(&(_, first)) = object.patterns.first() else { return object.additional };
    let is_one = object.patterns.iter().all(|(_, other)| shape(*other) == shape(first));
    let is_all = match object.additional {
        Additional::None => true,
        Additional::Schema(other) => shape(other) == shape(first),
        Additional::Unstated | Additional::Any => false,
    };
    if is_one && is_all { Additional::Schema(first) } else { Additional::Any }
}

fn map(typing: &mut Typing<'_>, object: &Object, hint: &Hint) -> TypeRef {
    match further(typing, object) {
        Additional::Schema(values) => {
            let element = schema(typing, values, &hint.part("Value", "values")).element();
            TypeRef::Map(Box::new(element))
        }
        Additional::Unstated | Additional::Any | Additional::None => {
            typing.untyped(hint, "an object without stated properties");
            TypeRef::JsonObject
        }
    }
}

/// Makes a value a secret, where that can be.
fn secret(typing: &mut Typing<'_>, schema: &Schema, typed: Typed) -> Typed {
    let is_composite = matches!(typed.ty, TypeRef::Named(_) | TypeRef::List(_) | TypeRef::Map(_));
    match schema.sensitivity {
        Sensitivity::Secret(span) | Sensitivity::Plain(span) if is_composite => {
            typing.report.sensitive_composite(span);
            typed
        }
        Sensitivity::Secret(_) if !matches!(typed.ty, TypeRef::Secret(_)) => {
            Typed { ty: TypeRef::Secret(Box::new(typed.ty)), ..typed }
        }
        Sensitivity::Secret(_) | Sensitivity::Plain(_) | Sensitivity::Unstated => typed,
    }
}
