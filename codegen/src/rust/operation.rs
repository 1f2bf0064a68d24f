//! Operations: a request struct, its responses, and what the runtime has to know.

use super::{
    BaseId, Body, Docs, Envelope, Field, FieldSource, Find, Idempotency, OperationId, PagedList, Parameter,
    ParameterId, Payload, RejectionTableId, ResponseEnum, Status, Struct, Success,
};

/// One operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Operation {
    /// What the document calls it: its `operationId`, or else its method and path.
    pub id: String,
    /// The method of client and server trait, `snake_case`.
    pub method_name: String,
    /// The methods of the client: one, and where it takes nothing because nothing is required, another one that takes the request. A
    /// callback has none.
    pub client_methods: Vec<ClientMethod>,
    /// Upper-case HTTP method.
    pub http_method: String,
    /// Whether the method is one that HTTP has a name of its own for, and the runtime a constant.
    pub has_method_constant: bool,
    /// The path template as documented: `/v1/om/payments/{uid}`.
    pub path: String,
    /// Tags, in the document's order.
    pub tags: Vec<String>,
    /// Marked `deprecated` in the document.
    pub deprecated: bool,
    /// The base URL that it goes to; `None` for a callback, which goes to an address that a request holds.
    pub base: Option<BaseId>,
    /// The alternatives of `security`; empty: no credential is sent.
    pub security: Vec<Requirement>,
    /// What makes a repetition safe.
    pub idempotency: Idempotency,
    /// Whether that is what the method implies (RFC 9110 section 9.2.2), and what the runtime assumes.
    pub idempotency_is_implied: bool,
    /// Whether it creates and moves nothing.
    pub safety: Safety,
    /// What the document says that statuses mean, ordered by status.
    pub outcomes: Vec<(Status, StatedOutcome)>,
    /// Its request, with a field for each parameter and for the body or its properties.
    pub request: Struct,
    /// Its body.
    pub body: Option<Body>,
    /// What a successful call gives.
    pub success: Success,
    /// Its documented errors; `None`: the document has none.
    pub errors: Option<ResponseEnum>,
    /// The documented headers of its responses, ordered by status; successes come first.
    pub response_headers: Vec<ResponseHeaders>,
    /// The response that its fake gives without a handler, or why there is none.
    pub sample: Result<Sample, String>,
    /// What it documents for rejections; `None`: every rejection is a problem document.
    pub rejections: Option<RejectionTableId>,
    /// How to ask whether it happened.
    pub reconcile: Option<Reconcile>,
    /// How its list is returned page by page.
    pub pages: Option<PagedList>,
    /// The documentation of the server's method.
    pub server_docs: Docs,
}

/// A method of the client, which makes a call.
#[derive(Clone, Debug, PartialEq)]
pub struct ClientMethod {
    /// Its name.
    pub name: String,
    /// What it takes.
    pub argument: MethodArgument,
    /// Its documentation.
    pub docs: Docs,
}

/// What a method of the client takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MethodArgument {
    /// Nothing: the request is made without a value.
    None,
    /// Whatever becomes the request, as the one value does that it needs: `impl Into<…>`.
    Into,
    /// The request.
    Request,
}

impl Operation {
    /// Every documented error, ordered by status; ranges and `default` last.
    #[must_use]
    pub fn error_responses(&self) -> &[super::Response] {
        self.errors.as_ref().map_or(&[], |errors| &errors.responses)
    }

    /// Its parameters with their fields, as a [`ParameterId`] counts them.
    pub fn parameters(&self) -> impl Iterator<Item = (&Field, &Parameter)> {
        parameters(&self.request)
    }

    /// The base URL that its table names: one that the runtime does not assume.
    #[must_use]
    pub fn stated_base(&self) -> Option<BaseId> {
        self.base.filter(|base| *base != BaseId::ASSUMED)
    }

    /// What the document says that a status means.
    #[must_use]
    pub fn outcome(&self, status: Status) -> Option<StatedOutcome> {
        self.outcomes.iter().find(|(of, _)| *of == status).map(|(_, outcome)| *outcome)
    }

    /// The envelope around the body's properties, if there is one.
    #[must_use]
    pub fn envelope(&self) -> Option<&Envelope> {
        match self.body.as_ref().map(|body| &body.payload) {
            Some(Payload::Fields { envelope, .. }) => envelope.as_ref(),
            _ => None,
        }
    }
}

/// A response as it is sent: an example of the document, or one made of its schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The status.
    pub status: u16,
    /// The media type of the body; `None`: there is no body.
    pub media_type: Option<String>,
    /// Further headers.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// The documented headers of the responses of one status, as a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseHeaders {
    /// The status.
    pub status: Status,
    /// The struct, with a field for each header.
    pub structure: Struct,
}

impl ResponseHeaders {
    /// The headers with their fields.
    pub fn headers(&self) -> impl Iterator<Item = (&Field, &Parameter)> {
        parameters(&self.structure)
    }
}

/// The fields of a struct that are parameters.
fn parameters(structure: &Struct) -> impl Iterator<Item = (&Field, &Parameter)> {
    structure.fields.iter().filter_map(|field| match &field.source {
        FieldSource::Parameter(parameter) => Some((field, parameter)),
        FieldSource::Body | FieldSource::Property | FieldSource::Part(_) => None,
    })
}

/// What a status says of the operation. A status that the document gives no outcome says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatedOutcome {
    /// It was carried out.
    Done,
    /// It was not carried out.
    Refused,
    /// It may have been carried out.
    Unknown,
    /// It was carried out before.
    Duplicate,
}

/// Whether an operation creates and moves nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Safety {
    /// It may move something.
    Unsafe,
    /// Its method implies that it does not (RFC 9110 section 9.2.1), which the runtime assumes.
    Implied,
    /// The document says that it does not.
    Stated,
}

/// One alternative of `security`: every scheme in it is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Requirement {
    /// The [key](super::Scheme::key) of each of [`Crate::schemes`](super::Crate::schemes) that is needed, with its scopes.
    pub schemes: Vec<(String, Vec<String>)>,
}

/// How to ask whether an operation happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconcile {
    /// The operation that asks.
    pub lookup: OperationId,
    /// Its parameter among those of that operation.
    pub index: ParameterId,
    /// The parameter's name on the wire.
    pub parameter: String,
    /// Where the parameter's value stands in the request body.
    pub value: String,
    /// What in the response is the resource asked for.
    pub find: Find,
    /// Pairs of pointers that must agree: request body, found item.
    pub agree: Vec<(String, String)>,
    /// The status of the success that holds the resource.
    pub success: u16,
    /// Where the body of that success has the resource, as a JSON pointer; empty: it is the whole body.
    pub resource: String,
    /// Where a found item has its id, as a JSON pointer.
    pub identity: Option<String>,
    /// How many seconds after a request without a response the server may still act on it.
    pub settling: Option<u64>,
    /// Whether the operation that asks gives its list out page by page.
    pub paged: bool,
}
