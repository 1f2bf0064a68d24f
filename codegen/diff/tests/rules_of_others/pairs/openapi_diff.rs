//! openapi-diff: what it calls incompatible unless it is told otherwise, and what it does not.

use super::{Pair, breaks, fine};
use crate::documents::{DONE, answered, document, header, parameter, query, request, response, secured};

/// The schema of a property of the body.
fn of_request(schema: &str) -> String {
    request(&format!("{{type: object, properties: {{a: {schema}}}}}"))
}

fn of_response(schema: &str) -> String {
    response(&format!("{{type: object, properties: {{a: {schema}}}}}"))
}

pub(super) fn pairs() -> Vec<Pair> {
    [requests(), responses(), security(), schemas()].into_iter().flatten().collect()
}

fn requests() -> Vec<Pair> {
    let list = |rest: &str| parameter(&format!("in: query{rest}, schema: {{type: array, items: {{type: string}}}}"));
    let none = || document("/coins", DONE, "");
    let required = |schema: &str| request(&format!("{{type: object, required: [a], properties: {{a: {schema}}}}}"));
    vec![
        breaks(
            "request.enum.decreased",
            of_request("{type: integer, enum: [1, 2]}"),
            of_request("{type: integer, enum: [2]}"),
        ),
        breaks(
            "request.max.length.decreased",
            of_request("{type: string, maxLength: 20}"),
            of_request("{type: string, maxLength: 10}"),
        ),
        breaks(
            "request.numeric.range.decreased",
            of_request("{type: integer, minimum: 0, maximum: 10}"),
            of_request("{type: integer, minimum: 1, maximum: 9}"),
        ),
        breaks(
            "request.oneof.decreased",
            request("{oneOf: [{type: string}, {type: integer}]}"),
            request("{oneOf: [{type: string}, {type: boolean}]}"),
        ),
        breaks(
            "request.param.allowempty.decreased",
            parameter("in: query, allowEmptyValue: true, schema: {type: integer}"),
            parameter("in: query, schema: {type: integer}"),
        ),
        breaks("request.param.explode.changed", list(", explode: true"), list(", explode: false")),
        breaks(
            "request.param.style.changed",
            list(", explode: false"),
            list(", explode: false, style: spaceDelimited"),
        ),
        breaks("request.params.decreased", query("{type: integer}"), none()),
        breaks(
            "request.params.required.increased",
            query("{type: integer}"),
            parameter("in: query, required: true, schema: {type: integer}"),
        ),
        fine("request.params.increased", none(), query("{type: integer}")),
        breaks(
            "request.readonly.increased",
            of_request("{type: string}"),
            of_request("{type: string, readOnly: true}"),
        ),
        breaks(
            "request.readonly.required.decreased",
            required("{type: string, readOnly: true}"),
            required("{type: string}"),
        ),
        breaks("request.required.increased", of_request("{type: string}"), required("{type: string}")),
        fine(
            "request.enum.increased",
            of_request("{type: string, enum: [a]}"),
            of_request("{type: string, enum: [a, b]}"),
        ),
        fine(
            "request.min.length.increased",
            of_request("{type: string, minLength: 1}"),
            of_request("{type: string, minLength: 2}"),
        ),
    ]
}

