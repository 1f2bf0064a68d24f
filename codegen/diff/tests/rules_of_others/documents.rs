//! Documents of one operation, of which a test says the rest.

/// A document with one operation, of which the test says the rest; the name of the path and what stands beside the paths as well.
pub(crate) fn document(path: &str, operation: &str, beside: &str) -> String {
    format!("openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\n{beside}\npaths:\n  {path}:\n    post:\n{operation}\n")
}

pub(crate) const DONE: &str = "      responses: {'204': {description: Done.}}";

pub(crate) fn parameter(rest: &str) -> String {
    document("/coins", &format!("      parameters: [{{name: q, {rest}}}]\n{DONE}"), "")
}

pub(crate) fn query(schema: &str) -> String {
    parameter(&format!("in: query, schema: {schema}"))
}

pub(crate) fn sent(content: &str) -> String {
    document("/coins", &format!("      requestBody: {{required: true, content: {{{content}}}}}\n{DONE}"), "")
}

pub(crate) fn request(schema: &str) -> String {
    sent(&format!("application/json: {{schema: {schema}}}"))
}

pub(crate) fn answered(content: &str, rest: &str) -> String {
    document("/coins", &format!("      responses: {{'200': {{description: It., {rest} content: {{{content}}}}}}}"), "")
}

pub(crate) fn response(schema: &str) -> String {
    answered(&format!("application/json: {{schema: {schema}}}"), "")
}

pub(crate) fn header(rest: &str) -> String {
    let headers = if rest.is_empty() { String::new() } else { format!("headers: {{X-A: {{{rest}}}}},") };
    answered("application/json: {schema: {type: string}}", &headers)
}

pub(crate) fn object(rest: &str) -> String {
    format!("{{type: object, properties: {{a: {{type: string}}}}{rest}}}")
}

pub(crate) fn secured(requirement: &str, scheme: &str) -> String {
    let schemes = format!("components: {{securitySchemes: {{s: {scheme}}}}}");
    document("/coins", &format!("      security: {requirement}\n{DONE}"), &schemes)
}

/// A header of the request that holds an object.
pub(crate) fn header_object(rest: &str) -> String {
    let schema = format!("{{type: object, properties: {{a: {{type: string}}, b: {{type: string}}}}{rest}}}");
    parameter(&format!("in: header, schema: {schema}"))
}
