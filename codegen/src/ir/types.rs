//! Types: structs, enums, unions and the references between them.

use super::Docs;
use crate::api::Presence;

/// The index of a [`TypeDef`] in [`Api::types`](super::Api::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// One named type of the generated crate.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeDef {
    /// Its Rust name.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it is.
    pub kind: TypeKind,
}

/// What a named type is.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeKind {
    /// A JSON object with known properties.
    Struct(StructDef),
    /// A string from a list of values.
    Enum(EnumDef),
    /// One of several shapes.
    Union(UnionDef),
    /// A name for another type (`type X = …`).
    Alias(TypeRef),
}

/// A JSON object with known properties.
#[derive(Clone, Debug, PartialEq)]
pub struct StructDef {
    /// The properties in the document's order.
    pub fields: Vec<Field>,
    /// Properties beyond the known ones are kept here: `additionalProperties` with a schema beside properties.
    pub rest: Option<TypeRef>,
    /// `additionalProperties: false`.
    pub closed: bool,
}

/// One property.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The Rust field name.
    pub name: String,
    /// The property's name on the wire.
    pub wire: String,
    /// The type of a present, non-null value.
    pub ty: TypeRef,
    /// What absence and null mean.
    pub presence: Presence,
    /// Documentation.
    pub docs: Docs,
    /// What a valid value fulfils beyond its type.
    pub constraints: Constraints,
}

/// A string from a list of values.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumDef {
    /// The values in the document's order.
    pub variants: Vec<Variant>,
    /// Whether the document allows other values as well.
    pub open: bool,
}

/// One value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// The Rust variant name.
    pub name: String,
    /// The value on the wire.
    pub wire: String,
    /// Documentation.
    pub docs: Docs,
}

/// One of several shapes (`oneOf`, `anyOf`).
#[derive(Clone, Debug, PartialEq)]
pub struct UnionDef {
    /// The shapes in the document's order.
    pub branches: Vec<Branch>,
    /// The property whose value names the branch; without it the branch is found by trying.
    pub discriminator: Option<String>,
}

/// One shape of a union.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// The Rust variant name.
    pub name: String,
    /// What it holds.
    pub ty: TypeRef,
    /// The discriminator values that name it.
    pub tags: Vec<String>,
    /// Documentation.
    pub docs: Docs,
}

/// The type of a value.
#[derive(Clone, Debug, PartialEq)]
pub enum TypeRef {
    /// A type of this crate.
    Named(TypeId),
    /// `String`.
    String,
    /// A string that keeps its text and has a known format.
    Formatted(Format),
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f64`, where a document asks for `format: float` or `format: double`.
    F64,
    /// An exact decimal, a JSON number on the wire.
    Decimal,
    /// An exact decimal, a JSON string on the wire.
    QuotedDecimal,
    /// Seconds since 1970, an integer on the wire.
    UnixTime,
    /// Base64 text on the wire.
    Base64,
    /// Any JSON.
    Json,
    /// Any JSON object.
    JsonObject,
    /// A list.
    List(Box<TypeRef>),
    /// An object with free keys and values of one type.
    Map(Box<TypeRef>),
    /// An element that may be null (in lists and maps; fields use [`Presence`]).
    Nullable(Box<TypeRef>),
    /// A value that is never printed.
    Secret(Box<TypeRef>),
}

/// String formats with a type of their own in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// RFC 3339 `full-date`.
    Date,
    /// RFC 3339 `date-time`.
    DateTime,
    /// RFC 3339 `full-time`.
    Time,
    /// ISO 8601 duration.
    Duration,
    /// RFC 4122.
    Uuid,
    /// RFC 3986.
    Uri,
}

/// What a valid value fulfils beyond its type. Numbers are the document's own text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Constraints {
    /// `minimum` and whether it is exclusive.
    pub minimum: Option<(String, bool)>,
    /// `maximum` and whether it is exclusive.
    pub maximum: Option<(String, bool)>,
    /// `multipleOf`.
    pub multiple_of: Option<String>,
    /// `minLength`, `minItems` or `minProperties`, by the type it stands on.
    pub min_length: Option<u64>,
    /// `maxLength`, `maxItems` or `maxProperties`, by the type it stands on.
    pub max_length: Option<u64>,
    /// `pattern`.
    pub pattern: Option<String>,
    /// `uniqueItems`.
    pub unique: bool,
}

impl Constraints {
    /// Nothing to check.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