fn responses() -> Vec<Pair> {
    let statuses =
        |rest: &str| document("/coins", &format!("      responses: {{'200': {{description: It.}}{rest}}}"), "");
    let text = "application/json: {schema: {type: string}}";
    let list = |rest: &str| header(&format!("{rest}schema: {{type: object, properties: {{a: {{type: string}}}}}}"));
    let secret =
        |rest: &str| response(&format!("{{type: object, required: [a], properties: {{a: {{type: string{rest}}}}}}}"));
    vec![
        breaks("response.content.decreased", answered(&format!("{text}, text/csv: {{}}"), ""), answered(text, "")),
        breaks(
            "response.enum.increased",
            of_response("{type: string, enum: [a]}"),
            of_response("{type: string, enum: [a, b]}"),
        ),
        breaks("response.header.explode.changed", list(""), list("explode: true, ")),
        breaks(
            "response.header.required.decreased",
            header("required: true, schema: {type: integer}"),
            header("schema: {type: integer}"),
        ),
        breaks(
            "response.header.required.increased",
            header("schema: {type: integer}"),
            header("required: true, schema: {type: integer}"),
        ),
        breaks("response.headers.decreased", header("required: true, schema: {type: integer}"), header("")),
        breaks(
            "response.max.length.increased",
            of_response("{type: string, maxLength: 3}"),
            of_response("{type: string, maxLength: 5}"),
        ),
        fine(
            "response.numeric.range.decreased",
            of_response("{type: integer, maximum: 9}"),
            of_response("{type: integer, maximum: 8}"),
        ),
        breaks(
            "response.oneof.increased",
            response("{oneOf: [{type: string}, {type: integer}]}"),
            response("{oneOf: [{type: string}, {type: integer}, {type: boolean}]}"),
        ),
        breaks("response.required.decreased", secret(""), of_response("{type: string}")),
        breaks("response.responses.decreased", statuses(", '202': {description: Later.}"), statuses("")),
        fine("response.responses.increased", statuses(""), statuses(", '404': {description: None.}")),
        breaks("response.writeonly.increased", secret(""), secret(", writeOnly: true")),
        fine("response.properties.increased", response("{type: object}"), of_response("{type: string}")),
    ]
}

fn security() -> Vec<Pair> {
    let two = "{type: apiKey, in: header, name: K}, t: {type: http, scheme: bearer}";
    let connect = |host: &str| {
        format!("{{type: openIdConnect, openIdConnectUrl: 'https://{host}.example/.well-known/openid-configuration'}}")
    };
    let code = |host: &str| {
        format!(
            "{{type: oauth2, flows: {{authorizationCode: {{authorizationUrl: 'https://{host}.example/a', tokenUrl: 'https://a.example/t', scopes: {{read: '', write: ''}}}}}}}}"
        )
    };
    vec![
        breaks("security.requirement.schemes.increased", secured("[{s: []}]", two), secured("[{s: [], t: []}]", two)),
        breaks("security.requirements.decreased", secured("[{s: []}, {t: []}]", two), secured("[{t: []}]", two)),
        fine("security.requirements.increased", secured("[{t: []}]", two), secured("[{s: []}, {t: []}]", two)),
        breaks(
            "security.scheme.scheme.changed",
            secured("[{s: []}]", "{type: http, scheme: basic}"),
            secured("[{s: []}]", "{type: http, scheme: bearer}"),
        ),
        breaks(
            "security.scheme.bearer.format.changed",
            secured("[{s: []}]", "{type: http, scheme: bearer, bearerFormat: JWT}"),
            secured("[{s: []}]", "{type: http, scheme: bearer, bearerFormat: opaque}"),
        ),
        breaks(
            "security.scheme.openidconnect.url.changed",
            secured("[{s: []}]", &connect("a")),
            secured("[{s: []}]", &connect("b")),
        ),
        breaks(
            "security.scheme.oauth2.auth.url.changed",
            secured("[{s: [read]}]", &code("a")),
            secured("[{s: [read]}]", &code("b")),
        ),
        breaks(
            "security.scheme.scopes.increased",
            secured("[{s: [read]}]", &code("a")),
            secured("[{s: [read, write]}]", &code("a")),
        ),
        breaks(
            "security.scheme.unnamed.type.changed",
            secured("[{s: []}]", "{type: http}"),
            secured("[{s: []}]", "{type: apiKey}"),
        ),
    ]
}

fn schemas() -> Vec<Pair> {
    vec![
        breaks("schema.type.changed", of_response("{type: integer}"), of_response("{type: string}")),
        breaks(
            "schema.pattern.changed",
            of_request("{type: string, pattern: '^[a-z]*$'}"),
            of_request("{type: string, pattern: '^[a-y]*$'}"),
        ),
        breaks(
            "schema.min-properties.changed",
            request("{type: object, minProperties: 1}"),
            request("{type: object, minProperties: 2}"),
        ),
        breaks(
            "schema.max-properties.changed",
            request("{type: object, maxProperties: 9}"),
            request("{type: object, maxProperties: 8}"),
        ),
        fine(
            "schema.description.changed",
            of_request("{type: string, description: A.}"),
            of_request("{type: string, description: B.}"),
        ),
    ]
}
