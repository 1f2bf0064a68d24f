//! Operations: a request struct, its responses, and what the runtime has to know.

use super::{
    Assertion, BaseId, Check, Checks, Conversion, Derives, Docs, Field, FieldSource, Find, Idempotency, Lint,
    PaginationStyle, ParameterFormat, ParameterId, ParameterLocation, ResponseEnum, Status, Struct, Style, Success,
    Type,
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
    /// What it documents for rejections: the name of one of [`ErrorForms::tables`](super::ErrorForms::tables); `None`: every rejection is
    /// a problem document.
    pub rejections: Option<String>,
    /// How to ask whether it happened.
    pub reconcile: Option<Reconcile>,
    /// How its list is returned page by page.
    pub pages: Option<Pages>,
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

/// Where and how the value of a field travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its `in`.
    pub place: ParameterLocation,
    /// How its value is written.
    pub format: ParameterFormat,
    /// Whether it says that it is required, which a place in the path implies.
    pub required: bool,
    /// Whether a server takes any value in its path, also one with a slash or that is a dot segment.
    pub any_path: bool,
    /// The default as JSON, which a server fills in where the parameter is left out.
    pub default: Option<String>,
    /// The name among [`Crate::shared_docs`](super::Crate::shared_docs) of its documentation, if many parameters have it.
    pub shared_docs: Option<String>,
}

impl Parameter {
    /// Style and `explode`, where they are not those that the place implies (OpenAPI 3.2.0, Parameter Object).
    #[must_use]
    pub fn own_style(&self) -> Option<(Style, bool)> {
        let style = (self.format.style, self.format.explode);
        (style != self.place.default_style()).then_some(style)
    }
}

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// What it holds.
    pub payload: Payload,
}

impl Body {
    /// The styles of the properties of its form, if it has any.
    #[must_use]
    pub fn form_styles(&self) -> Option<&FormStyles> {
        match &self.payload {
            Payload::Fields { media, .. } | Payload::Whole(media) => media.styles.as_ref(),
            Payload::Choice(choice) => choice.variants.iter().find_map(|variant| variant.media.styles.as_ref()),
        }
    }

    /// The enum of media types, if there are several.
    #[must_use]
    pub const fn choice(&self) -> Option<&MediaEnum> {
        match &self.payload {
            Payload::Choice(choice) => Some(choice),
            Payload::Fields { .. } | Payload::Whole(_) => None,
        }
    }
}

/// The media types under which a body is written in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// The media type as documented; of several, the one that is sent.
    pub name: String,
    /// Others that are read alike.
    pub others: Vec<String>,
    /// How it is written.
    pub kind: BodyKind,
    /// Whether the operation's table names them.
    pub naming: MediaNaming,
    /// How the properties of a form are written that have a style of their own.
    pub styles: Option<FormStyles>,
}

/// Whether the table of an operation names the media types of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaNaming {
    /// It does not: there is one, which the kind of the body implies, as JSON implies `application/json`.
    Implied,
    /// It names each of them.
    Named,
}

/// What is demanded of the properties of a body together, as a constant that the operation's table names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyAssertions {
    /// The constant's name: `CREATE_PAYOUT_ASSERTIONS`.
    pub constant: String,
    /// What is demanded.
    pub assertions: Vec<Assertion>,
}

/// The styles of properties of a form, as a constant that the operation's table names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormStyles {
    /// The constant's name: `CREATE_ACCOUNT_STYLES`.
    pub constant: String,
    /// The names of properties on the wire, with the style of each.
    pub properties: Vec<(String, FormStyle)>,
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// A list as one value, separated by commas.
    Commas,
    /// A list as one value, separated by spaces.
    Spaces,
    /// A list as one value, separated by pipes.
    Pipes,
    /// Keys and indices in brackets.
    Brackets,
}

