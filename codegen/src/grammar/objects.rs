//! The table of objects.

use super::fields::{optional, required};
use super::{Field, Kind, Need, Object, Rest, Shape, own};

const fn assumed(name: &'static str, shape: Shape, need: Need) -> Field {
    Field { name, shape, need }
}

const fn object(name: &'static str, fields: &'static [Field]) -> Object {
    Object { name, fields, rest: Rest::Nothing, extensible: true }
}

const fn map(name: &'static str, rest: Rest, extensible: bool) -> Object {
    Object { name, fields: &[], rest, extensible }
}

const TEXT: Shape = Shape::String;
const FLAG: Shape = Shape::Bool;
const TEXTS: Shape = Shape::List(&Shape::String);
const SCHEMA: Shape = Shape::Ref(Kind::Schema);
const SCHEMAS: Shape = Shape::List(&SCHEMA);
const CONTENT: Shape = Shape::Map(&Shape::Object(Kind::MediaType));
const EXAMPLES: Shape = Shape::Map(&Shape::Ref(Kind::Example));
const HEADERS: Shape = Shape::Map(&Shape::Ref(Kind::Header));
const SERVERS: Shape = Shape::List(&Shape::Object(Kind::Server));
const PARAMETERS: Shape = Shape::List(&Shape::Ref(Kind::Parameter));
const SECURITY: Shape = Shape::List(&Shape::Object(Kind::SecurityRequirement));
const OPERATION: Shape = Shape::Object(Kind::Operation);
const EXTERNAL_DOCS: Shape = Shape::Object(Kind::ExternalDocs);
const SCOPES: Shape = Shape::Map(&Shape::String);
/// The types of JSON Schema, as OpenAPI 3.0 has them.
pub(crate) const TYPES: &[&str] = &["string", "number", "integer", "boolean", "object", "array"];
const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];

static OPEN_API: Object = object(
    "an OpenAPI document",
    &[
        required("openapi", TEXT),
        required("info", Shape::Object(Kind::Info)),
        optional("servers", SERVERS),
        required("paths", Shape::Object(Kind::Paths)),
        optional("components", Shape::Object(Kind::Components)),
        optional("security", SECURITY),
        optional("tags", Shape::List(&Shape::Object(Kind::Tag))),
        optional("externalDocs", EXTERNAL_DOCS),
    ],
);

static INFO: Object = object(
    "an info object",
    &[
        assumed("title", TEXT, Need::EmptyText),
        optional("description", TEXT),
        optional("termsOfService", TEXT),
        optional("contact", Shape::Object(Kind::Contact)),
        optional("license", Shape::Object(Kind::License)),
        assumed("version", TEXT, Need::EmptyText),
    ],
);

static CONTACT: Object = object("a contact", &[optional("name", TEXT), optional("url", TEXT), optional("email", TEXT)]);

static LICENSE: Object = object("a license", &[assumed("name", TEXT, Need::EmptyText), optional("url", TEXT)]);

static SERVER: Object = object(
    "a server",
    &[
        required("url", TEXT),
        optional("description", TEXT),
        optional("variables", Shape::Map(&Shape::Object(Kind::ServerVariable))),
    ],
);

static SERVER_VARIABLE: Object =
    object("a server variable", &[optional("enum", TEXTS), required("default", TEXT), optional("description", TEXT)]);

static PATHS: Object = map("a paths object", Rest::Templates, true);

static PATH_ITEM: Object = object(
    "a path item",
    &[
        optional("$ref", TEXT),
        optional("summary", TEXT),
        optional("description", TEXT),
        optional("get", OPERATION),
        optional("put", OPERATION),
        optional("post", OPERATION),
        optional("delete", OPERATION),
        optional("options", OPERATION),
        optional("head", OPERATION),
        optional("patch", OPERATION),
        optional("trace", OPERATION),
        optional("servers", SERVERS),
        optional("parameters", PARAMETERS),
    ],
);

static OPERATION_OBJECT: Object = object(
    "an operation",
    &[
        optional("tags", TEXTS),
        optional("summary", TEXT),
        optional("description", TEXT),
        optional("externalDocs", EXTERNAL_DOCS),
        optional("operationId", TEXT),
        optional("parameters", PARAMETERS),
        optional("requestBody", Shape::Ref(Kind::RequestBody)),
        assumed("responses", Shape::Object(Kind::Responses), Need::EmptyObject),
        optional("callbacks", Shape::Map(&Shape::Ref(Kind::Callback))),
        optional("deprecated", FLAG),
        optional("security", SECURITY),
        optional("servers", SERVERS),
    ],
);

static EXTERNAL_DOCS_OBJECT: Object =
    object("an external documentation object", &[optional("description", TEXT), assumed("url", TEXT, Need::EmptyText)]);

