//! One attempt of a call, and what all attempts of the call have in common.

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, HeaderValue, USER_AGENT};
use http::{HeaderMap, Request};

use super::authorize;
use super::authorize::Grants;
use super::journaling::Record;
use super::options::{CallOptions, Key};
use super::response_class::{ClassifyResponse, ResponseValidity, response_validity};
use super::retry::Ending;
#[cfg(feature = "metrics")]
use super::trace;
use crate::body::{Body, Bounds};
use crate::client::api_client::ClientConfig;
use crate::client::credentials::Prepared;
use crate::client::credentials::auth_error::AuthError;
use crate::client::request::Encoded;
use crate::client::request::build_error::{BuildError, BuildSubject};
use crate::client::response::{ClientResponse, media_of};
use crate::client::transport::timer::within;
use crate::client::transport::{FreshConnection, TransportError, read_whole};
use crate::operation::{Idempotency, OperationSpec, content_negotiation};
use crate::outcome::Outcome;
use crate::wire::header;

/// One call: the request, and what its attempts have in common.
pub(super) struct Exchange<'c> {
    pub(super) client: &'c ClientConfig,
    pub(super) spec: &'static OperationSpec,
    classify: ClassifyResponse,
    /// The idempotency key that every attempt carries.
    pub(super) key: Option<String>,
    /// What is known of the operation before the first attempt.
    pub(super) known: Option<Outcome>,
    pub(super) request: Encoded,
    /// Whether the responses decide if an operation happened: they must be as documented, and come over connections of their own.
    is_evidence: bool,
    base: &'c str,
    attempt_timeout: Duration,
    /// `None` where it is too far away for the clock.
    pub(super) deadline: Option<Instant>,
    /// The entry in the journal, which every attempt must still have.
    pub(super) record: Option<&'c Record<'c>>,
}

/// How one attempt ended.
pub(super) enum Attempt {
    Answered(ClientResponse, ResponseValidity),
    Failed(TransportError),
    Unauthorized(AuthError),
}

impl<'c> Exchange<'c> {
    pub(super) fn new(
        client: &'c ClientConfig,
        spec: &'static OperationSpec,
        classify: ClassifyResponse,
        mut request: Encoded,
        options: &CallOptions,
    ) -> Result<Self, BuildError> {
        let base = client.bases.get(spec.base).and_then(Option::as_ref).ok_or_else(|| {
            let name = client.api.bases.get(spec.base).map_or("", |base| base.name);
            BuildError::new(BuildSubject::Base, name, "is not set, and the operation goes there")
        })?;
        for (name, value) in &client.headers {
            request.headers.entry(name).or_insert_with(|| value.clone());
        }
        let key = write_key(spec, &mut request.headers, options.key.as_ref())?;
        let deadline = options.deadline.unwrap_or(client.options.deadline);
        Ok(Self {
            client,
            spec,
            classify,
            key,
            // A resumed call may have been carried out for an earlier process.
            known: options.resumed.as_ref().map(|_| Outcome::Unknown),
            request,
            is_evidence: options.is_evidence || !spec.is_safe(),
            base: base.as_str(),
            attempt_timeout: options.attempt_timeout.unwrap_or(client.options.attempt_timeout),
            deadline: client.options.environment.now().checked_add(deadline),
            record: None,
        })
    }

    /// The same call with its entry in the journal, with the outcome that the entry implies and a deadline that leaves time to settle it.
    pub(super) fn recorded<'r>(self, record: &'r Record<'r>) -> Exchange<'r>
    where
        'c: 'r,
    {
        let known = if record.has_older() { Some(Outcome::Unknown) } else { self.known };
        Exchange { known, deadline: record.deadline_to_send(self.deadline), record: Some(record), ..self }
    }

    /// The time that is left until the deadline.
    pub(super) fn left(&self) -> Duration {
        let now = self.client.options.environment.now();
        self.deadline.map_or(Duration::MAX, |deadline| deadline.saturating_duration_since(now))
    }

    /// The time for one step of an attempt.
    fn time(&self) -> Duration {
        self.attempt_timeout.min(self.left())
    }

