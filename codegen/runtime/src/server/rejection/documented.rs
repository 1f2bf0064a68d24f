//! How the document of an operation gives the statuses of rejections: [`DocumentedRejection`].

/// How a documented error says what a rejection says: the JSON of its schema, with a source for each value.
///
/// The generator makes one of a schema that has a place for the explanation, and nothing required that a rejection does not know.
///
/// ```
/// use specie_runtime::server::{DocumentedRejection, ErrorForm, Rejection};
///
/// const ERROR: &ErrorForm = &ErrorForm::Object(&[("code", ErrorForm::Code), ("message", ErrorForm::Detail)]);
/// const FORMS: &[DocumentedRejection] = &[DocumentedRejection::json(400, "application/json", ERROR)];
///
/// let response = Rejection::bad_request("the body is not JSON").documented_as(FORMS).to_response();
/// assert_eq!(response.body(), br#"{"code":"bad_request","message":"the body is not JSON"}"#);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorForm {
    /// The number of the status, as a JSON number.
    Status,
    /// The number of the status, as a string: `"400"`.
    StatusText,
    /// The reason phrase of the status: `"Bad Request"`.
    Reason,
    /// The reason phrase as a name for programs: `"bad_request"`.
    Code,
    /// What is wrong, with its place.
    Detail,
    /// The place in the body, as a JSON pointer (RFC 6901). The member is left out where the fault is elsewhere.
    Pointer,
    /// A value that the document gives.
    Text(&'static str),
    /// An object with these members.
    Object(&'static [(&'static str, Self)]),
    /// A list with an element for each fault that is named, and one that counts the others; with one for the whole, where no place is
    /// named.
    Faults(&'static Self),
}

/// How an operation documents the status of a rejection.
#[derive(Clone, Copy, Debug)]
pub struct DocumentedRejection {
    pub(in crate::server) status: u16,
    pub(in crate::server) body: Option<(&'static str, &'static ErrorForm)>,
}

impl DocumentedRejection {
    /// A status with JSON of this media type.
    #[must_use]
    pub const fn json(status: u16, media_type: &'static str, form: &'static ErrorForm) -> Self {
        Self { status, body: Some((media_type, form)) }
    }

    /// A status without a body.
    #[must_use]
    pub const fn empty(status: u16) -> Self {
        Self { status, body: None }
    }
}
