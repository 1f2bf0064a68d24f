//! oasdiff: keywords of JSON Schema 2020-12, flags, discriminators, and what is deprecated before it goes.

use super::{Pair, breaks, fine};
use crate::documents::{DONE, answered, document, parameter, query, request, response, secured, sent};

/// The schema of a property of the request.
fn sent_property(schema: &str) -> String {
    request(&format!("{{type: object, properties: {{a: {schema}}}}}"))
}

/// The schema of a property of the response.
fn got_property(schema: &str) -> String {
    response(&format!("{{type: object, properties: {{a: {schema}}}}}"))
}

fn object(rest: &str) -> String {
    format!("{{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}{rest}}}")
}

fn list(rest: &str) -> String {
    format!("{{type: array, items: {{type: integer}}{rest}}}")
}

pub(super) fn pairs() -> Vec<Pair> {
    [keywords(), values(), flags(), discriminators(), lifecycle(), parameters()].into_iter().flatten().collect()
}

fn keywords() -> Vec<Pair> {
    let condition = |rest: &str| object(&format!(", if: {{required: [a]}}{rest}"));
    let (then, otherwise) = (", then: {required: [b]}", ", else: {required: [b]}");
    let seven =
        |least: u32, most: u32| list(&format!(", contains: {{const: 7}}, minContains: {least}, maxContains: {most}"));
    let tuple = "{type: array, prefixItems: [{type: string}]";
    vec![
        breaks(
            "request-property-const-added",
            sent_property("{type: integer}"),
            sent_property("{type: integer, const: 3}"),
        ),
        fine(
            "response-property-const-added",
            got_property("{type: integer}"),
            got_property("{type: integer, const: 3}"),
        ),
        breaks("response-property-const-changed", got_property("{const: a}"), got_property("{const: b}")),
        breaks("request-body-then-added", request(&condition("")), request(&condition(then))),
        breaks("response-body-then-removed", response(&condition(then)), response(&condition(""))),
        breaks(
            "request-body-else-added",
            request(&condition(then)),
            request(&condition(&format!("{then}{otherwise}"))),
        ),
        breaks(
            "response-body-else-removed",
            response(&condition(&format!("{then}{otherwise}"))),
            response(&condition(then)),
        ),
        breaks("response-body-if-removed", response(&condition(then)), response(&object(""))),
        fine("response-body-if-added", response(&object("")), response(&condition(then))),
        breaks("request-body-min-contains-increased", request(&seven(1, 3)), request(&seven(2, 3))),
        breaks("response-body-min-contains-decreased", response(&seven(2, 3)), response(&seven(1, 3))),
        breaks("response-body-max-contains-increased", response(&seven(1, 3)), response(&seven(1, 4))),
        breaks(
            "request-property-dependent-required-changed",
            sent_property("{type: object, dependentRequired: {x: [y]}}"),
            sent_property("{type: object, dependentRequired: {x: [z]}}"),
        ),
        breaks(
            "request-property-dependent-schema-added",
            sent_property("{type: object}"),
            sent_property("{type: object, dependentSchemas: {x: {properties: {y: {type: integer}}}}}"),
        ),
        breaks(
            "request-body-unevaluated-items-added",
            request(&format!("{tuple}}}")),
            request(&format!("{tuple}, unevaluatedItems: false}}")),
        ),
        breaks(
            "response-body-unevaluated-items-removed",
            response(&format!("{tuple}, unevaluatedItems: false}}")),
            response(&format!("{tuple}}}")),
        ),
    ]
}

fn values() -> Vec<Pair> {
    let coded = |coding: &str| format!("{{type: string, contentEncoding: {coding}}}");
    let media = |name: &str| format!("{{type: string, contentMediaType: {name}}}");
    vec![
        breaks(
            "request-property-content-encoding-changed",
            sent_property(&coded("base64")),
            sent_property(&coded("base32")),
        ),
        breaks(
            "response-property-content-media-type-changed",
            got_property(&media("text/html")),
            got_property(&media("text/plain")),
        ),
        breaks(
            "response-property-content-schema-removed",
            got_property("{type: string, contentMediaType: application/json, contentSchema: {type: array}}"),
            got_property("{type: string, contentMediaType: application/json}"),
        ),
        fine(
            "request-property-list-of-types-widened",
            sent_property("{type: [string, boolean]}"),
            sent_property("{type: [string, boolean, number]}"),
        ),
        fine(
            "response-property-list-of-types-narrowed",
            got_property("{type: [string, boolean, number]}"),
            got_property("{type: [string, number]}"),
        ),
        breaks(
            "response-property-exclusive-max-increased",
            got_property("{type: integer, exclusiveMaximum: 8}"),
            got_property("{type: integer, exclusiveMaximum: 9}"),
        ),
        breaks(
            "response-property-exclusive-min-decreased",
            got_property("{type: integer, exclusiveMinimum: 8}"),
            got_property("{type: integer, exclusiveMinimum: 7}"),
        ),
        fine(
            "request-body-all-of-removed-annotation-only",
            request("{allOf: [{type: object, properties: {a: {type: string}}}, {title: It}]}"),
            request("{allOf: [{type: object, properties: {a: {type: string}}}]}"),
        ),
        fine(
            "response-body-all-of-added",
            response("{allOf: [{type: object, properties: {a: {type: string}}}]}"),
            response("{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}]}"),
        ),
        fine(
            "response-body-any-of-removed",
            response("{anyOf: [{type: string}, {type: boolean}, {type: integer}]}"),
            response("{anyOf: [{type: string}, {type: integer}]}"),
        ),
        fine(
            "response-property-default-value-changed",
            got_property("{type: integer, default: 1}"),
            got_property("{type: integer, default: 2}"),
        ),
        fine(
            "request-property-default-value-removed",
            sent_property("{type: integer, default: 1}"),
            sent_property("{type: integer}"),
        ),
    ]
}

