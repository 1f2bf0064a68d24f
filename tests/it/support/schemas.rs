//! An independent judge of payloads: the schemas of the documents, in the hands of the `jsonschema` crate.

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};

use super::documents::Document;

/// A validator for one schema of a document.
///
/// Schemas of OpenAPI 3.0 are those of JSON Schema's draft 4 (Wright-00) but for `nullable`, which is rewritten.
pub fn validator(document: &Document, schema: &Value) -> Validator {
    let mut root = json!({ "allOf": [schema], "components": { "schemas": document.root["components"]["schemas"] } });
    rewrite_nullable(&mut root);
    jsonschema::options().with_draft(Draft::Draft4).should_validate_formats(true).build(&root).unwrap()
}

/// Asserts that a text is valid, and says where it is not.
#[track_caller]
pub fn assert_valid(validator: &Validator, text: &[u8], what: &str) {
    let value: Value = serde_json::from_slice(text).unwrap_or_else(|error| panic!("{what}: {error}"));
    let errors: Vec<_> =
        validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}\n{}", String::from_utf8_lossy(text));
}

/// `nullable: true` says that null is valid too, whatever else the schema says.
fn rewrite_nullable(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(rewrite_nullable),
        Value::Object(keywords) => {
            // A property may have the name of the keyword; it then holds a schema.
            let nullable = keywords.get("nullable") == Some(&Value::Bool(true));
            if nullable {
                keywords.remove("nullable");
            }
            keywords.values_mut().for_each(rewrite_nullable);
            if nullable {
                *schema = json!({ "anyOf": [{ "enum": [null] }, std::mem::take(schema)] });
            }
        }
        _ => {}
    }
}

#[test]
fn the_judge_knows_null_from_absent_and_right_from_wrong() {
    let root = json!({ "components": { "schemas": { "A": {
        "type": "object", "required": ["a"],
        "properties": { "a": { "type": "string", "nullable": true }, "b": { "type": "string", "format": "date" } },
    } } } });
    let document = Document { root, operations: std::collections::BTreeMap::new() };
    let judge = validator(&document, &json!({ "$ref": "#/components/schemas/A" }));
    for (value, valid) in [
        (json!({ "a": null }), true),
        (json!({ "a": "x", "b": "2020-02-29" }), true),
        (json!({}), false),
        (json!({ "a": "x", "b": null }), false),
        (json!({ "a": "x", "b": "2021-02-29" }), false),
        (json!({ "a": 1 }), false),
    ] {
        assert_eq!(judge.is_valid(&value), valid, "{value}");
    }
}
