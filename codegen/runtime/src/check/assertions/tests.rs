use super::{Assertion, SchemaType};
use crate::check;
use crate::json::Json;

use Assertion::*;

/// What is reported of a value: the places with what the value must be.
fn found(value: &str, schema: &'static [Assertion]) -> Vec<String> {
    let value = Json::parse(value).unwrap();
    check::collect(|checker| checker.satisfies(&value, schema)).iter().map(ToString::to_string).collect()
}

/// Asserts which of several values are as a schema says, and what is reported of each of the others.
fn judged(schema: &'static [Assertion], valid: &[&str], invalid: &[(&str, &str)]) {
    for value in valid {
        assert_eq!(found(value, schema), [""; 0], "{value}");
    }
    for (value, message) in invalid {
        assert_eq!(found(value, schema), [*message], "{value}");
    }
}

const CARD: &[Assertion] = &[Required(&["card"])];
const BANK: &[Assertion] = &[Required(&["iban", "bic"])];
const FAST: &[Assertion] = &[Properties(&[("speed", &[Enum(&["\"fast\""])])], &[]), Required(&["speed"])];

#[test]
fn alternatives_of_required_properties_are_named() {
    judged(
        &[OneOf(&[CARD, BANK])],
        &[r#"{"card": 1}"#, r#"{"iban": 1, "bic": 2}"#, r#"{"card": 1, "iban": 1}"#],
        &[
            ("{}", "must have exactly one of `card`, `iban` with `bic`"),
            (r#"{"card": 1, "iban": 1, "bic": 2}"#, "must have exactly one of `card`, `iban` with `bic`"),
        ],
    );
    judged(
        &[AnyOf(&[CARD, BANK])],
        &[r#"{"card": 1, "iban": 1, "bic": 2}"#],
        &[(r#"{"iban": 1}"#, "must have at least one of `card`, `iban` with `bic`")],
    );
    judged(&[Not(CARD)], &["{}"], &[(r#"{"card": 1}"#, "must not have `card`")]);
}

#[test]
fn what_is_there_asks_for_more() {
    judged(
        &[DependentRequired(&[("card", &["expiry", "name"])])],
        &["{}", r#"{"card": 1, "expiry": 2, "name": 3}"#],
        &[(r#"{"card": 1, "name": 3}"#, "must have `expiry`, as it has `card`")],
    );
    judged(
        &[DependentSchemas(&[("card", &[Properties(&[("amount", &[Maximum("100")])], &[])])])],
        &[r#"{"amount": 101}"#, r#"{"card": 1, "amount": 100}"#],
        &[(r#"{"card": 1, "amount": 100.5}"#, "/amount: must be at most 100")],
    );
    judged(
        &[If(FAST, &[Required(&["phone"])], &[MaxProperties(1)])],
        &[r#"{"speed": "fast", "phone": 1}"#, r#"{"speed": "slow"}"#],
        &[
            (r#"{"speed": "fast"}"#, "must have `phone`"),
            (r#"{"speed": "slow", "phone": 1}"#, "must have at most 1 property"),
        ],
    );
}

#[test]
fn items_are_counted_by_what_they_are() {
    const ODD: &[Assertion] = &[Type(&[SchemaType::Integer]), Not(&[MultipleOf("2")])];
    judged(
        &[Contains(ODD, 1, Some(2))],
        &["[1]", "[2, 3, 5.0]", r#"["x", 1]"#, "{}"],
        &[
            ("[2, 1.5]", "must have at least 1 of the items under `contains`"),
            ("[1, 3, 5]", "must have at most 2 of the items under `contains`"),
        ],
    );
    judged(
        &[UniqueItems, MinItems(2), Items(&[&[Type(&[SchemaType::String])]], &[Never])],
        &[],
        &[(r#"["a"]"#, "must have at least 2 items"), (r#"["a", 1]"#, "/1: must not be there")],
    );
}

#[test]
fn names_of_properties_are_values_too() {
    judged(
        &[PropertyNames(&[MaxLength(2), Enum(&["\"a\"", "\"bcd\""])])],
        &[r#"{"a": 1}"#],
        &[(r#"{"bcd": 1}"#, "/bcd: must not have this name"), (r#"{"x": 1}"#, "/x: must not have this name")],
    );
}

#[test]
fn numbers_are_compared_by_value() {
    judged(
        &[Enum(&["1.50", "null"]), Minimum("1"), ExclusiveMaximum("2")],
        &["1.5", "15e-1", "null"],
        &[("1.25", "must be one of `1.50`, `null`")],
    );
    judged(
        &[Type(&[SchemaType::Integer, SchemaType::Null])],
        &["1", "1.0", "1e3", "null"],
        &[("1.5", "must be an integer or null"), ("true", "must be an integer or null")],
    );
    judged(&[ExclusiveMinimum("1e40")], &["1e41"], &[("1e40", "must be more than 1e40")]);
}

#[cfg(feature = "pattern")]
#[test]
fn properties_are_found_by_patterns() {
    const PORTS: &[Assertion] = &[PatternProperties(
        &[("title", &[])],
        &[("^p_", &[Type(&[SchemaType::Integer])]), ("_h$", &[Pattern("^[a-z]+$")])],
        &[Never],
    )];
    judged(
        PORTS,
        &[r#"{"title": 1, "p_a": 2, "x_h": "abc"}"#],
        &[
            (r#"{"p_a": "2"}"#, "/p_a: must be an integer"),
            (r#"{"p_h": 2.5}"#, "/p_h: must be an integer"),
            (r#"{"x_h": "A"}"#, "/x_h: must match `^[a-z]+$`"),
            (r#"{"q": 1}"#, "/q: must not be there"),
        ],
    );
}
