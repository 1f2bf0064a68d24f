//! Which types there are, and what holds for their values.

use super::{field, planned, schemas};
use crate::rust::{Assertion, Check, ItemKind, Key, Paragraph, Presence, Type, ValueType};

#[test]
fn each_type_names_the_schema_that_it_is_made_of() {
    let (krate, _) = schemas(
        "    rate estimate: {type: object, properties: {fee: {type: object, properties: {a: {type: string}}}}}\n",
    );
    let made: Vec<(&str, Key)> = krate.types.iter().map(|item| (item.name.as_str(), item.schema.clone())).collect();
    let of = |pointer: &str| Key::Pointer(format!("/components/schemas/rate estimate{pointer}"));
    assert_eq!(
        made,
        [("RateEstimate", Key::Component("rate estimate".to_owned())), ("RateEstimateFee", of("/properties/fee"))]
    );
}

#[test]
fn a_part_that_says_less_takes_no_secret_away() {
    let (krate, found) = schemas(
        "    Card: {type: object, properties: {pan: {type: string, x-specie-sensitive: true}}}\n\
         \x20   Stored: {allOf: [{$ref: '#/components/schemas/Card'}, {properties: {pan: {type: string, maxLength: 19}}}]}\n",
    );
    let pan = field(&krate, "Stored", "pan");
    assert_eq!(pan.value, Type::Secret(Box::new(Type::String)));
    assert_eq!(pan.checks.own, [Check::MaxLength(19)]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn limits_beside_a_reference_hold_as_well() {
    let (krate, _) = schemas(
        "    Text: {type: string, minLength: 2}\n\
         \x20   A: {type: object, properties: {b: {allOf: [{$ref: '#/components/schemas/Text'}], maxLength: 3}}}\n",
    );
    assert_eq!(field(&krate, "A", "b").checks.own, [Check::Length(2, 3)]);
}

#[test]
fn one_branch_allows_null_only_where_it_says_so() {
    let presence = |branches: &str| {
        let (krate, _) = schemas(&format!("    A: {{type: object, required: [b], properties: {{b: {branches}}}}}\n"));
        field(&krate, "A", "b").presence
    };
    let (never, sometimes) = (Presence::Required, Presence::RequiredNullable);
    assert_eq!(presence("{oneOf: [{type: string}]}"), never);
    assert_eq!(presence("{anyOf: [{type: string}]}"), never);
    assert_eq!(presence("{oneOf: [{type: string}, {nullable: true, enum: [null]}]}"), sometimes);
    assert_eq!(presence("{oneOf: [{type: string, nullable: true}]}"), sometimes);
    assert_eq!(presence("{oneOf: [{type: string}], nullable: true}"), sometimes);
}

#[test]
fn a_range_has_its_body_however_it_is_spelled() {
    for status in ["2XX", "2xx", "2Xx", "2xX"] {
        let schema = "{type: object, properties: {pin: {type: string, x-specie-sensitive: true}}}";
        let (krate, _) = planned(&format!(
            "paths:\n  /a:\n    get:\n      operationId: a\n      responses:\n        '400': {{description: Odd.}}\n        {status}: {{description: Ok., x-specie-outcome: done, content: {{application/json: {{schema: {schema}}}}}}}\n"
        ));
        assert!(matches!(field(&krate, "AResponse", "pin").value, Type::Secret(_)), "{status}");
        let operation = &krate.operations[0];
        let paragraph = Paragraph::Document("Ok.".into());
        assert!(operation.success.responses()[0].docs.paragraphs.contains(&paragraph), "{status}");
        assert_eq!(operation.outcomes.len(), 1, "{status}");
    }
}

#[test]
fn what_stands_beside_a_union_narrows_it() {
    let of = |beside: &str| {
        let (krate, found) = schemas(&format!(
            "    A: {{type: object, properties: {{b: {{oneOf: [{{type: string}}, {{type: integer}}]{beside}}}}}}}\n"
        ));
        assert_eq!(found, [""; 0]);
        field(&krate, "A", "b").value.clone()
    };
    assert!(matches!(of(""), Type::Named(_)));
    assert_eq!(of(", anyOf: [{type: string}]"), Type::String);
}

#[test]
fn a_list_of_objects_that_hold_such_lists_is_no_circle() {
    let (krate, found) = schemas(
        "    Tree: {type: array, items: {type: object, properties: {children: {$ref: '#/components/schemas/Tree'}}}}\n\
         \x20   A: {type: object, properties: {trees: {$ref: '#/components/schemas/Tree'}}}\n",
    );
    assert_eq!(found, [""; 0]);
    let names: Vec<&str> = krate.types.iter().map(|item| item.name.as_str()).collect();
    assert_eq!(names, ["A", "ATreesItem"]);
}

#[test]
fn lists_and_maps_of_themselves_are_types_of_their_own() {
    let (krate, found) = schemas(
        "    L: {type: array, items: {$ref: '#/components/schemas/L'}}\n\
         \x20   M: {type: object, additionalProperties: {type: array, items: {$ref: '#/components/schemas/N'}}}\n\
         \x20   N: {allOf: [{$ref: '#/components/schemas/M'}]}\n\
         \x20   A: {type: object, properties: {l: {type: array, items: {$ref: '#/components/schemas/L'}}, n: {$ref: '#/components/schemas/N'}}}\n",
    );
    assert_eq!(found, [""; 0]);
    let value = |name: &str| match krate.types.iter().find(|item| item.name == name).map(|item| &item.kind) {
        Some(ItemKind::Nested(nested)) => nested.value.clone(),
        other => panic!("{name} is {other:?}"),
    };
    let named = |name: &str| {
        Type::Named(crate::rust::TypeId(krate.types.iter().position(|item| item.name == name).unwrap_or_default()))
    };
    let list = |item| Type::List(Box::new(item));
    assert_eq!(value("L"), list(named("L")));
    assert_eq!(value("M"), Type::Map(Box::new(list(named("M")))));
    assert_eq!(krate.types.len(), 3);
    assert!(matches!(&field(&krate, "A", "l").value, Type::List(_)));
    assert!(matches!(&field(&krate, "A", "n").value, Type::Named(_)));
}

#[test]
fn free_json_is_counted_where_the_crate_has_it() {
    let (krate, _) = planned(
        "paths:\n  /pay:\n    post:\n      operationId: pay\n\
         \x20     requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/PayBody'}}}}\n\
         \x20     responses: {}\n\
         components:\n  schemas:\n    PayBody: {type: object, properties: {extra: {type: object}, sent: {type: string}}}\n",
    );
    let places: Vec<&str> = krate.untyped.iter().map(|untyped| untyped.place.as_str()).collect();
    assert_eq!(places, ["Pay.extra"]);
    assert_eq!(krate.types, []);
}

#[test]
fn a_branch_that_is_never_read_is_said() {
    let of = |branches: &str| {
        let (_, found) = schemas(&format!(
            "    Union: {{oneOf: [{branches}]}}\n\
             \x20   Small: {{type: object, required: [a], properties: {{a: {{type: string}}}}}}\n\
             \x20   Large: {{type: object, required: [a], properties: {{a: {{type: string}}, b: {{type: string}}}}}}\n\
             \x20   Other: {{type: object, required: [a, c], properties: {{a: {{type: string}}, c: {{type: string}}}}}}\n"
        ));
        found.len()
    };
    let (small, large, other) = (
        "{$ref: '#/components/schemas/Small'}",
        "{$ref: '#/components/schemas/Large'}",
        "{$ref: '#/components/schemas/Other'}",
    );
    for told_apart in [
        format!("{small}, {large}"),
        format!("{small}, {other}"),
        format!("{large}, {other}"),
        "{type: string, format: date}, {type: string}".to_owned(),
        "{type: integer}, {type: number}".to_owned(),
        "{type: string, enum: [a]}, {type: string, format: uuid}".to_owned(),
        "{type: array, items: {type: integer}}, {type: array, items: {type: string}}".to_owned(),
    ] {
        assert_eq!(of(&told_apart), 0, "{told_apart}");
    }
    for same in [
        format!("{large}, {small}"),
        format!("{small}, {small}"),
        "{type: string}, {type: string, format: date}".to_owned(),
        "{type: string, maxLength: 3}, {type: string, minLength: 5}".to_owned(),
        "{type: number}, {type: integer}".to_owned(),
        "{type: array, items: {type: string}}, {type: array, items: {type: string, format: date}}".to_owned(),
    ] {
        assert_eq!(of(&same), 1, "{same}");
    }
}

#[test]
fn a_number_that_is_stated_with_more_digits_keeps_its_text() {
    let (krate, found) = schemas(
        "    A:\n      type: object\n      properties:\n        a: {type: number, default: 0.12345678901234567890123456789}\n\
         \x20       b: {type: number, enum: [1.5, 1e40]}\n        c: {type: number, example: 1.5}\n\
         \x20       d: {type: integer, enum: [1, 18446744073709551615]}\n        e: {type: integer, enum: [1, 18446744073709551616]}\n",
    );
    let types = ["a", "b", "c", "d", "e"].map(|wire| field(&krate, "A", wire).value.clone());
    assert_eq!(types, [Type::LongDecimal, Type::LongDecimal, Type::Decimal, Type::U64, Type::LongDecimal]);
    assert_eq!(found, [""; 0]);
}

#[test]
fn an_integer_that_keeps_its_text_is_checked_to_be_whole() {
    let (krate, _) = schemas(
        "    A:\n      type: object\n      properties:\n        a: {type: integer, example: 99999999999999999999999}\n",
    );
    let field = field(&krate, "A", "a");
    let whole = Assertion::Type(vec![ValueType::Integer]);
    assert_eq!((&field.value, &*field.checks.own), (&Type::LongDecimal, &[Check::Satisfies(vec![whole])][..]));
}

#[test]
fn a_value_beyond_a_bounded_integer_is_named() {
    let (_, found) = schemas(
        "    A:\n      type: object\n      properties:\n        a: {type: integer, minimum: 0, example: 99999999999999999999999}\n\
         \x20       b: {type: integer, maximum: 5, minimum: 0, example: 3}\n",
    );
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("no value above 9223372036854775807 can be read"), "{found:?}");
}

#[test]
fn a_default_beyond_64_bits_is_filled_in() {
    let (krate, _) = planned(
        "paths:\n  /b:\n    post:\n      operationId: make\n      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}\n      responses: {'204': {description: ok}}\n\
         components:\n  schemas:\n    A:\n      type: object\n      properties:\n        l: {type: integer, default: 99999999999999999999999}\n\
         \x20       u: {type: integer, minimum: 1, maximum: 18446744073709551615, default: 18446744073709551614}\n    \x20   b: {type: array, items: {$ref: '#/components/schemas/A'}}\n",
    );
    let default = |wire: &str| field(&krate, "A", wire).default.clone();
    assert_eq!(default("l").as_deref(), Some("99999999999999999999999"));
    assert_eq!(default("u").as_deref(), Some("18446744073709551614"));
}

#[test]
fn objects_that_one_value_may_be_of_are_said() {
    let said = |union: &str, first: &str, second: &str| {
        let object = |of: &str| format!("{{type: object, {of}}}");
        let (_, found) = planned(&format!(
            "paths:\n  /x:\n    get:\n      operationId: read\n      responses: {{'200': {{description: Read., content: {{application/json: \
             {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}}}\ncomponents:\n  schemas:\n    A: {{{union}: [{}, {}]}}\n",
            object(first),
            object(second)
        ));
        found.iter().any(|message| message.starts_with("a value of several of these objects is read as one of them"))
    };
    let (a, b) = ("required: [a], properties: {a: {type: string}}", "required: [b], properties: {b: {type: string}}");
    assert!(said("anyOf", a, b));
    assert!(!said("oneOf", a, b));
    assert!(
        !said("anyOf", a, "required: [a, b], properties: {a: {type: string}, b: {type: string}}"),
        "the second has all"
    );
    assert!(!said("anyOf", &format!("{a}, additionalProperties: false"), b), "none is of both");
    assert!(!said("anyOf", &format!("{a}, additionalProperties: true"), b), "the first keeps all");
    let of = |kind: &str, other: &str| {
        format!(
            "required: [k, {other}], properties: {{k: {{type: string, enum: [{kind}]}}, {other}: {{type: string}}}}"
        )
    };
    assert!(!said("anyOf", &of("one", "a"), &of("two", "b")), "`k` tells them apart");
}

#[test]
fn a_default_is_filled_in_where_it_decides_nothing_that_is_demanded_of_all_properties() {
    for (demanded, expected) in [
        ("", ["3", "4"].map(Some)),
        ("minProperties: 1", ["3", "4"].map(Some)),
        ("minProperties: 2", [None, None]),
        ("maxProperties: 2", [None, None]),
        ("dependentRequired: {b: [c]}", [Some("3"), None]),
        ("dependentRequired: {c: [b]}", [Some("3"), None]),
        ("anyOf: [{required: [b]}, {required: [c]}]", [None, None]),
    ] {
        let (krate, found) = super::found_in(&format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{post: {{operationId: a, requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}, \
             responses: {{}}}}}}}}\ncomponents:\n  schemas:\n    A:\n      type: object\n      required: [k]\n      {demanded}\n      properties:\n        \
             k: {{type: string}}\n        a: {{type: integer, default: 3}}\n        b: {{type: integer, default: 4}}\n        c: {{type: string}}\n"
        ));
        let krate = krate.unwrap_or_else(|| panic!("{found:?}"));
        let default = |wire: &str| field(&krate, "A", wire).default.clone();
        assert_eq!([default("a").as_deref(), default("b").as_deref()], expected, "{demanded}");
    }
}

