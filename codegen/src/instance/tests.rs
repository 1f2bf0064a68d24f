//! Which values are valid, and what is said of the others.

use super::{Exact, faults};
use crate::api::{Api, Direction, Key, Value};
use crate::source::Source;
use crate::strictness::Strictness;

pub(crate) fn api(schemas: &str) -> Api {
    let head = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\ncomponents:\n  schemas:\n";
    let (api, found) =
        crate::api_and_document(&Source::new("a.yaml", format!("{head}{schemas}")), Strictness::Lenient, &[]);
    api.unwrap_or_else(|| panic!("{found:?}")).api
}

/// A value from JSON.
fn value(text: &str) -> Value {
    fn of(json: serde_json::Value) -> Value {
        match json {
            serde_json::Value::Null => Value::Null,
            serde_json::Value::Bool(flag) => Value::Bool(flag),
            serde_json::Value::Number(number) => Value::Number(number.to_string()),
            serde_json::Value::String(text) => Value::String(text),
            serde_json::Value::Array(items) => Value::List(items.into_iter().map(of).collect()),
            serde_json::Value::Object(map) => {
                Value::Object(map.into_iter().map(|(name, one)| (name, of(one))).collect())
            }
        }
    }
    of(serde_json::from_str(text).expect("JSON"))
}

fn found(api: &Api, text: &str, direction: Direction) -> Vec<String> {
    let schema = api.schemas.find(&Key::Component("A".into())).expect("a schema A");
    faults(&api.schemas, schema, &value(text), direction).iter().map(ToString::to_string).collect()
}

#[test]
fn every_fault_is_found_at_its_place() {
    let api = api("    A:
      type: object
      required: [id, amount, secret]
      additionalProperties: false
      properties:
        id: {type: string, readOnly: true}
        secret: {type: string, writeOnly: true}
        amount: {type: number, exclusiveMinimum: 0, maximum: 10, multipleOf: 0.01}
        tags: {type: array, maxItems: 2, uniqueItems: true, items: {type: string, pattern: '^[a-z]+$', minLength: 2}}
        on: {type: [string, 'null'], format: date}
        kind: {enum: [card, bank]}
");
    let request = |text| found(&api, text, Direction::Request);
    assert!(request(r#"{"amount": 9.99, "secret": "s", "tags": ["ab"], "on": null, "kind": "card"}"#).is_empty());
    assert_eq!(
        request(r#"{"amount": 0, "tags": ["a", "B1", "B1"], "on": "2023-02-29", "kind": "cash", "x/y": 1}"#),
        [
            "the value lacks the required property `secret`",
            "/amount is not above the minimum 0",
            r#"/kind is not one of "card", "bank""#,
            "/on is no date such as 2026-02-28",
            "/tags has more than 2 items",
            "/tags repeats an item",
            "/tags/0 has fewer than 2 characters",
            "/tags/1 does not match the pattern ^[a-z]+$",
            "/tags/2 does not match the pattern ^[a-z]+$",
            "/x~1y is not a property of the object",
        ]
    );
    assert_eq!(
        request(r#"{"amount": 10.001, "secret": null}"#),
        [
            "/amount is above the maximum 10",
            "/amount is no multiple of 0.01",
            "/secret is null, which the schema does not allow",
        ]
    );
    assert_eq!(request("[1]"), ["the value is not an object"]);
    assert_eq!(found(&api, r#"{"amount": 1}"#, Direction::Response), ["the value lacks the required property `id`"]);
}

#[test]
fn a_discriminator_says_which_branch_is_meant() {
    let api = api("    A:
      oneOf: [{$ref: '#/components/schemas/B'}, {$ref: '#/components/schemas/C'}]
      discriminator: {propertyName: kind}
    B: {type: object, required: [kind, b], properties: {kind: {type: string}, b: {type: integer}}}
    C: {type: object, required: [kind], properties: {kind: {type: string}}}
");
    let found = |text| found(&api, text, Direction::Request);
    assert!(found(r#"{"kind": "B", "b": 1}"#).is_empty());
    assert_eq!(found(r#"{"kind": "B", "b": "1"}"#), ["/b is not an integer"]);
    assert!(found(r#"{"kind": "C", "b": "1"}"#).is_empty());
    assert_eq!(found(r#"{"b": 1}"#), ["the value fits no branch of `oneOf` or `anyOf`"]);
}

#[test]
fn recursive_values_are_followed_and_end() {
    let api = api("    A: {type: object, properties: {next: {$ref: '#/components/schemas/A'}, n: {type: integer}}}\n");
    assert_eq!(found(&api, r#"{"next": {"next": {"n": ""}}}"#, Direction::Request), ["/next/next/n is not an integer"]);
    let deep = format!("{}{}", r#"{"next":"#.repeat(120), "1") + &"}".repeat(120);
    assert!(found(&api, &deep, Direction::Request).is_empty(), "too deep to tell");
}

#[test]
fn numbers_are_counted_exactly() {
    for (text, shown) in
        [("1.50", "1.5"), ("-0.05", "-0.05"), ("1e2", "100"), ("25e-1", "2.5"), ("0.0", "0"), ("-3", "-3")]
    {
        assert_eq!(Exact::parse(text).map(|number| number.to_string()).as_deref(), Some(shown), "{text}");
    }
    for text in ["1e400", "1e-400", "123456789012345678901234567890123456789012"] {
        assert_eq!(Exact::parse(text), None, "{text}");
    }
}

#[test]
fn keywords_that_no_shape_carries_are_checked() {
    let api = api("    A:
      type: object
      properties: {kind: {type: string}, card: {type: string}, amounts: {type: array, items: {type: number}, contains: {minimum: 10}}}
      additionalProperties: {}
      not: {required: [forbidden]}
      dependentRequired: {kind: [card]}
      if: {properties: {kind: {const: big}}, required: [kind]}
      then: {required: [amounts]}
      propertyNames: {maxLength: 9}
      oneOf: [{required: [card]}, {required: [amounts]}]
");
    for (text, expected) in [
        (r#"{"card": "c"}"#, &[][..]),
        (r#"{"card": "c", "forbidden": 1}"#, &["not"]),
        (r#"{"kind": "small", "amounts": [10.0]}"#, &["dependentRequired"]),
        (r#"{"kind": "big", "card": "c"}"#, &["if"]),
        (r#"{"card": "c", "very_long_name": 1}"#, &["propertyNames"]),
        (r#"{"amounts": [1, 9.99]}"#, &["contains"]),
        (r#"{"amounts": [11], "card": "c"}"#, &["oneOf"]),
    ] {
        let found = found(&api, text, Direction::Request);
        assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
        for (fault, keyword) in found.iter().zip(expected) {
            assert!(fault.contains(keyword), "{text}: {fault}");
        }
    }
}
