//! The front of an API: journal, faults and scenario around the generated server.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Incoming;
use specie_runtime::client::BoxFuture;
use specie_runtime::{Body, OperationSpec};

use crate::control::Control;
use crate::engine::Engine;
use crate::faults::{Fault, FaultBody, Seen, When};
use crate::faulty_connection::WireBody;
use crate::journal::Arrived;
use crate::scenario::SCENARIO_HEADER;
use crate::serve::{Answer, Ending, response};

/// More than the generated servers read, so that they refuse what is too long.
const BODY_LIMIT: usize = (1 << 20) + 1;

/// The query of a request, for parameters that the document does not name.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawQuery(pub(crate) String);

/// The number of a request in the journal.
#[derive(Clone, Copy, Debug)]
pub(crate) struct JournalNumber(pub(crate) u64);

/// Where a handler leaves what the customer has to do next, which goes out as the header `Sandbox-Next-Action`.
#[derive(Clone, Debug, Default)]
pub(crate) struct NextAction(Arc<Mutex<Option<String>>>);

impl NextAction {
    /// Sets the address to which the customer goes.
    pub(crate) fn set(&self, url: String) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(url);
    }

    fn take(&self) -> Option<HeaderValue> {
        let url = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        url.and_then(|url| HeaderValue::try_from(url).ok())
    }
}

/// An API of the sandbox.
pub(crate) trait Api: Send + Sync + 'static {
    /// Its name, as that of its crate.
    fn name(&self) -> &'static str;

    /// Its operations.
    fn operations(&self) -> &'static [&'static OperationSpec];

    /// The merchant that a request's credentials name; whether they are right is not looked at.
    fn merchant(&self, parts: &Parts) -> Option<String>;

    /// Answers a request with the generated server.
    fn call(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Response<Body>>;

    /// Paths beside the document, which the journal shows as operations of this name.
    fn beside(&self, path: &str) -> Option<&'static str> {
        let _ = path;
        None
    }

    /// An error in the API's own form, for a status that a fault injects.
    fn error(&self, status: u16) -> String;
}

/// An API with what stands around it.
pub(crate) struct Front {
    pub(crate) api: Arc<dyn Api>,
    pub(crate) engine: Arc<Engine>,
    pub(crate) control: Arc<Control>,
}

impl Answer for Front {
    fn answer(self: Arc<Self>, request: Request<Incoming>) -> BoxFuture<'static, Ending> {
        Box::pin(async move {
            if request.uri().path().starts_with("/_sandbox") {
                return self.control.answer_below(request, Some(self.api.name())).await;
            }
            self.exchange(request).await
        })
    }
}

impl Front {
    async fn exchange(&self, request: Request<Incoming>) -> Ending {
        let (parts, body) = request.into_parts();
        let body = match Limited::new(body, BODY_LIMIT).collect().await {
            Ok(body) => body.to_bytes(),
            // Too long, which the server refuses by the header alone, or broken off: then nobody reads the response.
            Err(_) => Bytes::from(vec![b' '; BODY_LIMIT]),
        };
        let merchant = self.api.merchant(&parts);
        let (operation, nearest) = match self.api.beside(parts.uri.path()) {
            Some(name) => (Some(name), None),
            None => find(self.api.operations(), parts.method.as_str(), parts.uri.path()),
        };
        let number = self.engine.journal.arrived(&Arrived {
            at: self.engine.clock.now(),
            api: self.api.name(),
            merchant: merchant.as_deref(),
            operation,
            nearest,
            parts: &parts,
            body: &body,
        });
        let method = parts.method.to_string();
        let path = parts.uri.path().to_owned();
        let seen = Seen {
            api: self.api.name(),
            operation,
            method: &method,
            merchant: merchant.as_deref(),
            path: &path,
            body: &body,
        };
        if let Some(fault) = self.engine.faults.of_request(When::Before, &seen) {
            self.engine.journal.struck(number, format!("before: {fault:?}"));
            match self.without_handling(fault, number).await {
                Some(ending) => return ending,
                // Damage to the response: it is handled, and the fault strikes then.
                None => return Self::damaged(self.handled(parts, body.clone(), number).await, fault),
            }
        }
        let response = self.handled(parts, body.clone(), number).await;
        let Some(fault) = self.engine.faults.of_request(When::AfterCommit, &seen) else {
            return Ending::Response(response.map(WireBody::whole));
        };
        self.engine.journal.struck(number, format!("after commit: {fault:?}"));
        match self.without_handling(fault, number).await {
            Some(ending) => ending,
            None => Self::damaged(response, fault),
        }
    }