static PARAMETER: Object = object(
    "a parameter",
    &[
        required("name", TEXT),
        required("in", Shape::Word(&["query", "header", "path", "cookie"])),
        optional("description", TEXT),
        optional("required", FLAG),
        optional("deprecated", FLAG),
        optional("allowEmptyValue", FLAG),
        optional("style", Shape::Word(STYLES)),
        optional("explode", FLAG),
        optional("allowReserved", FLAG),
        optional("schema", SCHEMA),
        optional("example", Shape::Any),
        optional("examples", EXAMPLES),
        optional("content", CONTENT),
    ],
);

static REQUEST_BODY: Object = object(
    "a request body",
    &[optional("description", TEXT), required("content", CONTENT), optional("required", FLAG)],
);

static MEDIA_TYPE: Object = object(
    "a media type",
    &[
        optional("schema", SCHEMA),
        optional("example", Shape::Any),
        optional("examples", EXAMPLES),
        optional("encoding", Shape::Map(&Shape::Object(Kind::Encoding))),
    ],
);

static ENCODING: Object = object(
    "an encoding",
    &[
        optional("contentType", TEXT),
        optional("headers", HEADERS),
        optional("style", Shape::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        optional("explode", FLAG),
        optional("allowReserved", FLAG),
    ],
);

static RESPONSES: Object = map("a responses object", Rest::Statuses, true);

static RESPONSE: Object = object(
    "a response",
    &[
        assumed("description", TEXT, Need::EmptyText),
        optional("headers", HEADERS),
        optional("content", CONTENT),
        optional("links", Shape::Map(&Shape::Ref(Kind::Link))),
    ],
);

static CALLBACK: Object = map("a callback", Rest::Expressions, true);

static EXAMPLE: Object = object(
    "an example",
    &[
        optional("summary", TEXT),
        optional("description", TEXT),
        optional("value", Shape::Any),
        optional("externalValue", TEXT),
    ],
);

static LINK: Object = object(
    "a link",
    &[
        optional("operationRef", TEXT),
        optional("operationId", TEXT),
        optional("parameters", Shape::Map(&Shape::Any)),
        optional("requestBody", Shape::Any),
        optional("description", TEXT),
        optional("server", Shape::Object(Kind::Server)),
    ],
);

static HEADER: Object = object(
    "a header",
    &[
        optional("description", TEXT),
        optional("required", FLAG),
        optional("deprecated", FLAG),
        optional("allowEmptyValue", FLAG),
        optional("style", Shape::Word(STYLES)),
        optional("explode", FLAG),
        optional("allowReserved", FLAG),
        optional("schema", SCHEMA),
        optional("example", Shape::Any),
        optional("examples", EXAMPLES),
        optional("content", CONTENT),
    ],
);

static TAG: Object =
    object("a tag", &[required("name", TEXT), optional("description", TEXT), optional("externalDocs", EXTERNAL_DOCS)]);

static SCHEMA_OBJECT: Object = object(
    "a schema",
    &[
        optional("type", Shape::Word(TYPES)),
        optional("description", TEXT),
        optional("properties", Shape::Map(&SCHEMA)),
        optional("items", SCHEMA),
        optional("required", TEXTS),
        optional("enum", Shape::List(&Shape::Any)),
        optional("format", TEXT),
        optional("nullable", FLAG),
        optional("example", Shape::Any),
        optional("default", Shape::Any),
        optional("title", TEXT),
        optional("allOf", SCHEMAS),
        optional("oneOf", SCHEMAS),
        optional("anyOf", SCHEMAS),
        optional("not", SCHEMA),
        optional("additionalProperties", Shape::BoolOrSchema),
        optional("maxLength", Shape::Count),
        optional("minLength", Shape::Count),
        optional("pattern", TEXT),
        optional("minimum", Shape::Number),
        optional("maximum", Shape::Number),
        optional("exclusiveMinimum", FLAG),
        optional("exclusiveMaximum", FLAG),
        optional("multipleOf", Shape::Number),
        optional("minItems", Shape::Count),
        optional("maxItems", Shape::Count),
        optional("uniqueItems", FLAG),
        optional("minProperties", Shape::Count),
        optional("maxProperties", Shape::Count),
        optional("discriminator", Shape::Object(Kind::Discriminator)),
        optional("readOnly", FLAG),
        optional("writeOnly", FLAG),
        optional("deprecated", FLAG),
        optional("xml", Shape::Object(Kind::Xml)),
        optional("externalDocs", EXTERNAL_DOCS),
    ],
);

static DISCRIMINATOR: Object =
    object("a discriminator", &[required("propertyName", TEXT), optional("mapping", Shape::Map(&Shape::SchemaName))]);

static XML: Object = object(
    "an XML object",
    &[
        optional("name", TEXT),
        optional("namespace", TEXT),
        optional("prefix", TEXT),
        optional("attribute", FLAG),
        optional("wrapped", FLAG),
    ],
);

static SECURITY_SCHEME: Object = object(
    "a security scheme",
    &[
        required("type", Shape::Word(&["apiKey", "http", "oauth2", "openIdConnect"])),
        optional("description", TEXT),
        optional("name", TEXT),
        optional("in", Shape::Word(&["query", "header", "cookie"])),
        optional("scheme", TEXT),
        optional("bearerFormat", TEXT),
        optional("flows", Shape::Object(Kind::OAuthFlows)),
        optional("openIdConnectUrl", TEXT),
    ],
);

static OAUTH_FLOWS: Object = object(
    "an OAuth flows object",
    &[
        optional("implicit", Shape::Object(Kind::ImplicitFlow)),
        optional("password", Shape::Object(Kind::PasswordFlow)),
        optional("clientCredentials", Shape::Object(Kind::ClientCredentialsFlow)),
        optional("authorizationCode", Shape::Object(Kind::AuthorizationCodeFlow)),
    ],
);

static IMPLICIT_FLOW: Object = object(
    "an implicit flow",
    &[required("authorizationUrl", TEXT), optional("refreshUrl", TEXT), assumed("scopes", SCOPES, Need::EmptyObject)],
);

static TOKEN_FLOW: Object = object(
    "an OAuth flow",
    &[required("tokenUrl", TEXT), optional("refreshUrl", TEXT), assumed("scopes", SCOPES, Need::EmptyObject)],
);

static AUTHORIZATION_CODE_FLOW: Object = object(
    "an authorization code flow",
    &[
        required("authorizationUrl", TEXT),
        required("tokenUrl", TEXT),
        optional("refreshUrl", TEXT),
        assumed("scopes", SCOPES, Need::EmptyObject),
    ],
);

static SECURITY_REQUIREMENT: Object = map("a security requirement", Rest::Schemes, false);

static COMPONENTS: Object = object(
    "a components object",
    &[
        optional("schemas", Shape::Named(&SCHEMA)),
        optional("responses", Shape::Named(&Shape::Ref(Kind::Response))),
        optional("parameters", Shape::Named(&Shape::Ref(Kind::Parameter))),
        optional("examples", Shape::Named(&Shape::Ref(Kind::Example))),
        optional("requestBodies", Shape::Named(&Shape::Ref(Kind::RequestBody))),
        optional("headers", Shape::Named(&Shape::Ref(Kind::Header))),
        optional("securitySchemes", Shape::Named(&Shape::Ref(Kind::SecurityScheme))),
        optional("links", Shape::Named(&Shape::Ref(Kind::Link))),
        optional("callbacks", Shape::Named(&Shape::Ref(Kind::Callback))),
    ],
);

pub(super) fn object_of(kind: Kind) -> &'static Object {
    match kind {
        Kind::OpenApi => &OPEN_API,
        Kind::Info => &INFO,
        Kind::Contact => &CONTACT,
        Kind::License => &LICENSE,
        Kind::Server => &SERVER,
        Kind::ServerVariable => &SERVER_VARIABLE,
        Kind::Paths => &PATHS,
        Kind::PathItem => &PATH_ITEM,
        Kind::Operation => &OPERATION_OBJECT,
        Kind::ExternalDocs => &EXTERNAL_DOCS_OBJECT,
        Kind::Parameter => &PARAMETER,
        Kind::RequestBody => &REQUEST_BODY,
        Kind::MediaType => &MEDIA_TYPE,
        Kind::Encoding => &ENCODING,
        Kind::Responses => &RESPONSES,
        Kind::Response => &RESPONSE,
        Kind::Callback => &CALLBACK,
        Kind::Example => &EXAMPLE,
        Kind::Link => &LINK,
        Kind::Header => &HEADER,
        Kind::Tag => &TAG,
        Kind::Schema => &SCHEMA_OBJECT,
        Kind::Discriminator => &DISCRIMINATOR,
        Kind::Xml => &XML,
        Kind::SecurityScheme => &SECURITY_SCHEME,
        Kind::OAuthFlows => &OAUTH_FLOWS,
        Kind::ImplicitFlow => &IMPLICIT_FLOW,
        Kind::PasswordFlow | Kind::ClientCredentialsFlow => &TOKEN_FLOW,
        Kind::AuthorizationCodeFlow => &AUTHORIZATION_CODE_FLOW,
        Kind::SecurityRequirement => &SECURITY_REQUIREMENT,
        Kind::Components => &COMPONENTS,
        Kind::Provenance => &own::PROVENANCE,
        Kind::Idempotency => &own::IDEMPOTENCY,
        Kind::Reconcile => &own::RECONCILE,
        Kind::Find => &own::FIND,
        Kind::Agreement => &own::AGREEMENT,
        Kind::Pagination => &own::PAGINATION,
        Kind::Signature => &own::SIGNATURE,
        Kind::Allowance => &own::ALLOWANCE,
    }
}
