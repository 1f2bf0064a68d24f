//! Forms held against values: where one schema is said to allow all that another one does, no value shows the contrary.

use std::sync::atomic::{AtomicUsize, Ordering};

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::{Answer, compare};

/// Keywords, each alone.
fn keyword() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"type": "object"}),
        json!({"type": ["array", "integer"]}),
        json!({"required": ["a"]}),
        json!({"required": ["b"]}),
        json!({"properties": {"a": {"const": 1}}}),
        json!({"properties": {"a": {"type": "integer"}}}),
        json!({"properties": {"a": false}}),
        json!({"properties": {"a": {}, "b": {}}, "additionalProperties": false}),
        json!({"properties": {"b": {"type": "integer"}}, "additionalProperties": {"type": "string"}}),
        json!({"patternProperties": {"^a": {"minimum": 2}}}),
        json!({"patternProperties": {"^a": {"type": "integer"}}, "additionalProperties": false}),
        json!({"additionalProperties": false}),
        json!({"propertyNames": {"enum": ["a", "c"]}}),
        json!({"propertyNames": {"pattern": "^a"}}),
        json!({"dependentRequired": {"a": ["b"]}}),
        json!({"dependentSchemas": {"b": {"required": ["a"]}}}),
        json!({"maxProperties": 1}),
        json!({"minProperties": 2}),
        json!({"maxProperties": 0}),
        json!({"prefixItems": [{"type": "integer"}]}),
        json!({"prefixItems": [{"type": "integer"}], "items": false}),
        json!({"items": {"type": "integer"}}),
        json!({"contains": {}, "minContains": 2}),
        json!({"contains": {"type": "integer"}, "maxContains": 1}),
        json!({"unevaluatedItems": false}),
        json!({"minItems": 1}),
        json!({"maxItems": 1}),
        json!({"uniqueItems": true}),
        json!({"minimum": 2}),
        json!({"exclusiveMaximum": 2}),
        json!({"not": {"minimum": 3}}),
        json!({"not": {"maxLength": 1}}),
        json!({"not": {"minItems": 2}}),
        json!({"uniqueItems": true, "items": {"enum": [1, 2]}}),
        json!({"multipleOf": 2}),
        json!({"multipleOf": 3}),
        json!({"enum": [1, 2, "a", null, {"a": 1}]}),
        json!({"const": {"a": 1.0}}),
        json!({"maxLength": 1}),
        json!({"pattern": "^a"}),
    ])
}

/// Schemas of several keywords.
fn schema() -> impl Strategy<Value = Value> {
    keyword().prop_recursive(3, 8, 3, |inner| {
        let several = || prop::collection::vec(inner.clone(), 1..3);
        prop_oneof![
            several().prop_map(|all| json!({"allOf": all})),
            several().prop_map(|all| json!({"anyOf": all})),
            several().prop_map(|all| json!({"oneOf": all})),
            inner.clone().prop_map(|one| json!({"not": one})),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(one, then, other)| json!({"if": one, "then": then, "else": other})),
            inner.clone().prop_map(|one| json!({"properties": {"a": one}})),
            inner.clone().prop_map(|one| json!({"items": one})),
        ]
    })
}

/// Two schemas, of which the second one is often made of the first one.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    (schema(), schema(), 0_usize..6).prop_map(|(one, other, way)| {
        let made = match way {
            0 => other,
            1 => json!({"anyOf": [one, other]}),
            2 => json!({"allOf": [other, one]}),
            3 => json!({"if": other, "then": one, "else": one}),
            4 => json!({"oneOf": [{"allOf": [one, other]}, {"allOf": [one, {"not": other}]}]}),
            _ => json!({"not": {"not": one}}),
        };
        (one, made)
    })
}

fn values() -> Vec<Value> {
    let mut found = vec![json!(null), json!(true), json!("a"), json!("ab"), json!("b"), json!(1.5)];
    found.extend((0..7).map(|number| json!(number)));
    let scalars = found.clone();
    found.extend([
        json!([]),
        json!({}),
        json!([1, 2]),
        json!([1, 1]),
        json!([2, "a"]),
        json!([1, 2, 3]),
        json!([{"a": 1}]),
    ]);
    for one in scalars {
        found.push(json!([one]));
        found.extend(["a", "b", "c", "ab"].map(|name| json!({name: one})));
        found.push(json!({"a": one, "b": 1}));
        found.push(json!({"a": 1, "b": one}));
        found.push(json!({"a": one, "c": "a"}));
        found.push(json!({"a": {"a": one}}));
    }
    found.extend([json!({"a": 1, "b": 2, "c": 3}), json!({"a": []}), json!({"a": [1, 1]}), json!({"b": 1, "c": "a"})]);
    found
}

#[test]
fn what_is_said_of_forms_is_true_of_values() {
    let whole = |schema: &Value| json!({"allOf": [schema], "components": {"schemas": {}}});
    let (said, all) = (AtomicUsize::new(0), values());
    let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(1_000) });
    let result = runner.run(&pair(), |(one, other)| {
        let relation = compare(&whole(&one), &whole(&other)).relation;
        let validators = (jsonschema::validator_for(&one), jsonschema::validator_for(&other));
        let (Ok(before), Ok(after)) = validators else { panic!("both are schemas: {one} {other}") };
        for (answer, inner, outer) in [(relation.old_in_new, &before, &after), (relation.new_in_old, &after, &before)] {
            if answer == Answer::Yes {
                said.fetch_add(1, Ordering::Relaxed);
                let wrong = all.iter().find(|value| inner.is_valid(value) && !outer.is_valid(value));
                prop_assert_eq!(wrong, None, "{} {}: {:?}", one, other, relation);
            }
        }
        Ok(())
    });
    assert!(result.is_ok(), "{result:?}");
    // More than half of the pairs are made so that one has all values of the other one.
    assert!(said.into_inner() > 700, "too little is said");
}
