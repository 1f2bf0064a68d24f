//! What every part of the plan asks about the types of an API: what they are in Rust, how large, and who is checked.

use std::collections::BTreeSet;

use super::boxes::Boxes;
use super::members::{self, Member};
use super::{kinds, order, sizes, usage};
use crate::api::{Directions, Presence};
use crate::ir::{Api, Format, Operation, Payload, TypeDef, TypeId, TypeKind, TypeRef};
use crate::names::companion_name;
use crate::rust;

/// An API with what follows from it.
pub(super) struct Context<'a> {
    /// The API.
    pub(super) api: &'a Api,
    /// The types that the crate has, in its order.
    pub(super) order: Vec<TypeId>,
    /// Their places in that order, by [`TypeId`].
    places: Vec<rust::TypeId>,
    /// In which directions the values of types travel, by [`TypeId`].
    directions: Vec<Directions>,
    /// Which fields and branches are behind a `Box`.
    boxes: Boxes,
    /// Which types can be hashed, by [`TypeId`].
    hashable: Vec<bool>,
    /// The `…Required` names of types, by [`TypeId`].
    required_types: Vec<String>,
    /// The names around each operation, in the API's order.
    operations: Vec<OperationNames>,
    /// Which types a client sends, by [`TypeId`].
    checked: Vec<bool>,
    /// Which objects and unions are values of parameters, by [`TypeId`].
    in_parameter: Vec<bool>,
    /// Estimated sizes of types in bytes, by [`TypeId`].
    sizes: Vec<usize>,
}

/// The names of the types that stand beside a request struct.
pub(super) struct OperationNames {
    /// `CreatePayoutRequired`
    pub(super) required: String,
    /// `CreatePayoutError`
    pub(super) error: String,
    /// `CreatePayoutOutput`
    pub(super) output: String,
}

impl<'a> Context<'a> {
    /// Draws the conclusions from an API.
    pub(super) fn new(api: &'a Api) -> Self {
        let order = order::types(api);
        let mut places = vec![rust::TypeId(0); api.types.len()];
        order.iter().enumerate().for_each(|(place, id)| places[id.0] = rust::TypeId(place));
        let (directions, boxes) = (usage::directions(api), Boxes::of(&api.types));
        Self {
            api,
            places,
            hashable: kinds::hashable(&api.types, &directions),
            required_types: required_types(api, &order),
            operations: operation_names(api),
            checked: checked(api, &directions),
            in_parameter: usage::in_parameters(api),
            sizes: sizes::of_types(api, &boxes),
            order,
            directions,
            boxes,
        }
    }

    /// In which directions the values of a type travel.
    pub(super) fn directions(&self, id: TypeId) -> Directions {
        self.directions[id.0]
    }

    /// Whether values that the document does not list are kept: a server may send them.
    pub(super) fn is_open(&self, id: TypeId) -> bool {
        self.directions(id).response
    }

    /// Whether a field or branch of a type is behind a `Box`, by its place.
    pub(super) fn is_boxed(&self, id: TypeId, place: usize) -> bool {
        self.boxes.has(id, place)
    }

    /// Whether values of a type can be compared with `Eq` and hashed.
    pub(super) fn is_hashable(&self, id: TypeId) -> bool {
        self.hashable[id.0]
    }

    /// What absence and null mean for a field of a type: only where no server sends it can absence mean "keep".
    pub(super) fn presence(&self, id: TypeId, presence: Presence) -> rust::Presence {
        let directions = self.directions(id);
        rust_presence(presence, directions.request && !directions.response)
    }

    /// The companion struct that holds a type's required fields.
    pub(super) fn required_name(&self, id: TypeId) -> &str {
        self.required_types.get(id.0).map_or("", String::as_str)
    }

    /// Every operation with the names around it.
    pub(super) fn operations(&self) -> impl Iterator<Item = (&'a Operation, &OperationNames)> {
        self.api.operations.iter().zip(&self.operations)
    }

