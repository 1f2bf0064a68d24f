//! Keys as the tables of objects state them.

use super::{Field, Need, Shape, Version};

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
