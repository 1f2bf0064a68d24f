//! Verdicts held against instances, for schemas that are nested in any way and need not mean anything to a person.
//!
//! What is valid is decided by the `jsonschema` crate on the schemas as they are written. Objects list all properties that instances have,
//! match them by a pattern, or say what others hold: that a property is new in an open object is judged by what people mean by it.

use proptest::prelude::*;
use serde_json::{Value, json};
use specie_codegen::source::Source;
use specie_codegen::{ApiAndCrate, Strictness, api_and_document};
use specie_diff::{Audience, Finding, Verdict, Witness, report};

use crate::cases;

/// Values that schemas list.
fn constant() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![json!("a"), json!("b"), json!("c"), json!(1), json!(2), json!(true), json!(null)])
}

fn typed() -> impl Strategy<Value = Value> {
    let bound = || prop::option::of(0_u8..3);
    let with = |kind: Value, keywords: [(&str, Option<u8>); 2]| {
        let mut schema = json!({"type": kind});
        for (keyword, value) in keywords {
            if let Some(value) = value {
                schema[keyword] = json!(value);
            }
        }
        schema
    };
    let number = move |kind: &'static str| {
        (bound(), bound(), prop::bool::ANY).prop_map(move |(least, most, is_null)| {
            let kind = if is_null { json!([kind, "null"]) } else { json!(kind) };
            with(kind, [("minimum", least), ("maximum", most)])
        })
    };
    prop_oneof![
        number("integer"),
        number("number"),
        (bound(), bound(), prop::bool::ANY).prop_map(move |(least, most, is_null)| {
            let kind = if is_null { json!(["string", "null"]) } else { json!("string") };
            with(kind, [("minLength", least), ("maxLength", most)])
        }),
        Just(json!({"type": "boolean"})),
        Just(json!({"type": "null"})),
        Just(json!({"type": ["string", "integer"]})),
        Just(json!({})),
    ]
}

fn leaf() -> impl Strategy<Value = Value> {
    let values =
        || prop::collection::hash_set(prop::sample::select(vec!["\"a\"", "\"b\"", "\"c\"", "1", "2", "null"]), 1..4);
    let listed = move || {
        values().prop_map(|all| {
            let mut all: Vec<&str> = all.into_iter().collect();
            all.sort_unstable();
            Value::Array(all.into_iter().map(|text| serde_json::from_str(text).expect("JSON")).collect())
        })
    };
    prop_oneof![
        3 => typed(),
        1 => constant().prop_map(|value| json!({"const": value})),
        2 => listed().prop_map(|values| json!({"enum": values})),
        1 => listed().prop_map(|values| json!({"type": ["string", "null"], "enum": values})),
        1 => listed().prop_map(|values| json!({"not": {"enum": values}})),
        1 => constant().prop_map(|value| json!({"not": {"const": value}})),
    ]
}

fn object(inner: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let names = || prop::sample::subsequence(vec!["a", "b"], 0..=2);
    prop_oneof![
        (inner.clone(), inner.clone(), names()).prop_map(|(a, b, required)| {
            json!({"type": "object", "properties": {"a": a, "b": b}, "required": required})
        }),
        (inner.clone(), names(), prop::bool::ANY).prop_map(|(a, required, is_null)| {
            let required: Vec<&str> = required.into_iter().filter(|name| *name == "a").collect();
            let kind = if is_null { json!(["object", "null"]) } else { json!("object") };
            json!({"type": kind, "properties": {"a": a}, "required": required, "additionalProperties": false})
        }),
        (inner.clone(), inner.clone()).prop_map(|(a, others)| {
            json!({"type": "object", "properties": {"a": a}, "additionalProperties": others})
        }),
        (inner.clone(), inner.clone(), prop::sample::select(vec!["^a", "^b", "^x"])).prop_map(|(a, matched, pattern)| {
            json!({"type": "object", "properties": {"a": a}, "patternProperties": {pattern: matched}, "additionalProperties": false})
        }),
        (inner.clone(), prop::sample::select(vec!["^a", "^b", "^x"])).prop_map(|(matched, pattern)| {
            json!({"type": "object", "properties": {"a": {}, "b": {}}, "patternProperties": {pattern: matched}})
        }),
        names().prop_map(|required| json!({"required": required})),
    ]
}

/// Schemas of values within values.
fn schema() -> impl Strategy<Value = Value> {
    leaf().prop_recursive(2, 10, 3, |inner| {
        let some = |inner: BoxedStrategy<Value>| prop::collection::vec(inner, 1..4);
        let inner = inner.boxed();
        prop_oneof![
            3 => object(inner.clone()),
            1 => (inner.clone(), prop::option::of(0_u8..3)).prop_map(|(items, most)| {
                let mut schema = json!({"type": "array", "items": items});
                if let Some(most) = most {
                    schema["maxItems"] = json!(most);
                }
                schema
            }),
            2 => some(inner.clone()).prop_map(|all| json!({"anyOf": all})),
            2 => some(inner.clone()).prop_map(|all| json!({"oneOf": all})),
            1 => some(inner.clone()).prop_map(|all| json!({"allOf": all})),
            1 => (typed(), some(inner.clone())).prop_map(|(mut whole, all)| {
                whole["anyOf"] = json!(all);
                whole
            }),
            1 => inner.prop_map(|one| json!({"not": one})),
        ]
    })
}

