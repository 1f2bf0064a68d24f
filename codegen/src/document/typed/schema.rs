//! Schemas.

use openapiv3 as api;
use openapiv3::{ReferenceOr, SchemaKind, Type};

use super::{Outcome, extensions, external_docs, flag, leaf, map, text, texts};
use crate::syntax::Node;

/// The keys that decide which of `openapiv3`'s kinds a schema is.
const DECIDING: &[&str] = &[
    "type",
    "pattern",
    "multipleOf",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minimum",
    "maximum",
    "properties",
    "required",
    "additionalProperties",
    "minProperties",
    "maxProperties",
    "items",
    "minItems",
    "maxItems",
    "uniqueItems",
    "enum",
    "format",
    "minLength",
    "maxLength",
    "oneOf",
    "allOf",
    "anyOf",
    "not",
];

const NUMERIC: &[&str] =
    &["type", "multipleOf", "exclusiveMinimum", "exclusiveMaximum", "minimum", "maximum", "enum", "format"];

pub(super) fn or_reference(node: &Node) -> Outcome<ReferenceOr<api::Schema>> {
    super::or_reference(node, schema)
}

fn boxed(node: &Node) -> Outcome<ReferenceOr<Box<api::Schema>>> {
    super::or_reference(node, |node| schema(node).map(Box::new))
}

fn schema(node: &Node) -> Outcome<api::Schema> {
    Ok(api::Schema { schema_data: data(node)?, schema_kind: kind(node)? })
}

fn data(node: &Node) -> Outcome<api::SchemaData> {
    Ok(api::SchemaData {
        nullable: flag(node, "nullable").unwrap_or_default(),
        read_only: flag(node, "readOnly").unwrap_or_default(),
        write_only: flag(node, "writeOnly").unwrap_or_default(),
        deprecated: flag(node, "deprecated").unwrap_or_default(),
        external_docs: external_docs(node)?,
        example: node.get("example").map(Node::to_json),
        title: text(node, "title"),
        description: text(node, "description"),
        discriminator: node.get("discriminator").map(leaf::read).transpose()?,
        default: node.get("default").map(Node::to_json),
        extensions: extensions(node),
    })
}

fn kind(node: &Node) -> Outcome<SchemaKind> {
    let is_only =
        |keys: &[&str]| node.entries().all(|(key, _)| keys.contains(&key.text()) || !DECIDING.contains(&key.text()));
    let word = node.get("type").and_then(Node::as_str);
    let found = match word {
        Some("string") if is_only(&["type", "pattern", "enum", "format", "minLength", "maxLength"]) => string(node),
        Some("number") if is_only(NUMERIC) => number(node),
        Some("integer") if is_only(NUMERIC) => integer(node),
        Some("boolean") if is_only(&["type", "enum"]) => boolean(node),
        Some("object")
            if is_only(&[
                "type",
                "properties",
                "required",
                "additionalProperties",
                "minProperties",
                "maxProperties",
            ]) =>
        {
            Some(object(node)?)
        }
        Some("array") if is_only(&["type", "items", "minItems", "maxItems", "uniqueItems"]) => Some(array(node)?),
        _ => None,
    };
    match found {
        Some(found) => Ok(SchemaKind::Type(found)),
        None if node.get("oneOf").is_some() && is_only(&["oneOf"]) => {
            Ok(SchemaKind::OneOf { one_of: schemas(node, "oneOf")? })
        }
        None if node.get("allOf").is_some() && is_only(&["allOf"]) => {
            Ok(SchemaKind::AllOf { all_of: schemas(node, "allOf")? })
        }
        None if node.get("anyOf").is_some() && is_only(&["anyOf"]) => {
            Ok(SchemaKind::AnyOf { any_of: schemas(node, "anyOf")? })
        }
        None => match node.get("not").filter(|_| is_only(&["not"])) {
            Some(inner) => Ok(SchemaKind::Not { not: Box::new(or_reference(inner)?) }),
            None => any(node).map(SchemaKind::Any),
        },
    }
}

fn schemas(node: &Node, key: &str) -> Outcome<Vec<ReferenceOr<api::Schema>>> {
    super::list(node, key, or_reference)
}

/// The values of an enum, when each of them is null or of the type.
fn values<T>(node: &Node, value: impl Fn(&Node) -> Option<T>) -> Option<Vec<Option<T>>> {
    let items = node.get("enum").map_or(&[][..], Node::items);
    items.iter().map(|item| if item.is_null() { Some(None) } else { value(item).map(Some) }).collect()
}

