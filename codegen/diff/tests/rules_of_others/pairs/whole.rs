//! oasdiff: operations, bodies, statuses, security and what describes them.

use super::{Pair, breaks, fine};
use crate::documents::{DONE, answered, document, parameter, query, request, secured, sent};

pub(super) fn pairs() -> Vec<Pair> {
    [operations(), bodies(), statuses(), security(), unions()].into_iter().flatten().collect()
}

/// Paths, each with its methods.
fn paths(list: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{{list}}}\n")
}

fn operation(rest: &str) -> String {
    document("/coins", &format!("      {rest}\n{DONE}"), "")
}

fn hook(rest: &str) -> String {
    format!("{}webhooks: {{{rest}}}\n", paths(""))
}

fn operations() -> Vec<Pair> {
    let done = "{responses: {'204': {description: Done.}}}";
    let (one, two) = (format!("/a: {{get: {done}}}"), format!("/a: {{get: {done}}}, /b: {{get: {done}}}"));
    let methods = format!("/a: {{get: {done}, put: {done}}}");
    let paid = "paid: {post: {requestBody: {content: {application/json: {schema: {type: string}}}}, responses: {'204': {description: Done.}}}}";
    let path = |name: &str| {
        document(
            &format!("/coins/{{{name}}}"),
            &format!(
                "      parameters: [{{name: {name}, in: path, required: true, schema: {{type: string}}}}]\n{DONE}"
            ),
            "",
        )
    };
    vec![
        breaks("api-path-removed-without-deprecation", paths(&two), paths(&one)),
        breaks("api-removed-without-deprecation", paths(&methods), paths(&one)),
        fine("endpoint-added", paths(&one), paths(&methods)),
        fine("endpoint-deprecated", operation("summary: It."), operation("deprecated: true")),
        fine("endpoint-reactivated", operation("deprecated: true"), operation("summary: It.")),
        fine("api-operation-id-removed", operation("operationId: a"), operation("operationId: b")),
        fine("api-tag-removed", operation("tags: [a, b]"), operation("tags: [a]")),
        breaks("webhook-removed", hook(paid), hook("")),
        fine("webhook-added", hook(""), hook(paid)),
        fine("request-path-parameter-renamed", path("a"), path("b")),
        breaks(
            "new-required-request-parameter",
            operation("summary: It."),
            parameter("in: header, required: true, schema: {type: string}"),
        ),
        fine("new-optional-request-parameter", operation("summary: It."), query("{type: string}")),
        fine("request-parameter-removed", query("{type: string}"), operation("summary: It.")),
        breaks(
            "request-parameter-became-required",
            query("{type: string}"),
            parameter("in: query, required: true, schema: {type: string}"),
        ),
        fine(
            "request-parameter-became-optional",
            parameter("in: query, required: true, schema: {type: string}"),
            query("{type: string}"),
        ),
    ]
}

fn bodies() -> Vec<Pair> {
    let none = || operation("summary: It.");
    let body = |rest: &str| {
        operation(&format!("requestBody: {{{rest}content: {{application/json: {{schema: {{type: string}}}}}}}}"))
    };
    let two = "application/json: {schema: {type: string}}, application/xml: {schema: {type: string}}";
    vec![
        breaks("request-body-removed", body(""), none()),
        breaks("request-body-added-required", none(), body("required: true, ")),
        fine("request-body-added-optional", none(), body("")),
        breaks("request-body-became-required", body(""), body("required: true, ")),
        fine("request-body-became-optional", body("required: true, "), body("")),
        fine("request-body-media-type-added", request("{type: string}"), sent(two)),
        breaks("request-body-media-type-removed", sent(two), request("{type: string}")),
        fine(
            "response-media-type-added",
            answered("application/json: {schema: {type: string}}", ""),
            answered(two, ""),
        ),
        breaks(
            "response-media-type-removed",
            answered(two, ""),
            answered("application/json: {schema: {type: string}}", ""),
        ),
        breaks("response-media-type-name-generalized", answered("image/png: {}", ""), answered("image/*: {}", "")),
        fine("response-media-type-name-specialized", answered("image/*: {}", ""), answered("image/png: {}", "")),
    ]
}

fn statuses() -> Vec<Pair> {
    let of = |list: &str| document("/coins", &format!("      responses: {{{list}}}"), "");
    let (good, made, bad) =
        ("'200': {description: It.}", "'201': {description: Made.}", "'409': {description: Known.}");
    vec![
        breaks("response-success-status-removed", of(&format!("{good}, {made}")), of(good)),
        fine("response-success-status-added", of(good), of(&format!("{good}, {made}"))),
        fine("response-non-success-status-removed", of(&format!("{good}, {bad}")), of(good)),
        fine("response-non-success-status-added", of(good), of(&format!("{good}, {bad}"))),
    ]
}

fn security() -> Vec<Pair> {
    let key = "{type: apiKey, in: header, name: K}";
    let oauth = |url: &str, scopes: &str| {
        format!(
            "{{type: oauth2, flows: {{clientCredentials: {{tokenUrl: 'https://{url}.example/t', scopes: {{{scopes}}}}}}}}}"
        )
    };
    let both = oauth("a", "read: '', write: ''");
    vec![
        fine("api-security-removed", secured("[{s: []}]", key), secured("[]", key)),
        fine("api-security-scope-removed", secured("[{s: [read, write]}]", &both), secured("[{s: [read]}]", &both)),
        fine("api-security-added", secured("[]", key), secured("[{s: []}]", key)),
        fine(
            "api-security-component-oauth-token-url-changed",
            secured("[{s: [read]}]", &both),
            secured("[{s: [read]}]", &oauth("b", "read: '', write: ''")),
        ),
        fine(
            "api-security-component-oauth-scope-added",
            secured("[{s: [read]}]", &oauth("a", "read: ''")),
            secured("[{s: [read]}]", &both),
        ),
    ]
}

fn unions() -> Vec<Pair> {
    let discriminated = |rest: &str| {
        let part = |name: &str| {
            format!(
                "{name}: {{type: object, required: [kind], properties: {{kind: {{type: string}}, {name}: {{type: string}}}}}}"
            )
        };
        let schemas = format!("components: {{schemas: {{{}, {}}}}}", part("A"), part("B"));
        let union =
            format!("{{oneOf: [{{$ref: '#/components/schemas/A'}}, {{$ref: '#/components/schemas/B'}}]{rest}}}");
        request(&union).replace("\n\npaths", &format!("\n{schemas}\npaths"))
    };
    let mapped = |of: &str| {
        discriminated(&format!(
            ", discriminator: {{propertyName: kind, mapping: {{{of}: '#/components/schemas/A', b: '#/components/schemas/B'}}}}"
        ))
    };
    let extended = |schema: &str| {
        request(schema).replace(
            "\n\npaths",
            "\ncomponents: {schemas: {Base: {type: object, properties: {a: {type: string}}}}}\npaths",
        )
    };
    vec![
        fine("request-body-discriminator-mapping-changed", mapped("a"), mapped("c")),
        fine(
            "request-body-all-of-added-annotation-only",
            extended("{allOf: [{$ref: '#/components/schemas/Base'}]}"),
            extended("{allOf: [{$ref: '#/components/schemas/Base'}, {description: More.}]}"),
        ),
        fine(
            "request-body-moved-to-all-of",
            extended("{type: object, properties: {a: {type: string}, b: {type: string}}}"),
            extended("{allOf: [{$ref: '#/components/schemas/Base'}, {type: object, properties: {b: {type: string}}}]}"),
        ),
    ]
}
