//! The secret places, found in the documents: each of them is marked in some test, and is a secret in the generated code.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::support::apis::{Api, Row, rows};
use crate::support::documents::document;
use crate::support::instances::{is_secret, marked};
use crate::support::types::{TYPES, Typed};

/// Every schema below a value that says that it is secret, by its address, with its place.
fn find(value: &Value, place: &str, found: &mut BTreeMap<*const Value, String>) {
    if is_secret(value) {
        found.insert(value, place.to_owned());
    }
    match value {
        Value::Object(entries) => {
            for (key, inner) in entries {
                // Payloads may hold any words.
                if !["example", "examples", "default", "enum", "x-specie-provenance"].contains(&key.as_str()) {
                    find(inner, &format!("{place}/{key}"), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, inner) in items.iter().enumerate() {
                find(inner, &format!("{place}/{index}"), found);
            }
        }
        _ => {}
    }
}

/// The schemas of what goes out and comes in with an operation.
fn schemas(row: &Row) -> impl Iterator<Item = &'static Value> {
    let operation = row.documented();
    let responses = operation.statuses_with_body().filter_map(|status| operation.response_schema(status));
    operation.body_schema().into_iter().chain(responses)
}

#[test]
fn every_secret_place_of_the_documents_is_marked_in_some_test() {
    let mut count = 0;
    for api in Api::ALL {
        let root = &document(api).root;
        let mut places = BTreeMap::new();
        find(root, "", &mut places);
        count += places.len();
        let types = TYPES.iter().filter(|typed| typed.api == api).map(Typed::schema);
        let operations = rows().filter(|row| row.api == api).flat_map(schemas);
        for schema in types.chain(operations) {
            for secret in marked(root, schema) {
                places.remove(&std::ptr::from_ref(secret));
            }
        }
        let left: Vec<_> = places.values().collect();
        assert!(left.is_empty(), "nothing looks for what stands at {left:?} of {}", api.name());
    }
    assert!(count >= 14, "{count}");
}

#[test]
fn a_secret_anywhere_in_a_document_is_found() {
    let root = serde_json::json!({
        "components": { "schemas": { "A": { "oneOf": [
            { "type": "string" },
            { "type": "object", "properties": { "pan": { "type": "string", "format": "password" } } },
        ] } } },
        "paths": { "/x": { "get": { "parameters": [{ "schema": { "type": "string", "x-specie-sensitive": true } }] } } },
        "example": { "x-specie-sensitive": true },
    });
    let mut places = BTreeMap::new();
    find(&root, "", &mut places);
    let mut found: Vec<_> = places.into_values().collect();
    found.sort();
    assert_eq!(
        found,
        [
            "/components/schemas/A/oneOf/1/properties/pan",
            "/paths/~1x/get/parameters/0/schema".replace("~1", "/").as_str()
        ]
    );
    // It stands in a branch that a marked instance does not take, and would be reported.
    assert!(marked(&root, &root["components"]["schemas"]["A"]).is_empty());
}
