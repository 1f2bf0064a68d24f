//! Which responses a client accepts, decided by its headers before its request is read.

use std::borrow::Cow;

use http::header::{ACCEPT, HeaderMap};

use crate::operation::{OperationSpec, content_negotiation};
use crate::server::rejection::Rejection;

/// Refuses a request that accepts none of the media types of the operation's successes (RFC 9110 section 15.5.7).
pub(crate) fn check(spec: &OperationSpec, headers: &HeaderMap) -> Result<(), Rejection> {
    let Some(accepted) = accepted(headers) else {
        return Ok(());
    };
    content_negotiation::check(spec.responses, &accepted)
        .map_err(|names| Rejection::not_acceptable(format!("the response is {}", names.join(" or "))))
}

/// The value of the `Accept` header; `None` where anything is accepted.
pub(crate) fn accepted(headers: &HeaderMap) -> Option<Cow<'_, str>> {
    let mut values = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let first = Cow::Borrowed(values.next()?);
    Some(values.fold(first, |all, value| format!("{all},{value}").into()))
}
