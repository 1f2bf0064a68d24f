//! Samples of random schemas, which a judge by others calls valid.

use proptest::prelude::any;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Map, Value, json};
use specie_codegen::api::{Direction, Key};
use specie_codegen::source::Source;
use specie_codegen::{Strictness, samples};

use super::dice::Dice;
use super::schemas;

/// How many schemas a document has.
const SCHEMAS: usize = 40;

/// Schemas that a sample is hard to find for: patterns, formats with lengths, recursion, overlapping branches.
fn hard() -> Vec<Value> {
    vec![
        json!({"type": "string", "pattern": "^[A-Z]{2}[0-9]{2}([A-Z0-9]{4}){3,}$", "maxLength": 34}),
        json!({"type": "string", "pattern": "^(?:\\+|00)[1-9]\\d{6,14}$"}),
        json!({"type": "string", "pattern": "[^a-zA-Z]", "minLength": 5}),
        json!({"type": "string", "format": "uri", "minLength": 40, "maxLength": 41}),
        json!({"type": "string", "format": "email", "minLength": 30}),
        json!({"type": "number", "exclusiveMinimum": 1.5, "exclusiveMaximum": 1.6}),
        json!({"type": "integer", "multipleOf": 7, "minimum": 100}),
        json!({"type": "array", "uniqueItems": true, "minItems": 4, "items": {"type": "string", "maxLength": 4}}),
        json!({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "items": {"type": "boolean"}, "minItems": 3}),
        json!({"oneOf": [
            {"type": "object", "properties": {"a": {"type": "string"}}},
            {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}, "additionalProperties": false},
            {"type": "integer"},
        ]}),
        json!({"type": "object", "required": ["x_1"], "patternProperties": {"^x_": {"type": "integer"}}, "additionalProperties": false}),
        json!({"type": "object", "properties": {"in": {"$ref": "#/components/schemas/H10"}}, "minProperties": 2}),
        json!({"allOf": [
            {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "minimum": 3}}},
            {"type": "object", "properties": {"n": {"type": "integer", "maximum": 4}, "m": {"type": "string", "format": "ipv6"}}},
        ]}),
    ]
}

fn components(seed: u64) -> Map<String, Value> {
    let mut dice = Dice::new(seed);
    let random = (0..SCHEMAS).map(|number| (format!("S{number:02}"), schemas::schema(&mut dice, 3)));
    let hard = hard().into_iter().enumerate().map(|(number, schema)| (format!("H{number:02}"), schema));
    random.collect::<Vec<_>>().into_iter().chain(hard).collect()
}

#[test]
fn samples_are_valid_in_the_eyes_of_others() {
    let mut runner =
        TestRunner::new(Config { cases: 64, failure_persistence: None, max_shrink_iters: 0, ..Config::default() });
    let (made, none) = (std::cell::Cell::new(0_usize), std::cell::RefCell::new(Vec::new()));
    let property = |seed: u64| {
        let components = components(seed);
        let document =
            json!({"openapi": "3.1.1", "info": {"title": "T", "version": "1"}, "components": {"schemas": components}});
        let source = Source::new("document.json", document.to_string());
        let (api, found) = specie_codegen::api_and_document(&source, Strictness::Lenient, &[]);
        let api = api.unwrap_or_else(|| panic!("{found:?}")).api;
        for name in components.keys() {
            let schema = api.schemas.find(&Key::Component(name.clone())).expect("a component");
            let root = json!({"$ref": format!("#/components/schemas/{name}"), "components": {"schemas": components}});
            let judge =
                jsonschema::draft202012::options().should_validate_formats(true).build(&root).expect("a schema");
            for direction in [Direction::Request, Direction::Response] {
                match samples::of_schema(&api.schemas, schema, direction) {
                    Ok(sample) => {
                        let value: Value = serde_json::from_str(&sample.to_string()).expect("JSON");
                        let faults: Vec<String> = judge.iter_errors(&value).map(|fault| fault.to_string()).collect();
                        assert!(faults.is_empty(), "{}\n{sample}\n{faults:#?}", components[name]);
                        made.set(made.get() + 1);
                    }
                    Err(reason) => none.borrow_mut().push(format!("{}: {reason}", components[name])),
                }
            }
        }
        Ok(())
    };
    runner.run(&any::<u64>(), property).unwrap();
    let none = none.into_inner();
    println!("{} samples, none for {}: {:#?}", made.get(), none.len(), none.iter().take(20).collect::<Vec<_>>());
    // For most schemas a sample is found.
    assert!(none.len() * 50 < made.get(), "{} samples, none for {none:#?}", made.get());
}
