//! The table of our own extension keys: where each may stand, and its shape.

use super::{Kind, Shape};
use crate::extension_keys;

/// One key, for one group of objects.
pub(crate) struct Extension {
    pub(crate) key: &'static str,
    allowed: Allowed,
    pub(crate) shape: Shape,
    /// The places in words.
    pub(crate) home: &'static str,
}

/// The objects in which a key may stand.
enum Allowed {
    Anywhere,
    In(&'static [Kind]),
}

const fn row(key: &'static str, places: &'static [Kind], shape: Shape, home: &'static str) -> Extension {
    Extension { key, allowed: Allowed::In(places), shape, home }
}

const fn anywhere(key: &'static str, shape: Shape) -> Extension {
    Extension { key, allowed: Allowed::Anywhere, shape, home: "any object" }
}

/// How every key of ours begins but `x-webhooks`, which others have as well and which means here what it means to them.
pub(crate) const EXTENSION_PREFIX: &str = "x-specie-";

/// Every key of ours; what else starts with `x-` is free.
pub(super) const EXTENSIONS: &[Extension] = &[
    row(extension_keys::SENSITIVE, &[Kind::Schema], Shape::Flag, "a schema"),
    row(extension_keys::NAME, &[Kind::Schema], Shape::Name, "a schema, a property"),
    row(extension_keys::NAME, &[Kind::Operation], Shape::Name, "an operation"),
    anywhere(extension_keys::PROVENANCE, Shape::OneOrMore(Kind::Provenance)),
    anywhere(extension_keys::ALLOW, Shape::List(&Shape::Object(Kind::Allowance))),
    row(
        extension_keys::OUTCOME,
        &[Kind::Response],
        Shape::Word(&["done", "refused", "unknown", "duplicate", "none"]),
        "a response",
    ),
    row(extension_keys::OUTCOME, &[Kind::Operation], Shape::Word(&["none"]), "an operation"),
    row(
        extension_keys::IDEMPOTENCY,
        &[Kind::Operation],
        Shape::WordOr(&["natural", "none"], Kind::Idempotency),
        "an operation",
    ),
    row(extension_keys::RECONCILE, &[Kind::Operation], Shape::Object(Kind::Reconcile), "an operation"),
    row(extension_keys::PAGINATION, &[Kind::Operation], Shape::Object(Kind::Pagination), "an operation"),
    row(extension_keys::ENVELOPE, &[Kind::MediaType], Shape::String, "a media type of a request body"),
    row(extension_keys::PATH, &[Kind::Parameter], Shape::Word(&["any"]), "a path parameter"),
    row(extension_keys::SERVER_NAME, &[Kind::Server], Shape::String, "a server"),
    row("x-webhooks", &[Kind::OpenApi], Shape::Map(&Shape::Object(Kind::PathItem)), "the root of the document"),
    row(
        extension_keys::SIGNATURE,
        &[Kind::Operation],
        Shape::Object(Kind::Signature),
        "an operation of a webhook or a callback",
    ),
];

/// The row of a key in an object of a kind.
pub(crate) fn extension(kind: Kind, key: &str) -> Option<&'static Extension> {
    EXTENSIONS.iter().find(|row| {
        row.key == key
            && match row.allowed {
                Allowed::Anywhere => true,
                Allowed::In(kinds) => kinds.contains(&kind),
            }
    })
}

/// The places of a key of ours, in words.
pub(super) fn homes_of(key: &str) -> String {
    let homes: Vec<&str> = EXTENSIONS.iter().filter(|row| row.key == key).map(|row| row.home).collect();
    homes.join(" or ")
}

#[cfg(test)]
mod tests;
