//! The headers that a handler sets for the response it is about to give: [`PendingHeaders`].

use std::sync::{Arc, Mutex, PoisonError};

use http::HeaderMap;

use super::ServerResponse;
use crate::operation::{HeaderError, OperationSpec, StatusRange, response_headers};

/// The headers of the documented responses, as far as a handler has set them. Clones share them.
#[derive(Clone, Default)]
pub(crate) struct PendingHeaders(Arc<Mutex<Vec<(StatusRange, Written)>>>);

/// The headers of one response, or why they cannot be sent.
type Written = Result<HeaderMap, HeaderError>;

impl PendingHeaders {
    /// Sets the headers of a response.
    pub(in crate::server) fn set(&self, status: StatusRange, headers: Written) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|(known, _)| *known != status);
        all.push((status, headers));
    }

    /// Adds the headers of its status to a response, which is a failure if one that the document requires is missing.
    pub(in crate::server) fn apply(self, operation: &OperationSpec, response: ServerResponse) -> ServerResponse {
        let status = response.status();
        let Some(documented) = response_headers::documented(operation, status) else { return response };
        let response = match self.take(documented.status) {
            None => response,
            Some(Ok(headers)) => response.with_headers(headers),
            Some(Err(error)) => return ServerResponse::failure(&error.to_string()),
        };
        let mut required = documented.headers.iter().filter(|header| header.required);
        match required.find(|header| !response.headers().contains_key(header.name)) {
            None => response,
            Some(missing) => ServerResponse::failure(&format!(
                "the document requires the header {} of status {status}, and the handler did not set it",
                missing.name
            )),
        }
    }

    fn take(&self, status: StatusRange) -> Option<Written> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = all.iter().position(|(known, _)| *known == status)?;
        Some(all.swap_remove(place).1)
    }
}
