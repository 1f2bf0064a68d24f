//! The kinds of rejections, and the status of each: [`RejectionKind`].

/// What kind of rejection it is: one status each (RFC 9110 section 15).
///
/// ```
/// use specie_runtime::server::RejectionKind;
///
/// assert_eq!(RejectionKind::Unauthorized.status(), 401);
/// assert_eq!(RejectionKind::PayloadTooLarge.status(), 413);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RejectionKind {
    /// 400: something in the request is not as documented; [`Rejection::faults`](super::Rejection::faults) says where.
    BadRequest,
    /// 401: no credential that the operation takes, or one that is not valid.
    Unauthorized,
    /// 403: the caller is known and may not do this.
    Forbidden,
    /// 404: no operation has this path.
    NotFound,
    /// 405: the path is known with other methods, see [`Rejection::allow`](super::Rejection::allow).
    MethodNotAllowed,
    /// 406: the client accepts none of the media types that the document gives the response.
    NotAcceptable,
    /// 408: the body took longer to arrive than the server waits.
    RequestTimeout,
    /// 413: the body is longer than the server reads.
    PayloadTooLarge,
    /// 415: the body is not of a documented media type.
    UnsupportedMediaType,
    /// 500: the server itself failed; the reason is logged and not told.
    Internal,
    /// 501: a fake has no handler for the operation.
    NotImplemented,
}

impl RejectionKind {
    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Unauthorized => 401,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::NotAcceptable => 406,
            Self::RequestTimeout => 408,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::Internal => 500,
            Self::NotImplemented => 501,
        }
    }
}