fn flags() -> Vec<Pair> {
    let required = |flag: &str| format!("{{type: object, required: [a], properties: {{a: {{type: string{flag}}}}}}}");
    let (read, write) = (", readOnly: true", ", writeOnly: true");
    let form = |schema: &str| {
        sent(&format!("application/x-www-form-urlencoded: {{schema: {{type: object, properties: {{a: {schema}}}}}}}"))
    };
    vec![
        fine(
            "request-optional-property-became-not-read-only",
            sent_property("{type: string, readOnly: true}"),
            sent_property("{type: string}"),
        ),
        fine(
            "request-optional-property-became-write-only",
            sent_property("{type: string}"),
            sent_property("{type: string, writeOnly: true}"),
        ),
        fine("request-required-property-became-not-write-only", request(&required(write)), request(&required(""))),
        fine("response-required-property-became-read-only", response(&required("")), response(&required(read))),
        fine("response-required-property-became-not-read-only", response(&required(read)), response(&required(""))),
        fine("response-required-property-became-not-write-only", response(&required(write)), response(&required(""))),
        fine("request-body-media-type-schema-removed", request("{type: string}"), sent("application/json: {}")),
        fine(
            "response-body-media-type-schema-removed",
            response("{type: string}"),
            answered("application/json: {}", ""),
        ),
        fine("request-property-type-compatible", form("{type: integer}"), form("{type: string}")),
    ]
}

fn discriminators() -> Vec<Pair> {
    let union = |rest: &str| {
        let part = |name: &str| {
            format!(
                "{name}: {{type: object, required: [kind, {name}], properties: {{kind: {{type: string}}, {name}: {{type: string}}}}}}"
            )
        };
        let schemas = format!("components: {{schemas: {{{}, {}}}}}", part("A"), part("B"));
        let union =
            format!("{{oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]{rest}}}");
        request(&union).replace("\n\npaths", &format!("\n{schemas}\npaths"))
    };
    let named = |mapping: &str| union(&format!(", discriminator: {{propertyName: kind{mapping}}}"));
    let both = ", mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B'}";
    let more = ", mapping: {a: '#/components/schemas/A', b: '#/components/schemas/B', c: '#/components/schemas/B'}";
    vec![
        fine("request-body-discriminator-removed", named(both), union("")),
        fine("request-body-discriminator-mapping-added", named(both), named(more)),
    ]
}

fn lifecycle() -> Vec<Pair> {
    let paths = |list: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'204': {{description: Done.}}}}}}}}{list}}}\n"
        )
    };
    let old = |rest: &str| paths(&format!(", /b: {{get: {{{rest}responses: {{'204': {{description: Done.}}}}}}}}"));
    let global = |security: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{security}\npaths: {{/a: {{get: {{responses: {{'204': {{description: Done.}}}}}}}}}}\ncomponents: {{securitySchemes: {{s: {{type: http, scheme: basic}}}}, schemas: {{Unused: {{type: string}}}}}}\n"
        )
    };
    let version = |number: &str| paths("").replace("version: '1'", &format!("version: '{number}'"));
    let key = "{type: apiKey, in: header, name: K}";
    vec![
        fine("api-path-removed-with-deprecation", old("deprecated: true, "), paths("")),
        fine("endpoint-deprecated-with-sunset", old(""), old("deprecated: true, x-sunset: '2099-01-01', ")),
        fine("api-stability-increased", old("x-stability-level: beta, "), old("x-stability-level: stable, ")),
        fine("api-version-decreased", version("2.0.0"), version("1.0.0")),
        fine("api-schema-removed", global(""), global("").replace(", schemas: {Unused: {type: string}}", "")),
        fine("api-global-security-removed", global("security: [{s: []}]"), global("")),
        breaks(
            "api-security-component-type-changed-in-use",
            secured("[{s: []}]", key),
            secured("[{s: []}]", "{type: http, scheme: basic}"),
        ),
        fine("api-tag-added", document("/a", DONE, ""), document("/a", &format!("      tags: [a]\n{DONE}"), "")),
    ]
}

fn parameters() -> Vec<Pair> {
    let of = |rest: &str| parameter(&format!("in: query, {rest}schema: {{type: string}}"));
    vec![
        fine(
            "request-parameter-list-of-types-widened",
            query("{type: [integer, boolean]}"),
            query("{type: [integer, boolean, string]}"),
        ),
        fine("request-parameter-deprecated", of(""), of("deprecated: true, ")),
        fine("request-parameter-reactivated", of("deprecated: true, "), of("")),
        fine("request-parameter-removed-with-deprecation", of("deprecated: true, "), document("/coins", DONE, "")),
        fine(
            "request-parameter-max-length-increased",
            query("{type: string, maxLength: 3}"),
            query("{type: string, maxLength: 4}"),
        ),
        fine("request-parameter-type-compatible", query("{type: integer}"), query("{type: string}")),
        breaks(
            "request-parameter-moved",
            of(""),
            parameter("in: cookie, schema: {type: string}")
                .replace("cookie", "header")
                .replace("in: header", "in: header, required: true"),
        ),
    ]
}
