//! What is known of the types of an API once they have names: what they are in Rust, how large, and who sends them.

use super::boxes::Boxes;
use super::directions::BodySchemas;
use super::names::TypeNames;
use super::schema_types::Types;
use super::type_contents::{Contents, contents};
use super::{hashing, sizes};
use crate::api::{self, Directions, Schemas};
use crate::plan::schemas::adapted::AdaptedSchemas;
use crate::plan::schemas::kinds::Kind;
use crate::rust::{Presence, Type, TypeId};

/// What is known of the types of an API, each by [`TypeId`].
pub(in crate::plan) struct TypeAnalysis<'a> {
    /// The adapted schemas, which have types.
    pub(in crate::plan) schemas: &'a Schemas,
    /// Where the paths of links to the types begin.
    pub(in crate::plan) root: &'a str,
    /// The names of types and of their members.
    pub(in crate::plan) names: &'a TypeNames<'a>,
    /// The types of schemas, by schema.
    pub(in crate::plan) types: &'a Types,
    /// What the values of types hold.
    contents: Vec<Contents<'a>>,
    /// In which directions the values of types travel.
    directions: Vec<Directions>,
    /// Which fields and branches are behind a `Box`.
    boxes: Boxes,
    /// Which types can be compared with `Eq`.
    with_eq: Vec<bool>,
    /// Which of them can be hashed.
    hashable: Vec<bool>,
    /// What bodies of requests hold.
    pub(in crate::plan) of_bodies: BodySchemas,
    /// Estimated sizes in bytes.
    sizes: Vec<usize>,
}

impl<'a> TypeAnalysis<'a> {
    /// Finds each from those before it; `of_schemas` has in which directions the values of schemas travel.
    pub(in crate::plan) fn new(
        adapted: &'a AdaptedSchemas<'_>,
        root: &'a str,
        (names, types): (&'a TypeNames<'a>, &'a Types),
        (of_schemas, of_bodies): (&[Directions], BodySchemas),
    ) -> Self {
        let contents = contents(adapted, names, types);
        let of_schema = |id: api::SchemaId| of_schemas.get(id.0).copied().unwrap_or_default();
        let directions: Vec<Directions> = names.types.iter().map(|named| of_schema(named.schema)).collect();
        let boxes = Boxes::of(&contents);
        let with_eq = hashing::with_eq(&contents, &directions);
        let hashable = hashing::hashable(&contents, &with_eq);
        let sizes = sizes::of_types(&contents, &boxes);
        let schemas = &adapted.schemas;
        Self { schemas, root, names, types, contents, directions, boxes, with_eq, hashable, of_bodies, sizes }
    }

    /// What the values of a type hold.
    pub(in crate::plan) fn contents(&self, id: TypeId) -> Option<&Contents<'a>> {
        self.contents.get(id.0)
    }

    /// Which kind of type this is.
    pub(in crate::plan) fn kind(&self, id: TypeId) -> Option<Kind<'a>> {
        self.contents(id).map(|contents| contents.kind)
    }

    /// In which directions the values of a type travel.
    pub(in crate::plan) fn directions(&self, id: TypeId) -> Directions {
        self.directions.get(id.0).copied().unwrap_or_default()
    }

    /// Whether values that the document does not list are kept: a server may send them.
    pub(in crate::plan) fn is_open(&self, id: TypeId) -> bool {
        self.directions(id).response
    }

    /// Whether a type needs `Check`, because a client sends it.
    pub(in crate::plan) fn is_checked(&self, id: TypeId) -> bool {
        self.directions(id).request
    }

    /// Whether a field or branch of a type is behind a `Box`, by its place.
    pub(in crate::plan) fn is_boxed(&self, id: TypeId, place: usize) -> bool {
        self.boxes.has(id, place)
    }

    /// Whether values of a type can be compared with `Eq`.
    pub(in crate::plan) fn has_eq(&self, id: TypeId) -> bool {
        self.with_eq.get(id.0).copied().unwrap_or_default()
    }

    /// Whether values of a type can be hashed.
    pub(in crate::plan) fn is_hashable(&self, id: TypeId) -> bool {
        self.hashable.get(id.0).copied().unwrap_or_default()
    }

    /// What absence and null mean for a field of a type: only where no server sends it can absence mean "keep".
    pub(in crate::plan) fn presence(&self, id: TypeId, presence: api::Presence) -> Presence {
        let directions = self.directions(id);
        rust_presence(presence, directions.request && !directions.response)
    }

    /// The estimated size of a value in bytes, rather too large than too small.
    pub(in crate::plan) fn size(&self, ty: &Type) -> usize {
        sizes::of(ty, &|id| self.sizes.get(id.0).copied().unwrap_or_default())
    }

    /// A type, or what it is another name for.
    pub(in crate::plan) fn resolved<'t>(&self, ty: &'t Type) -> &'t Type {
        match ty {
            Type::Named(id) if matches!(self.kind(*id), Some(Kind::Json(_))) => &Type::Json,
            other => other,
        }
    }

    /// A type without names for other types inside of it: two that are the same type in Rust are equal.
    pub(in crate::plan) fn canonical(&self, ty: &Type) -> Type {
        let inner = |inner: &Type| Box::new(self.canonical(inner));
        match self.resolved(ty) {
            Type::List(item) => Type::List(inner(item)),
            Type::Map(value) => Type::Map(inner(value)),
            Type::Option(value) => Type::Option(inner(value)),
            Type::Secret(value) => Type::Secret(inner(value)),
            other => other.clone(),
        }
    }

    /// Whether there is a type that converts into it with `From`. Only the variants of a union do among the types of schemas.
    pub(in crate::plan) fn has_conversions(&self, ty: &Type) -> bool {
        match self.resolved(ty) {
            Type::Named(id) => !matches!(self.kind(*id), Some(Kind::Struct(_) | Kind::Enum(_) | Kind::Tuple(_))),
            other => !other.is_plain(),
        }
    }

    /// Whether values are copied rather than moved.
    pub(in crate::plan) fn is_copy(&self, ty: &Type) -> bool {
        match self.resolved(ty) {
            Type::Decimal | Type::QuotedDecimal | Type::UnixTime => true,
            Type::Option(inner) => self.is_copy(inner),
            Type::Named(id) => matches!(self.kind(*id), Some(Kind::Enum(listed)) if !listed.open) && !self.is_open(*id),
            plain => plain.is_plain(),
        }
    }
}

/// What absence and null mean, where only a client sends the value or not.
pub(in crate::plan) const fn rust_presence(presence: api::Presence, only_by_client: bool) -> Presence {
    match (presence.required, presence.nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, false) => Presence::Optional,
        (false, true) if only_by_client => Presence::Patch,
        (false, true) => Presence::Maybe,
    }
}
