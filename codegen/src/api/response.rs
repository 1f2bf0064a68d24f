//! Responses, their headers and links.

use std::fmt;

use super::{Docs, EntrySpan, MediaType, Outcome, Parameter, Server, Span, Value};

/// One documented response (OpenAPI 3.2.0, Response Object).
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// The statuses that it describes.
    pub status: Status,
    /// Every media type that the document lists; none: there is no body.
    pub content: Vec<MediaType>,
    /// Its headers, which are parameters in a header (OpenAPI 3.2.0, Header Object).
    pub headers: Vec<Parameter>,
    /// `links`.
    pub links: Vec<Link>,
    /// `x-specie-outcome`.
    pub outcome: Option<Outcome>,
    /// Where `x-specie-outcome` stands.
    pub outcome_span: Option<EntrySpan>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where its status stands under the operation's `responses`.
    pub span: Span,
    /// Where `headers` stands, if the document has them.
    pub headers_span: Option<Span>,
    /// Where `links` stands, if the document has them.
    pub links_span: Option<Span>,
}

/// A key of `responses` (OpenAPI 3.2.0, Responses Object).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// `404`.
    Code(u16),
    /// `4XX`, the first digit; the document may write it in lower case.
    Range(u8),
    /// `default`.
    Default,
}

impl Status {
    /// Whether it is a success: 2xx (RFC 9110 section 15.3).
    #[must_use]
    pub const fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }

    /// Whether it is an interim response, which no caller sees: 1xx (RFC 9110 section 15.2).
    #[must_use]
    pub const fn is_interim(self) -> bool {
        matches!(self, Self::Code(100..=199) | Self::Range(1))
    }
}

/// As OpenAPI spells it.
impl fmt::Display for Status {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Code(code) => write!(formatter, "{code}"),
            Self::Range(digit) => write!(formatter, "{digit}XX"),
            Self::Default => formatter.write_str("default"),
        }
    }
}

/// What can be called with what a response holds (OpenAPI 3.2.0, Link Object).
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Its key under `links`.
    pub name: String,
    /// The operation that it names.
    pub target: LinkTarget,
    /// Parameters of that operation by name, each a value or, as a string, a runtime expression.
    pub parameters: Vec<(String, Value)>,
    /// The body to send, or a runtime expression for it.
    pub request_body: Option<Value>,
    /// Another server than the operation's own.
    pub server: Option<Server>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// The operation that a link names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// `operationId`
    Id(String),
    /// `operationRef`
    Reference(String),
}
