//! A transport between client and server in which everything happens that happens on networks.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use http::{HeaderMap, Request, Response, StatusCode};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Transport, TransportError};

use super::chance::Chance;

/// What happens to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    NoConnection,
    DroppedBeforeActing,
    DroppedAfterActing,
    /// The client sees the connection break, and the request arrives all the same, later.
    ArrivesLate,
    /// The response comes, later: perhaps too late for the client.
    AnswersLate,
    /// A gateway answers in the server's place, which never sees the request.
    GatewayBefore(u16),
    /// A gateway answers in the server's place, which has acted.
    GatewayAfter(u16),
    /// The same two, with a gateway that speaks JSON.
    JsonBefore(u16),
    JsonAfter(u16),
    /// A captive portal shows its page in the place of everything.
    Portal,
    /// Something on the way says that all went well.
    EmptySuccess(u16),
    /// The response is the one to an earlier request.
    Desync,
    TooManyRequests,
    /// The connection breaks in the middle of the response.
    Truncated,
    /// The response is complete as HTTP, and half of its JSON is missing.
    Halved,
    /// The response is a page for people.
    Garbage,
    /// The request arrives twice.
    Duplicated,
}

use Fault::{
    AnswersLate, ArrivesLate, Desync, DroppedAfterActing, DroppedBeforeActing, Duplicated, EmptySuccess, Garbage,
    GatewayAfter, GatewayBefore, Halved, JsonAfter, JsonBefore, NoConnection, Portal, TooManyRequests, Truncated,
};

const FAULTS: [Fault; 36] = [
    NoConnection,
    DroppedBeforeActing,
    DroppedAfterActing,
    ArrivesLate,
    AnswersLate,
    GatewayBefore(403),
    GatewayBefore(404),
    GatewayBefore(408),
    GatewayBefore(500),
    GatewayBefore(502),
    GatewayBefore(503),
    GatewayBefore(504),
    GatewayAfter(500),
    GatewayAfter(502),
    GatewayAfter(503),
    GatewayAfter(504),
    GatewayAfter(401),
    GatewayAfter(422),
    JsonBefore(401),
    JsonBefore(404),
    JsonBefore(422),
    JsonAfter(401),
    JsonAfter(403),
    JsonAfter(404),
    JsonAfter(405),
    JsonAfter(422),
    Portal,
    EmptySuccess(202),
    EmptySuccess(204),
    Desync,
    Desync,
    TooManyRequests,
    Truncated,
    Halved,
    Garbage,
    Duplicated,
];

/// The transport. Clones are in one weather.
pub struct Weather<T> {
    inner: Arc<T>,
    state: Arc<State>,
}

struct State {
    chance: Chance,
    is_storm: AtomicBool,
    /// Whether requests may arrive twice, which no client can help.
    duplicates: bool,
    /// Whether responses to other requests come, which a client can only tell if its document says what to compare.
    desync: bool,
    /// The last response that shows whose it is, by the method of its request.
    kept: Mutex<BTreeMap<String, Response<Bytes>>>,
    seen: Mutex<BTreeMap<Option<Fault>, u64>>,
}

impl<T> Clone for Weather<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), state: Arc::clone(&self.state) }
    }
}

type ClientResponse = Result<Response<Bytes>, TransportError>;

impl<T: Transport> Weather<T> {
    pub fn storm(inner: T, chance: Chance, duplicates: bool) -> Self {
        Self::with(inner, chance, duplicates, true)
    }

    /// A storm in which each response comes to its own request.
    pub fn aligned(inner: T, chance: Chance) -> Self {
        Self::with(inner, chance, true, false)
    }

    fn with(inner: T, chance: Chance, duplicates: bool, desync: bool) -> Self {
        let is_storm = AtomicBool::new(true);
        let state = State { chance, is_storm, duplicates, desync, kept: Mutex::default(), seen: Mutex::default() };
        Self { inner: Arc::new(inner), state: Arc::new(state) }
    }

    /// From now on nothing goes wrong.
    pub fn calm(&self) {
        self.state.is_storm.store(false, Ordering::Relaxed);
    }

    /// How often what happened; `None` for nothing.
    pub fn seen(&self) -> BTreeMap<Option<Fault>, u64> {
        self.state.seen.lock().unwrap().clone()
    }