    /// One attempt, and whether it may be followed at once by another one with a renewed token.
    pub(super) async fn attempt(&self, credentials: &[&Prepared], may_renew: bool) -> (Attempt, bool) {
        let environment = &*self.client.options.environment;
        let time = self.time();
        let granted = match within(environment, time, authorize::grant(self.client, credentials, time)).await {
            Some(granted) => granted,
            None => Err(AuthError::transient("no credential in time")),
        };
        let grants = match granted {
            Ok(grants) => grants,
            Err(error) => return (Attempt::Unauthorized(error), false),
        };
        // The request gets its full time even if the token was slow, or it would be cut off half-way.
        let attempt = self.transmit(&grants, self.time()).await;
        let turned_away = matches!(&attempt, Attempt::Answered(response, _) if response.status() == 401);
        // A token that got a 401 is no longer used, even if the 401 is not the API's own.
        let rejected = match &grants.token {
            Some((source, token)) if turned_away && may_renew => source.reject(token),
            _ => false,
        };
        // A 401 is repeated only where it says that the operation did not happen, or a repetition is safe.
        let safe = attempt.ending().outcome(self.spec) == Outcome::Refused || self.spec.is_repeatable();
        (attempt, rejected && safe && self.request.body.is_available())
    }

    /// Hands the request to the transport, for as long as there is time.
    async fn transmit(&self, grants: &Grants, time: Duration) -> Attempt {
        let checked = if time.is_zero() { Ok(()) } else { self.check(time).await };
        // A journal that was slow to answer takes its time from the request.
        let time = time.min(self.left());
        if let Err(error) = checked {
            return Attempt::Failed(error);
        }
        if time.is_zero() {
            return Attempt::Failed(TransportError::not_sent("no time was left to send the request"));
        }
        if !self.request.body.is_available() {
            return Attempt::Failed(TransportError::not_sent("the body is, or holds, a stream that was read before"));
        }
        let request = match self.request(grants) {
            Ok(request) => request,
            Err(error) => return Attempt::Failed(error),
        };
        #[cfg(feature = "metrics")]
        let measured = Measured::begin(self, &request);
        let attempt = match within(&*self.client.options.environment, time, self.exchanged(request)).await {
            Some(Ok(response)) => self.answered(response),
            Some(Err(error)) => Attempt::Failed(error),
            None => Attempt::Failed(TransportError::timeout("no complete response in time")),
        };
        #[cfg(feature = "metrics")]
        measured.end(self, &attempt);
        attempt
    }

    /// The response to a request: whole, or from its head on where the document gives it a stream.
    async fn exchanged(&self, request: Request<Body>) -> Result<ClientResponse, TransportError> {
        let response = self.client.transport.send(request).await?;
        let media = media_of(self.spec, response.status(), response.headers());
        // Without its media type a response is classified by its body, which of a stream nobody has seen.
        let is_classified = response.headers().contains_key(CONTENT_TYPE) || self.spec.is_safe();
        let (head, body) = if is_classified && media.is_some_and(|media| media.kind.is_stream()) {
            let (head, body) = response.into_parts();
            (head, body.within(self.bounds()))
        } else {
            let (head, body) = read_whole(response, self.client.options.response_limit).await?.into_parts();
            (head, body.into())
        };
        let reason = head.extensions.get().cloned();
        let response = ClientResponse::new(head.status, head.headers, body).of_media(media).with_reason(reason);
        Ok(response.with_item_limit(self.client.options.item_limit))
    }

    /// What a response that is a stream is held to.
    fn bounds(&self) -> Bounds {
        let (environment, time) = (Arc::clone(&self.client.options.environment), self.client.options.idle_timeout);
        Bounds { bytes: self.client.options.stream_limit, timer: Box::new(move || environment.sleep(time)) }
    }

    /// Whether the journal still lets the call go on.
    async fn check(&self, time: Duration) -> Result<(), TransportError> {
        match self.record {
            Some(record) => record.check(time).await,
            None => Ok(()),
        }
    }

