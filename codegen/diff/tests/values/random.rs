//! Verdicts held against instances: a value that one document allows and the other one does not exists only where a verdict says so.
//!
//! What is valid is decided by the `jsonschema` crate, not by us. Objects list all properties that instances have, or are closed: that a
//! property is new in an open object is judged by what people mean by it, not by all values that JSON Schema allows.

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document};
use specie_diff::{Audience, Finding, Verdict, compare};

use crate::cases;
use crate::instances::instances;

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

/// Unions of single values, which divide them in one way or another.
fn union() -> impl Strategy<Value = Value> {
    let branch = || {
        prop_oneof![
            (0_u8..4).prop_map(|bound| json!({"type": "integer", "maximum": bound})),
            (0_u8..4).prop_map(|bound| json!({"type": "integer", "minimum": bound})),
            (0_u8..4).prop_map(|bound| json!({"type": "number", "exclusiveMaximum": bound})),
            (0_u8..4).prop_map(|bound| json!({"type": "number", "minimum": bound})),
            (0_u8..4).prop_map(|size| json!({"type": "string", "maxLength": size})),
            (0_u8..4).prop_map(|size| json!({"type": "string", "minLength": size})),
            prop::sample::select(vec![json!(1), json!(1.5), json!("a"), json!("bb"), json!(true)])
                .prop_map(|value| json!({"const": value})),
            prop::sample::select(vec![json!(0.5), json!(1.5), json!(2), json!(0.01)])
                .prop_map(|step| json!({"type": "number", "multipleOf": step})),
            Just(json!({"type": ["boolean", "string"]})),
        ]
    };
    let branches = || prop::collection::vec(branch(), 1..4);
    prop_oneof![
        branches().prop_map(|all| json!({"anyOf": all})),
        (branches(), branches()).prop_map(|(all, inner)| {
            json!({"anyOf": all.into_iter().chain([json!({"anyOf": inner})]).collect::<Vec<_>>()})
        }),
        // Only branches of different types say what a reader expects of a `oneOf`.
        (0_u8..4).prop_map(|bound| {
            json!({"oneOf": [
                {"type": "integer", "maximum": bound},
                {"type": "integer", "minimum": bound + 1},
                {"type": "string", "minLength": bound},
            ]})
        }),
    ]
}

/// Objects and lists of which keywords such as `if` say more.
fn asserted() -> impl Strategy<Value = Value> {
    let object =
        |keyword: &str, value: Value| json!({"type": "object", "properties": {"a": {}, "b": {}}, keyword: value});
    let names = || prop::sample::select(vec!["a", "b"]);
    prop_oneof![
        (names(), names()).prop_map(move |(one, other)| object("dependentRequired", json!({one: [other]}))),
        (names(), names())
            .prop_map(move |(one, other)| object("dependentSchemas", json!({one: {"required": [other]}}))),
        (names(), names()).prop_map(move |(one, other)| {
            let mut schema = object("if", json!({"required": [one]}));
            schema["then"] = json!({"required": [other]});
            schema
        }),
        names().prop_map(move |name| object("not", json!({"required": [name]}))),
        (names(), names())
            .prop_map(move |(one, other)| object("anyOf", json!([{"required": [one]}, {"required": [other]}]))),
        (0_u8..3).prop_map(move |count| object("minProperties", json!(count))),
        (0_u8..3).prop_map(move |count| object("maxProperties", json!(count))),
        (0_u8..3).prop_map(move |size| object("propertyNames", json!({"minLength": size}))),
        prop::sample::select(vec![json!({"const": "a"}), json!({"type": "string"}), json!({"minLength": 2})])
            .prop_map(|contained| json!({"type": "array", "contains": contained})),
        (0_u8..3).prop_map(|count| json!({"type": "array", "contains": {"type": "string"}, "minContains": count})),
        leaf().prop_map(|first| json!({"type": "array", "prefixItems": [first]})),
        leaf().prop_map(|first| json!({"type": "array", "prefixItems": [first], "items": false})),
    ]
}

/// Whether no value fits two branches: they have other types, or other numbers.
fn are_apart(branches: &[Value]) -> bool {
    let apart = |one: &Value, other: &Value| {
        let kinds = (one["type"].as_str(), other["type"].as_str());
        let is_below = one["maximum"].as_u64().zip(other["minimum"].as_u64()).is_some_and(|(most, least)| most < least);
        let are_numbers = |kind: Option<&str>| matches!(kind, Some("integer" | "number"));
        match kinds {
            (Some(_), Some(_)) => is_below || kinds.0 != kinds.1 && !(are_numbers(kinds.0) && are_numbers(kinds.1)),
            _ => false,
        }
    };
    branches.iter().enumerate().all(|(at, one)| branches.iter().skip(at + 1).all(|other| apart(one, other)))
}

/// Whether that holds of each `oneOf` in a schema.
fn are_all_apart(schema: &Value) -> bool {
    match schema {
        Value::Object(all) => {
            let own = all.get("oneOf").and_then(Value::as_array).is_none_or(|branches| are_apart(branches));
            own && all.values().all(are_all_apart)
        }
        Value::Array(all) => all.iter().all(are_all_apart),
        _ => true,
    }
}

