//! Schemas of which small differences matter, each with values on both sides of them.

use serde_json::{Map, Value, json};

use super::Question;
use super::program::Verdict;

/// Schemas, and values of each.
const CASES: &[(&str, &str)] = &[
    // Limits beside unions and lists.
    (
        r#"{"oneOf": [{"type": "string"}, {"type": "number"}], "maxLength": 3, "minimum": 2}"#,
        r#"["abc", "abcd", 2, 1.5, "", true]"#,
    ),
    (r#"{"type": "string", "x-extensible-enum": ["a", "bb"], "maxLength": 2}"#, r#"["a", "bb", "zz", "zzz", "", 1]"#),
    (
        r#"{"anyOf": [{"type": "string", "enum": ["a", "B"]}, {"type": "string"}], "minLength": 1, "pattern": "^[a-z]"}"#,
        r#"["a", "B", "", "zz", "Z"]"#,
    ),
    (
        r#"{"oneOf": [{"type": "array", "items": {"type": "integer"}}, {"type": "integer"}], "maxItems": 2, "maximum": 5}"#,
        r"[[], [1, 2], [1, 2, 3], 5, 6, [9]]",
    ),
    (
        r#"{"anyOf": [{"type": "object", "additionalProperties": {"type": "integer"}}, {"type": "array", "items": {"type": "string"}}], "maxProperties": 1}"#,
        r#"[{}, {"a": 1}, {"a": 1, "b": 2}, ["a", "b"], [1]]"#,
    ),
    (r#"{"type": ["string", "integer", "null"], "maxLength": 2, "minimum": 0}"#, r#"["ab", "abc", 0, -1, null, 1.5]"#),
    (r#"{"type": ["array", "object"], "minItems": 1, "minProperties": 1}"#, r#"[[], [1], {}, {"a": null}]"#),
    (
        r#"{"anyOf": [{"type": "integer", "maximum": 0}, {"type": "integer", "minimum": 10}], "multipleOf": 2}"#,
        r"[0, 5, 10, 11, -2, -3]",
    ),
    // Numbers.
    (r#"{"type": "integer"}"#, r#"[1, 1.0, 1.5, "1", 9223372036854775807, -9223372036854775808]"#),
    (r#"{"type": "integer", "minimum": 0, "maximum": 18446744073709551615}"#, r"[0, 18446744073709551615, -1]"),
    (r#"{"type": "integer", "enum": [1, 2]}"#, r"[1, 1.0, 2, 3]"),
    (r#"{"type": "number", "enum": [1, 2.5]}"#, r"[1, 1.0, 2.5, 2.50, 3]"),
    (r#"{"const": 1}"#, r#"[1, 1.0, "1", true]"#),
    (r#"{"type": "number", "exclusiveMinimum": 0}"#, r"[0, 0.1, 1e-10, -1]"),
    (r#"{"type": "number", "multipleOf": 0.01}"#, r"[0.01, 1.23, 0.001, 5]"),
    (r#"{"type": "integer", "multipleOf": 2.5}"#, r"[5, 4, 0, 10]"),
    (
        r#"{"oneOf": [{"type": "integer"}, {"type": "string"}, {"type": "boolean"}]}"#,
        r#"[1, 1.0, "1", true, null, 1.5]"#,
    ),
    // Presence.
    (r#"{"type": "object", "required": ["a"], "properties": {"a": true}}"#, r#"[{"a": null}, {}, {"a": [1]}]"#),
    (
        r#"{"type": "object", "required": ["a"], "properties": {"a": {"type": ["string", "null"]}}}"#,
        r#"[{"a": null}, {}, {"a": "x"}, {"a": 1}]"#,
    ),
    (
        r#"{"type": "object", "properties": {"a": {"type": ["string", "null"]}}}"#,
        r#"[{"a": null}, {}, {"a": "x"}, {"a": 1}]"#,
    ),
    (r#"{"type": "object", "properties": {"a": {"type": "string"}}}"#, r#"[{"a": null}, {}, {"a": "x"}]"#),
    (
        r#"{"type": "object", "properties": {"a": {"anyOf": [{"type": "null"}, {"type": "integer", "minimum": 3}]}}}"#,
        r#"[{"a": null}, {"a": 2}, {"a": 3}, {}]"#,
    ),
    (
        r#"{"type": "object", "properties": {"a": {"type": "integer"}}, "additionalProperties": {"type": ["string", "null"]}}"#,
        r#"[{"a": 1, "b": "x"}, {"b": null}, {"b": 1}, {"a": "x"}]"#,
    ),
    (
        r#"{"type": "object", "properties": {"a": {"type": "integer"}}, "minProperties": 1, "additionalProperties": false}"#,
        r#"[{"a": 1}, {}, {"b": 1}]"#,
    ),
    // Listed values.
    (r#"{"enum": ["a", 1, null, true]}"#, r#"["a", 1, null, true, false, "b", 1.0]"#),
    (r#"{"type": ["integer", "string", "null"], "enum": [1, "a", null]}"#, r#"["a", 1, null, 2, "1"]"#),
    (r#"{"type": "string", "enum": ["", " ", "a"]}"#, r#"["", " ", "a", "  "]"#),
    (r#"{"oneOf": [{"const": "a"}, {"const": "b"}]}"#, r#"["a", "b", "c", null]"#),
    (r#"{"oneOf": [{"const": 1}, {"const": "1"}]}"#, r#"[1, "1", 2, true]"#),
    (
        r#"{"type": "object", "required": ["k"], "allOf": [{"properties": {"k": {"enum": ["a", "b"]}}}, {"properties": {"k": {"enum": ["b", "c"]}}}]}"#,
        r#"[{"k": "b"}, {"k": "a"}, {"k": "c"}, {}]"#,
    ),
    (r#"{"type": ["string", "null"], "enum": ["a", "b"]}"#, r#"["a", null, "c"]"#),
    (r#"{"type": ["integer", "null"], "enum": [1, 2]}"#, r"[1, null, 3]"),
    (r#"{"type": ["object", "null"], "enum": [{"a": 1}]}"#, r#"[{"a": 1}, null, {"a": 2}]"#),
    (r#"{"allOf": [{"type": ["string", "null"]}, {"enum": ["a", "b"]}]}"#, r#"["a", null, "c"]"#),
    (r#"{"anyOf": [{"enum": ["a"]}, {"type": "null"}]}"#, r#"["a", null, "c"]"#),
    // Properties that are not evaluated.
    (
        r#"{"type": "object", "properties": {"k": {"type": "integer"}}, "if": {"required": ["k"]}, "then": {"properties": {"x": {"type": "integer"}}}, "else": {"properties": {"y": {"type": "string"}}}, "unevaluatedProperties": false}"#,
        r#"[{"k": 1, "x": 1}, {"k": 1, "y": "s"}, {"y": "s"}, {"x": 1}, {}, {"k": 1, "x": 1, "y": "s"}]"#,
    ),
    (
        r#"{"type": "object", "properties": {"k": {"type": "string"}}, "dependentSchemas": {"k": {"properties": {"x": {"type": "integer"}}}}, "unevaluatedProperties": false}"#,
        r#"[{"k": "a", "x": 1}, {"x": 1}, {"k": "a"}]"#,
    ),
    (
        r#"{"type": "object", "properties": {"k": {"type": "integer"}}, "if": {"required": ["k"]}, "then": {"properties": {"x": {"type": "integer"}}}, "else": {"properties": {"x": {"type": "string"}}}, "unevaluatedProperties": false}"#,
        r#"[{"k": 1, "x": 1}, {"k": 1, "x": "s"}, {"x": "s"}, {"x": 1}, {"z": 1}, {}, {"k": 1, "z": 1}]"#,
    ),
    (
        r#"{"type": "object", "anyOf": [{"required": ["b"], "properties": {"b": {"type": "integer"}}}, {"required": ["c"], "properties": {"c": {"type": "integer"}}}], "unevaluatedProperties": false}"#,
        r#"[{"b": 1}, {"c": 1}, {"b": 1, "c": 2}, {"b": 1, "c": "s"}, {}]"#,
    ),
    // Unions of objects.
    (
        r#"{"anyOf": [{"type": "object", "properties": {"a": {"type": "integer"}}}, {"type": "object", "properties": {"b": {"type": "string"}}}]}"#,
        r#"[{"a": 1, "b": "x"}, {"a": 1}, {"b": "x"}, {}, {"a": "no", "b": 1}, 1]"#,
    ),
    (
        r#"{"anyOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}}, {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}}]}"#,
        r#"[{"a": "x"}, {"b": 1}, {}, {"a": 1}]"#,
    ),
    (
        r#"{"anyOf": [{"type": "object", "properties": {"a": {"type": "string"}}}, {"type": "object", "properties": {"b": {"type": "integer"}}}]}"#,
        r#"[{"a": "x"}, {"b": 1}, {}]"#,
    ),
    (
        r#"{"anyOf": [{"type": "object", "required": ["id", "a"], "properties": {"id": {"type": "string"}, "a": {"type": "string"}}}, {"type": "object", "required": ["id", "b"], "properties": {"id": {"type": "string"}, "b": {"type": "integer"}}}]}"#,
        r#"[{"id": "1", "a": "x"}, {"id": "1", "b": 1}, {"id": "1"}, {"a": "x"}]"#,
    ),
    (
        r#"{"oneOf": [{"type": "object", "required": ["a"], "properties": {"a": {"type": "string"}}, "additionalProperties": false}, {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}, "additionalProperties": false}]}"#,
        r#"[{"a": "x"}, {"b": 1}, {}]"#,
    ),
    (
        r#"{"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}"#,
        r#"[{"a": "x"}, {"b": "x"}, {"a": "x", "b": "x"}, {}]"#,
    ),
    (
        r#"{"allOf": [{"oneOf": [{"type": "object", "required": ["k", "a"], "properties": {"k": {"const": "a"}, "a": {"type": "string"}}}, {"type": "object", "required": ["k"], "properties": {"k": {"const": "b"}}}]}, {"type": "object", "required": ["z"], "properties": {"z": {"type": "integer"}}}]}"#,
        r#"[{"k": "a", "a": "x", "z": 1}, {"k": "b", "z": 1}, {"k": "b"}, {"k": "a", "z": 1}, {"k": "c", "z": 1}]"#,
    ),
    (
        r#"{"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"const": 1}, "a": {"type": "string"}}}, {"type": "object", "required": ["k"], "properties": {"k": {"const": 2}, "b": {"type": "integer"}}}]}"#,
        r#"[{"k": 1, "a": "x"}, {"k": 2, "b": 1}, {"k": 3}, {"k": "1"}, {"k": 1, "a": 1}, {}]"#,
    ),
    (
        r#"{"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"const": true}, "a": {"type": "string"}}}, {"type": "object", "required": ["k"], "properties": {"k": {"const": false}, "b": {"type": "integer"}}}]}"#,
        r#"[{"k": true, "a": "x"}, {"k": false, "b": 1}, {"k": null}, {"k": "true"}, {}]"#,
    ),
    (
        r#"{"oneOf": [{"oneOf": [{"type": "object", "required": ["k"], "properties": {"k": {"const": "a"}}}, {"type": "object", "required": ["k", "n"], "properties": {"k": {"const": "b"}, "n": {"type": "integer"}}}]}, {"type": "object", "required": ["k"], "properties": {"k": {"const": "c"}}}]}"#,
        r#"[{"k": "a"}, {"k": "b", "n": 1}, {"k": "b"}, {"k": "c"}, {"k": "d"}]"#,
    ),
    (
        r#"{"type": "array", "prefixItems": [{"type": "string"}, {"oneOf": [{"type": "integer"}, {"type": "null"}]}], "items": {"type": "boolean"}, "minItems": 1}"#,
        r#"[["a"], ["a", null], ["a", 1, true], ["a", 1, 2], [], ["a", "b"]]"#,
    ),
    (
        r#"{"type": "array", "items": {"oneOf": [{"type": "string", "maxLength": 2}, {"type": "array", "items": {"type": "integer"}}]}, "uniqueItems": true}"#,
        r#"[["a", "a"], ["a", [1]], [[1], [1]], ["abc"], [[1], [2]]]"#,
    ),
    (r#"{"minLength": 2, "minimum": 3}"#, r#"["a", "ab", 2, 3, true, null, []]"#),
];

fn name(number: usize) -> String {
    format!("W{number:02}")
}

/// The schemas by name, each in an object that requires it as `v`.
pub(super) fn components() -> Map<String, Value> {
    let schema = |text: &str| serde_json::from_str::<Value>(text).expect("a schema");
    let cases = CASES.iter().enumerate();
    let each = cases.map(|(number, (text, _))| {
        (name(number), json!({"type": "object", "required": ["v"], "properties": {"v": schema(text)}}))
    });
    each.collect()
}

/// What is asked of each of them.
pub(super) fn questions() -> Vec<Question> {
    let values = |text: &str| serde_json::from_str::<Vec<Value>>(text).expect("a list of values");
    let cases = CASES.iter().enumerate();
    cases
        .flat_map(|(number, (_, text))| values(text).into_iter().map(move |value| (name(number), json!({"v": value}))))
        .collect()
}

/// How the two verdicts on a value disagree; no value has what its schema does not declare, so that all of it comes back.
pub(super) fn disagreement(is_valid: bool, asked: &Value, verdict: &Verdict) -> Option<String> {
    match (is_valid, verdict) {
        (true, Verdict::Accepted(written)) if is_same(asked, written) => None,
        (false, Verdict::Refused(_) | Verdict::Faulty(_)) => None,
        (true, Verdict::Refused(reason) | Verdict::Faulty(reason)) => Some(format!("is valid: {reason}")),
        (true, Verdict::Accepted(written)) => Some(format!("comes back as {written}")),
        (false, Verdict::Accepted(_)) => Some("is invalid, and is accepted".to_owned()),
    }
}

fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => one.as_f64() == other.as_f64(),
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| is_same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let is_kept = |(name, value): (&String, &Value)| other.get(name).is_some_and(|other| is_same(value, other));
            one.len() == other.len() && one.iter().all(is_kept)
        }
        _ => one == other,
    }
}
