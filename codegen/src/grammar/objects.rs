//! The table of objects: those of schemas and of security schemes have files of their own, and so have ours.

use super::table_entries::{
    EXTERNAL_DOCS, FLAG, SCHEMA, TEXT, TEXTS, assumed, later, latest, map, object, optional, required, since, until,
};
use super::{Kind, Need, Object, Rest, Shape, Version, extension_objects, schema_objects, security_objects};

const STYLES: &[&str] = &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"];
const LATEST_STYLES: &[&str] =
    &["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"];

const CONTENT: Shape = Shape::Map(&Shape::Object(Kind::MediaType));
const EXAMPLES: Shape = Shape::Map(&Shape::Ref(Kind::Example));
const HEADERS: Shape = Shape::Map(&Shape::Ref(Kind::Header));
const SERVERS: Shape = Shape::List(&Shape::Object(Kind::Server));
const PARAMETERS: Shape = Shape::List(&Shape::Ref(Kind::Parameter));
const SECURITY: Shape = Shape::List(&Shape::Object(Kind::SecurityRequirement));
const OPERATION: Shape = Shape::Object(Kind::Operation);

static OPEN_API: Object = object(
    "an OpenAPI document",
    &[
        required("openapi", TEXT),
        required("info", Shape::Object(Kind::Info)),
        optional("servers", SERVERS),
        until(Version::V30, required("paths", Shape::Object(Kind::Paths))),
        // Something has to be there: `paths`, `components` or `webhooks`.
        since(Version::V31, optional("paths", Shape::Object(Kind::Paths))),
        later("webhooks", Shape::Map(&Shape::Object(Kind::PathItem)), "write `x-webhooks`"),
        later("jsonSchemaDialect", TEXT, "remove it"),
        latest("$self", TEXT),
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
        later("summary", TEXT, "put it into the description"),
        optional("termsOfService", TEXT),
        optional("contact", Shape::Object(Kind::Contact)),
        optional("license", Shape::Object(Kind::License)),
        assumed("version", TEXT, Need::EmptyText),
    ],
);

static CONTACT: Object = object("a contact", &[optional("name", TEXT), optional("url", TEXT), optional("email", TEXT)]);

static LICENSE: Object = object(
    "a license",
    &[assumed("name", TEXT, Need::EmptyText), optional("url", TEXT), later("identifier", TEXT, "put it into the name")],
);

static SERVER: Object = object(
    "a server",
    &[
        required("url", TEXT),
        optional("description", TEXT),
        optional("variables", Shape::Map(&Shape::Object(Kind::ServerVariable))),
        latest("name", TEXT),
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
        latest("query", OPERATION),
        latest("additionalOperations", Shape::Map(&OPERATION)),
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
        until(Version::V30, assumed("responses", Shape::Object(Kind::Responses), Need::EmptyObject)),
        since(Version::V31, optional("responses", Shape::Object(Kind::Responses))),
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
        until(Version::V31, required("in", Shape::Word(&["query", "header", "path", "cookie"]))),
        since(Version::V32, required("in", Shape::Word(&["query", "querystring", "header", "path", "cookie"]))),
        optional("description", TEXT),
        optional("required", FLAG),
        optional("deprecated", FLAG),
        optional("allowEmptyValue", FLAG),
        until(Version::V31, optional("style", Shape::Word(STYLES))),
        since(Version::V32, optional("style", Shape::Word(LATEST_STYLES))),
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
        latest("itemSchema", SCHEMA),
        optional("example", Shape::Any),
        optional("examples", EXAMPLES),
        optional("encoding", Shape::Map(&Shape::Object(Kind::Encoding))),
        latest("prefixEncoding", Shape::List(&Shape::Object(Kind::Encoding))),
        latest("itemEncoding", Shape::Object(Kind::Encoding)),
    ],
);

static ENCODING: Object = object(
    "an encoding",
    &[
        optional("contentType", TEXT),
        optional("headers", HEADERS),
        latest("encoding", Shape::Map(&Shape::Object(Kind::Encoding))),
        latest("prefixEncoding", Shape::List(&Shape::Object(Kind::Encoding))),
        latest("itemEncoding", Shape::Object(Kind::Encoding)),
        optional("style", Shape::Word(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        optional("explode", FLAG),
        optional("allowReserved", FLAG),
    ],
);

static RESPONSES: Object = map("a responses object", Rest::Statuses, true);

static RESPONSE: Object = object(
    "a response",
    &[
        until(Version::V31, assumed("description", TEXT, Need::EmptyText)),
        since(Version::V32, optional("description", TEXT)),
        latest("summary", TEXT),
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
        latest("dataValue", Shape::Any),
        latest("serializedValue", TEXT),
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

static TAG: Object = object(
    "a tag",
    &[
        required("name", TEXT),
        optional("description", TEXT),
        optional("externalDocs", EXTERNAL_DOCS),
        latest("summary", TEXT),
        latest("parent", TEXT),
        latest("kind", TEXT),
    ],
);

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
        later("pathItems", Shape::Named(&Shape::Object(Kind::PathItem)), "write the path items under `paths`"),
        latest("mediaTypes", Shape::Named(&Shape::Object(Kind::MediaType))),
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
        Kind::Schema => &schema_objects::SCHEMA_OBJECT,
        Kind::Discriminator => &schema_objects::DISCRIMINATOR,
        Kind::Xml => &schema_objects::XML,
        Kind::SecurityScheme => &security_objects::SECURITY_SCHEME,
        Kind::OAuthFlows => &security_objects::OAUTH_FLOWS,
        Kind::ImplicitFlow => &security_objects::IMPLICIT_FLOW,
        Kind::PasswordFlow | Kind::ClientCredentialsFlow => &security_objects::TOKEN_FLOW,
        Kind::AuthorizationCodeFlow => &security_objects::AUTHORIZATION_CODE_FLOW,
        Kind::DeviceFlow => &security_objects::DEVICE_FLOW,
        Kind::SecurityRequirement => &security_objects::SECURITY_REQUIREMENT,
        Kind::Components => &COMPONENTS,
        Kind::Provenance => &extension_objects::PROVENANCE,
        Kind::Idempotency => &extension_objects::IDEMPOTENCY,
        Kind::Reconcile => &extension_objects::RECONCILE,
        Kind::Find => &extension_objects::FIND,
        Kind::Agreement => &extension_objects::AGREEMENT,
        Kind::Pagination => &extension_objects::PAGINATION,
        Kind::Signature => &extension_objects::SIGNATURE,
        Kind::Allowance => &extension_objects::ALLOWANCE,
    }
}
