//! What a document shows of the responses of an API.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue};

use super::copied_fields;
use crate::client::{ClientResponse, Invoke, RequestWriter, media_of};
use crate::operation::{LookupResponse, OperationSpec, Status};
use crate::server::{Handled, Refusal, Rejection, RequestContext};

/// The response that a document gives an operation: an example, or one made of its schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    operation: &'static str,
    response: Result<SampleResponse, &'static str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct SampleResponse {
    status: u16,
    /// Empty where there is no body.
    media_type: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
}

impl Sample {
    /// The response of the operation that has this id, with the media type of its body.
    #[must_use]
    pub const fn new(operation: &'static str, status: u16, media_type: &'static str, body: &'static str) -> Self {
        Self { operation, response: Ok(SampleResponse { status, media_type, headers: &[], body }) }
    }

    /// A response without a body.
    #[must_use]
    pub const fn empty(operation: &'static str, status: u16) -> Self {
        Self::new(operation, status, "", "")
    }

    /// The same with further headers, by their names and values.
    #[must_use]
    pub const fn headers(mut self, headers: &'static [(&'static str, &'static str)]) -> Self {
        if let Ok(response) = &mut self.response {
            response.headers = headers;
        }
        self
    }

    /// An operation of which no response is known, and why.
    #[must_use]
    pub const fn none(operation: &'static str, reason: &'static str) -> Self {
        Self { operation, response: Err(reason) }
    }

    /// Whether the sample is a response of an operation: why its type cannot be read from it, or why there is no sample.
    pub fn check<O: Invoke>(&self) -> Result<(), String> {
        let sample = self.response?;
        let response = sample.with_body(sample.body.to_owned(), O::SPEC)?;
        O::decode(&response).map(drop).map_err(|error| error.to_string())
    }

    /// The operation's id.
    pub(super) const fn operation(&self) -> &'static str {
        self.operation
    }

    /// The response to a request, read as its type; its headers go into the context.
    ///
    /// What [`ReconcileSpec`](crate::ReconcileSpec) compares is as the request has it.
    pub(super) fn respond<O: Invoke>(&self, request: &O, context: &RequestContext) -> Handled<O> {
        let response = self.response.map_err(|reason| {
            Refusal::rejected(Rejection::not_faked(&format!(
                "{}: there is no sample, because {reason}",
                self.operation
            )))
        })?;
        let read = response.like(request).and_then(|read| {
            context.set_documented_headers(response.status, response.header_map()?);
            O::decode(&read).map_err(|error| error.to_string())
        });
        match read {
            Ok(Ok(output)) => Ok(output),
            Ok(Err(error)) => Err(error.into()),
            Err(reason) => Err(Refusal::internal(format!("the sample of {} cannot be read: {reason}", self.operation))),
        }
    }
}

impl SampleResponse {
    /// The response as a client gets it.
    fn like<O: Invoke>(self, request: &O) -> Result<ClientResponse, String> {
        self.with_body(self.body_like(request), O::SPEC)
    }

    /// The response with another body.
    fn with_body(self, body: String, spec: &'static OperationSpec) -> Result<ClientResponse, String> {
        let status = Status::from_u16(self.status).map_err(|error| error.to_string())?;
        let mut headers = self.header_map()?;
        if !self.media_type.is_empty() {
            headers.append(CONTENT_TYPE, HeaderValue::try_from(self.media_type).map_err(|error| error.to_string())?);
        }
        let media = media_of(spec, status, &headers);
        Ok(ClientResponse::new(status, headers, body).of_media(media))
    }

    /// The headers beside that of the media type.
    fn header_map(self) -> Result<HeaderMap, String> {
        let mut headers = HeaderMap::new();
        for (name, value) in self.headers {
            let name = HeaderName::try_from(*name).map_err(|error| error.to_string())?;
            headers.append(name, HeaderValue::try_from(*value).map_err(|error| error.to_string())?);
        }
        Ok(headers)
    }

    /// The body, with the fields by which a caller sees that the resource is the one of its request.
    fn body_like<O: Invoke>(self, request: &O) -> String {
        let mut body = self.body.to_owned();
        let Some(how) = O::SPEC.reconcile.filter(|how| how.success == self.status) else { return body };
        let mut writer = RequestWriter::new(O::SPEC, &[]);
        let Ok(encoded) = request.encode(&mut writer).and_then(|()| writer.finish()) else { return body };
        let Ok(sent) = std::str::from_utf8(encoded.bytes()) else { return body };
        let reference = match how.find {
            LookupResponse::Among { matches, .. } => Some((how.reference, matches)),
            LookupResponse::One(_) => None,
        };
        for (asked, found) in how.agree.iter().copied().chain(reference) {
            let place = format!("{}{found}", how.resource);
            if let Some(changed) = copied_fields::with(&body, &place, sent, asked) {
                body = changed;
            }
        }
        body
    }
}
