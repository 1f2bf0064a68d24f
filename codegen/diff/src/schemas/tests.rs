//! Which changes are found between two schemas, and how their values stand to each other.

use std::collections::HashSet;

use specie_codegen::api::{Api, Direction, Key};
use specie_codegen::source::Source;
use specie_codegen::{Strictness, api_and_document};

use super::{Carrier, Comparer};

fn api(schemas: &str) -> Api {
    let text = format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {}\n",
        schemas.trim_start()
    );
    let (found, diagnostics) = api_and_document(&Source::new("t.yaml", text.clone()), Strictness::Lenient, &[]);
    found.unwrap_or_else(|| panic!("{text}\n{:?}", diagnostics.iter().map(|one| &one.message).collect::<Vec<_>>())).api
}

/// Each change between two schemas called `S`, with how the values at its place stand to each other.
fn changes(old: &str, new: &str, sender: Direction, carrier: Carrier) -> Vec<String> {
    let (old, new) = (api(old), api(new));
    let id = |api: &Api| api.schemas.find(&Key::Component("S".into())).expect("the schema");
    let mut comparer = Comparer::new(&old.schemas, &new.schemas);
    let pair = comparer.pair(id(&old), id(&new), sender, carrier);
    let mut found = Vec::new();
    let mut seen = HashSet::from([pair]);
    let mut waiting = vec![pair];
    while let Some(next) = waiting.pop() {
        let local = comparer.local(next);
        for edit in &local.edits {
            let about = if edit.about.is_empty() { String::new() } else { format!("{} ", edit.about) };
            found.push(format!("{about}{} {}", edit.rule.id(), edit.relation.as_str()));
        }
        waiting.extend(local.parts.iter().map(|(_, part)| *part).filter(|part| seen.insert(*part)));
    }
    found
}

#[track_caller]
fn json(old: &str, new: &str, expected: &[&str]) {
    for sender in [Direction::Request, Direction::Response] {
        assert_eq!(changes(old, new, sender, Carrier::Json), expected, "{old} -> {new}");
        assert!(changes(old, old, sender, Carrier::Json).is_empty(), "{old}");
        assert!(changes(new, new, sender, Carrier::Json).is_empty(), "{new}");
    }
}

#[track_caller]
fn text(old: &str, new: &str, expected: &[&str]) {
    assert_eq!(changes(old, new, Direction::Request, Carrier::Text), expected, "{old} -> {new}");
}

#[track_caller]
fn directed(old: &str, new: &str, request: &[&str], response: &[&str]) {
    assert_eq!(changes(old, new, Direction::Request, Carrier::Json), request, "{old} -> {new}");
    assert_eq!(changes(old, new, Direction::Response, Carrier::Json), response, "{old} -> {new}");
}

#[test]
fn types_hold_each_other() {
    json("{type: integer}", "{type: number}", &["type-widened widens"]);
    json("{type: number}", "{type: integer}", &["type-narrowed narrows"]);
    json("{type: string}", "{type: integer}", &["type-changed incomparable"]);
    json("{type: string}", "{}", &["type-widened widens"]);
    json("{}", "{type: string}", &["type-narrowed narrows"]);
    json("{type: string}", "{type: [string, 'null']}", &["became-nullable widens"]);
    json("{type: [string, 'null']}", "{type: string}", &["became-not-nullable narrows"]);
    json("{type: string}", "{type: [string, integer]}", &["integer branch-added widens"]);
}

#[test]
fn further_values_beside_listed_ones_may_be_bounded() {
    json("{anyOf: [{enum: [2]}, {type: integer, maximum: 0}]}", "{type: integer}", &["enum-removed widens"]);
    json("{anyOf: [{enum: [2]}, {type: integer}]}", "{type: integer}", &["known-values-changed same"]);
}

#[test]
fn a_branch_whose_values_other_branches_have_has_not_changed_for_anyone() {
    let integers = |first: &str, second: &str| {
        format!("{{anyOf: [{{type: integer, {first}}}, {{type: integer, minimum: 0, {second}}}]}}")
    };
    let (old, new) = (integers("maximum: 2", "maximum: 10"), integers("maximum: 0", "maximum: 5"));
    json(&old, &new, &["maximum-changed narrows"]);
    json(&new, &old, &["maximum-changed widens"]);
}

#[test]
fn a_value_that_fits_two_branches_is_none_of_a_union_within_a_union() {
    let within = "{anyOf: [{oneOf: [{const: a}, {type: string}]}, {enum: [2]}]}";
    json(within, "{const: a}", &["type-changed incomparable"]);
    json(within, "{const: b}", &["enum-added narrows"]);
}

