//! Short values of schemas as the document writes them. What is made here is judged by whoever asks for it.

use serde_json::{Map, Value, json};
use specie_codegen::samples;

/// How deep schemas are looked into.
const DEPTH: usize = 6;

/// The longest text or list that is made.
const LONGEST: usize = 64;

/// A value that a schema seems to allow; `None` where it says too little of it.
pub(super) fn of_schema(schema: &Value) -> Option<Value> {
    within(schema, DEPTH)
}

fn within(schema: &Value, depth: usize) -> Option<Value> {
    let stated = schema.as_object()?;
    if let Some(value) = stated.get("const").or_else(|| stated.get("enum")?.get(0)) {
        return Some(value.clone());
    }
    let kind = match stated.get("type") {
        Some(Value::Array(all)) => all.first().and_then(Value::as_str),
        other => other.and_then(Value::as_str),
    };
    let size = |keyword: &str| stated.get(keyword).and_then(Value::as_u64).and_then(|size| usize::try_from(size).ok());
    match kind {
        Some("string") => Some(text(stated, size("minLength").unwrap_or(1).min(LONGEST))),
        Some("integer" | "number") => {
            Some(stated.get("minimum").or_else(|| stated.get("maximum")).cloned().unwrap_or(json!(1)))
        }
        Some("boolean") => Some(json!(true)),
        Some("null") => Some(Value::Null),
        Some("array") => {
            let item = stated.get("items").filter(|_| depth > 0).and_then(|items| within(items, depth - 1));
            Some(Value::Array(vec![item.unwrap_or(json!("text")); size("minItems").unwrap_or(0).min(LONGEST)]))
        }
        _ if kind == Some("object") || stated.contains_key("required") || stated.contains_key("properties") => {
            Some(Value::Object(object(stated, depth)))
        }
        _ => None,
    }
}

fn text(stated: &Map<String, Value>, least: usize) -> Value {
    let pattern = stated.get("pattern").and_then(Value::as_str);
    if let (None, Some(text)) = (pattern, stated.get("format").and_then(Value::as_str).and_then(of_format)) {
        return text;
    }
    let matching = pattern.and_then(of_pattern).filter(|text| text.chars().count() >= least);
    json!(matching.unwrap_or_else(|| "a".repeat(least)))
}

/// An object with what it requires.
fn object(stated: &Map<String, Value>, depth: usize) -> Map<String, Value> {
    let required = stated.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let property = |name: &str| stated.get("properties").and_then(|all| all.get(name));
    let value = |name: &str| property(name).filter(|_| depth > 0).and_then(|schema| within(schema, depth - 1));
    required.map(|name| (name.to_owned(), value(name).unwrap_or(json!("text")))).collect()
}

/// A text that seems to match a regular expression, and is not empty if it can be helped.
pub(super) fn of_pattern(pattern: &str) -> Option<String> {
    let texts = samples::texts_of_pattern(pattern, &[]);
    texts.iter().find(|text| !text.is_empty()).or(texts.first()).cloned()
}

/// Texts of formats that are in use.
const OF_FORMATS: &[(&str, &str)] = &[
    ("date", "2026-02-28"),
    ("date-time", "2026-02-28T12:30:00Z"),
    ("time", "12:30:00Z"),
    ("duration", "P1D"),
    ("email", "a@example.com"),
    ("hostname", "example.com"),
    ("ipv4", "192.0.2.1"),
    ("ipv6", "2001:db8::1"),
    ("uri", "https://example.com/a"),
    ("uuid", "944732c4-608c-441a-a913-79478b91f76e"),
];

/// A text of a format; `None` for one that is not in the list.
pub(super) fn of_format(format: &str) -> Option<Value> {
    OF_FORMATS.iter().find(|(name, _)| *name == format).map(|(_, text)| json!(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_holds_what_its_schema_requires() {
        let schema = json!({"required": ["k", "n"], "properties": {"k": {"const": "x"}, "n": {"type": "integer", "minimum": 3}}});
        assert_eq!(of_schema(&schema), Some(json!({"k": "x", "n": 3})));
        assert_eq!(of_schema(&json!({})), None);
    }
}
