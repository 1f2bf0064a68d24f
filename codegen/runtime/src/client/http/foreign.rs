//! A `reqwest::Client` of the program as the transport.

use bytes::Bytes;
use http::{Request, Response};

use super::{Limited, chain, written_to};
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

    pub(super) async fn exchange(
        &self,
        request: Request<Bytes>,
        limit: usize,
    ) -> Result<Response<Bytes>, TransportError> {
        let url = written_to(&request)?;
        let acts = !request.method().is_safe();
        let sent = self.client.execute(convert(request, url.clone())).await;
        let mut response = sent.map_err(|error| classify(error, "no answer came", self.sends_once))?;
        if acts && *response.url() != url {
            // After a redirect, the answer is another URL's and says nothing about this request.
            return Err(TransportError::interrupted("the HTTP client followed a redirect"));
        }
        let (status, headers) = (response.status(), std::mem::take(response.headers_mut()));
        match read(&mut response, limit).await {
            Ok(body) => {
                let mut answer = Response::new(body);
                *answer.status_mut() = status;
                *answer.headers_mut() = headers;
                Ok(answer)
            }
            Err(error) => Err(error.after(status, headers)),
        }
    }
}

/// Hands the request over as it is.
fn convert(request: Request<Bytes>, url: url::Url) -> reqwest::Request {
    let (head, body) = request.into_parts();
    let mut request = reqwest::Request::new(head.method, url);
    *request.headers_mut() = head.headers;
    if !body.is_empty() {
        *request.body_mut() = Some(body.into());
    }
    request
}

/// Reads the body, no further than the limit.
async fn read(response: &mut reqwest::Response, limit: usize) -> Result<Bytes, TransportError> {
    let mut body = Limited::new(response.content_length().unwrap_or(0), limit)?;
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.push(&chunk)?,
            Ok(None) => return Ok(body.finish()),
            Err(error) => return Err(classify(error, "the answer broke off", false)),
        }
    }
}

/// What a failure of reqwest proves. Everything up to an established connection, TLS included, is before the first byte of the request;
/// anything else may have come after it. Both only hold for a request that goes out once.
fn classify(error: reqwest::Error, interrupted: &'static str, sends_once: bool) -> TransportError {
    let error = error.without_url();
    let failed: fn(&'static str) -> TransportError =
        if sends_once { TransportError::not_sent } else { TransportError::interrupted };
    if error.is_builder() {
        failed("the request could not be built").because(chain(&error))
    } else if error.is_connect() {
        failed("no connection was established").because(chain(&error))
    } else if error.is_timeout() {
        TransportError::timeout("no complete answer in time").because(chain(&error))
    } else {
        TransportError::interrupted(interrupted).because(chain(&error))
    }
}
