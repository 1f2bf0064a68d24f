//! Verdicts held against instances, for keywords whose schemas are not compared one by one: `not`, `if`, `contains`, `propertyNames`,
//! `dependentSchemas` and what nothing else has evaluated, with formats, properties that are `false` and components that refer to themselves.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::cases;
use crate::nested::{fault, instances};

/// Schemas of single values.
fn single() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({}),
        json!(false),
        json!({"format": "date"}),
        json!({"type": "string"}),
        json!({"type": "string", "format": "uuid"}),
        json!({"not": {"format": "date"}}),
        json!({"type": "integer", "minimum": 1}),
        json!({"not": {"minimum": 1}}),
        json!({"type": "boolean"}),
        json!({"const": "a"}),
        json!({"enum": ["a", 1, null]}),
        json!({"pattern": "^.*$"}),
        json!({"$ref": "#/components/schemas/A"}),
    ])
}

/// Schemas that are asked whether a value fits them.
fn condition() -> impl Strategy<Value = Value> {
    let names = || prop::sample::select(vec!["a", "b"]);
    prop_oneof![
        2 => single(),
        1 => names().prop_map(|name| json!({"required": [name]})),
        2 => (names(), single(), prop::bool::ANY).prop_map(|(name, schema, is_required)| {
            let mut found = json!({"properties": {name: schema}});
            if is_required {
                found["required"] = json!([name]);
            }
            found
        }),
        1 => single().prop_map(|schema| json!({"type": "array", "items": schema})),
        1 => (single(), single()).prop_map(|(one, other)| json!({"anyOf": [one, other]})),
    ]
}

/// One or a few keywords of objects.
fn of_objects() -> impl Strategy<Value = Value> {
    prop_oneof![
        condition().prop_map(|one| json!({"not": one})),
        (condition(), condition(), prop::option::of(condition())).prop_map(|(one, then, otherwise)| {
            let mut found = json!({"if": one, "then": then});
            if let Some(otherwise) = otherwise {
                found["else"] = otherwise;
            }
            found
        }),
        prop::sample::select(vec![json!({"format": "date"}), json!({"pattern": "^a"}), json!({"enum": ["a"]})])
            .prop_map(|names| json!({"propertyNames": names})),
        condition().prop_map(|one| json!({"dependentSchemas": {"a": one}})),
        (prop::bool::ANY, single()).prop_map(|(is_own, one)| {
            json!({if is_own { "additionalProperties" } else { "unevaluatedProperties" }: one})
        }),
    ]
}

/// One or a few keywords of lists.
fn of_lists() -> impl Strategy<Value = Value> {
    prop_oneof![
        condition().prop_map(|one| json!({"contains": one})),
        (condition(), 0_u8..3).prop_map(|(one, most)| json!({"contains": one, "maxContains": most, "minContains": 0})),
        (condition(), condition()).prop_map(|(one, then)| json!({"if": one, "then": then})),
        condition().prop_map(|one| json!({"not": one})),
        single().prop_map(|first| json!({"prefixItems": [first]})),
        (prop::bool::ANY, single())
            .prop_map(|(is_own, one)| json!({if is_own { "items" } else { "unevaluatedItems" }: one})),
        Just(json!({"uniqueItems": true, "items": {"type": "boolean"}})),
    ]
}

/// An object that lists all properties that instances have.
fn object() -> impl Strategy<Value = Value> {
    let names = || prop::sample::subsequence(vec!["a", "b"], 0..=2);
    (single(), single(), names(), prop::collection::vec(of_objects(), 0..3)).prop_map(|(a, b, required, all)| {
        together(json!({"type": "object", "properties": {"a": a, "b": b}, "required": required}), all)
    })
}

/// An open object that says little, as a branch that others overlap with.
fn branch() -> impl Strategy<Value = Value> {
    let values = || {
        prop::sample::select(vec![
            json!({}),
            json!({"type": "string"}),
            json!({"type": "string", "maxLength": 1}),
            json!({"type": ["string", "null"]}),
            json!({"type": "integer"}),
            json!({"const": "a"}),
        ])
    };
    let names = || prop::sample::subsequence(vec!["a", "b"], 0..=2);
    (values(), values(), names())
        .prop_map(|(a, b, required)| json!({"type": "object", "properties": {"a": a, "b": b}, "required": required}))
}

