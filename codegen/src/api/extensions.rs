//! What our own extension keys say: how requests may be repeated, what statuses mean, how pages and webhooks work.

use super::{EntrySpan, Span};

/// What a status says about the operation (`x-specie-outcome` of a response).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It happened.
    Done,
    /// It did not and will not happen.
    Refused,
    /// It may have happened.
    Unknown,
    /// It happened before, by an earlier request.
    Duplicate,
    /// The status says nothing about it: the operation moves nothing.
    None,
}

/// What makes a repeated request safe (`x-specie-idempotency`, or what the method implies).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// The method (RFC 9110 section 9.2.2).
    Natural,
    /// A header whose value the server remembers.
    Header(String),
    /// A field of the body that the server keeps unique, and the status of the response to a repeat.
    Field {
        /// JSON pointer into the request body.
        pointer: String,
        /// Status of a repeat.
        duplicate: u16,
    },
    /// Nothing.
    None,
}

/// How to ask whether an operation happened (`x-specie-reconcile`).
#[derive(Clone, Debug, PartialEq)]
pub struct Reconcile {
    /// The `operationId` of the operation that asks.
    pub operation: String,
    /// The name of its parameter.
    pub parameter: String,
    /// Where the parameter's value stands in the request body, as a JSON pointer.
    pub value: String,
    /// What in the response is the resource asked for.
    pub find: Find,
    /// Pairs of JSON pointers that must agree: into the request body, into what was found.
    pub agree: Vec<(String, String)>,
    /// Where the body of the operation's own success has the resource, as a JSON pointer; empty: it is the whole body.
    pub resource: String,
    /// Where what was found has its id, as a JSON pointer into it.
    pub identity: Option<String>,
    /// How many seconds after a request without a response the server may still act on it.
    pub settling: Option<u64>,
    /// Where it stands.
    pub span: Span,
}

/// What in a response is the resource asked for; all places are JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Find {
    /// One item of a list.
    Among {
        /// The list.
        items: String,
        /// The value inside an item that must equal the parameter.
        matches: String,
    },
    /// The single resource of the response; the value that must equal the parameter.
    One {
        /// The value inside the body.
        matches: String,
    },
}

/// How a list is returned page by page (`x-specie-pagination`).
#[derive(Clone, Debug, PartialEq)]
pub struct Pagination {
    /// Where the items of a page stand, as a JSON pointer into the response body.
    pub items: String,
    /// How one page leads to the next.
    pub style: PaginationStyle,
    /// Where it stands.
    pub span: EntrySpan,
    /// Where `items` is stated.
    pub items_span: Span,
    /// Where the parameter that names the page is stated, or the link that leads to it.
    pub next_span: Span,
}

/// How one page leads to the next; parameters by name, places as JSON pointers into the response body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaginationStyle {
    /// Numbered pages.
    Page {
        /// The parameter that names the page.
        number: String,
        /// The parameter that sets the page size.
        size: Option<String>,
        /// How many pages there are.
        total: Option<String>,
    },
    /// Each page links to the next.
    Link {
        /// The link; absent, null or empty on the last page.
        next: String,
    },
    /// Each page names the next one's cursor.
    Cursor {
        /// The parameter that takes it.
        parameter: String,
        /// The cursor; absent, null or empty on the last page.
        next: String,
    },
}

/// The objects around the body proper, outermost first (`x-specie-envelope: data.attributes`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The key of each object on the way: `data`, `attributes`.
    pub keys: Vec<String>,
    /// Where it stands.
    pub span: Span,
}

/// How the sender of a webhook proves itself (`x-specie-signature`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// The header that carries the signature.
    pub header: String,
    /// How it is made of a secret and the body.
    pub algorithm: SignatureAlgorithm,
    /// Where it stands.
    pub span: EntrySpan,
}

/// How a signature is made of a secret and the body of a webhook. Tolerances are in seconds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignatureAlgorithm {
    /// `base64-sha1-secret-body-secret`.
    Base64Sha1SecretBodySecret,
    /// `hmac-sha256-hex` and `hmac-sha256-base64`.
    HmacSha256 {
        /// Whether it is written in hexadecimal digits, and not as base64.
        hex: bool,
        /// What stands before it in the header.
        prefix: String,
        /// The header with the time that is signed with the body, and how far it may be off.
        timestamp: Option<(String, u32)>,
    },
    /// `standard-webhooks`.
    StandardWebhooks {
        /// The header with the id of the message.
        id: String,
        /// The header with the time.
        timestamp: String,
        /// How far the time may be off.
        tolerance: u32,
    },
    /// `stripe`.
    Stripe {
        /// How far the time may be off.
        tolerance: u32,
    },
}

/// How far the time of a signature may be off where the document does not say: five minutes, as in the Standard Webhooks
/// specification.
pub const TOLERANCE: u32 = 300;

impl SignatureAlgorithm {
    /// What `x-specie-signature` calls it.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Base64Sha1SecretBodySecret => "base64-sha1-secret-body-secret",
            Self::HmacSha256 { hex: true, .. } => "hmac-sha256-hex",
            Self::HmacSha256 { hex: false, .. } => "hmac-sha256-base64",
            Self::StandardWebhooks { .. } => "standard-webhooks",
            Self::Stripe { .. } => "stripe",
        }
    }

    /// How many seconds the time of a signature may be off; `None` where it covers no time.
    #[must_use]
    pub const fn tolerance(&self) -> Option<u32> {
        match self {
            Self::Base64Sha1SecretBodySecret | Self::HmacSha256 { timestamp: None, .. } => None,
            Self::HmacSha256 { timestamp: Some((_, tolerance)), .. }
            | Self::StandardWebhooks { tolerance, .. }
            | Self::Stripe { tolerance } => Some(*tolerance),
        }
    }
}
