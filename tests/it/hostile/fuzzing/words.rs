//! What mutations put in: keys that documents know, texts that encoders trip over, numbers at the edges.

/// Keys and values of OpenAPI and of the extensions.
pub const OPEN_API: &[&str] = &[
    "openapi", "info", "title", "version", "paths", "components", "schemas", "parameters", "responses", "requestBodies", "headers",
    "securitySchemes", "security", "servers", "url", "variables", "tags", "get", "put", "post", "delete", "patch", "head", "options",
    "trace", "operationId", "summary", "description", "requestBody", "content", "application/json", "application/x-www-form-urlencoded",
    "multipart/form-data", "text/plain", "application/octet-stream", "*/*", "schema", "required", "properties", "additionalProperties",
    "items", "allOf", "oneOf", "anyOf", "not", "discriminator", "propertyName", "mapping", "enum", "default", "example", "examples",
    "type", "format", "nullable", "readOnly", "writeOnly", "deprecated", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
    "multipleOf", "minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "name",
    "in", "path", "query", "header", "cookie", "style", "explode", "simple", "form", "deepObject", "spaceDelimited", "pipeDelimited",
    "allowReserved", "allowEmptyValue", "200", "201", "204", "400", "4XX", "default", "callbacks", "links", "operationRef", "$ref",
    "scheme", "basic", "bearer", "apiKey", "http", "oauth2", "openIdConnect", "flows", "clientCredentials", "tokenUrl", "scopes",
    "string", "number", "integer", "boolean", "object", "array", "null", "int32", "int64", "float", "double", "decimal", "date",
    "date-time", "time", "duration", "uuid", "uri", "byte", "binary", "password", "unix-time", "xml", "externalDocs", "encoding",
    "3.0.3", "3.1.0", "const", "if", "then", "$defs", "prefixItems", "patternProperties", "webhooks", "x-webhooks", "x-sensitive",
    "x-provenance", "reason", "x-outcome", "none", "x-idempotency", "natural", "field", "duplicate", "x-reconcile", "x-pagination",
    "x-envelope", "x-server-name", "x-allow", "x-else", "additional", "requried", "propertis", "#/components/schemas/A",
    "#/components/schemas/Thing", "#/components/parameters/A", "#/paths/~1a/get", "#", "./other.yaml#/A", "../x.yaml", "/things/{id}",
    "/{id}", "/a/{id}.json", "/a/{x}:{y}", "/things", "/", "id", "A", "Thing",
];

/// Texts for names, descriptions and values.
pub const TEXTS: &[&str] = &[
    "", " ", "_", "__", "-", ".", "..", "/", "//", "\\", "type", "self", "Self", "crate", "super", "r#type", "fn", "async", "gen", "yield",
    "1st", "a b", "a-b", "a_b", "aB", "AB", "Ab", "A B", "ÜBER", "ß", "ﬀ", "İ", "数据", "💥", "\u{0}", "\u{7}", "\u{1b}[31m", "\u{7f}", "\u{85}", "\u{a0}", "\u{200b}", "\u{200d}", "\u{202e}",
    "\u{2028}", "\u{2066}", "\u{feff}", "\u{fffd}", "\u{e000}", "\u{10ffff}", "*/", "/*", "//", "///", "//!", "\"", "\"#", "\"##", "'", "`",
    "``", "```", "~~~", "```rust\npanic!()\n```", "}}", "{{", "{", "}", "{}", "{0}", "#![allow(x)]", "#[doc]", "[`std::fs`]", "[x]: y", "[x](y)",
    "<script>alert(1)</script>", "<!--", "&lt;", "http://x", "# heading", "\n", "\r", "\r\n", "\t", "\n\n    indented\n", "- item\n  - item", "| a |\n|--|",
    "%", "%2F", "%2e%2e", "%zz", "%00", "?", "#", "&", "=", "+", ";", ",", ":", "@", "|", "$", "~", "^", "${X}", "$(x)", "::error::x", "Option", "Some", "None", "Result", "Ok",
    "Err", "Vec", "Box", "String", "Default", "Clone", "Debug", "Client", "Error", "Unknown", "Required", "new", "body", "context", "request",
    "no", "yes", "~", "1e3", "0123", "0x1F", "1_000", "1.10", ".5", "+1", "-", "<<", "=", "null", "true", "2001-02-03", "12:30:45", "canary-4111",
];

/// Numbers, and what looks like one.
pub const NUMBERS: &[&str] = &[
    "0", "-0", "0.0", "1", "-1", "1.0", "1.10", "1e2", "1E-2", "255", "256", "2147483647", "2147483648", "-2147483649", "4294967296",
    "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "18446744073709551616",
    "79228162514264337593543950335", "79228162514264337593543950336", "0.0000000000000000000000000001", "0.00000000000000000000000000001",
    "1e28", "1e-28", "1e29", "1e308", "1e309", "-1e309", "1e400", "1e-400", "1e9999999999", "1e-9999999999", "123456789012345678901234567890.123456789", "1.7976931348623157e308", "5e-324",
    "10.00", "100.555", "true", "false", "null",
];

/// Methods, headers and parts of requests.
pub const HTTP: &[&str] = &[
    "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW", "get", "content-type", "application/json",
    "application/json; charset=utf-8", "application/json;charset=\"utf-8\"", "application/json; charset=utf-16", "application/json;", "application/problem+json", "text/plain", "multipart/form-data; boundary=x",
    "*/*", "accept", "authorization", "Basic ", "Bearer ", "Basic YWNjb3VudC0xOmtleS0x", "Basic =", "Basic Og==", "Bearer key-1", "bearer  key-1", "Negotiate x", "api-key",
    "cookie", "a=b; c=d", "=;=", "content-length", "0", "18446744073709551616", "-1", "transfer-encoding", "chunked", "content-encoding", "gzip", "identity",
    "retry-after", "120", "Wed, 21 Oct 2099 07:28:00 GMT", "Wed, 21 Oct 1015 07:28:00 GMT", "99999999999999999999", "x-request-id", "www-authenticate", "location", "link", "<https://x/>; rel=\"next\"", "idempotency-key", "x-signature",
    "organization-id", "%", "%2F", "%2f..%2f", "%00", "%zz", "%ff", "/", "//", "/..", "/.", "?", "&", "=", "+", "#", "[", "]", ";", ",", "\u{80}", "\u{ff}", "\t", "page[number]", "page[size]",
    "filter[reference_id]", "payout-invoices", "public-api", "v1", "om", "payments", "confirm", "100", "101", "103", "200", "201", "204", "304", "400", "401", "409", "422", "429", "500", "502", "503", "504", "599",
];