/// Limits of any type, one of which a branch of a union may state.
fn limit() -> impl Strategy<Value = Value> {
    prop::sample::select(vec![
        json!({"maxProperties": 1}),
        json!({"minProperties": 1}),
        json!({"additionalProperties": false}),
        json!({"additionalProperties": {"type": "integer"}}),
        json!({"propertyNames": {"maxLength": 1}}),
        json!({"not": {"required": ["b"]}}),
        json!({"dependentRequired": {"a": ["b"]}}),
        json!({"minItems": 1}),
        json!({"maxItems": 1}),
        json!({"contains": {"type": "string"}}),
        json!({"maxLength": 1}),
        json!({"minimum": 2}),
        json!({"enum": ["a", 1, ["a"], {"a": "a"}]}),
    ])
}

/// Branches of a `oneOf` of which some values fit several.
fn overlapping() -> impl Strategy<Value = Vec<Value>> {
    let part = || {
        prop_oneof![
            4 => branch(),
            1 => single().prop_map(|items| json!({"type": "array", "items": items})),
            1 => prop::sample::select(vec![json!({"type": "string"}), json!({"type": "number"}), json!({"type": "integer"})]),
        ]
    };
    let limited =
        (part(), prop::option::of(limit())).prop_map(|(part, limit)| together(part, limit.into_iter().collect()));
    prop::collection::vec(limited, 2..4)
}

/// A `oneOf` of such branches, perhaps as a property or an item, before and after one of them is changed.
fn overlapping_pair() -> impl Strategy<Value = (Value, Value)> {
    let change = (any::<prop::sample::Index>(), 0_usize..4, single());
    (overlapping(), any::<prop::sample::Index>(), prop::option::of(limit()), change, 0_usize..4).prop_map(
        |(branches, which, limit, (at, way, single), place)| {
            let mut others = branches.clone();
            let which = which.index(others.len());
            others[which] = match limit {
                Some(limit) => together(others[which].clone(), vec![limit]),
                None => changed(&others[which], (at, way), &single),
            };
            let of = |all: Vec<Value>| match place {
                0 => json!({"type": "object", "properties": {"a": {"oneOf": all}, "b": {}}}),
                1 => json!({"type": "array", "items": {"oneOf": all}}),
                _ => json!({"oneOf": all}),
            };
            (with_component(of(branches)), with_component(of(others)))
        },
    )
}

/// A schema with a component that its parts may refer to.
fn with_component(mut schema: Value) -> Value {
    schema["components"] = json!({"schemas": {"A": {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {}}}}});
    schema
}

/// A schema with the keywords of others.
fn together(mut schema: Value, others: Vec<Value>) -> Value {
    let keywords = others.into_iter().filter_map(|other| other.as_object().cloned()).flatten();
    if let Some(stated) = schema.as_object_mut() {
        stated.extend(keywords);
    }
    schema
}

fn list() -> impl Strategy<Value = Value> {
    prop::collection::vec(of_lists(), 1..3).prop_map(|all| together(json!({"type": "array"}), all))
}

/// A schema with the component that it may refer to, which may refer to itself.
fn schema() -> impl Strategy<Value = Value> {
    let whole = prop_oneof![
        3 => object(),
        2 => list(),
        1 => single(),
        1 => prop::collection::vec(branch(), 2..4).prop_map(|all| json!({"oneOf": all})),
        1 => (object(), single()).prop_map(|(one, other)| json!({"anyOf": [one, other]})),
        1 => (object(), of_objects()).prop_map(|(part, beside)| together(json!({"allOf": [part]}), vec![beside])),
    ];
    let component = prop_oneof![
        Just(
            json!({"type": "object", "properties": {"a": {"type": "string"}, "b": {"$ref": "#/components/schemas/A"}}})
        ),
        Just(json!({"type": "array", "maxItems": 1, "items": {"$ref": "#/components/schemas/A"}})),
        Just(json!({"type": "array", "contains": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/A"}]}})),
        Just(json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}, "b": {}}})),
    ];
    (whole, component).prop_map(|(mut whole, component)| {
        if whole == json!(false) {
            whole = json!({"not": {"type": "string"}});
        }
        whole["components"] = json!({"schemas": {"A": component}});
        whole
    })
}

