//! Verdicts held against instances: a value that one document allows and the other one does not exists only where a verdict says so.
//!
//! What is valid is decided by the `jsonschema` crate, not by us. Objects list all properties that instances have, or are closed: that a
//! property is new in an open object is judged by what people mean by it, not by all values that JSON Schema allows.

use proptest::prelude::*;
use serde_json::{Value, json};
use specie_codegen::source::Source;
use specie_codegen::{Strictness, meaning};
use specie_diff::{Audience, Finding, Verdict, compare};

/// Schemas of single values.
fn leaf() -> impl Strategy<Value = Value> {
    let bound = || prop::option::of(0_u8..4);
    let with = |mut schema: Value, keywords: Vec<(&str, Option<u8>)>| {
        for (keyword, value) in keywords {
            if let Some(value) = value {
                schema[keyword] = json!(value);
            }
        }
        schema
    };
    prop_oneof![
        (bound(), bound()).prop_map(move |(least, most)| {
            with(json!({"type": "integer"}), vec![("minimum", least), ("maximum", most)])
        }),
        (bound(), bound()).prop_map(move |(least, most)| {
            with(json!({"type": "number"}), vec![("exclusiveMinimum", least), ("maximum", most)])
        }),
        (bound(), bound()).prop_map(move |(least, most)| {
            with(json!({"type": "string"}), vec![("minLength", least), ("maxLength", most)])
        }),
        Just(json!({"type": "boolean"})),
        Just(json!({"type": ["string", "null"]})),
        Just(json!({"type": ["string", "integer"]})),
        Just(json!({"type": "string", "pattern": "^a+$"})),
        Just(json!({"type": "integer", "multipleOf": 2})),
        Just(json!({})),
        Just(json!({"const": "a"})),
        prop::sample::subsequence(vec![json!("a"), json!("bb"), json!(1), json!(2)], 1..4)
            .prop_map(|values| json!({"enum": values})),
        Just(json!({"type": "string", "not": {"minLength": 2}})),
    ]
}

/// Schemas of values within values.
fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(2, 12, 3, |inner| {
        let names = || prop::sample::subsequence(vec!["a", "b"], 0..=2);
        prop_oneof![
            (inner.clone(), inner.clone(), names()).prop_map(|(a, b, required)| {
                json!({"type": "object", "properties": {"a": a, "b": b}, "required": required})
            }),
            (inner.clone(), prop::bool::ANY).prop_map(|(a, required)| {
                let required: Vec<&str> = if required { vec!["a"] } else { Vec::new() };
                json!({"type": "object", "properties": {"a": a}, "required": required, "additionalProperties": false})
            }),
            prop::sample::select(vec!["boolean", "integer", "string", "array"])
                .prop_map(|kind| json!({"type": "object", "additionalProperties": {"type": kind}})),
            (inner.clone(), prop::option::of(0_u8..3), prop::bool::ANY).prop_map(|(items, most, unique)| {
                let mut schema = json!({"type": "array", "items": items, "uniqueItems": unique});
                if let Some(most) = most {
                    schema["maxItems"] = json!(most);
                }
                schema
            }),
            (inner.clone(), inner).prop_map(|(one, other)| json!({"anyOf": [one, other]})),
            // A `oneOf` of two equal branches, or of one that allows anything, allows next to nothing; no document means that, so it is
            // not read so.
            (leaf(), leaf())
                .prop_filter("says something", |(one, other)| one != other && *one != json!({}) && *other != json!({}))
                .prop_map(|(one, other)| json!({"oneOf": [one, other]})),
        ]
    })
}

/// Values of all types, near the bounds of the schemas.
fn instances() -> Vec<Value> {
    let scalars = vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(0),
        json!(1),
        json!(1.5),
        json!(2),
        json!(3),
        json!(4),
        json!(""),
        json!("a"),
        json!("aa"),
        json!("bb"),
        json!("aaaa"),
    ];
    let mut found = scalars.clone();
    found.extend([json!({}), json!([]), json!(["a", "a"]), json!([1, 2]), json!([{}]), json!([["a"]])]);
    for one in &scalars {
        found.push(json!([one]));
        found.push(json!({"a": one}));
        found.push(json!({"b": one}));
        found.push(json!({"a": [one], "b": {"a": one}}));
        for other in scalars.iter().step_by(3) {
            found.push(json!({"a": one, "b": other}));
        }
    }
    found
}

/// A document whose one request is of a schema.
fn findings(old: &Value, new: &Value) -> Option<Vec<Finding>> {
    let api = |schema: &Value| {
        let document = json!({
            "openapi": "3.1.0",
            "info": {"title": "T", "version": "1"},
            "paths": {"/a": {"post": {
                "requestBody": {"content": {"application/json": {"schema": schema}}},
                "responses": {"204": {"description": "Done."}},
            }}},
        });
        meaning(&Source::new("t.json", document.to_string()), Strictness::Lenient, &[]).0.map(|one| one.api)
    };
    Some(compare(&api(old)?, &api(new)?))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn a_value_that_only_one_document_allows_is_foreseen((old, new) in (schema(), schema())) {
        // Some schemas, such as those without any value, are refused.
        let Some(found) = findings(&old, &new) else { return Ok(()) };
        let worst = |audience| found.iter().map(|one| one.verdict(audience)).max().unwrap_or_default();
        let validators = (jsonschema::validator_for(&old), jsonschema::validator_for(&new));
        let (Ok(before), Ok(after)) = validators else { panic!("both are schemas: {old} {new}") };
        for value in instances() {
            let (was, is) = (before.is_valid(&value), after.is_valid(&value));
            if was && !is {
                prop_assert!(worst(Audience::OldClients) > Verdict::Fine, "{old} -> {new}: {value} is refused, {found:?}");
            }
            if is && !was {
                prop_assert!(worst(Audience::OldServers) > Verdict::Fine, "{old} -> {new}: {value} is new, {found:?}");
            }
        }
        prop_assert!(findings(&old, &old).is_some_and(|same| same.is_empty()), "{old} differs from itself");
    }
}