#[test]
fn every_scalar_is_a_text_in_a_query() {
    text("{type: integer}", "{type: string}", &["type-widened widens"]);
    text("{type: string}", "{type: integer}", &["type-narrowed narrows"]);
    text("{type: array, items: {type: boolean}}", "{type: array, items: {type: string}}", &["type-widened widens"]);
    text("{type: integer, enum: [1, 2]}", "{type: string, enum: ['1', '2', '3']}", &["enum-value-added widens"]);
}

#[test]
fn flags_and_listed_texts_are_written_alike_in_a_query() {
    text("{type: boolean}", "{enum: ['true', 'false']}", &[]);
    text("{enum: ['true', 'false']}", "{type: boolean}", &[]);
    text("{type: boolean}", "{enum: ['true']}", &["enum-added narrows"]);
    text("{enum: ['1', '2']}", "{type: integer}", &["enum-removed widens"]);
    text("{enum: ['1', 'a']}", "{type: integer}", &["type-changed incomparable"]);
    json("{type: boolean}", "{enum: ['true', 'false']}", &["type-changed incomparable"]);
}

#[test]
fn defaults_are_compared_as_values() {
    let of = |default: &str| format!("{{default: {default}}}");
    for (one, other) in [("1", "1.0"), ("100", "1e2"), ("{a: 1, b: [2]}", "{b: [2.0], a: 1}")] {
        json(&of(one), &of(other), &[]);
    }
    json(&of("'1'"), &of("1"), &["default-changed unknown"]);
    json(&of("null"), "{}", &["default-changed unknown"]);
}

#[test]
fn formats_restrict_values() {
    json("{type: integer, format: int32}", "{type: integer, format: int64}", &["format-changed widens"]);
    json("{type: integer}", "{type: integer, format: int32}", &["format-added narrows"]);
    json("{type: string, format: date}", "{type: string, format: date-time}", &["format-changed incomparable"]);
    json("{type: string, format: uuid}", "{type: string}", &["format-removed widens"]);
    json("{type: string, format: html}", "{type: string}", &[]);
    json("{type: string, format: password}", "{type: string}", &["sensitivity-changed same"]);
    let small = |format: &str| format!("{{type: integer, {format} minimum: 1, maximum: 9}}");
    json(&small("format: int32,"), &small("format: int64,"), &[]);
    json(&small(""), &small("format: int32,"), &[]);
}

#[test]
fn bounds_and_sizes_are_compared_as_numbers() {
    json("{type: integer, minimum: 1}", "{type: integer, minimum: 2}", &["minimum-changed narrows"]);
    json("{type: integer, maximum: 1.0}", "{type: integer, maximum: 1}", &[]);
    json("{type: number, minimum: 1}", "{type: number, exclusiveMinimum: 1}", &["minimum-changed narrows"]);
    json("{type: string, maxLength: 5}", "{type: string, maxLength: 4}", &["max-length-changed narrows"]);
    json("{type: string, maxLength: 5}", "{type: string}", &["max-length-changed widens"]);
    json("{type: string}", "{type: string, pattern: '^a$'}", &["pattern-added narrows"]);
    json("{type: string, pattern: '^a$'}", "{type: string, pattern: '^b$'}", &["pattern-changed unknown"]);
    json("{type: string, pattern: '^a$'}", "{type: string, pattern: '^.*$'}", &["pattern-changed widens"]);
    json("{type: array}", "{type: array, uniqueItems: true}", &["unique-items-changed narrows"]);
}

#[test]
fn listed_values_are_compared_one_by_one() {
    json("{enum: [a, b]}", "{enum: [b, a]}", &[]);
    json("{enum: [a, b]}", "{enum: [a]}", &["enum-value-removed narrows"]);
    json("{enum: [a]}", "{enum: [a, b]}", &["enum-value-added widens"]);
    json("{const: a}", "{const: b}", &["const-changed incomparable"]);
    json("{const: a}", "{enum: [a]}", &[]);
    json("{enum: [a]}", "{type: string}", &["enum-removed widens"]);
    json("{type: string}", "{enum: [a]}", &["enum-added narrows"]);
    json("{enum: [a]}", "{type: string, minLength: 2}", &["enum-removed incomparable"]);
    json("{enum: [a]}", "{type: integer}", &["type-changed incomparable"]);
    json("{enum: [1, 2.0]}", "{enum: [1.0, 2]}", &[]);
}

#[test]
fn required_properties_narrow() {
    let object = |required: &str| format!("{{type: object, {required} properties: {{a: {{type: string}}}}}}");
    json(&object(""), &object("required: [a],"), &["a property-became-required narrows"]);
    json(&object("required: [a],"), &object(""), &["a property-became-optional widens"]);
}

