//! oasdiff: schemas of requests and of parameters.

use super::{Pair, breaks, fine};
use crate::documents::{header_object, query, request};

/// The schema of a property of the body.
fn of(schema: &str) -> String {
    request(&format!("{{type: object, properties: {{a: {schema}}}}}"))
}

fn body(rest: &str) -> String {
    request(&format!("{{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}{rest}}}"))
}

pub(super) fn pairs() -> Vec<Pair> {
    [properties(), bounds(), keywords(), parameters()].into_iter().flatten().collect()
}

fn properties() -> Vec<Pair> {
    let with = |rest: &str| request(&format!("{{type: object, properties: {{a: {{type: string}}{rest}}}}}"));
    let required = |schema: &str| request(&format!("{{type: object, required: [a], properties: {{a: {schema}}}}}"));
    let added = "{type: object, required: [c], properties: {a: {type: string}, c: {type: integer}}}";
    let with_default = "{type: object, required: [c], properties: {a: {type: string}, c: {type: integer, default: 1}}}";
    vec![
        breaks("new-required-request-property", with(""), request(added)),
        breaks("new-required-request-property-with-default", with(""), request(with_default)),
        fine("new-optional-request-property", with(""), with(", c: {type: integer}")),
        fine("request-property-removed", with(", c: {type: integer}"), with("")),
        breaks("request-property-became-required", body(""), body(", required: [b]")),
        breaks(
            "request-property-became-required-with-default",
            of("{type: integer, default: 4}"),
            required("{type: integer, default: 4}"),
        ),
        fine("request-property-became-optional", required("{type: string}"), of("{type: string}")),
        fine("request-property-became-nullable", of("{type: string}"), of("{type: [string, 'null']}")),
        breaks("request-property-became-not-nullable", of("{type: ['null', integer]}"), of("{type: integer}")),
        breaks("request-property-type-changed", of("{type: boolean}"), of("{type: array, items: {type: boolean}}")),
        fine("request-property-type-generalized", of("{type: integer}"), of("{type: number}")),
        breaks("request-property-list-of-types-narrowed", of("{type: [string, boolean]}"), of("{type: boolean}")),
        breaks(
            "request-property-enum-value-removed",
            of("{type: string, enum: [x, y, z]}"),
            of("{type: string, enum: [x, z]}"),
        ),
        fine(
            "request-property-enum-value-added",
            of("{type: integer, enum: [1]}"),
            of("{type: integer, enum: [1, 2]}"),
        ),
        breaks("request-property-became-enum", of("{type: string}"), of("{type: string, enum: [x]}")),
        breaks(
            "request-property-x-extensible-enum-value-removed",
            of("{type: string, x-extensible-enum: [x, y]}"),
            of("{type: string, x-extensible-enum: [x]}"),
        ),
        fine(
            "request-property-default-value-changed",
            of("{type: integer, default: 1}"),
            of("{type: integer, default: 2}"),
        ),
        fine(
            "request-read-only-property-enum-value-removed",
            of("{type: string, readOnly: true, enum: [x, y]}"),
            of("{type: string, readOnly: true, enum: [x]}"),
        ),
        fine("request-optional-property-became-read-only", of("{type: string}"), of("{type: string, readOnly: true}")),
        fine(
            "request-required-property-became-read-only",
            required("{type: string}"),
            required("{type: string, readOnly: true}"),
        ),
        fine("request-property-deprecated", of("{type: string}"), of("{type: string, deprecated: true}")),
        breaks(
            "request-body-wrapped-in-one-of",
            request("{type: integer}"),
            request("{oneOf: [{type: string, enum: [none]}, {type: string, enum: [all]}]}"),
        ),
    ]
}

fn bounds() -> Vec<Pair> {
    let list = |rest: &str| of(&format!("{{type: array, items: {{type: string}}{rest}}}"));
    vec![
        breaks(
            "request-property-max-decreased",
            of("{type: integer, maximum: 90}"),
            of("{type: integer, maximum: 80}"),
        ),
        fine("request-property-max-increased", of("{type: integer, maximum: 80}"), of("{type: integer, maximum: 90}")),
        breaks(
            "request-property-min-increased",
            of("{type: number, minimum: 0.5}"),
            of("{type: number, minimum: 1.5}"),
        ),
        breaks(
            "request-property-exclusive-min-increased",
            of("{type: integer, exclusiveMinimum: 0}"),
            of("{type: integer, exclusiveMinimum: 1}"),
        ),
        breaks(
            "request-property-max-length-decreased",
            of("{type: string, maxLength: 9}"),
            of("{type: string, maxLength: 8}"),
        ),
        breaks("request-property-min-length-increased", of("{type: string}"), of("{type: string, minLength: 2}")),
        fine(
            "request-property-min-length-decreased",
            of("{type: string, minLength: 3}"),
            of("{type: string, minLength: 2}"),
        ),
        breaks("request-property-min-items-increased", list(", minItems: 1"), list(", minItems: 2")),
        fine("request-property-min-items-decreased", list(", minItems: 2"), list(", minItems: 1")),
        breaks("request-property-pattern-added", of("{type: string}"), of("{type: string, pattern: '^[A-Z]{3}$'}")),
        fine("request-property-pattern-removed", of("{type: string, pattern: '^[A-Z]{3}$'}"), of("{type: string}")),
        fine(
            "request-property-pattern-changed",
            of("{type: string, pattern: '^a'}"),
            of("{type: string, pattern: '^b'}"),
        ),
        fine(
            "request-property-pattern-generalized",
            of("{type: string, pattern: '^a'}"),
            of("{type: string, pattern: '.*'}"),
        ),
    ]
}