    /// The request with base URL and credentials.
    fn request(&self, grants: &Grants) -> Result<Request<Body>, TransportError> {
        let mut uri = format!("{}{}", self.base, self.request.path);
        let queries = [self.request.query.as_str(), grants.query.as_str()];
        for (query, mark) in queries.into_iter().filter(|query| !query.is_empty()).zip(["?", "&"]) {
            uri.push_str(mark);
            uri.push_str(query);
        }
        let mut request = Request::builder()
            .method(self.spec.method.as_str())
            .uri(uri)
            .body(self.request.body.clone())
            .map_err(|error| TransportError::not_sent("the method or the URL is not valid").because(error))?;
        if self.is_evidence {
            request.extensions_mut().insert(FreshConnection);
        }
        #[cfg(feature = "server")]
        {
            let whole = request.uri().path().to_owned();
            let operation = self.request.path.clone();
            request.extensions_mut().insert(crate::in_process_extensions::OperationPath { whole, operation });
        }
        let headers = request.headers_mut();
        headers.clone_from(&self.request.headers);
        for (name, value) in &grants.headers {
            headers.insert(name, value.clone());
        }
        let cookies = grants
            .cookie_header(&self.request.cookies)
            .map_err(|error| TransportError::not_sent("the cookies are no header").because(error))?;
        headers.extend(cookies);
        if !headers.contains_key(ACCEPT)
            && let Some(types) = content_negotiation::documented(self.spec.responses)
            && let Ok(types) = HeaderValue::from_str(&types)
        {
            headers.insert(ACCEPT, types);
        }
        headers.entry(USER_AGENT).or_insert_with(|| self.client.user_agent.clone());
        #[cfg(feature = "traceparent")]
        crate::trace_context::send(headers);
        Ok(request)
    }

    fn answered(&self, response: ClientResponse) -> Attempt {
        let response = if self.is_evidence { response.held_to_document() } else { response };
        let validity = response_validity(self.spec, self.classify, self.request.bytes(), &response);
        Attempt::Answered(response, validity)
    }
}

/// A request on its way, for the histogram of durations.
#[cfg(feature = "metrics")]
struct Measured {
    sent: crate::metrics::Sent,
    began: Instant,
}

#[cfg(feature = "metrics")]
impl Measured {
    fn begin(exchange: &Exchange<'_>, request: &Request<Body>) -> Self {
        let spec = exchange.spec;
        let sent = crate::metrics::Sent::to_operation(spec.method.as_str(), spec.path, request.uri());
        Self { sent, began: exchange.client.options.environment.now() }
    }

    fn end(self, exchange: &Exchange<'_>, attempt: &Attempt) {
        let ending = attempt.ending();
        let duration = exchange.client.options.environment.now().saturating_duration_since(self.began);
        exchange.client.metrics.request(self.sent, ending.status(), trace::error_type(ending), duration);
    }
}

impl Attempt {
    pub(super) fn ending(&self) -> Ending {
        match self {
            Self::Answered(response, ResponseValidity::Counts) => Ending::Response(response.status()),
            Self::Answered(response, _) => Ending::Doubtful(response.status()),
            Self::Failed(error) => Ending::Failure(error.kind(), error.status().map(|status| status.as_u16())),
            Self::Unauthorized(error) => Ending::Unauthorized(error.is_transient()),
        }
    }

    pub(super) fn headers(&self) -> Option<&HeaderMap> {
        match self {
            Self::Answered(response, _) => Some(response.headers()),
            Self::Failed(error) => error.headers(),
            Self::Unauthorized(_) => None,
        }
    }
}

/// Puts the idempotency key into the request.
fn write_key(
    spec: &'static OperationSpec,
    headers: &mut HeaderMap,
    key: Option<&Key>,
) -> Result<Option<String>, BuildError> {
    let Idempotency::Header(name) = spec.idempotency else {
        return match key {
            // Ignoring it would let a caller believe in a protection that is not there.
            Some(_) => Err(BuildError::new(BuildSubject::Request, spec.id, "takes no idempotency key")),
            None => Ok(None),
        };
    };
    let fault = |reason| BuildError::new(BuildSubject::Header, name, reason);
    let name = HeaderName::try_from(name).map_err(|_| fault("not a header name"))?;
    let key = key.map(Key::as_str).ok_or_else(|| fault("there is no randomness to draw a key from"))?;
    if key.is_empty() {
        return Err(fault("is empty, and so no key"));
    }
    header::check(key).map_err(fault)?;
    headers.insert(name, HeaderValue::from_str(key).map_err(|_| fault(header::NOT_TEXT))?);
    Ok(Some(key.to_owned()))
}
