//! A `reqwest::Client` of the program as the transport.

use http::{Request, Response};

use super::{chain, written_to};
use crate::body::{Body, BodyError};
use crate::client::transport::TransportError;

#[derive(Clone)]
pub(super) struct Foreign {
    client: reqwest::Client,
    /// Whether a request is sent at most once, with no redirects or retries, so that a failed connection proves that it was not sent.
    sends_once: bool,
}

impl Foreign {
    pub(super) fn new(client: reqwest::Client) -> Self {
        Self { client, sends_once: false }
    }

    pub(super) fn sends_once(mut self) -> Self {
        self.sends_once = true;
        self
    }

    pub(super) async fn exchange(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let url = written_to(&request)?;
        let acts = !request.method().is_safe();
        let sent = self.client.execute(convert(request, url.clone())).await;
        let response = sent.map_err(|error| classify(error, self.sends_once))?;
        if acts && *response.url() != url {
            // After a redirect, the response is another URL's and says nothing about this request.
            return Err(TransportError::interrupted("the HTTP client followed a redirect"));
        }
        let response: Response<reqwest::Body> = response.into();
        Ok(response.map(|body| Body::from_http_with(body, broken)))
    }
}

/// Hands the request over as it is.
fn convert(request: Request<Body>, url: url::Url) -> reqwest::Request {
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    match body.as_whole() {
        Some(bytes) if bytes.is_empty() => {}
        Some(bytes) => *request.body_mut() = Some(bytes.clone().into()),
        None => *request.body_mut() = Some(reqwest::Body::wrap(body)),
    }
    request
}

/// A body of a response that was not read to its end.
fn broken(error: reqwest::Error) -> BodyError {
    let error = error.without_url();
    let kind = if error.is_timeout() { BodyError::timeout() } else { BodyError::interrupted("the response broke off") };
    kind.because(chain(&error))
}

/// What a failure of reqwest proves. Everything up to an established connection, TLS included, is before the first byte of the request;
/// anything else may have come after it. That only holds for a request that goes out once.
fn classify(error: reqwest::Error, sends_once: bool) -> TransportError {
    let error = error.without_url();
    let failed: fn(&'static str) -> TransportError =
        if sends_once { TransportError::not_sent } else { TransportError::interrupted };
    if error.is_builder() {
        failed("the request could not be built").because(chain(&error))
    } else if error.is_connect() {
        failed("no connection was established").because(chain(&error))
    } else if error.is_timeout() {
        TransportError::timeout("no complete response in time").because(chain(&error))
    } else {
        TransportError::interrupted("no response came").because(chain(&error))
    }
}
