//! What the values of each type hold: fields, branches, further properties.

use super::type_kinds::{self, Kind};
use super::type_names::TypeNames;
use super::types::{Typed, Types};
use super::{element_schemas, scalars};
use crate::api::{Additional, Api, Constraints, Object, Presence, Property, SchemaId, Shape};
use crate::rust::{Type, TypeId};

/// What the values of a type hold.
pub(super) struct Contents<'a> {
    /// Which kind of type it is.
    pub(super) kind: Kind<'a>,
    /// Its fields or branches, in the document's order.
    pub(super) parts: Vec<Part>,
    /// The type of further properties, where a struct keeps them.
    pub(super) rest: Option<Type>,
}

/// A field of a struct, or a branch of a union.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The type of a present, non-null value.
    pub(super) ty: Type,
    /// What absence and null mean.
    pub(super) presence: Presence,
    /// What a valid value fulfils beyond its type.
    pub(super) constraints: Constraints,
}

impl Contents<'_> {
    /// The types of everything that is held.
    pub(super) fn types(&self) -> impl Iterator<Item = &Type> {
        self.parts.iter().map(|part| &part.ty).chain(&self.rest)
    }
}

/// What the values of each type hold, by [`TypeId`].
pub(super) fn contents<'a>(api: &'a Api, names: &TypeNames, types: &Types) -> Vec<Contents<'a>> {
    names.types.iter().map(|named| of_schema(api, types, named.schema)).collect()
}

fn of_schema<'a>(api: &'a Api, types: &Types, id: SchemaId) -> Contents<'a> {
    // Every type is made of a schema that becomes one.
    let kind = api.schemas.get(id).and_then(type_kinds::kind).unwrap_or(Kind::Json(""));
    let parts = match kind {
        Kind::Struct(object) => fields(api, types, object),
        Kind::Union(union) => union.branches.iter().map(|branch| self::branch(types, branch.schema)).collect(),
        Kind::Enum(_) | Kind::Json(_) => Vec::new(),
    };
    let rest = match kind {
        Kind::Struct(object) => rest(api, types, object),
        _ => None,
    };
    Contents { kind, parts, rest }
}

/// The properties of an object, in the document's order.
pub(super) fn fields(api: &Api, types: &Types, object: &Object) -> Vec<Part> {
    object.properties.iter().map(|property| field(api, types, property)).collect()
}

/// `readOnly` and `writeOnly` properties are absent in one direction, so the one type for both cannot require them.
fn field(api: &Api, types: &Types, property: &Property) -> Part {
    let Typed { ty, nullable, constraints } = types.of(property.schema);
    let is_one_way = api.schemas.chain(property.schema).any(|schema| schema.read_only || schema.write_only);
    Part {
        ty,
        presence: Presence { required: property.required && !is_one_way, nullable },
        constraints: self::constraints(api, property.schema, constraints),
    }
}

/// What a valid value of a schema fulfils beyond its type.
pub(super) fn constraints(api: &Api, id: SchemaId, stated: Constraints) -> Constraints {
    let resolved = api.schemas.get(api.schemas.resolve(id));
    scalars::constraints(stated, resolved.map_or(&Shape::Null, |schema| schema.shape.base()))
}

fn branch(types: &Types, id: SchemaId) -> Part {
    let presence = Presence { required: true, nullable: false };
    Part { ty: types.of(id).element(), presence, constraints: Constraints::default() }
}

fn rest(api: &Api, types: &Types, object: &Object) -> Option<Type> {
    match element_schemas::further(&api.schemas, object) {
        Additional::Schema(values) => Some(types.of(values).element()),
        Additional::Any => Some(Type::Json),
        Additional::None | Additional::Unstated => None,
    }
}

/// The type that a value holds in place, without a pointer between.
pub(super) fn in_place(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Option(inner) | Type::Secret(inner) => in_place(inner),
        _ => None,
    }
}

/// The type of this crate inside of a type, if there is one.
pub(super) fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        other => named(other.inner()?),
    }
}