/// The places of a schema at which something can be changed.
fn places(schema: &Value, pointer: &str, found: &mut Vec<String>) {
    let below = |name: &str| format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
    match schema {
        Value::Object(all) => {
            for (name, value) in all {
                if !matches!(name.as_str(), "components" | "schemas" | "A" | "properties") {
                    found.push(below(name));
                }
                places(value, &below(name), found);
            }
        }
        Value::Array(all) => {
            for (at, value) in all.iter().enumerate() {
                places(value, &below(&at.to_string()), found);
            }
        }
        _ => {}
    }
}

/// Keywords that are exchanged for each other.
const EXCHANGED: &[(&str, &str)] = &[
    ("unevaluatedProperties", "additionalProperties"),
    ("unevaluatedItems", "items"),
    ("if", "not"),
    ("oneOf", "anyOf"),
    ("then", "else"),
    ("date", "uuid"),
    ("string", "integer"),
];

fn exchanged(text: &str) -> Option<&'static str> {
    let to = |(one, other): &(&'static str, &'static str)| match text {
        _ if text == *one => Some(*other),
        _ if text == *other => Some(*one),
        _ => None,
    };
    EXCHANGED.iter().find_map(to)
}

/// A schema with one change: a keyword is left out, exchanged for another one, or says something else.
fn changed(old: &Value, (at, way): (prop::sample::Index, usize), single: &Value) -> Value {
    let (mut new, mut all) = (old.clone(), Vec::new());
    places(old, "", &mut all);
    let Some((holder, name)) = (!all.is_empty()).then(|| at.get(&all)).and_then(|place| place.rsplit_once('/')) else {
        return new;
    };
    // That a property is listed anew is judged by what people mean by it.
    let way = if holder.ends_with("/properties") { 2 } else { way };
    let Some(Value::Object(holder)) = new.pointer_mut(holder) else { return new };
    change(holder, &name.replace("~1", "/").replace("~0", "~"), way, single);
    new
}

fn change(holder: &mut Map<String, Value>, name: &str, way: usize, single: &Value) {
    let Some(value) = holder.get_mut(name) else { return };
    match value {
        Value::String(text) => {
            if let Some(other) = exchanged(text) {
                *value = json!(other);
            }
        }
        Value::Number(number) => *value = json!(number.as_u64().unwrap_or_default() + 1),
        Value::Array(branches) if way == 0 && branches.len() > 1 => drop(branches.pop()),
        Value::Array(branches) if way == 1 && branches.first().is_some_and(Value::is_object) => {
            branches.push(single.clone());
        }
        Value::Object(_) | Value::Bool(_) if way == 2 && name != "dependentSchemas" => {
            *value = single.clone();
        }
        _ => {
            let value = holder.remove(name).unwrap_or_default();
            if let Some(other) = exchanged(name).filter(|_| way == 3) {
                holder.insert(other.to_owned(), value);
            }
        }
    }
}

/// Two schemas: any two, or one with a change.
fn pair() -> impl Strategy<Value = (Value, Value)> {
    prop_oneof![
        1 => (schema(), schema()),
        3 => overlapping_pair(),
        4 => (schema(), any::<prop::sample::Index>(), 0_usize..4, single())
            .prop_map(|(old, at, way, single)| (old.clone(), changed(&old, (at, way), &single))),
    ]
}

/// Values with texts of formats and line ends.
fn values() -> Vec<Value> {
    let mut found = instances();
    for text in ["2026-02-28", "944732c4-608c-441a-a913-79478b91f76e", "a\n"] {
        found.extend([json!(text), json!([text]), json!([text, "a"]), json!({text: 1}), json!({"x": text})]);
        for other in [json!(1), json!("a"), json!({}), json!(text)] {
            found.extend([
                json!({"a": text, "b": other}),
                json!({"a": other, "b": text}),
                json!({"a": text, "x": other}),
            ]);
        }
        found.extend([json!({"a": text}), json!({"b": text}), json!({"b": {"a": text}}), json!([{"a": text}])]);
    }
    found.extend([json!([[]]), json!([[], []]), json!([[[], []]]), json!({"b": {"a": 1}}), json!({"a": {"a": 1}})]);
    found.extend([json!([{"a": 1}]), json!([{"a": "a"}]), json!({"a": [[], []]}), json!({"b": [["a"]]})]);
    found
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases(200)) })]

    #[test]
    fn what_is_said_of_conditions_is_true_of_values((old, new) in pair()) {
        let wrong = fault(&old, &new, &values());
        prop_assert!(wrong.is_none(), "{old} -> {new}: {wrong:?}");
    }
}
