//! Why a request is answered without its operation.

pub(super) mod documented;
pub(super) mod faults;
mod kind;
pub(crate) mod location;
pub(super) mod problem_document;

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Method;

pub use kind::RejectionKind;

use crate::body::{BodyError, BodyErrorKind};
use crate::body_kinds::multipart::{FormReadError, PartFault};
use crate::server::rejection::documented::DocumentedRejection;
use crate::server::rejection::location::{RequestLocation, Source};
use crate::wire::query::MalformedPair;

/// How many faults a response names: a hostile body must not make a response larger than itself.
const NAMED: usize = 20;

/// A request that was answered before its operation ran, and why.
///
/// The server makes one for whatever the document does not allow; `authenticate` makes its own:
///
/// ```
/// use specie_runtime::server::{Rejection, RejectionKind};
///
/// let rejection = Rejection::unauthorized("the API key is not known");
/// assert_eq!(rejection.kind(), RejectionKind::Unauthorized);
/// assert_eq!(rejection.to_problem().status(), 401);
/// ```
///
/// No text of a rejection quotes what the request held: it names the place, and says what would be right there.
#[derive(Clone)]
pub struct Rejection(Box<Parts>);

#[derive(Clone)]
struct Parts {
    kind: RejectionKind,
    detail: Cow<'static, str>,
    faults: Vec<Fault>,
    allow: Vec<Method>,
    challenges: Vec<String>,
    documented: &'static [DocumentedRejection],
    cause: Option<Arc<dyn Error + Send + Sync>>,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// Where it is.
    pub location: RequestLocation,
    /// What would be right, without the value that is wrong.
    pub detail: Cow<'static, str>,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(location: RequestLocation, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { location, detail: detail.into() }
    }
}

impl Rejection {
    fn new(kind: RejectionKind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self(Box::new(Parts {
            kind,
            detail: detail.into(),
            faults: Vec::new(),
            allow: Vec::new(),
            challenges: Vec::new(),
            documented: &[],
            cause: None,
        }))
    }

    /// 400, for the request as a whole.
    #[must_use]
    pub fn bad_request(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RejectionKind::BadRequest, detail)
    }

    /// 400, for these places. A response names the first 20 and counts the others.
    #[must_use]
    pub fn invalid(faults: Vec<Fault>) -> Self {
        let detail = match faults.as_slice() {
            [] => "the request is not as documented".to_owned(),
            [only] => only.to_string(),
            [first, _] => format!("{first}; and 1 more fault"),
            [first, others @ ..] => format!("{first}; and {} more faults", others.len()),
        };
        let mut rejection = Self::new(RejectionKind::BadRequest, detail);
        rejection.0.faults = faults;
        rejection
    }

    /// The faults that it is about; the rejection itself where it is about none.
    pub(super) fn into_faults(self) -> Result<Vec<Fault>, Self> {
        if self.0.faults.is_empty() { Err(self) } else { Ok(self.0.faults) }
    }

    /// 400, for one place.
    #[must_use]
    pub fn at(location: RequestLocation, detail: impl Into<Cow<'static, str>>) -> Self {
        Self::invalid(vec![Fault::new(location, detail)])
    }

    /// 400, for a pair of a query or a form that does not decode.
    pub(crate) fn malformed(source: Source, pair: &MalformedPair) -> Self {
        Self::at(source.location(&pair.name), pair.detail)
    }

    /// 401: what was presented is not a valid credential. The response gets the `WWW-Authenticate` header that fits the operation.
    #[must_use]
    pub fn unauthorized(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RejectionKind::Unauthorized, detail)
    }

    /// 403: the caller may not call this operation.
    #[must_use]
    pub fn forbidden(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RejectionKind::Forbidden, detail)
    }

    /// 404.
    #[must_use]
    pub fn not_found(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RejectionKind::NotFound, detail)
    }

    /// 500: `error` is logged; the response does not tell it.
    #[must_use]
    pub fn internal(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let mut rejection = Self::new(RejectionKind::Internal, "the server could not answer the request");
        rejection.0.cause = Some(error.into().into());
        rejection
    }

    /// 501: a fake has no handler for this operation.
    #[cfg(feature = "client")]
    pub(crate) fn not_faked(operation: &str) -> Self {
        Self::new(RejectionKind::NotImplemented, format!("not faked: {operation}"))
    }

    pub(crate) fn method_not_allowed(allow: Vec<Method>) -> Self {
        let mut rejection = Self::new(RejectionKind::MethodNotAllowed, "the path is known with other methods only");
        rejection.0.allow = allow;
        rejection
    }

    /// A handler ran into its time limit.
    pub(crate) fn overdue(limit: Duration) -> Self {
        Self::internal(format!(
            "the handler was stopped after {} s: set a longer `handler_timeout`, or a timeout on what it waits for",
            limit.as_secs_f64()
        ))
    }

    pub(crate) fn request_timeout(limit: Duration) -> Self {
        Self::new(RejectionKind::RequestTimeout, format!("the body did not arrive within {} s", limit.as_secs_f64()))
    }

    pub(crate) fn payload_too_large(limit: usize) -> Self {
        Self::new(RejectionKind::PayloadTooLarge, format!("the body is longer than {limit} bytes"))
    }

    pub(crate) fn not_acceptable(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RejectionKind::NotAcceptable, detail)
    }

    pub(crate) fn unsupported_media_type(detail: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RejectionKind::UnsupportedMediaType, detail)
    }

    /// The same rejection, of an operation that documents errors so.
    #[must_use]
    pub fn documented_as(mut self, documented: &'static [DocumentedRejection]) -> Self {
        self.0.documented = documented;
        self
    }

    pub(crate) fn documented(&self) -> &'static [DocumentedRejection] {
        self.0.documented
    }

    pub(crate) fn challenge(&mut self, challenges: Vec<String>) {
        self.0.challenges = challenges;
    }

    /// Logs it by the names of the document; the cause of a failure is the server's own text.
    pub(crate) fn log(&self, operation: Option<&'static str>) {
        let detail = self.detail();
        let Some(cause) = &self.0.cause else {
            tracing::debug!(operation, detail, "request rejected");
            return;
        };
        let mut error = cause.to_string();
        let mut next = cause.source();
        while let Some(source) = next {
            error.push_str(": ");
            error.push_str(&source.to_string());
            next = source.source();
        }
        tracing::error!(operation, error, "request failed");
    }

    /// The sentence, with every place that a response names where there are several.
    pub(crate) fn reason(&self) -> String {
        let faults @ [_, _, ..] = self.named() else { return self.detail().to_owned() };
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        let more = self.unnamed().map_or_else(String::new, |more| format!("; and {more} more"));
        format!("{}{more}", faults.join("; "))
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> RejectionKind {
        self.0.kind
    }

    /// The HTTP status that it stands for.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.kind.status()
    }

    /// One sentence for a person. Of several faults it says the first one and how many there are beside it.
    #[must_use]
    pub fn detail(&self) -> &str {
        &self.0.detail
    }

    /// Everything that is wrong with the request, as far as it was looked at; empty unless the kind is
    /// [`BadRequest`](RejectionKind::BadRequest).
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// The faults that a response names.
    pub(super) fn named(&self) -> &[Fault] {
        self.faults().get(..NAMED).unwrap_or_else(|| self.faults())
    }

    /// How many faults there are beside those; `None` where those are all.
    pub(super) fn unnamed(&self) -> Option<usize> {
        self.faults().len().checked_sub(NAMED).filter(|more| *more > 0)
    }

    /// Where the first fault is.
    #[must_use]
    pub fn location(&self) -> Option<&RequestLocation> {
        self.0.faults.first().map(|fault| &fault.location)
    }

    /// The methods that the path has; empty unless the kind is [`MethodNotAllowed`](RejectionKind::MethodNotAllowed).
    #[must_use]
    pub fn allow(&self) -> &[Method] {
        &self.0.allow
    }

    /// The challenges of the operation's security schemes (RFC 9110 section 11.6.1); empty unless the kind is
    /// [`Unauthorized`](RejectionKind::Unauthorized).
    #[must_use]
    pub fn challenges(&self) -> &[String] {
        &self.0.challenges
    }
}

