//! oasdiff: parameters that are objects, discriminators of responses, security of the whole document, policies, and what stays the same.

use super::{Pair, breaks, fine};
use crate::documents::{DONE, answered, document, header_object, parameter, query, request, response, sent};

pub(super) fn pairs() -> Vec<Pair> {
    [parameters(), bounds(), discriminators(), security(), policies(), bodies(), responses()]
        .into_iter()
        .flatten()
        .collect()
}

/// A header whose object has a property of this schema.
fn in_header(schema: &str) -> String {
    header_object("").replacen("{type: string}", schema, 1)
}

fn parameters() -> Vec<Pair> {
    vec![
        breaks(
            "request-parameter-property-became-not-nullable",
            in_header("{type: [integer, 'null']}"),
            in_header("{type: integer}"),
        ),
        fine(
            "request-parameter-property-became-nullable",
            in_header("{type: integer}"),
            in_header("{type: [integer, 'null']}"),
        ),
        breaks(
            "request-parameter-property-list-of-types-narrowed",
            in_header("{type: [integer, boolean]}"),
            in_header("{type: boolean}"),
        ),
        fine(
            "request-parameter-property-list-of-types-widened",
            in_header("{type: [integer, boolean]}"),
            in_header("{type: [integer, boolean, string]}"),
        ),
        fine("request-parameter-property-type-generalized", in_header("{type: integer}"), in_header("{type: number}")),
        fine("request-parameter-property-enum-value-added", in_header("{enum: [a]}"), in_header("{enum: [a, b]}")),
        breaks(
            "request-header-property-became-enum",
            in_header("{type: string}"),
            in_header("{type: string, enum: [a]}"),
        ),
        breaks("request-parameter-default-value-added", query("{type: integer}"), query("{type: integer, default: 3}")),
        fine("request-parameter-pattern-removed", query("{type: string, pattern: '^a'}"), query("{type: string}")),
        fine(
            "request-parameter-pattern-changed",
            query("{type: string, pattern: '^a'}"),
            query("{type: string, pattern: '^b'}"),
        ),
        fine(
            "new-optional-request-default-parameter-to-existing-path",
            document("/coins", DONE, ""),
            parameter("in: query, schema: {type: integer, default: 3}"),
        ),
        // `?q=5` is a list of one number.
        fine(
            "request-parameter-type-generalized-to-list",
            query("{type: integer}"),
            query("{type: array, items: {type: integer}}"),
        ),
    ]
}

fn bounds() -> Vec<Pair> {
    let of = |schema: &str| request(&format!("{{type: object, properties: {{a: {schema}}}}}"));
    vec![
        fine("request-property-max-set", of("{type: integer}"), of("{type: integer, maximum: 5}")),
        fine(
            "request-body-exclusive-max-increased",
            request("{type: integer, exclusiveMaximum: 5}"),
            request("{type: integer, exclusiveMaximum: 6}"),
        ),
        breaks(
            "request-body-min-increased",
            request("{type: integer, minimum: 5}"),
            request("{type: integer, minimum: 6}"),
        ),
        breaks(
            "response-body-min-items-unset",
            response("{type: array, items: {}, minItems: 1}"),
            response("{type: array, items: {}}"),
        ),
        breaks("response-body-max-length-unset", response("{type: string, maxLength: 4}"), response("{type: string}")),
    ]
}

/// A union of two objects that say themselves which one they are.
fn union(kind: &str, discriminator: &str) -> String {
    let part = |name: &str| {
        format!(
            "{name}: {{type: object, required: [kind, sort], properties: {{kind: {{const: {name}}}, sort: {{const: {name}}}}}}}"
        )
    };
    let schemas = format!("components: {{schemas: {{{}, {}}}}}", part("A"), part("B"));
    let union =
        format!("{{oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]{discriminator}}}");
    let of = if kind == "request" { request(&union) } else { response(&union) };
    of.replace("\n\npaths", &format!("\n{schemas}\npaths"))
}

fn discriminators() -> Vec<Pair> {
    let by = |name: &str| format!(", discriminator: {{propertyName: {name}}}");
    vec![
        fine("request-body-discriminator-added", union("request", ""), union("request", &by("kind"))),
        fine("response-body-discriminator-added", union("response", ""), union("response", &by("kind"))),
        fine("response-body-discriminator-removed", union("response", &by("kind")), union("response", "")),
        fine(
            "response-body-discriminator-property-name-changed",
            union("response", &by("kind")),
            union("response", &by("sort")),
        ),
    ]
}