impl Media {
    /// Whether it is one media type, and the usual one of its kind to the letter: its kind says all of it.
    #[must_use]
    pub fn is_usual(&self) -> bool {
        let is_usual = matches!(self.name.as_str(), "application/json" | "application/x-www-form-urlencoded");
        is_usual && self.others.is_empty()
    }

    /// Every media type as documented.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.others).map(String::as_str)
    }
}

/// The ways to write a request body, as an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaEnum {
    /// Its name: `CreatePayoutBody`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// Lints that do not apply, because the variants are the document's.
    pub lints: Vec<Lint>,
    /// Its variants; JSON comes first.
    pub variants: Vec<MediaVariant>,
}

/// One way to write a request body.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaVariant {
    /// Its name: `Json`, `Csv`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// Its media types.
    pub media: Media,
    /// What it holds.
    pub value: Type,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
    /// Which values become the enum by `From` as this variant.
    pub conversion: Conversion,
}

/// How a body is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// `application/json`, `…+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/plain` and other text.
    Text,
    /// Bytes, all in memory.
    Bytes,
    /// Bytes, as a stream.
    Stream,
    /// `multipart/form-data`
    Multipart,
    /// Server-sent events whose data is JSON.
    Events,
    /// Server-sent events whose data is text.
    TextEvents,
    /// One JSON value per line.
    JsonLines,
    /// JSON values after a record separator each.
    JsonSequence,
}

/// What a request body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// An object whose properties are fields of the request struct, perhaps inside an envelope.
    Fields {
        /// Its media types.
        media: Media,
        /// The objects around it.
        envelope: Option<Envelope>,
        /// Whether a server refuses properties that are not listed.
        closed: bool,
        /// How many properties a valid body has; empty where nothing is demanded, or nothing counts those that are ignored.
        size: Vec<Check>,
        /// What is demanded of the properties together.
        assertions: Option<BodyAssertions>,
        /// The media types of parts of a form, each with the name of its part.
        content_types: Vec<(String, String)>,
    },
    /// Anything else: one field of the request struct.
    Whole(Media),
    /// One of several: one field of the request struct.
    Choice(MediaEnum),
}

/// The objects around a body's properties, as a constant that the operation's table names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The constant's name: `CREATE_PAYOUT_ENVELOPE`.
    pub constant: String,
    /// One object each, outermost first.
    pub levels: Vec<EnvelopeLevel>,
}

/// One object of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeLevel {
    /// The key it stands under.
    pub key: String,
    /// Its other properties, all constants: wire name and string value.
    pub constants: Vec<(String, String)>,
}

/// How to ask whether an operation happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reconcile {
    /// The request struct of the operation that asks.
    pub lookup: String,
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

/// How a list is returned page by page.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    /// How one page leads to the next.
    pub style: PaginationStyle,
    /// Where the items of a page stand, as a JSON pointer.
    pub pointer: String,
    /// The fields that lead there from the response's own type.
    pub steps: Vec<PageStep>,
    /// Whether they end at an `Option`, because something on the way may be absent.
    pub is_optional: bool,
    /// The type of an item.
    pub item: Type,
    /// The union at the end of the way, where a single item may stand in the place of a list of one.
    pub alone: Option<OneOrList>,
}

/// A union of an item and a list of such items.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrList {
    /// The union.
    pub union: Type,
    /// The variant of one item.
    pub one: String,
    /// Whether that item is behind a `Box`.
    pub boxed: bool,
    /// The variant of a list.
    pub list: String,
}

/// A field on the way to the items of a page, as an expression reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageStep {
    /// Its name.
    pub field: String,
    /// Whether it is a `Patch` or a `Maybe`, which becomes an `Option`.
    pub becomes_option: bool,
    /// How what leads to the field is asked for it.
    pub access: PageAccess,
}

/// How an expression is asked for a field of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageAccess {
    /// `value.field`
    Direct,
    /// `value.map(…)`: the value may be absent, the field is always there.
    Map,
    /// `value.and_then(…)`: either may be absent.
    AndThen,
}