    /// The names around one operation.
    pub(super) fn names(&self, index: usize) -> &OperationNames {
        &self.operations[index]
    }

    /// Whether a type needs `Check`, because a client sends it.
    pub(super) fn is_checked(&self, id: TypeId) -> bool {
        self.checked.get(id.0).copied().unwrap_or_default()
    }

    /// Whether a type is the value of a parameter, other than as one text.
    pub(super) fn is_in_parameter(&self, id: TypeId) -> bool {
        self.in_parameter.get(id.0).copied().unwrap_or_default()
    }

    /// The estimated size of a value in bytes, rather too large than too small.
    pub(super) fn size(&self, ty: &TypeRef) -> usize {
        sizes::of(ty, &|id| self.sizes.get(id.0).copied().unwrap_or_default())
    }

    /// A type with aliases followed to their end.
    pub(super) fn resolved<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        let mut ty = ty;
        // Aliases are not circular; the bound only makes that evident.
        for _ in 0..self.api.types.len() {
            match ty {
                TypeRef::Named(id) => match self.definition(*id).map(|def| &def.kind) {
                    Some(TypeKind::Alias(target)) => ty = target,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// A type with every alias inside of it followed: two that are the same type in Rust are equal.
    pub(super) fn canonical(&self, ty: &TypeRef) -> TypeRef {
        let inner = |inner: &TypeRef| Box::new(self.canonical(inner));
        match self.resolved(ty) {
            TypeRef::List(item) => TypeRef::List(inner(item)),
            TypeRef::Map(value) => TypeRef::Map(inner(value)),
            TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
            TypeRef::Secret(value) => TypeRef::Secret(inner(value)),
            other => other.clone(),
        }
    }

    /// A type as Rust has it.
    pub(super) fn rust_type(&self, ty: &TypeRef) -> rust::Type {
        use rust::Type;
        let inner = |inner: &TypeRef| Box::new(self.rust_type(inner));
        match ty {
            TypeRef::Named(id) => Type::Named(self.places[id.0]),
            TypeRef::String => Type::String,
            TypeRef::Formatted(Format::Date) => Type::Date,
            TypeRef::Formatted(Format::DateTime) => Type::DateTime,
            TypeRef::Formatted(Format::Time) => Type::Time,
            TypeRef::Formatted(Format::Duration) => Type::Duration,
            TypeRef::Formatted(Format::Uuid) => Type::Uuid,
            TypeRef::Formatted(Format::Uri) => Type::Uri,
            TypeRef::Bool => Type::Bool,
            TypeRef::I32 => Type::I32,
            TypeRef::I64 => Type::I64,
            TypeRef::U32 => Type::U32,
            TypeRef::U64 => Type::U64,
            TypeRef::F64 => Type::F64,
            TypeRef::Decimal => Type::Decimal,
            TypeRef::QuotedDecimal => Type::QuotedDecimal,
            TypeRef::UnixTime => Type::UnixTime,
            TypeRef::Base64 => Type::Base64,
            TypeRef::Json => Type::Json,
            TypeRef::JsonObject => Type::JsonObject,
            TypeRef::List(item) => Type::List(inner(item)),
            TypeRef::Map(value) => Type::Map(inner(value)),
            TypeRef::Nullable(value) => Type::Option(inner(value)),
            TypeRef::Secret(value) => Type::Secret(inner(value)),
        }
    }

    /// Whether values are copied rather than moved.
    pub(super) fn is_copy(&self, ty: &TypeRef) -> bool {
        match self.resolved(ty) {
            TypeRef::Decimal | TypeRef::QuotedDecimal | TypeRef::UnixTime => true,
            TypeRef::Nullable(inner) => self.is_copy(inner),
            TypeRef::Named(id) => match self.definition(*id).map(|def| &def.kind) {
                Some(TypeKind::Enum(_)) => !self.is_open(*id),
                _ => false,
            },
            plain => is_plain(plain),
        }
    }

    /// The type behind an id.
    pub(super) fn definition(&self, id: TypeId) -> Option<&'a TypeDef> {
        self.api.types.get(id.0)
    }
}

/// What absence and null mean, where only a client sends the value or not.
pub(super) fn rust_presence(presence: Presence, only_by_client: bool) -> rust::Presence {
    match (presence.required, presence.nullable) {
        (true, false) => rust::Presence::Required,
        (true, true) => rust::Presence::RequiredNullable,
        (false, false) => rust::Presence::Optional,
        (false, true) if only_by_client => rust::Presence::Patch,
        (false, true) => rust::Presence::Maybe,
    }
}

/// Whether a literal of the type reads best without a conversion.
pub(super) fn is_plain(ty: &TypeRef) -> bool {
    matches!(ty, TypeRef::Bool | TypeRef::I32 | TypeRef::I64 | TypeRef::U32 | TypeRef::U64 | TypeRef::F64)
}

/// The members that `new` asks for.
pub(super) fn required<'m, 'a>(members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    members.iter().filter(|member| member.is_required()).collect()
}

fn required_types(api: &Api, kept: &[TypeId]) -> Vec<String> {
    let taken: BTreeSet<&str> = kept.iter().map(|id| api.types[id.0].name.as_str()).collect();
    api.types.iter().map(|def| free(&taken, &companion_name(&def.name, "Required"))).collect()
}

fn operation_names(api: &Api) -> Vec<OperationNames> {
    let taken: BTreeSet<&str> = api.operations.iter().map(|operation| operation.type_name.as_str()).collect();
    let name = |operation: &Operation, suffix: &str| free(&taken, &companion_name(&operation.type_name, suffix));
    api.operations
        .iter()
        .map(|operation| OperationNames {
            required: name(operation, "Required"),
            error: name(operation, "Error"),
            output: name(operation, "Output"),
        })
        .collect()
}

/// A name that no type of the document has.
fn free(taken: &BTreeSet<&str>, wish: &str) -> String {
    let mut name = wish.to_owned();
    while taken.contains(name.as_str()) {
        name.push('2');
    }
    name
}

/// The types that requests hold, directly or inside of others.
fn checked(api: &Api, directions: &[Directions]) -> Vec<bool> {
    let mut checked = vec![false; api.types.len()];
    let mut pending: Vec<&TypeRef> = Vec::new();
    for operation in &api.operations {
        pending.extend(operation.parameters.iter().map(|parameter| &parameter.ty));
        pending.extend(members::body_fields(operation).iter().map(|field| &field.ty));
        if let Some(Payload::Whole(ty)) = operation.body.as_ref().map(|body| &body.payload) {
            pending.push(ty);
        }
    }
    for ((def, directions), checked) in api.types.iter().zip(directions).zip(&mut checked) {
        if directions.request {
            *checked = true;
            parts(def, &mut pending);
        }
    }
    while let Some(ty) = pending.pop() {
        match ty {
            TypeRef::Named(id) => {
                if let (Some(seen @ false), Some(def)) = (checked.get_mut(id.0), api.types.get(id.0)) {
                    *seen = true;
                    parts(def, &mut pending);
                }
            }
            TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
                pending.push(inner);
            }
            _ => {}
        }
    }
    checked
}

/// The types that a type holds.
fn parts<'a>(def: &'a TypeDef, parts: &mut Vec<&'a TypeRef>) {
    match &def.kind {
        TypeKind::Struct(object) => {
            parts.extend(object.fields.iter().map(|field| &field.ty));
            parts.extend(&object.rest);
        }
        TypeKind::Union(union) => parts.extend(union.branches.iter().map(|branch| &branch.ty)),
        TypeKind::Alias(ty) => parts.push(ty),
        TypeKind::Enum(_) => {}
    }
}
