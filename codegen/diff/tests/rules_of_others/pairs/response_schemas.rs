//! oasdiff: schemas of responses.

use super::{Pair, breaks, fine};
use crate::documents::{header, response};

/// The schema of a property of the body.
fn of(schema: &str) -> String {
    response(&format!("{{type: object, properties: {{a: {schema}}}}}"))
}

fn body(rest: &str) -> String {
    response(&format!("{{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}{rest}}}"))
}

pub(super) fn pairs() -> Vec<Pair> {
    [properties(), values(), keywords(), headers()].into_iter().flatten().collect()
}

fn properties() -> Vec<Pair> {
    let required = |list: &str| {
        response(&format!(
            "{{type: object, required: [{list}], properties: {{a: {{type: string}}, b: {{type: string}}}}}}"
        ))
    };
    let only = "{type: object, required: [a], properties: {a: {type: string}}}";
    let optional = "{type: object, properties: {a: {type: string}}}";
    let secret =
        |rest: &str| response(&format!("{{type: object{rest}, properties: {{a: {{type: string, writeOnly: true}}}}}}"));
    vec![
        breaks("response-required-property-removed", required("a, b"), response(only)),
        fine("response-optional-property-removed", body(""), response(optional)),
        fine("response-required-property-added", response(only), required("a, b")),
        fine("response-optional-property-added", response(optional), body("")),
        breaks("response-property-became-optional", required("a, b"), required("b")),
        fine("response-property-became-required", required("b"), required("a, b")),
        fine("response-write-only-property-became-optional", secret(", required: [a]"), secret("")),
        breaks("response-property-became-nullable", of("{type: string}"), of("{type: [string, 'null']}")),
        fine("response-property-became-not-nullable", of("{type: [string, 'null']}"), of("{type: string}")),
        fine("response-optional-property-became-read-only", of("{type: string}"), of("{type: string, readOnly: true}")),
        fine(
            "response-optional-property-became-write-only",
            of("{type: string}"),
            of("{type: string, writeOnly: true}"),
        ),
    ]
}

fn values() -> Vec<Pair> {
    let list = |rest: &str| of(&format!("{{type: array, items: {{type: string}}{rest}}}"));
    vec![
        breaks("response-property-type-changed", of("{type: string}"), of("{type: object}")),
        breaks("response-property-type-generalized", of("{type: integer}"), of("{type: number}")),
        fine("response-property-type-specialized", of("{type: number}"), of("{type: integer}")),
        breaks(
            "response-property-list-of-types-widened",
            of("{type: [string, integer]}"),
            of("{type: [string, integer, boolean]}"),
        ),
        breaks(
            "response-property-max-length-increased",
            of("{type: string, maxLength: 4}"),
            of("{type: string, maxLength: 40}"),
        ),
        breaks("response-property-max-length-unset", of("{type: string, maxLength: 4}"), of("{type: string}")),
        breaks(
            "response-property-min-length-decreased",
            of("{type: string, minLength: 4}"),
            of("{type: string, minLength: 3}"),
        ),
        breaks("response-property-min-items-decreased", list(", minItems: 2"), list(", minItems: 1")),
        breaks("response-property-min-items-unset", list(", minItems: 2"), list("")),
        breaks(
            "response-property-min-decreased",
            of("{type: integer, minimum: 0}"),
            of("{type: integer, minimum: -1}"),
        ),
        breaks("response-property-max-increased", of("{type: number, maximum: 1}"), of("{type: number, maximum: 2}")),
        fine("response-property-max-decreased", of("{type: number, maximum: 2}"), of("{type: number, maximum: 1}")),
        breaks("response-property-const-removed", of("{type: string, const: x}"), of("{type: string}")),
        fine(
            "response-property-enum-value-removed",
            of("{type: string, enum: [x, y]}"),
            of("{type: string, enum: [x]}"),
        ),
        fine("response-property-enum-value-added", of("{type: string, enum: [x]}"), of("{type: string, enum: [x, y]}")),
        fine("response-property-pattern-added", of("{type: string}"), of("{type: string, pattern: '^x'}")),
        fine("response-property-pattern-removed", of("{type: string, pattern: '^x'}"), of("{type: string}")),
        fine(
            "response-property-pattern-changed",
            of("{type: string, pattern: '^x'}"),
            of("{type: string, pattern: '^y'}"),
        ),
        fine("response-property-default-value-added", of("{type: string}"), of("{type: string, default: x}")),
        fine(
            "response-property-x-extensible-enum-value-added",
            of("{type: string, x-extensible-enum: [x]}"),
            of("{type: string, x-extensible-enum: [x, y]}"),
        ),
    ]
}

fn keywords() -> Vec<Pair> {
    let list = |rest: &str| of(&format!("{{type: array{rest}}}"));
    let one_of = |list: &str| of(&format!("{{oneOf: [{list}]}}"));
    let any_of = |list: &str| of(&format!("{{anyOf: [{list}]}}"));
    let (text, flag, number) = ("{type: string}", "{type: boolean}", "{type: number}");
    vec![
        breaks(
            "response-property-one-of-added",
            one_of(&format!("{text}, {flag}")),
            one_of(&format!("{text}, {flag}, {number}")),
        ),
        fine(
            "response-property-one-of-removed",
            one_of(&format!("{text}, {flag}, {number}")),
            one_of(&format!("{text}, {flag}")),
        ),
        fine(
            "response-property-any-of-added",
            any_of(&format!("{text}, {flag}")),
            any_of(&format!("{text}, {flag}, {number}")),
        ),
        breaks("response-body-dependent-required-removed", body(", dependentRequired: {a: [b]}"), body("")),
        fine("response-body-dependent-required-added", body(""), body(", dependentRequired: {a: [b]}")),
        breaks(
            "response-body-pattern-property-removed",
            body(", patternProperties: {'^n_': {type: number}}"),
            body(""),
        ),
        breaks("response-body-property-names-removed", body(", propertyNames: {maxLength: 4}"), body("")),
        breaks("response-body-unevaluated-properties-removed", body(", unevaluatedProperties: false"), body("")),
        breaks(
            "response-property-prefix-items-added",
            list(", prefixItems: [{type: string}], items: false"),
            list(", prefixItems: [{type: string}, {type: integer}], items: false"),
        ),
        breaks("response-property-contains-removed", list(", contains: {type: integer}"), list("")),
        breaks(
            "response-property-dependent-schema-removed",
            of("{type: object, dependentSchemas: {x: {required: [y]}}}"),
            of("{type: object}"),
        ),
        breaks(
            "response-body-wrapped-in-one-of",
            body(""),
            response(
                "{oneOf: [{type: object, required: [k], properties: {k: {const: x}}}, {type: object, required: [k, n], properties: {k: {const: y}, n: {type: integer}}}]}",
            ),
        ),
    ]
}

fn headers() -> Vec<Pair> {
    let of = |schema: &str| header(&format!("required: true, schema: {schema}"));
    vec![
        breaks("required-response-header-removed", of("{type: string}"), header("")),
        fine("optional-response-header-removed", header("schema: {type: string}"), header("")),
        fine("response-header-added", header(""), of("{type: string}")),
        breaks("response-header-became-optional", of("{type: string}"), header("schema: {type: string}")),
        breaks("response-header-became-nullable", of("{type: string}"), of("{type: [string, 'null']}")),
        fine("response-header-became-not-nullable", of("{type: [string, 'null']}"), of("{type: string}")),
        breaks("response-header-type-changed", of("{type: boolean}"), of("{type: integer}")),
        fine("response-header-type-specialized", of("{type: number}"), of("{type: integer}")),
    ]
}