/// The same schema, written in another way.
fn rewritten(schema: &Value, way: usize) -> Value {
    // What says no type is a condition beside what else is said.
    let is_whole = |stated: &&Map<String, Value>| {
        ["type", "enum", "const", "anyOf", "oneOf"].iter().any(|keyword| stated.contains_key(*keyword))
    };
    let Some(stated) = schema.as_object().filter(is_whole) else { return schema.clone() };
    let mut out = stated.clone();
    for keyword in ["items", "additionalProperties"] {
        if let Some(inner) = stated.get(keyword) {
            out.insert(keyword.to_owned(), rewritten(inner, way));
        }
    }
    for keyword in ["anyOf", "oneOf"] {
        if let Some(Value::Array(branches)) = stated.get(keyword) {
            let mut branches: Vec<Value> = branches.iter().map(|branch| rewritten(branch, way)).collect();
            branches.reverse();
            out.insert(keyword.to_owned(), Value::Array(branches));
        }
    }
    if let Some(Value::Object(properties)) = stated.get("properties") {
        let properties = properties.iter().map(|(name, inner)| (name.clone(), rewritten(inner, way)));
        out.insert("properties".to_owned(), Value::Object(properties.collect()));
    }
    let whole = Value::Object(out);
    let kind = stated.get("type").and_then(Value::as_str);
    let halves = |least: &str, most: &str, at: u8| {
        let (mut low, mut high) = (whole.clone(), whole.clone());
        let is_between = stated.get(least).and_then(Value::as_u64).is_none_or(|least| least <= at.into())
            && stated.get(most).and_then(Value::as_u64).is_none_or(|most| most > at.into());
        is_between.then(|| {
            low[most] = json!(at);
            high[least] = json!(at + 1);
            json!({"anyOf": [low, high]})
        })
    };
    match (way, kind, stated.get("enum")) {
        (0, _, Some(Value::Array(values))) => {
            json!({"oneOf": values.iter().map(|value| json!({"const": value})).collect::<Vec<_>>()})
        }
        (0, Some("integer"), None) => halves("minimum", "maximum", 1).unwrap_or(whole),
        (0, Some("string"), None) => halves("minLength", "maxLength", 1).unwrap_or(whole),
        (1, ..) => json!({"allOf": [whole]}),
        (2, ..) if stated.contains_key("anyOf") && stated.len() == 1 => json!({"anyOf": [{"anyOf": whole["anyOf"]}]}),
        (2, ..) => json!({"anyOf": [whole, whole]}),
        (3, Some("object"), _) if !stated.contains_key("if") => {
            let mut whole = whole;
            whole["if"] = json!({"required": ["a"]});
            whole["then"] = json!(true);
            whole
        }
        _ => match stated.get("type") {
            Some(Value::Array(kinds)) => {
                json!({"oneOf": kinds.iter().map(|kind| json!({"type": kind})).collect::<Vec<_>>()})
            }
            _ => whole,
        },
    }
}

/// The values that hold no other properties than those that the schemas list.
fn listed() -> Vec<Value> {
    let is_listed =
        |value: &Value| value.as_object().is_none_or(|all| all.keys().all(|name| name == "a" || name == "b"));
    instances().into_iter().filter(is_listed).collect()
}

/// Two schemas of one kind.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    prop_oneof![(schema(), schema()), (union(), union()), (union(), leaf()), (asserted(), asserted())]
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
        api_and_document(&Source::new("t.json", document.to_string()), Strictness::Lenient, &[]).0.map(|one| one.api)
    };
    Some(compare(&api(old)?, &api(new)?))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(300)) })]

    #[test]
    fn a_value_that_only_one_document_allows_is_foreseen((old, new) in pair()) {
        // Some schemas, such as those without any value, are refused.
        let Some(found) = findings(&old, &new) else { return Ok(()) };
        let worst = |audience| found.iter().map(|one| one.verdict(audience)).max().unwrap_or_default();
        let validators = (jsonschema::validator_for(&old), jsonschema::validator_for(&new));
        let (Ok(before), Ok(after)) = validators else { panic!("both are schemas: {old} {new}") };
        for value in listed() {
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

    #[test]
    fn what_is_written_in_another_way_is_the_same((old, way) in (prop_oneof![schema(), union(), asserted()], 0_usize..4)) {
        // No document means a `oneOf` of which a value fits two branches.
        if !are_all_apart(&old) {
            return Ok(());
        }
        let new = rewritten(&old, way);
        let Some(found) = findings(&old, &new).zip(findings(&new, &old)) else { return Ok(()) };
        for one in found.0.iter().chain(&found.1) {
            let is_fine = Audience::WIRE.into_iter().all(|audience| one.verdict(audience) == Verdict::Fine);
            prop_assert!(is_fine, "{old} -> {new}: {one:?}");
        }
    }
}