    /// Six of ten requests meet a fault.
    fn fault(&self) -> Option<Fault> {
        let chance = &self.state.chance;
        if !self.state.is_storm.load(Ordering::Relaxed) || chance.below(10) < 4 {
            return None;
        }
        let kinds = u64::try_from(FAULTS.len()).unwrap();
        let fault = FAULTS[usize::try_from(chance.below(kinds)).unwrap()];
        Some(fault)
            .filter(|fault| self.state.duplicates || *fault != Duplicated)
            .filter(|fault| self.state.desync || *fault != Desync)
    }

    async fn deliver(&self, request: Request<Body>) -> ClientResponse {
        let method = request.method().to_string();
        let response = whole(self.inner.send(request).await?).await?;
        if response.body().windows(12).any(|part| part == b"reference_id") {
            self.state.kept.lock().unwrap().insert(method, response.clone());
        }
        Ok(response)
    }

    async fn run(&self, request: Request<Body>) -> ClientResponse {
        let fault = self.fault();
        *self.state.seen.lock().unwrap().entry(fault).or_default() += 1;
        let seconds = |limit: u64| Duration::from_millis(self.state.chance.below(limit * 1000));
        let Some(fault) = fault else { return self.deliver(request).await };
        match fault {
            NoConnection => Err(TransportError::not_sent("no connection")),
            DroppedBeforeActing => Err(broken()),
            DroppedAfterActing => self.deliver(request).await.and(Err(broken())),
            ArrivesLate => {
                let (this, delay) = (self.clone(), seconds(20));
                tokio::spawn(async move {
                    tokio::time::sleep(delay).await;
                    let _ = this.deliver(request).await;
                });
                Err(broken())
            }
            AnswersLate => {
                let (this, delay) = (self.clone(), seconds(60));
                // The server does not notice that the client has gone.
                let response = tokio::spawn(async move { this.deliver(request).await }).await.unwrap();
                tokio::time::sleep(delay).await;
                response
            }
            GatewayBefore(status) => Ok(plain(status)),
            GatewayAfter(status) => self.deliver(request).await.map(|_| plain(status)),
            JsonBefore(status) => Ok(json(status)),
            JsonAfter(status) => self.deliver(request).await.map(|_| json(status)),
            Portal => Ok(labelled(200, "text/html", "<html>Welcome to our network</html>")),
            EmptySuccess(status) => Ok(plain(status).map(|_| Bytes::new())),
            Desync => {
                let earlier = self.state.kept.lock().unwrap().get(request.method().as_str()).cloned();
                let own = self.deliver(request).await?;
                Ok(earlier.unwrap_or(own))
            }
            TooManyRequests => {
                let mut response = plain(429);
                response.headers_mut().insert("retry-after", self.state.chance.below(3).into());
                Ok(response)
            }
            Truncated => {
                let response = self.deliver(request).await?;
                Err(broken().after(response.status(), HeaderMap::new()))
            }
            Halved => self.deliver(request).await.map(|response| response.map(|body| body.slice(..body.len() / 2))),
            Garbage => self.deliver(request).await.map(|response| response.map(|_| Bytes::from_static(b"<html>"))),
            Duplicated => {
                let first = self.deliver(request.clone()).await;
                let second = self.deliver(request).await;
                if self.state.chance.below(2) == 0 { first } else { second }
            }
        }
    }
}

impl<T: Transport> Transport for Weather<T> {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async { Ok(self.run(request).await?.map(Body::from)) })
    }
}

/// The response with all of its body.
pub async fn whole(response: Response<Body>) -> ClientResponse {
    let (head, body) = response.into_parts();
    Ok(Response::from_parts(head, body.into_bytes(usize::MAX).await?))
}

fn broken() -> TransportError {
    TransportError::interrupted("the connection broke")
}

/// What a gateway answers that speaks JSON.
fn json(status: u16) -> Response<Bytes> {
    labelled(status, "application/json", r#"{"message": "no", "code": "0"}"#)
}

fn labelled(status: u16, media_type: &'static str, body: &'static str) -> Response<Bytes> {
    let mut response = plain(status).map(|_| Bytes::from_static(body.as_bytes()));
    response.headers_mut().insert("content-type", http::HeaderValue::from_static(media_type));
    response
}

fn plain(status: u16) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from_static(b"<html>"));
    *response.status_mut() = StatusCode::from_u16(status).unwrap();
    response
}
