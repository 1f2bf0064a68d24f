//! Objects and keys as the tables of objects state them, and the shapes of keys that several tables have.

use super::{Field, Kind, Need, Object, Rest, Shape, Version};

pub(super) const TEXT: Shape = Shape::String;
pub(super) const FLAG: Shape = Shape::Bool;
pub(super) const TEXTS: Shape = Shape::List(&Shape::String);
pub(super) const SCHEMA: Shape = Shape::Ref(Kind::Schema);
pub(super) const EXTERNAL_DOCS: Shape = Shape::Object(Kind::ExternalDocs);

pub(super) const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, rest: Rest::Nothing, extensible: true }
}

pub(super) const fn map(name: &'static str, rest: Rest, extensible: bool) -> Object {
    Object { name, fields: &[], rest, extensible }
}

pub(super) const fn optional(name: &'static str, shape: Shape) -> Field {
    assumed(name, shape, Need::Optional)
}

pub(super) const fn required(name: &'static str, shape: Shape) -> Field {
    assumed(name, shape, Need::Required)
}

pub(super) const fn assumed(name: &'static str, shape: Shape, need: Need) -> Field {
    Field { name, shape, need, first: Version::V30, last: Version::V32, instead: None }
}

/// A key that came with OpenAPI 3.1, and what to write instead in 3.0.
pub(super) const fn later(name: &'static str, shape: Shape, instead: &'static str) -> Field {
    since(Version::V31, Field { instead: Some(instead), ..optional(name, shape) })
}

/// A key that came with OpenAPI 3.2.
pub(super) const fn latest(name: &'static str, shape: Shape) -> Field {
    since(Version::V32, optional(name, shape))
}

/// A key that has this shape and need from a version on.
pub(super) const fn since(first: Version, field: Field) -> Field {
    Field { first, ..field }
}

/// A key that has this shape and need up to a version.
pub(super) const fn until(last: Version, field: Field) -> Field {
    Field { last, ..field }
}