#[test]
fn properties_come_and_go() {
    let with = "{type: object, properties: {a: {type: string}}}";
    let without = "{type: object, properties: {}}";
    directed(with, without, &["a property-removed unknown"], &["a property-removed unknown"]);
    directed(without, with, &["a property-added unknown"], &["a property-added same"]);
    let closed = "{type: object, properties: {}, additionalProperties: false}";
    let closed_with = "{type: object, properties: {a: {type: string}}, additionalProperties: false}";
    directed(closed, closed_with, &["a property-added widens"], &["a property-added widens"]);
    directed(closed_with, closed, &["a property-removed narrows"], &["a property-removed unknown"]);
    json(closed, without, &["additional-properties-opened widens"]);
    let map = |value: &str| format!("{{type: object, additionalProperties: {value}}}");
    json(&map("{type: integer}"), &map("{type: string}"), &["type-changed incomparable"]);
    json(&map("true"), &map("{type: string}"), &["additional-properties-restricted narrows"]);
}

#[test]
fn read_only_properties_are_not_in_requests() {
    let object = |flag: &str| format!("{{type: object, required: [a], properties: {{a: {{type: string{flag}}}}}}}");
    directed(&object(", readOnly: true"), &object(""), &["a read-only-changed unknown"], &[]);
    let of = |kind: &str| format!("{{type: object, properties: {{a: {{type: {kind}, readOnly: true}}}}}}");
    directed(&of("string"), &of("integer"), &[], &["type-changed incomparable"]);
}

#[test]
fn what_means_the_same_is_the_same() {
    json(
        "{type: object, properties: {a: {$ref: '#/components/schemas/A'}}}\n    A: {type: string, maxLength: 3}",
        "{type: object, properties: {a: {type: string, maxLength: 3}}}",
        &[],
    );
    json(
        "{allOf: [{type: object, required: [a], properties: {a: {type: string}}}, {type: object, properties: {b: {type: integer}}}]}",
        "{type: object, required: [a], properties: {b: {type: integer}, a: {type: string}}}",
        &[],
    );
    json("{type: [string, 'null']}", "{oneOf: [{type: string}, {type: 'null'}]}", &[]);
    json("{type: array, items: {}}", "{type: array}", &[]);
}

#[test]
fn recursion_ends() {
    let tree = |value: &str| {
        format!("{{type: object, properties: {{next: {{$ref: '#/components/schemas/S'}}, v: {{type: {value}}}}}}}")
    };
    json(&tree("integer"), &tree("number"), &["type-widened widens"]);
    let union = |value: &str| {
        format!("{{oneOf: [{{type: {value}}}, {{type: array, items: {{$ref: '#/components/schemas/S'}}}}]}}")
    };
    json(&union("integer"), &union("number"), &["type-widened widens"]);
}

#[test]
fn branches_are_brought_together() {
    let union = |branches: &str| {
        format!(
            "{{oneOf: [{branches}]}}\n    A: {{type: object, required: [a], properties: {{a: {{type: string}}}}}}\n    B: {{type: object, required: [b], properties: {{b: {{type: string}}}}}}"
        )
    };
    let (a, b) = ("{$ref: '#/components/schemas/A'}", "{$ref: '#/components/schemas/B'}");
    let both = format!("{a}, {b}");
    json(&union(&both), &union(&format!("{b}, {a}")), &[]);
    json(&union(&both), &union(a), &["B branch-removed narrows"]);
    json(&union(a), &union(&both), &["B branch-added widens"]);
    json("{type: string}", "{oneOf: [{type: string}, {type: integer}]}", &["integer branch-added widens"]);
    json(
        "{type: string, maxLength: 3}",
        "{oneOf: [{type: integer}, {type: string, maxLength: 3}]}",
        &["integer branch-added widens"],
    );
}

#[test]
fn a_value_of_two_branches_fits_no_one_of() {
    // What both branches allow was valid and is not any more.
    let part = |name: &str| {
        format!("{{type: object, required: [{name}], properties: {{a: {{type: string}}, b: {{type: string}}}}}}")
    };
    let both = "{type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}";
    let found = changes(both, &format!("{{oneOf: [{}, {}]}}", part("a"), part("b")), Direction::Request, Carrier::Json);
    assert!(found.iter().any(|one| one.ends_with("branch-added incomparable")), "{found:?}");
    json(
        "{oneOf: [{type: number}]}",
        "{oneOf: [{type: number}, {type: integer}]}",
        &["integer branch-added narrows", "branches-overlap unknown"],
    );
    json("{anyOf: [{type: number}]}", "{anyOf: [{type: number}, {type: integer}]}", &[]);
}