fn security() -> Vec<Pair> {
    let scheme = |scopes: &str| {
        format!(
            "{{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://a.example/t', scopes: {{{scopes}}}}}}}}}"
        )
    };
    let all = |security: &str, schemes: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{security}\npaths: {{/a: {{get: {{responses: {{'204': {{description: Done.}}}}}}}}}}\ncomponents: {{securitySchemes: {{s: {}{schemes}}}}}\n",
            scheme("read: '', write: ''")
        )
    };
    let more = ", t: {type: http, scheme: basic}";
    vec![
        fine("api-global-security-added", all("", ""), all("security: [{s: [read]}]", "")),
        fine(
            "api-global-security-scope-removed",
            all("security: [{s: [read, write]}]", ""),
            all("security: [{s: [read]}]", ""),
        ),
        fine("api-security-component-added", all("", ""), all("", more)),
        fine("api-security-component-removed", all("", more), all("", "")),
    ]
}

fn policies() -> Vec<Pair> {
    let of = |rest: &str| document("/coins", &format!("      {rest}\n{DONE}"), "");
    let paths = |list: &str| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {{'204': {{description: Done.}}}}}}{list}}}}}\n"
        )
    };
    let old = "deprecated: true, x-sunset: '2099-01-01', responses: {'204': {description: Done.}}";
    vec![
        breaks("api-removed-before-sunset", paths(&format!(", put: {{{old}}}")), paths("")),
        breaks("sunset-deleted", of("deprecated: true\n      x-sunset: '2099-01-01'"), of("deprecated: true")),
        breaks("api-stability-decreased", of("x-stability-level: stable"), of("x-stability-level: alpha")),
        fine("api-operation-id-added", of("summary: It."), of("operationId: a")),
        fine("api-version-not-bumped", paths(""), paths("")),
    ]
}

fn bodies() -> Vec<Pair> {
    let form = |schema: &str| {
        sent(&format!("application/x-www-form-urlencoded: {{schema: {{type: object, properties: {{a: {schema}}}}}}}"))
    };
    vec![
        fine("request-body-became-nullable", request("{type: integer}"), request("{type: [integer, 'null']}")),
        breaks("request-body-became-not-nullable", request("{type: [integer, 'null']}"), request("{type: integer}")),
        breaks("request-body-const-changed", request("{const: a}"), request("{const: b}")),
        breaks("request-body-became-enum", request("{type: string}"), request("{type: string, enum: [a]}")),
        fine(
            "request-body-list-of-types-widened",
            request("{type: [integer, boolean]}"),
            request("{type: [integer, boolean, string]}"),
        ),
        breaks("request-body-type-changed", request("{type: integer}"), request("{type: boolean}")),
        fine(
            "request-body-default-value-changed",
            request("{type: integer, default: 1}"),
            request("{type: integer, default: 2}"),
        ),
        fine("request-body-type-compatible", form("{type: number}"), form("{type: string}")),
        fine(
            "request-property-all-of-removed",
            request("{allOf: [{type: object, properties: {a: {type: string}}}, {required: [a]}]}"),
            request("{allOf: [{type: object, properties: {a: {type: string}}}]}"),
        ),
    ]
}

fn responses() -> Vec<Pair> {
    let write =
        |rest: &str| response(&format!("{{type: object, properties: {{a: {{type: string, writeOnly: true{rest}}}}}}}"));
    vec![
        fine("response-write-only-property-enum-value-added", write(", enum: [a]"), write(", enum: [a, b]")),
        fine("response-optional-write-only-property-added", response("{type: object}"), write("")),
        fine("response-optional-write-only-property-removed", write(""), response("{type: object}")),
        fine(
            "response-body-list-of-types-narrowed",
            response("{type: [integer, boolean]}"),
            response("{type: integer}"),
        ),
        breaks("response-body-type-generalized", response("{type: integer}"), response("{type: number}")),
        breaks("response-body-const-removed", response("{type: string, const: a}"), response("{type: string}")),
        fine("response-body-default-value-added", response("{type: integer}"), response("{type: integer, default: 2}")),
        fine(
            "response-media-type-name-changed",
            answered("application/json: {schema: {type: string}}", ""),
            answered("application/problem+json: {schema: {type: string}}", ""),
        ),
        fine(
            "response-mediatype-enum-value-removed",
            response("{type: string, enum: [a, b]}"),
            response("{type: string, enum: [a]}"),
        ),
    ]
}