/// The body of a request, with its type and how the table of the operation names it.
#[test]
fn bodies_that_may_be_null_say_so() {
    let bodies = |required: bool, content: &str| {
        let (krate, _) = planned(&format!(
            "paths: {{/a: {{post: {{requestBody: {{required: {required}, content: {{{content}}}}}, responses: {{'204': {{description: Done.}}}}}}}}}}\n\
             components: {{schemas: {{N: {{type: object, nullable: true, properties: {{a: {{type: string}}}}}}}}}}\n"
        ));
        let field = &krate.operations[0].request.fields[0];
        (field.name.clone(), field.presence)
    };
    let body = |presence| ("body".to_owned(), presence);
    let json = |schema: &str| format!("application/json: {{schema: {schema}}}");
    let (object, text) = ("{$ref: '#/components/schemas/N'}", "{type: string, nullable: true}");
    for schema in [object, text, "{type: array, nullable: true, items: {type: string}}"] {
        assert_eq!(bodies(true, &json(schema)), body(Presence::RequiredNullable), "{schema}");
        assert_eq!(bodies(false, &json(schema)), body(Presence::Patch), "{schema}");
    }
    assert_eq!(bodies(true, &json("{type: string}")), body(Presence::Required));
    // A text has no null.
    assert_eq!(bodies(true, &format!("text/plain: {{schema: {text}}}")), body(Presence::Required));
}
