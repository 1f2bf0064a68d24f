//! The table of schemas and of the objects that only stand in them.

use super::table_entries::{
    EXTERNAL_DOCS, FLAG, SCHEMA, TEXT, TEXTS, later, latest, object, optional, required, since, until,
};
use super::{Kind, Object, Shape, Version};

const REMOVE: &str = "remove it, or say it in the description";
const MOVE_SCHEMAS: &str = "move the schemas to `components.schemas` and refer to them there";
const INNER_FORMAT: &str = "describe the inner format in words";

/// The types of JSON Schema, as OpenAPI 3.0 has them.
pub(super) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];
const SCHEMAS: Shape = Shape::List(&SCHEMA);
const SCHEMA_MAP: Shape = Shape::Map(&SCHEMA);

pub(super) static SCHEMA_OBJECT: Object = object(
    "a schema",
    &[
        until(Version::V30, optional("type", Shape::Word(TYPES))),
        since(Version::V31, optional("type", Shape::Types)),
        optional("description", TEXT),
        optional("properties", Shape::Map(&SCHEMA)),
        optional("items", SCHEMA),
        optional("required", TEXTS),
        optional("enum", Shape::List(&Shape::Any)),
        optional("format", TEXT),
        until(Version::V30, optional("nullable", FLAG)),
        optional("example", Shape::Any),
        optional("default", Shape::Any),
        optional("title", TEXT),
        optional("allOf", SCHEMAS),
        optional("oneOf", SCHEMAS),
        optional("anyOf", SCHEMAS),
        optional("not", SCHEMA),
        optional("additionalProperties", Shape::BoolOrSchema),
        optional("maxLength", Shape::Count),
        optional("minLength", Shape::Count),
        optional("pattern", TEXT),
        optional("minimum", Shape::Number),
        optional("maximum", Shape::Number),
        until(Version::V30, optional("exclusiveMinimum", FLAG)),
        since(Version::V31, optional("exclusiveMinimum", Shape::Number)),
        until(Version::V30, optional("exclusiveMaximum", FLAG)),
        since(Version::V31, optional("exclusiveMaximum", Shape::Number)),
        optional("multipleOf", Shape::Number),
        optional("minItems", Shape::Count),
        optional("maxItems", Shape::Count),
        optional("uniqueItems", FLAG),
        optional("minProperties", Shape::Count),
        optional("maxProperties", Shape::Count),
        optional("discriminator", Shape::Object(Kind::Discriminator)),
        optional("readOnly", FLAG),
        optional("writeOnly", FLAG),
        optional("deprecated", FLAG),
        optional("xml", Shape::Object(Kind::Xml)),
        optional("externalDocs", EXTERNAL_DOCS),
        later("const", Shape::Any, "write `enum` with one value"),
        later("examples", Shape::List(&Shape::Any), "write one `example`"),
        later("$defs", SCHEMA_MAP, MOVE_SCHEMAS),
        later("patternProperties", SCHEMA_MAP, "write `additionalProperties`"),
        later("contentEncoding", TEXT, "write `format: byte`"),
        later("contentMediaType", TEXT, INNER_FORMAT),
        later("contentSchema", SCHEMA, INNER_FORMAT),
        later("prefixItems", SCHEMAS, "write `items`, with `oneOf` for the kinds of items"),
        later("contains", SCHEMA, REMOVE),
        later("minContains", Shape::Count, REMOVE),
        later("maxContains", Shape::Count, REMOVE),
        later("propertyNames", SCHEMA, REMOVE),
        later("dependentRequired", Shape::Map(&TEXTS), REMOVE),
        later("dependentSchemas", SCHEMA_MAP, REMOVE),
        later("if", SCHEMA, REMOVE),
        later("then", SCHEMA, REMOVE),
        later("else", SCHEMA, REMOVE),
        later("unevaluatedItems", SCHEMA, REMOVE),
        later("unevaluatedProperties", SCHEMA, REMOVE),
        later("$schema", TEXT, "remove it"),
        later("$id", TEXT, "remove it"),
        later("$anchor", TEXT, "remove it"),
        later("$comment", TEXT, "remove it"),
        later("$vocabulary", Shape::Any, "remove it"),
        later("$dynamicRef", TEXT, "remove it"),
        later("$dynamicAnchor", TEXT, "remove it"),
        // In OpenAPI 3.0 a schema with this key is a reference and nothing else.
        since(Version::V31, optional("$ref", TEXT)),
    ],
);

pub(super) static DISCRIMINATOR: Object = object(
    "a discriminator",
    &[
        required("propertyName", TEXT),
        optional("mapping", Shape::Map(&Shape::SchemaName)),
        latest("defaultMapping", Shape::SchemaName),
    ],
);

pub(super) static XML: Object = object(
    "an XML object",
    &[
        optional("name", TEXT),
        optional("namespace", TEXT),
        optional("prefix", TEXT),
        optional("attribute", FLAG),
        optional("wrapped", FLAG),
        latest("nodeType", TEXT),
    ],
);
