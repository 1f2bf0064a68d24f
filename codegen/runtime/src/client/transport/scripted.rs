//! A transport for tests: responses and failures in the order in which they were written down.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderMap, Method, Request, Response, Uri};

use super::{BoxFuture, Transport, TransportError};
use crate::body::Body;

/// Answers requests from a script and keeps what was sent. Clones share both.
///
/// ```
/// use specie_runtime::client::{Scripted, TransportError};
///
/// let server = Scripted::new()
///     .fail(|| TransportError::interrupted("the connection broke"))
///     .respond(201, r#"{"id": "po_1"}"#);
/// // let client = Client::over(server.clone()); … two attempts at a call later:
/// assert!(server.sent().is_empty());
/// ```
#[derive(Clone, Default)]
#[must_use]
pub struct Scripted(Arc<Mutex<Script>>);

#[derive(Default)]
struct Script {
    steps: VecDeque<Step>,
    sent: Vec<Sent>,
}

enum Step {
    Response(Response<Body>),
    Fail(Box<dyn FnOnce() -> TransportError + Send>),
    Hang,
}

/// A request as it was sent.
///
/// Its `text` is the body, which must be UTF-8, and its `target` is path and query:
///
/// ```
/// use specie_runtime::Body;
/// use specie_runtime::client::{Scripted, Transport};
///
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// let server = Scripted::new().respond(200, "{}");
/// let request = http::Request::post("https://pay.example/payouts?dry=1").header("x-key", "7").body(Body::from("{}"))?;
/// server.send(request).await?;
/// let sent = &server.sent()[0];
/// assert_eq!((sent.target(), sent.header("x-key"), sent.text()), ("/payouts?dry=1", Some("7"), "{}"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// # }).unwrap();
/// ```
#[derive(Clone)]
#[non_exhaustive]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// The absolute URI, exactly as it would go out.
    pub uri: Uri,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Sent {
    /// Path and query, exactly as they would go out.
    #[must_use]
    pub fn target(&self) -> &str {
        self.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str)
    }

    /// A header that is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body as text; empty if it is none.
    #[must_use]
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).unwrap_or_default()
    }
}

impl fmt::Debug for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sent")
            .field("method", &self.method)
            .field("body_bytes", &self.body.len())
            .finish_non_exhaustive()
    }
}

impl Scripted {
    /// An empty script: every request fails as not sent.
    pub fn new() -> Self {
        Self::default()
    }

    /// Then answers with this status and body.
    pub fn respond(self, status: u16, body: impl Into<Bytes>) -> Self {
        self.respond_with(status, &[], body)
    }

    /// Then answers with this status, these headers and this body. What HTTP does not allow makes the step fail as not sent.
    pub fn respond_with(self, status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Self {
        let response = headers
            .iter()
            .fold(Response::builder().status(status), |response, (name, value)| response.header(*name, *value));
        match response.body(body.into().into()) {
            Ok(response) => self.step(Step::Response(response)),
            Err(_) => self.fail(|| TransportError::not_sent("the script holds a response that is not valid HTTP")),
        }
    }

    /// Then fails.
    pub fn fail(self, error: impl FnOnce() -> TransportError + Send + 'static) -> Self {
        self.step(Step::Fail(Box::new(error)))
    }

    /// Then never answers.
    pub fn hang(self) -> Self {
        self.step(Step::Hang)
    }

    /// Every request so far.
    #[must_use]
    pub fn sent(&self) -> Vec<Sent> {
        self.with(|script| script.sent.clone())
    }

    fn step(self, step: Step) -> Self {
        self.with(|script| script.steps.push_back(step));
        self
    }

    fn with<R>(&self, action: impl FnOnce(&mut Script) -> R) -> R {
        action(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Transport for Scripted {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let (head, body) = request.into_parts();
        let is_whole = body.as_whole().is_some();
        let sent = |head: Parts, body| Sent { method: head.method, uri: head.uri, headers: head.headers, body };
        let step = self.with(|script| {
            if let Some(body) = body.as_whole() {
                script.sent.push(sent(head.clone(), body.clone()));
            }
            script.steps.pop_front()
        });
        Box::pin(async move {
            if !is_whole {
                let failed = |error| TransportError::interrupted("the body of the request broke off").because(error);
                let body = body.into_bytes(usize::MAX).await.map_err(failed)?;
                self.with(|script| script.sent.push(sent(head, body)));
            }
            match step {
                Some(Step::Response(response)) => Ok(response),
                Some(Step::Fail(error)) => Err(error()),
                Some(Step::Hang) => std::future::pending().await,
                None => Err(TransportError::not_sent("the script has no further step")),
            }
        })
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with(|script| {
            f.debug_struct("Scripted").field("steps", &script.steps.len()).field("sent", &script.sent.len()).finish()
        })
    }
}