    /// What a fault answers in the place of the handler; `None` if it lets the handler's response through.
    async fn without_handling(&self, fault: Fault, number: u64) -> Option<Ending> {
        match fault {
            Fault::Status { code, body, retry_after } => {
                Some(Ending::Response(self.injected(code, body, retry_after, number)))
            }
            Fault::Hang => Some(Ending::Hang),
            Fault::Drop => Some(Ending::Drop),
            Fault::Reset => Some(Ending::Reset),
            Fault::Delay(duration) => {
                tokio::time::sleep(duration).await;
                None
            }
            Fault::Truncate { .. } | Fault::Garble | Fault::Slow(_) => None,
        }
    }

    fn injected(&self, code: u16, body: FaultBody, retry_after: Option<u32>, number: u64) -> Response<WireBody> {
        let status = StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let (media_type, text) = match body {
            FaultBody::Json => ("application/json", self.api.error(code)),
            FaultBody::Html => ("text/html", format!("<html><body><h1>{status}</h1></body></html>")),
            FaultBody::Empty => ("application/json", String::new()),
        };
        let mut response = response(status, media_type, text.clone());
        if text.is_empty() {
            response.headers_mut().remove(header::CONTENT_TYPE);
        }
        if let Some(seconds) = retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.headers_mut().insert("sandbox-fault", HeaderValue::from_static("status"));
        self.engine.journal.answered(number, code, response.headers(), text.as_bytes());
        response
    }

    /// The response of the handler, written into the journal.
    async fn handled(&self, mut parts: Parts, body: Bytes, number: u64) -> Response<Bytes> {
        parts.extensions.insert(RawQuery(parts.uri.query().unwrap_or_default().to_owned()));
        parts.extensions.insert(JournalNumber(number));
        let scenario = parts.headers.get(SCENARIO_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned);
        parts.extensions.insert(crate::apis::Scenario(scenario));
        let next = NextAction::default();
        parts.extensions.insert(next.clone());
        let (mut parts, body) = self.api.call(Request::from_parts(parts, Full::new(body))).await.into_parts();
        if let Some(url) = next.take() {
            parts.headers.insert("sandbox-next-action", url);
        }
        let body = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
        self.engine.journal.answered(number, parts.status.as_u16(), &parts.headers, &body);
        Response::from_parts(parts, body)
    }

    fn damaged(response: Response<Bytes>, fault: Fault) -> Ending {
        let (mut parts, bytes) = response.into_parts();
        parts.headers.insert("sandbox-fault", HeaderValue::from_static("response"));
        let body = match fault {
            Fault::Truncate { bytes: after } => WireBody::truncated(&bytes, after),
            Fault::Slow(pause) => WireBody::slow(&bytes, pause),
            Fault::Garble => WireBody::whole(garbled(&bytes)),
            _ => WireBody::whole(bytes),
        };
        Ending::Response(Response::from_parts(parts, body))
    }
}

/// As many bytes, and no JSON: every brace and quote is another character.
fn garbled(bytes: &[u8]) -> Bytes {
    bytes.iter().map(|byte| if b"{}[]\":,".contains(byte) { b'#' } else { *byte }).collect()
}

/// The operation of a method and a path, or else the one whose path is the most similar.
pub(crate) fn find(
    operations: &'static [&'static OperationSpec],
    method: &str,
    path: &str,
) -> (Option<&'static str>, Option<&'static str>) {
    let segments: Vec<&str> = path.split('/').collect();
    let alike = |spec: &OperationSpec| {
        let template: Vec<&str> = spec.path.split('/').collect();
        let fitting = template.iter().zip(&segments).filter(|(part, given)| part.starts_with('{') || part == given);
        // Literal segments say more than parameters do.
        let literal = template.iter().zip(&segments).filter(|(part, given)| part == given).count();
        let is_whole = template.len() == segments.len() && fitting.clone().count() == template.len();
        (is_whole, fitting.count() + literal)
    };
    let exact = operations.iter().filter(|spec| spec.method.as_str() == method && alike(spec).0);
    if let Some(spec) = exact.max_by_key(|spec| alike(spec).1) {
        return (Some(spec.id), None);
    }
    (None, operations.iter().max_by_key(|spec| alike(spec)).map(|spec| spec.id))
}

/// Takes a prefix off the path of a request, if it is there.
pub(crate) fn strip_prefix<B>(request: &mut Request<B>, prefix: &str) {
    let target = request.uri().path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let Some(rest) = target.strip_prefix(prefix).filter(|rest| rest.starts_with('/')) else { return };
    if let Ok(uri) = http::Uri::try_from(rest) {
        *request.uri_mut() = uri;
    }
}
