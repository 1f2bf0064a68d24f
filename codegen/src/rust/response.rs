//! Responses of operations, as types.

use super::{Conversion, Derives, Docs, Lint, Media, Status, Type};

/// What a successful call gives.
#[derive(Clone, Debug, PartialEq)]
pub enum Success {
    /// The document has no success: nothing.
    Undocumented,
    /// The document has one: its body.
    One(Response),
    /// The document has several, or several media types of one: a variant each.
    Several(ResponseEnum),
}

impl Success {
    /// Every documented success, ordered by status.
    #[must_use]
    pub fn responses(&self) -> &[Response] {
        match self {
            Self::Undocumented => &[],
            Self::One(only) => std::slice::from_ref(only),
            Self::Several(several) => &several.responses,
        }
    }
}

/// An enum of responses.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseEnum {
    /// Its name: `CreatePayoutError`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it derives. Errors have a `Debug` of their own that prints no body.
    pub derives: Derives,
    /// Lints that do not apply, because the variants are the document's.
    pub lints: Vec<Lint>,
    /// Its variants, ordered by status; ranges and `default` last.
    pub responses: Vec<Response>,
}

impl ResponseEnum {
    /// Whether variants may be added: `#[non_exhaustive]`.
    pub const IS_NON_EXHAUSTIVE: bool = true;
}

/// Responses, together where one status has several media types.
#[must_use]
pub fn by_status(responses: &[Response]) -> Vec<&[Response]> {
    responses.chunk_by(|one, other| one.status == other.status).collect()
}

/// A documented response, of one media type where its status has several.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// Its status.
    pub status: Status,
    /// The variant's name where several stand side by side: `Created`, `UnprocessableEntity`.
    pub variant: String,
    /// Its body; `None`: there is none, or it is not looked at.
    pub body: Option<ResponseBody>,
    /// Its documentation as a variant.
    pub docs: Docs,
    /// The names of its headers.
    pub headers: Vec<String>,
    /// Which values become the enum by `From` as this variant.
    pub conversion: Conversion,
}

impl Response {
    /// Whether its variant holds the status, of which a range or `default` has several.
    #[must_use]
    pub const fn holds_status(&self) -> bool {
        !matches!(self.status, Status::Code(_))
    }
}

/// The body of a response.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseBody {
    /// Its media types.
    pub media: Media,
    /// What it holds.
    pub value: Type,
    /// Whether it stands behind a `Box`.
    ///
    /// Objects of errors do, always: an error is moved through many results, and one that is boxed only when it is large
    /// would change its type the day the document adds a property.
    pub boxed: bool,
}