/// Two schemas: any two, or one and the same with a part of it written in another way.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    prop_oneof![
        1 => (schema(), schema()),
        2 => (schema(), leaf(), 0_usize..6).prop_map(|(old, leaf, way)| {
            let new = changed(&old, &leaf, way);
            (old, new)
        }),
    ]
}

/// A schema with one change.
fn changed(old: &Value, leaf: &Value, way: usize) -> Value {
    let mut new = old.clone();
    let Some(stated) = new.as_object_mut() else { return new };
    for keyword in ["oneOf", "anyOf", "allOf"] {
        let Some(Value::Array(all)) = stated.get_mut(keyword) else { continue };
        match way {
            0 => all.push(leaf.clone()),
            1 if all.len() > 1 => drop(all.pop()),
            2 => all[0] = leaf.clone(),
            3 => {
                let branches = stated.remove(keyword).unwrap_or_default();
                stated.insert(if keyword == "oneOf" { "anyOf" } else { "oneOf" }.to_owned(), branches);
            }
            _ => {
                let first = changed(&all[0], leaf, way);
                all[0] = first;
            }
        }
        return new;
    }
    match way {
        0 => json!({"anyOf": [old, leaf]}),
        1 => json!({"oneOf": [old, leaf]}),
        2 => json!({"oneOf": [old, {"type": "null"}]}),
        3 if old["properties"]["a"].is_object() => {
            new["properties"]["a"] = leaf.clone();
            new
        }
        4 if old["items"].is_object() => {
            new["items"] = leaf.clone();
            new
        }
        _ => leaf.clone(),
    }
}

/// Values of all types, up to objects and lists of two.
pub(crate) fn instances() -> Vec<Value> {
    let scalars = [
        "null", "true", "false", "-1", "0", "1", "2", "3", "0.5", "\"\"", "\"a\"", "\"b\"", "\"c\"", "\"aa\"",
        "\"aaa\"",
    ]
    .map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
    let mut found = scalars.to_vec();
    found.extend([json!({}), json!([])]);
    let mut parts = found.clone();
    parts.extend([
        json!({"a": 1}),
        json!({"a": "a"}),
        json!({"b": null}),
        json!(["a"]),
        json!([1, 1]),
        json!({"a": {}}),
    ]);
    for one in &parts {
        found.push(json!([one]));
        found.push(json!([one, one, one]));
        found.push(json!({"x": one, "a": one}));
        for name in ["a", "b", "x"] {
            found.push(json!({name: one}));
        }
        for other in parts.iter().step_by(2) {
            found.push(json!({"a": one, "b": other}));
            found.push(json!([one, other]));
        }
    }
    found
}

/// A document of a schema, whose components stand in it.
fn document(schema: &Value) -> Option<ApiAndCrate> {
    let mut schema = schema.clone();
    let components = schema.as_object_mut().and_then(|stated| stated.remove("components")).unwrap_or(json!({}));
    let document = json!({
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "components": components,
        "paths": {"/a": {"post": {
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {"204": {"description": "Done."}},
        }}},
    });
    let found = api_and_document(&Source::new("t.json", document.to_string()), Strictness::Lenient, &[]).0?;
    Some(ApiAndCrate { api: found.api, document: found.document, krate: None })
}

/// What is wrong with what is found of two schemas; `None` where nothing is, or one of them is refused.
pub(crate) fn fault(old: &Value, new: &Value, instances: &[Value]) -> Option<String> {
    let found = report(&document(old)?, &document(new)?);
    let validator = |schema| jsonschema::draft202012::options().should_validate_formats(true).build(schema).ok();
    let (before, after) = (validator(old)?, validator(new)?);
    let worst = |audience| found.iter().map(|one| one.verdict(audience)).max().unwrap_or_default();
    let [refused, added] = Audience::WIRE.map(worst);
    for value in instances {
        match (before.is_valid(value), after.is_valid(value)) {
            (true, false) if refused == Verdict::Fine => {
                return Some(format!("hidden: {value} is refused, {}", said(&found)));
            }
            (false, true) if added == Verdict::Fine => {
                return Some(format!("hidden: {value} is new, {}", said(&found)));
            }
            _ => {}
        }
    }
    for one in &found {
        if let Some(Witness::Value { json, is_old }) = &one.witness {
            let value: Value = serde_json::from_str(json).ok()?;
            // The change may be one of a part.
            if one.uses.iter().any(|used| is_whole(&used.place))
                && (before.is_valid(&value), after.is_valid(&value)) != (*is_old, !*is_old)
            {
                return Some(format!("untrue witness: {}", said(&found)));
            }
        }
    }
    None
}

/// Whether a place is that of the whole body.
fn is_whole(place: &str) -> bool {
    place.strip_prefix("request body").is_some_and(|rest| matches!(rest, "" | " (application/json)"))
}

fn said(found: &[Finding]) -> String {
    let of = |one: &Finding| format!("{} {} {} {:?}", one.about, one.rule.id(), one.relation.as_str(), one.witness);
    found.iter().map(of).collect::<Vec<_>>().join("; ")
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(200)) })]

    #[test]
    fn what_is_said_of_nested_schemas_is_true_of_values((old, new) in pair()) {
        let wrong = fault(&old, &new, &instances());
        prop_assert!(wrong.is_none(), "{old} -> {new}: {wrong:?}");
    }
}
