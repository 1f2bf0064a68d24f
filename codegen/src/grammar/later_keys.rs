//! Keys that OpenAPI 3.1 knows and 3.0 does not, with what to write instead.

use super::Kind;

const REMOVE: &str = "remove it, or say it in the description";
const MOVE_SCHEMAS: &str = "move the schemas to `components.schemas` and refer to them there";

const LATER: &[(Kind, &[&str], &str)] = &[
    (Kind::OpenApi, &["webhooks"], "write `x-webhooks`"),
    (Kind::OpenApi, &["jsonSchemaDialect"], "remove it"),
    (Kind::Info, &["summary"], "put it into the description"),
    (Kind::License, &["identifier"], "put it into the name"),
    (Kind::Components, &["pathItems"], "write the path items under `paths`"),
    (Kind::Schema, &["const"], "write `enum` with one value"),
    (Kind::Schema, &["examples"], "write one `example`"),
    (Kind::Schema, &["$defs"], MOVE_SCHEMAS),
    (Kind::Schema, &["patternProperties"], "write `additionalProperties`"),
    (Kind::Schema, &["contentEncoding"], "write `format: byte`"),
    (Kind::Schema, &["contentMediaType", "contentSchema"], "describe the inner format in words"),
    (Kind::Schema, &["prefixItems"], "write `items`, with `oneOf` for the kinds of items"),
    (
        Kind::Schema,
        &[
            "contains",
            "minContains",
            "maxContains",
            "propertyNames",
            "dependentRequired",
            "dependentSchemas",
            "if",
            "then",
            "else",
        ],
        REMOVE,
    ),
    (Kind::Schema, &["unevaluatedItems", "unevaluatedProperties"], REMOVE),
    (
        Kind::Schema,
        &["$schema", "$id", "$anchor", "$comment", "$vocabulary", "$dynamicRef", "$dynamicAnchor"],
        "remove it",
    ),
];

/// What to write instead of a key that belongs to OpenAPI 3.1.
pub(crate) fn later_key(kind: Kind, key: &str) -> Option<&'static str> {
    let row = LATER.iter().find(|(object, keys, _)| *object == kind && keys.contains(&key));
    row.map(|(_, _, instead)| *instead)
}