fn keywords() -> Vec<Pair> {
    let list = |rest: &str| of(&format!("{{type: array{rest}}}"));
    let one_of = |list: &str| of(&format!("{{oneOf: [{list}]}}"));
    let any_of = |list: &str| of(&format!("{{anyOf: [{list}]}}"));
    let all_of = |list: &str| request(&format!("{{allOf: [{list}]}}"));
    let (text, flag, number) = ("{type: string}", "{type: boolean}", "{type: number}");
    let (one, other) = (
        "{type: object, properties: {a: {type: string}}}",
        "{type: object, required: [b], properties: {b: {type: string}}}",
    );
    vec![
        breaks("request-property-const-changed", of("{const: 1}"), of("{const: 2}")),
        breaks("request-body-dependent-required-added", body(""), body(", dependentRequired: {a: [b]}")),
        fine("request-body-dependent-required-removed", body(", dependentRequired: {a: [b]}"), body("")),
        breaks("request-body-if-added", body(""), body(", if: {required: [a]}, then: {required: [b]}")),
        breaks("request-body-not-added", body(""), body(", not: {required: [a, b]}")),
        breaks("request-property-contains-added", list(""), list(", contains: {type: integer}")),
        fine("request-property-contains-removed", list(", contains: {type: integer}"), list("")),
        breaks("request-body-unevaluated-properties-added", body(""), body(", unevaluatedProperties: false")),
        breaks("request-body-property-names-added", body(""), body(", propertyNames: {maxLength: 4}")),
        breaks("request-body-pattern-property-added", body(""), body(", patternProperties: {'^n_': {type: number}}")),
        breaks(
            "request-property-content-schema-added",
            of("{type: string, contentMediaType: application/json}"),
            of("{type: string, contentMediaType: application/json, contentSchema: {type: object}}"),
        ),
        breaks(
            "request-property-prefix-items-removed",
            list(", prefixItems: [{type: string}, {type: integer}], items: false"),
            list(", prefixItems: [{type: string}], items: false"),
        ),
        breaks(
            "request-property-one-of-removed",
            one_of(&format!("{text}, {flag}, {number}")),
            one_of(&format!("{text}, {flag}")),
        ),
        fine(
            "request-property-one-of-added",
            one_of(&format!("{text}, {flag}")),
            one_of(&format!("{text}, {flag}, {number}")),
        ),
        breaks(
            "request-property-any-of-removed",
            any_of(&format!("{text}, {flag}, {number}")),
            any_of(&format!("{text}, {flag}")),
        ),
        fine(
            "request-property-any-of-added",
            any_of(&format!("{text}, {flag}")),
            any_of(&format!("{text}, {flag}, {number}")),
        ),
        breaks("request-body-all-of-added", all_of(one), all_of(&format!("{one}, {other}"))),
        fine("request-body-all-of-removed", all_of(&format!("{one}, {other}")), all_of(one)),
    ]
}

fn parameters() -> Vec<Pair> {
    let list = |rest: &str| query(&format!("{{type: array, items: {{type: string}}{rest}}}"));
    let fields = |schema: &str| query(&format!("{{type: object, properties: {{a: {schema}}}}}"));
    vec![
        breaks(
            "request-parameter-enum-value-removed",
            query("{type: string, enum: [x, y]}"),
            query("{type: string, enum: [y]}"),
        ),
        fine(
            "request-parameter-enum-value-added",
            query("{type: string, enum: [y]}"),
            query("{type: string, enum: [x, y]}"),
        ),
        breaks("request-parameter-type-changed", query("{type: string}"), query("{type: boolean}")),
        breaks(
            "request-parameter-pattern-added",
            query("{type: string}"),
            query("{type: string, pattern: '^[0-9]+$'}"),
        ),
        breaks(
            "request-parameter-max-length-decreased",
            query("{type: string, maxLength: 5}"),
            query("{type: string, maxLength: 4}"),
        ),
        breaks(
            "request-parameter-min-increased",
            query("{type: integer, minimum: 1}"),
            query("{type: integer, minimum: 2}"),
        ),
        breaks(
            "request-parameter-max-decreased",
            query("{type: integer, maximum: 7}"),
            query("{type: integer, maximum: 6}"),
        ),
        fine(
            "request-parameter-max-increased",
            query("{type: integer, maximum: 6}"),
            query("{type: integer, maximum: 7}"),
        ),
        breaks("request-parameter-min-items-increased", list(", minItems: 1"), list(", minItems: 3")),
        fine("request-parameter-max-items-increased", list(", maxItems: 1"), list(", maxItems: 3")),
        breaks("request-parameter-became-not-nullable", query("{type: [integer, 'null']}"), query("{type: integer}")),
        fine("request-parameter-became-nullable", query("{type: integer}"), query("{type: [integer, 'null']}")),
        breaks(
            "request-parameter-default-value-changed",
            query("{type: integer, default: 10}"),
            query("{type: integer, default: 20}"),
        ),
        breaks(
            "request-parameter-x-extensible-enum-value-removed",
            query("{type: string, x-extensible-enum: [x, y]}"),
            query("{type: string, x-extensible-enum: [y]}"),
        ),
        breaks("request-parameter-property-type-specialized", fields("{type: number}"), fields("{type: integer}")),
        breaks(
            "request-parameter-property-enum-value-removed",
            fields("{type: string, enum: [x, y]}"),
            fields("{type: string, enum: [x]}"),
        ),
        breaks("new-required-request-header-property", header_object(""), header_object(", required: [b]")),
    ]
}