#[test]
fn a_branch_that_turns_from_a_scalar_to_an_object_or_a_list_is_seen() {
    let union =
        |branch: &str| format!("{{anyOf: [{{$ref: '#/components/schemas/A'}}, {{type: boolean}}]}}\n    A: {branch}");
    for structure in ["{type: object, required: [a], properties: {a: {type: string}}}", "{type: array}"] {
        json(&union("{type: integer}"), &union(structure), &["type-changed incomparable"]);
        json(&union("{type: boolean}"), &union(structure), &["branches-regrouped widens"]);
        json(&union(structure), &union("{type: boolean}"), &["branches-regrouped narrows"]);
    }
}

#[test]
fn keywords_beside_a_list_of_values_restrict_it() {
    let list = "{type: string, enum: [a, abc]}";
    json(list, "{type: string, enum: [a, abc], maxLength: 2}", &["enum-value-removed narrows"]);
    json(list, "{type: string, enum: [a, abc], maxLength: 3}", &[]);
    json("{type: string, enum: [a, abc], maxLength: 2}", "{type: string, enum: [a]}", &[]);
    json("{enum: [1, 2]}", "{enum: [2.0, 1e0]}", &[]);
}

#[test]
fn assertions_restrict_where_they_are() {
    let object =
        |keyword: &str| format!("{{type: object, {keyword} properties: {{a: {{type: string}}, b: {{type: string}}}}}}");
    let dependent = object("dependentRequired: {a: [b]},");
    json(&object(""), &dependent, &["dependentRequired assertion-added narrows"]);
    json(&dependent, &object(""), &["dependentRequired assertion-removed widens"]);
    let other = object("dependentRequired: {b: [a]},");
    json(&dependent, &other, &["dependentRequired assertion-changed incomparable"]);
}

/// A keyword that is added restricts, and one that is removed restricts no more, whichever it is and wherever it stands.
#[test]
fn every_keyword_that_restricts_is_seen() {
    for (schema, keyword) in [
        ("type: string", "minLength: 1"),
        ("type: string", "maxLength: 9"),
        ("type: string", "pattern: '^a'"),
        ("type: string", "format: uuid"),
        ("type: string", "enum: [a]"),
        ("type: string", "const: a"),
        ("type: string", "not: {minLength: 3}"),
        ("type: string", "contentEncoding: base64"),
        ("type: string", "contentMediaType: image/png"),
        ("type: string, contentMediaType: application/json", "contentSchema: {type: object}"),
        ("type: integer", "minimum: 1"),
        ("type: integer", "maximum: 1"),
        ("type: integer", "exclusiveMinimum: 1"),
        ("type: integer", "exclusiveMaximum: 1"),
        ("type: integer", "multipleOf: 2"),
        ("type: integer", "format: int32"),
        ("type: array", "minItems: 1"),
        ("type: array", "maxItems: 1"),
        ("type: array", "uniqueItems: true"),
        ("type: array", "items: {type: string}"),
        ("type: array", "contains: {type: string}"),
        ("type: array", "prefixItems: [{type: string}]"),
        ("type: array", "unevaluatedItems: false"),
        ("type: object", "minProperties: 1"),
        ("type: object", "maxProperties: 1"),
        ("type: object", "required: [a]"),
        ("type: object", "additionalProperties: false"),
        ("type: object", "additionalProperties: {type: string}"),
        ("type: object", "unevaluatedProperties: false"),
        ("type: object", "propertyNames: {maxLength: 3}"),
        ("type: object", "patternProperties: {'^a': {type: string}}"),
        ("type: object", "dependentRequired: {a: [b]}"),
        ("type: object", "dependentSchemas: {a: {required: [b]}}"),
        ("type: object", "if: {required: [a]}, then: {required: [b]}"),
        ("type: object", "if: {required: [a]}, else: {required: [b]}"),
        ("type: object", "oneOf: [{required: [a]}, {required: [b]}]"),
        ("type: object", "anyOf: [{required: [a]}, {required: [b]}]"),
        ("type: object", "allOf: [{required: [a]}]"),
    ] {
        let (without, with) = (format!("{{{schema}}}"), format!("{{{schema}, {keyword}}}"));
        for sender in [Direction::Request, Direction::Response] {
            let (there, back) =
                (changes(&without, &with, sender, Carrier::Json), changes(&with, &without, sender, Carrier::Json));
            assert!(
                there.iter().any(|one| one.ends_with(" narrows") || *one == "a property-added unknown"),
                "{keyword}: {there:?}"
            );
            assert!(
                back.iter().any(|one| one.ends_with(" widens") || one.starts_with("a property-removed ")),
                "{keyword}: {back:?}"
            );
        }
        json(&with, &with, &[]);
    }
}
