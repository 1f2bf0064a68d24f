//! Operations, the base URLs they go to and the credentials they take.

use super::{
    ApiKeyPlace, Constraints, Docs, Field, Idempotency, Outcome, ParameterFormat, ParameterPlace, Provenance, Status,
    TypeRef,
};

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// The `operationId` of the document.
    pub id: String,
    /// The method of client and server trait, `snake_case`.
    pub method_name: String,
    /// The request struct, `PascalCase`; `…Required` and `…Error` follow from it.
    pub type_name: String,
    /// Upper-case HTTP method.
    pub http_method: String,
    /// The path template as documented: `/v1/om/payments/{uid}`.
    pub path: String,
    /// Documentation.
    pub docs: Docs,
    /// Tags, in the document's order.
    pub tags: Vec<String>,
    /// Index into [`Api::bases`](super::Api::bases).
    pub base: usize,
    /// The alternatives of `security`; empty: no credential is sent.
    pub security: Vec<Requirement>,
    /// Parameters in the document's order.
    pub parameters: Vec<Parameter>,
    /// The body, if there is one.
    pub body: Option<Body>,
    /// The fields of the request struct: parameters, then body, in the document's order.
    pub arguments: Vec<Argument>,
    /// Documented successes (2xx), ordered by status.
    pub successes: Vec<Reply>,
    /// Documented errors, ordered by status; ranges and `default` last.
    pub errors: Vec<Reply>,
    /// `x-specie-outcome` of the responses; where the document is silent, the runtime has its defaults.
    pub outcomes: Vec<OutcomeRule>,
    /// It creates and moves nothing: `x-specie-outcome: none` on the operation, or a safe method.
    pub harmless: bool,
    /// `x-specie-idempotency`, or what the method implies.
    pub idempotency: Idempotency,
    /// `x-specie-reconcile`.
    pub reconcile: Option<Reconcile>,
    /// `x-specie-pagination`.
    pub pagination: Option<Pagination>,
}

/// One field of a request struct, by where its value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// Index into [`Operation::parameters`].
    Parameter(usize),
    /// Index into the fields of a flattened body.
    BodyField(usize),
    /// The whole body, as the field `body`.
    Body,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The Rust field name.
    pub name: String,
    /// The name on the wire, literal (`filter[reference_id]`).
    pub wire: String,
    /// Where it travels.
    pub place: ParameterPlace,
    /// Whether a server takes any value in its path (`x-specie-path: any`), also one with a slash or that is a dot segment.
    pub any_path: bool,
    /// How its value is written.
    pub format: ParameterFormat,
    /// The type of a present value.
    pub ty: TypeRef,
    /// Whether it must be given.
    pub required: bool,
    /// Documentation.
    pub docs: Docs,
    /// What a valid value fulfils beyond its type.
    pub constraints: Constraints,
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The media type as documented.
    pub media_type: String,
    /// How it is written.
    pub kind: MediaKind,
    /// Whether it must be given.
    pub required: bool,
    /// What it holds.
    pub payload: Payload,
    /// Documentation.
    pub docs: Docs,
}

/// How a body is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaKind {
    /// `application/json`, `…+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/plain` and other text.
    Text,
    /// Bytes.
    Bytes,
}

/// What a request body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// An object whose properties are fields of the request struct, perhaps inside an envelope.
    Fields {
        /// The objects around it, outermost first; empty without `x-specie-envelope`.
        envelope: Envelope,
        /// Its properties.
        fields: Vec<BodyField>,
        /// Whether a server refuses properties that are not listed (`additionalProperties: false`).
        closed: bool,
    },
    /// Anything else: one field `body`.
    Whole(TypeRef),
}

/// A property of a flattened body; the same as a field of a struct.
pub type BodyField = Field;

/// The objects around a flattened body, outermost first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Envelope {
    /// One object each.
    pub levels: Vec<EnvelopeLevel>,
}

/// One object of an envelope.
#[derive(Clone, Debug, PartialEq)]
pub struct EnvelopeLevel {
    /// The key it stands under.
    pub key: String,
    /// Its other properties, all constants: wire name and string value.
    pub constants: Vec<(String, String)>,
}