fn string(node: &Node) -> Option<Type> {
    Some(Type::String(api::StringType {
        format: text(node, "format").into(),
        pattern: text(node, "pattern"),
        enumeration: values(node, |item| item.as_str().map(str::to_owned))?,
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
    }))
}

fn number(node: &Node) -> Option<Type> {
    Some(Type::Number(api::NumberType {
        format: text(node, "format").into(),
        multiple_of: float(node, "multipleOf"),
        exclusive_minimum: flag(node, "exclusiveMinimum").unwrap_or_default(),
        exclusive_maximum: flag(node, "exclusiveMaximum").unwrap_or_default(),
        minimum: float(node, "minimum"),
        maximum: float(node, "maximum"),
        enumeration: values(node, as_float)?,
    }))
}

fn integer(node: &Node) -> Option<Type> {
    let whole = |key| match node.get(key) {
        None => Some(None),
        Some(value) => as_i64(value).map(Some),
    };
    Some(Type::Integer(api::IntegerType {
        format: text(node, "format").into(),
        multiple_of: whole("multipleOf")?,
        exclusive_minimum: flag(node, "exclusiveMinimum").unwrap_or_default(),
        exclusive_maximum: flag(node, "exclusiveMaximum").unwrap_or_default(),
        minimum: whole("minimum")?,
        maximum: whole("maximum")?,
        enumeration: values(node, as_i64)?,
    }))
}

fn boolean(node: &Node) -> Option<Type> {
    Some(Type::Boolean(api::BooleanType { enumeration: values(node, Node::as_bool)? }))
}

fn object(node: &Node) -> Outcome<Type> {
    Ok(Type::Object(api::ObjectType {
        properties: map(node, "properties", boxed)?,
        required: texts(node, "required"),
        additional_properties: additional_properties(node)?,
        min_properties: count(node, "minProperties"),
        max_properties: count(node, "maxProperties"),
    }))
}

fn array(node: &Node) -> Outcome<Type> {
    Ok(Type::Array(api::ArrayType {
        items: node.get("items").map(boxed).transpose()?,
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: flag(node, "uniqueItems").unwrap_or_default(),
    }))
}

fn any(node: &Node) -> Outcome<api::AnySchema> {
    Ok(api::AnySchema {
        typ: text(node, "type"),
        pattern: text(node, "pattern"),
        multiple_of: float(node, "multipleOf"),
        exclusive_minimum: flag(node, "exclusiveMinimum"),
        exclusive_maximum: flag(node, "exclusiveMaximum"),
        minimum: float(node, "minimum"),
        maximum: float(node, "maximum"),
        properties: map(node, "properties", boxed)?,
        required: texts(node, "required"),
        additional_properties: additional_properties(node)?,
        min_properties: count(node, "minProperties"),
        max_properties: count(node, "maxProperties"),
        items: node.get("items").map(boxed).transpose()?,
        min_items: count(node, "minItems"),
        max_items: count(node, "maxItems"),
        unique_items: flag(node, "uniqueItems"),
        enumeration: node.get("enum").map_or(&[][..], Node::items).iter().map(Node::to_json).collect(),
        format: text(node, "format"),
        min_length: count(node, "minLength"),
        max_length: count(node, "maxLength"),
        one_of: schemas(node, "oneOf")?,
        all_of: schemas(node, "allOf")?,
        any_of: schemas(node, "anyOf")?,
        not: node.get("not").map(or_reference).transpose()?.map(Box::new),
    })
}

fn additional_properties(node: &Node) -> Outcome<Option<api::AdditionalProperties>> {
    let Some(value) = node.get("additionalProperties") else { return Ok(None) };
    Ok(Some(match value.as_bool() {
        Some(any) => api::AdditionalProperties::Any(any),
        None => api::AdditionalProperties::Schema(Box::new(or_reference(value)?)),
    }))
}

fn count(node: &Node, key: &str) -> Option<usize> {
    node.get(key).and_then(Node::as_integer).and_then(|value| usize::try_from(value).ok())
}

fn float(node: &Node, key: &str) -> Option<f64> {
    node.get(key).and_then(as_float)
}

fn as_float(node: &Node) -> Option<f64> {
    node.number_text()?.parse().ok()
}

fn as_i64(node: &Node) -> Option<i64> {
    node.as_integer().and_then(|value| i64::try_from(value).ok())
}
