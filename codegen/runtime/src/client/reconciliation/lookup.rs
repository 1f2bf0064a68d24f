//! How an operation is looked up: what its document says, the request, and its result.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use http::HeaderMap;
use http::header::{CACHE_CONTROL, HeaderValue};

use crate::client::call::Invoke;
use crate::client::call::response_class::LookupOperation;
use crate::client::call::result::CallResult;
use crate::client::credentials::auth_error::AuthError;
use crate::client::next_page::error::PagingError;
use crate::client::request::build_error::BuildError;
use crate::client::request::{Encoded, RequestWriter};
use crate::client::response::ClientResponse;
use crate::client::response::meta::Meta;
use crate::client::transport::TransportError;
use crate::operation::{ApiDescription, OperationSpec, ReconcileSpec, write_status};

/// How to ask whether an operation happened: what the document says, and how the responses of the operation that asks are read.
#[derive(Clone, Copy)]
pub(in crate::client) struct Asking {
    pub(super) how: &'static ReconcileSpec,
    pub(super) lookup: LookupOperation,
}

/// How to ask for an operation; `None` where its document does not say how.
pub(in crate::client) const fn asking<O: Invoke>() -> Option<Asking> {
    match (O::SPEC.reconcile, O::LOOKUP) {
        (Some(how), Some(lookup)) => Some(Asking { how, lookup }),
        _ => None,
    }
}

/// What the last lookup of an unsettled operation brought.
#[derive(Debug)]
#[non_exhaustive]
pub enum Lookup {
    /// There was no time for one.
    NotAttempted,
    /// There is nothing with the reference.
    NotFound,
    /// The server answered with resources of other references, so that it is open whether it looked for the right one.
    OnlyOtherReferences,
    /// There was no usable response.
    Failed(LookupFailure),
}

impl Lookup {
    /// Traces a lookup that did not find an operation, as an event: it is a call of its own.
    pub(super) fn note(&self, spec: &'static OperationSpec, asked: &'static OperationSpec) {
        let result = match self {
            Self::NotAttempted => "not_asked",
            Self::NotFound => "not_there",
            Self::OnlyOtherReferences => "others_only",
            Self::Failed(_) => "failed",
        };
        tracing::debug!(operation = spec.id, lookup = asked.id, result, "lookup");
    }
}

impl fmt::Display for Lookup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAttempted => f.write_str("no time was left to look it up"),
            Self::NotFound => f.write_str("a lookup did not find it"),
            Self::OnlyOtherReferences => f.write_str("a lookup found only others"),
            Self::Failed(failure) => write!(f, "the lookup failed: {failure}"),
        }
    }
}

/// Why a lookup had no usable response. Text and `Debug` form name no URL, no header value and no body.
#[derive(Debug)]
pub struct LookupFailure(Cause);

#[derive(Debug)]
enum Cause {
    Status(u16),
    Body(u16),
    UnreadPages(u16),
    LostPage(u16),
    Paging(PagingError),
    Transport(TransportError),
    Auth(AuthError),
    Build(BuildError),
}

impl LookupFailure {
    /// Why a lookup returned no resource.
    pub(super) fn of(result: CallResult) -> Self {
        Self(match result {
            CallResult::Answered(response, _) => return Self::response(&response),
            CallResult::Mismatch(mismatch, _) => return Self::response(mismatch.response()),
            CallResult::Failed(error, _) => Cause::Transport(error),
            CallResult::Unauthorized(error, _) => Cause::Auth(error),
            CallResult::Unbuilt(error) => Cause::Build(error),
        })
    }

    /// A response of which nothing follows.
    pub(super) fn response(response: &ClientResponse) -> Self {
        Self(match response.status() {
            status @ 200..=299 => Cause::Body(status),
            status => Cause::Status(status),
        })
    }

    /// A list that ends before its end.
    pub(super) const fn paging(error: PagingError) -> Self {
        Self(Cause::Paging(error))
    }

    /// A response that names a next page, which the document does not say how to get.
    pub(super) fn unread_pages(response: &ClientResponse) -> Self {
        Self(Cause::UnreadPages(response.status()))
    }

    /// A later page of the list is not there.
    pub(super) fn lost_page(response: &ClientResponse) -> Self {
        Self(Cause::LostPage(response.status()))
    }

    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match &self.0 {
            Cause::Status(status) | Cause::Body(status) | Cause::UnreadPages(status) | Cause::LostPage(status) => {
                Some(*status)
            }
            Cause::Transport(error) => error.status().map(|status| status.as_u16()),
            Cause::Paging(_) | Cause::Auth(_) | Cause::Build(_) => None,
        }
    }

    /// Whether asking again cannot bring anything else.
    pub(super) fn is_lasting(&self) -> bool {
        match &self.0 {
            Cause::Auth(error) => !error.is_transient(),
            Cause::Build(_) => true,
            Cause::Status(_)
            | Cause::Body(_)
            | Cause::UnreadPages(_)
            | Cause::LostPage(_)
            | Cause::Paging(_)
            | Cause::Transport(_) => false,
        }
    }
}

impl fmt::Display for LookupFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Cause::Status(404) => f.write_str("404 Not Found, but not as the document gives it"),
            Cause::Status(status) => write_status(*status, f),
            Cause::Body(status) => write!(f, "the body of status {status} is not as documented"),
            Cause::UnreadPages(_) => {
                f.write_str("the list goes on, and the document does not say how (`x-specie-pagination`)")
            }
            Cause::LostPage(status) => {
                write_status(*status, f)?;
                f.write_str(" for a later page of the list")
            }
            Cause::Paging(error) => write!(f, "{error}"),
            Cause::Transport(error) => write!(f, "{error}"),
            Cause::Auth(error) => write!(f, "{error}"),
            Cause::Build(error) => write!(f, "{error}"),
        }
    }
}

impl StdError for LookupFailure {
    /// The cause below what the text already says.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.0 {
            Cause::Transport(error) => error.source(),
            Cause::Auth(error) => error.source(),
            Cause::Status(_)
            | Cause::Body(_)
            | Cause::UnreadPages(_)
            | Cause::LostPage(_)
            | Cause::Paging(_)
            | Cause::Build(_) => None,
        }
    }
}

/// The request that asks for a reference, with the headers that the caller set for the call: they may name the account.
pub(super) fn request(
    api: &'static ApiDescription,
    how: &'static ReconcileSpec,
    reference: &str,
    own: &HeaderMap,
) -> Result<Encoded, BuildError> {
    let mut writer = RequestWriter::new(how.lookup, api.schemes);
    writer.parameter(how.parameter, &reference.to_owned())?;
    let mut request = writer.finish()?;
    for (name, value) in own {
        request.headers.insert(name, value.clone());
    }
    // A 404 is kept by caches unless they are told otherwise (RFC 9110 section 15.1, RFC 9111 section 5.2.1.4).
    request.headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(request)
}

/// How long the server asked to wait.
pub(super) fn asked(result: &CallResult) -> Option<Duration> {
    result.meta().and_then(Meta::retry_after)
}