impl From<FormReadError> for Rejection {
    fn from(error: FormReadError) -> Self {
        match error {
            FormReadError::Malformed(reason) => Self::bad_request(reason),
            FormReadError::TooLarge(limit) => Self::payload_too_large(limit),
            FormReadError::Parts(faults) => {
                let fault = |fault: PartFault| Fault::new(RequestLocation::Body(fault.pointer), fault.detail);
                Self::invalid(faults.into_iter().map(fault).collect())
            }
        }
    }
}

/// A stream that a handler could not read to its end: 413 where it is too large, 408 where it did not come in time, and 400.
impl From<BodyError> for Rejection {
    fn from(error: BodyError) -> Self {
        match error.kind() {
            BodyErrorKind::TooLarge => Self::new(RejectionKind::PayloadTooLarge, "the body is longer than the limit"),
            BodyErrorKind::Timeout => Self::new(RejectionKind::RequestTimeout, "the body did not arrive in time"),
            BodyErrorKind::Interrupted | BodyErrorKind::Taken => {
                Self::bad_request("the body could not be read to its end")
            }
        }
    }
}

impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rejection")
            .field("kind", &self.0.kind)
            .field("detail", &self.0.detail)
            .field("faults", &self.0.faults)
            .field("allow", &self.0.allow)
            .field("cause", &self.0.cause)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::operation::write_status(self.status(), f)?;
        write!(f, ": {}", self.0.detail)
    }
}

impl Error for Rejection {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.cause.as_deref().map(|cause| cause as _)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.location, self.detail)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rejections_are_small() {
        assert_eq!(size_of::<Rejection>(), size_of::<usize>());
    }

    #[test]
    fn a_malformed_pair_is_refused_where_it_stands() {
        let refused = |source: Source, text: &str| {
            let rejection = Rejection::malformed(source, &crate::wire::query::check(text).unwrap_err());
            (rejection.location().cloned(), rejection.to_string().len())
        };
        assert_eq!(refused(Source::Query, "b%5B%5D=%zz").0, Some(RequestLocation::Query("b[]".to_owned())));
        assert_eq!(refused(Source::Form, "b%5B%5D=%zz").0, Some(RequestLocation::Body("/b[]".to_owned())));
        assert!(refused(Source::Query, &format!("{}%", "a".repeat(1000))).1 < 300);
    }
}
