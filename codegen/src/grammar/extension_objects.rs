//! The table of objects under our own extension keys.

use super::table_entries::{optional, required};
use super::{Field, Kind, Object, Rest, Shape};

/// An object of ours: it takes no `x-` keys.
const fn own(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, rest: Rest::Nothing, extensible: false }
}

const TEXT: Shape = Shape::String;
const TEXTS: Shape = Shape::List(&Shape::String);

pub(super) static PROVENANCE: Object = own(
    "an `x-specie-provenance` entry",
    &[
        required("source", Shape::Word(&["public", "inferred"])),
        required("reason", TEXT),
        optional("what", TEXT),
        optional("of", TEXTS),
    ],
);

pub(super) static IDEMPOTENCY: Object = own(
    "an `x-specie-idempotency` object",
    &[optional("header", TEXT), optional("field", TEXT), optional("duplicate", Shape::Status)],
);

pub(super) static RECONCILE: Object = own(
    "an `x-specie-reconcile` object",
    &[
        required("operation", TEXT),
        required("parameter", TEXT),
        required("value", TEXT),
        required("find", Shape::TextOr(Kind::Find)),
        optional("agree", Shape::List(&Shape::Object(Kind::Agreement))),
        optional("resource", TEXT),
        optional("identity", TEXT),
        optional("settling", Shape::Count),
    ],
);

pub(super) static FIND: Object = own("a `find` object", &[required("items", TEXT), required("match", TEXT)]);

pub(super) static AGREEMENT: Object = own("an `agree` entry", &[required("request", TEXT), required("answer", TEXT)]);

pub(super) static PAGINATION: Object = own(
    "an `x-specie-pagination` object",
    &[
        required("style", Shape::Word(&["page", "link", "cursor"])),
        required("items", TEXT),
        optional("number", TEXT),
        optional("size", TEXT),
        optional("total", TEXT),
        optional("next", TEXT),
        optional("parameter", TEXT),
    ],
);

pub(super) static SIGNATURE: Object = own(
    "an `x-specie-signature` object",
    &[
        required("header", TEXT),
        required(
            "algorithm",
            Shape::Word(&[
                "base64-sha1-secret-body-secret",
                "hmac-sha256-hex",
                "hmac-sha256-base64",
                "standard-webhooks",
                "stripe",
            ]),
        ),
        optional("prefix", TEXT),
        optional("timestamp", TEXT),
        optional("tolerance", Shape::Count),
    ],
);

pub(super) static ALLOWANCE: Object =
    own("an `x-specie-allow` entry", &[required("code", TEXT), required("reason", TEXT)]);