/// A documented response.
#[derive(Clone, Debug, PartialEq)]
pub struct Reply {
    /// The status it answers.
    pub status: Status,
    /// The Rust variant name where several stand side by side: `Created`, `UnprocessableEntity`.
    pub variant: String,
    /// How its body is read; `None`: there is no body, or it is not looked at.
    pub body: Option<(MediaKind, String, TypeRef)>,
    /// Documentation.
    pub docs: Docs,
    /// Response headers: wire name and documentation.
    pub headers: Vec<(String, Docs)>,
}

/// What a status says about the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutcomeRule {
    /// For which status.
    pub status: Status,
    /// What it says.
    pub outcome: Outcome,
}

/// `x-specie-reconcile`: how to ask whether an operation happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconcile {
    /// Type name of the operation that asks.
    pub operation: String,
    /// Wire name of its parameter.
    pub parameter: String,
    /// Where the parameter's value stands in the request body.
    pub value: String,
    /// The list of candidates in the answer; `None`: `matches` points at the single resource.
    pub items: Option<String>,
    /// The value that must equal the parameter, inside an item.
    pub matches: String,
    /// Pairs of pointers that must agree: request body, found item.
    pub agree: Vec<(String, String)>,
    /// Where the body of the operation's own success has what is found, as a JSON pointer; empty: it is the whole body.
    pub resource: String,
    /// Where a found item has its id.
    pub identity: Option<String>,
    /// How many seconds after a request without an answer the server may still act on it.
    pub settling: Option<u64>,
}

/// `x-specie-pagination`; parameters by wire name, places as JSON pointers.
#[derive(Clone, Debug, PartialEq)]
pub enum Pagination {
    /// Numbered pages.
    Page {
        /// The parameter that names the page.
        number: String,
        /// The parameter that sets the page size.
        size: Option<String>,
        /// The items of a page.
        items: String,
        /// How many pages there are.
        total: Option<String>,
    },
    /// Each page links to the next.
    Link {
        /// The link; absent, null or empty on the last page.
        next: String,
        /// The items of a page.
        items: String,
    },
    /// Each page names the next one's cursor.
    Cursor {
        /// The parameter that takes it.
        parameter: String,
        /// The cursor; absent, null or empty on the last page.
        next: String,
        /// The items of a page.
        items: String,
    },
}

/// One group of base URLs: what a builder method sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// The builder method: `base_url`, or as `x-specie-server-name` says (`private`, `public`).
    pub method_name: String,
    /// The alternatives the document declares; empty or relative: the caller has to set one.
    pub servers: Vec<Server>,
    /// Whether the alternatives are variants of the generated `Server` enum (`Server::Sandbox`).
    pub enumerated: bool,
    /// Documentation.
    pub docs: Docs,
}

/// One declared server.
#[derive(Clone, Debug, PartialEq)]
pub struct Server {
    /// The Rust variant name.
    pub variant: String,
    /// The URL, server variables filled with their defaults; `None` where it is relative.
    pub url: Option<String>,
    /// Documentation.
    pub docs: Docs,
}

/// One alternative of `security`: every scheme in it is needed, by index into [`Api::schemes`](super::Api::schemes).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Requirement {
    /// Scheme index and scopes.
    pub schemes: Vec<(usize, Vec<String>)>,
}

/// One security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// The key under `securitySchemes`.
    pub key: String,
    /// The builder method, `snake_case`.
    pub method_name: String,
    /// The variant of the server's credential enum, `PascalCase`.
    pub variant: String,
    /// What it is.
    pub kind: SchemeKind,
    /// Documentation.
    pub docs: Docs,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq)]
pub enum SchemeKind {
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`, also for OAuth 2.0 and `OpenID` Connect.
    Bearer {
        /// The token endpoint of the client-credentials flow, where the document declares one.
        token_url: Option<String>,
    },
    /// A key under a name.
    ApiKey {
        /// Where.
        place: ApiKeyPlace,
        /// Header, parameter or cookie name.
        name: String,
    },
}

impl Operation {
    /// The provenance of the operation itself, for its documentation.
    #[must_use]
    pub fn provenance(&self) -> &[Provenance] {
        &self.docs.provenance
    }
}
