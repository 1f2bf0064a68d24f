//! What the values of each type hold: fields, branches, additional properties.

use super::names::{NamedType, TypeNames};
use super::schema_types::{Typed, Types};
use crate::api::{Additional, List, Object, Presence, Property, SchemaId, Schemas, Shape};
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::plan::schemas::elements::{self, Held, RemainingItems};
use crate::plan::schemas::kinds::Kind;
use crate::plan::schemas::value_constraints::ValueConstraints;
use crate::rust::{Type, TypeId};

/// What the values of a type hold.
pub(in crate::plan) struct Contents<'a> {
    /// Which kind of type it is.
    pub(in crate::plan) kind: Kind<'a>,
    /// Its fields or branches, in the document's order.
    pub(in crate::plan) parts: Vec<Part>,
    /// The values of additional properties, where a struct keeps them.
    pub(in crate::plan) rest: Option<RestValues>,
}

/// A field of a struct, or a branch of a union.
#[derive(Clone, Debug)]
pub(in crate::plan) struct Part {
    /// The type of a present, non-null value.
    pub(in crate::plan) ty: Type,
    /// What absence and null mean.
    pub(in crate::plan) presence: Presence,
    /// What a valid value fulfils beyond its type.
    pub(in crate::plan) value_constraints: ValueConstraints,
}

/// The values of properties beside the fields of a struct, and items behind the places of a tuple.
#[derive(Clone, Debug)]
pub(in crate::plan) struct RestValues {
    /// The type of each.
    pub(in crate::plan) ty: Type,
    /// What each fulfils beyond its type.
    pub(in crate::plan) value_constraints: ValueConstraints,
}

impl Contents<'_> {
    /// The types of everything that is held.
    pub(in crate::plan) fn types(&self) -> impl Iterator<Item = &Type> {
        self.parts.iter().map(|part| &part.ty).chain(self.rest.iter().map(|rest| &rest.ty))
    }
}

/// What the values of each type hold, by [`TypeId`].
pub(super) fn contents<'a>(adapted: &AdaptedSchemas<'_>, names: &TypeNames<'a>, types: &Types) -> Vec<Contents<'a>> {
    names.types.iter().map(|named| of_type(adapted, types, named)).collect()
}

fn of_type<'a>(adapted: &AdaptedSchemas<'_>, types: &Types, named: &NamedType<'a>) -> Contents<'a> {
    let (schemas, id, kind) = (&*adapted.schemas, named.schema, named.kind);
    let parts = match kind {
        Kind::Struct(object) => fields(types, object),
        Kind::Union(union) => union.branches.iter().map(|branch| self::branch(types, branch.schema)).collect(),
        Kind::Nested(shape) => vec![nested(adapted, types, id, shape)],
        Kind::Tuple(list) => places(schemas, types, id, list),
        Kind::Enum(_) | Kind::Json(_) => Vec::new(),
    };
    let rest = match kind {
        Kind::Struct(object) => rest(schemas, types, object),
        Kind::Tuple(list) => remaining_items(schemas, types, id, list),
        _ => None,
    };
    Contents { kind, parts, rest }
}

/// The properties of an object, in the document's order.
pub(in crate::plan) fn fields(types: &Types, object: &Object) -> Vec<Part> {
    object.properties.iter().map(|property| field(types, property)).collect()
}

fn field(types: &Types, property: &Property) -> Part {
    let Typed { ty, nullable, value_constraints } = types.of(property.schema);
    Part { ty, presence: Presence { required: property.required, nullable }, value_constraints }
}

fn branch(types: &Types, id: SchemaId) -> Part {
    let presence = Presence { required: true, nullable: false };
    let held = types.of(id);
    Part { ty: held.clone().element(), presence, value_constraints: held.value_constraints }
}

/// The places of a list, which may end before those behind `minItems`.
fn places(schemas: &Schemas, types: &Types, id: SchemaId, list: &List) -> Vec<Part> {
    let least = schemas.get(id).and_then(|schema| schema.constraints.min_items).unwrap_or_default();
    let places = list.prefix.iter().zip(1_u64..).map(|(place, number)| {
        let held = types.of(*place);
        let presence = Presence { required: number <= least, nullable: false };
        Part { ty: held.clone().element(), presence, value_constraints: held.value_constraints }
    });
    places.collect()
}

/// The items after `prefixItems`; `None` where `maxItems` allows none.
fn remaining_items(schemas: &Schemas, types: &Types, id: SchemaId, list: &List) -> Option<RestValues> {
    let most = schemas.get(id).and_then(|schema| schema.constraints.max_items);
    if most.is_some_and(|most| u64::try_from(list.prefix.len()).is_ok_and(|places| most <= places)) {
        return None;
    }
    match elements::remaining_items(schemas, list) {
        RemainingItems::Nothing => None,
        RemainingItems::Any => Some(RestValues { ty: Type::Json, value_constraints: ValueConstraints::default() }),
        RemainingItems::Items(items) => {
            let item = types.of(items);
            Some(RestValues { ty: item.clone().element(), value_constraints: item.value_constraints })
        }
    }
}

/// The list or map itself.
fn nested(adapted: &AdaptedSchemas<'_>, types: &Types, id: SchemaId, shape: &Shape) -> Part {
    let schemas = &*adapted.schemas;
    let list = |item: Typed| (Type::List(Box::new(item.clone().element())), item.value_constraints);
    let (ty, each) = match elements::held(schemas, shape) {
        Held::Items(items) => list(types.of(items)),
        Held::AnyItems => list(Typed::plain(Type::Json)),
        Held::Values(values) => {
            let value = types.of(values);
            (Type::Map(Box::new(value.clone().element())), value.value_constraints)
        }
        Held::AnyValues => (Type::JsonObject, ValueConstraints::default()),
    };
    let stated = schemas.get(id).map(|schema| schema.constraints.clone()).unwrap_or_default();
    let value_constraints = ValueConstraints::stated(&stated, shape, &ty).of_each(each);
    let value_constraints = value_constraints.of_items(adapted.incomparable.contains(&id));
    Part { ty, presence: Presence { required: true, nullable: false }, value_constraints }
}

/// The values of the properties of an object that are not listed, where it keeps them.
pub(in crate::plan) fn rest(schemas: &Schemas, types: &Types, object: &Object) -> Option<RestValues> {
    match elements::additional(schemas, object) {
        Additional::Schema(values) => {
            let value = types.of(values);
            Some(RestValues { ty: value.clone().element(), value_constraints: value.value_constraints })
        }
        Additional::Any => Some(RestValues { ty: Type::Json, value_constraints: ValueConstraints::default() }),
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
