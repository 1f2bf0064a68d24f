//! From an HTTP request to its response: the order of checks, and what every response gets.

pub(super) mod by_tag;
mod service_macro;

use std::convert::Infallible;
use std::fmt::Display;
use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http::request::Parts;
use http::{HeaderValue, Method, Request, Response};
use tracing::Span;

use super::handler::future::HandlerFuture;
use super::handler::task;
use super::incoming::Incoming;
use super::incoming::accept_header;
use super::incoming::credentials;
use super::incoming::credentials::Presented;
use super::incoming::{body, request_id};
use super::limits::Limits;
use super::rejection::location::Source;
use super::rejection::{Rejection, RejectionKind};
use super::response::ServerResponse;
use super::routing::base_path;
use super::routing::route::Route;
use super::routing::{Lookup, Router};
use super::running_handlers::{Drained, Handlers, within};
use super::{RequestContext, trace};
use crate::body::Body;
use crate::operation::{ApiDescription, OperationSpec};
use crate::wire::query;

/// The future of a server as a `tower` service.
pub type Responding = Pin<Box<dyn Future<Output = Result<Response<Body>, Infallible>> + Send>>;

/// What a generated server says about its API: the operations, and how each reaches its handler.
///
/// The methods are functions of `Api`, the user's implementation; [`service!`](crate::service) makes a `tower` service of it all.
pub trait Dispatch: 'static {
    /// The user's implementation of the generated trait.
    type Api: Send + Sync + 'static;
    /// What the operations share.
    const DESCRIPTION: &'static ApiDescription;
    /// The operations; [`Incoming::route`] is an index into them.
    const ROUTES: &'static [Route] = &[];
    /// The operations in the parts of a large API; [`Incoming::route`] counts through them in their order.
    const PARTS: &'static [&'static [Route]] = &[Self::ROUTES];

    /// Verifies what a caller presented; not called where there is nothing to verify.
    fn authenticate<'a>(
        api: &'a Self::Api,
        presented: Vec<Presented>,
        context: &'a mut RequestContext,
    ) -> impl Future<Output = Result<(), Rejection>> + Send + 'a {
        let _ = (api, presented, context);
        std::future::ready(Ok(()))
    }

    /// Hands a request to its handler.
    fn dispatch(api: &Self::Api, incoming: Incoming) -> HandlerFuture<'_>;

    /// What a rejection is answered with.
    fn reject(api: &Self::Api, rejection: &Rejection) -> ServerResponse;
}

/// An implementation and what it takes to reach it; a generated server wraps one. Cloning is cheap.
pub struct Server<T> {
    inner: Arc<Inner<T>>,
    limits: Limits,
    /// What precedes the path of every operation, without a slash at the end.
    base_path: Arc<str>,
}

struct Inner<T> {
    api: T,
    router: Router,
    handlers: Handlers,
    #[cfg(feature = "metrics")]
    metrics: crate::metrics::ServerMetrics,
}

impl<T: Send + Sync + 'static> Server<T> {
    /// Builds the routes of `D` around its implementation.
    pub fn new<D: Dispatch<Api = T>>(api: T) -> Self {
        let router = Router::new(D::PARTS.iter().copied().flatten().map(|route| route.spec));
        Self {
            inner: Arc::new(Inner {
                api,
                router,
                handlers: Handlers::default(),
                #[cfg(feature = "metrics")]
                metrics: crate::metrics::ServerMetrics::new(),
            }),
            limits: Limits::default(),
            base_path: Arc::default(),
        }
    }

    /// Sets the path below which the operations stand.
    #[must_use]
    pub fn base_path(mut self, path: &str) -> Self {
        self.base_path = base_path::normalized(path);
        self
    }

    /// Sets how many bytes of a body are read at most.
    #[must_use]
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.limits.body = bytes;
        self
    }

    /// Sets how many bytes a body may have that is read as a stream.
    #[must_use]
    pub fn stream_limit(mut self, bytes: u64) -> Self {
        self.limits.stream = bytes;
        self
    }

    /// Sets how many bytes an item of a stream of events or JSON values may have.
    #[must_use]
    pub fn item_limit(mut self, bytes: usize) -> Self {
        self.limits.item = bytes;
        self
    }

    /// Sets how long a body may take to arrive, and each piece of one that is read as a stream.
    #[must_use]
    pub fn body_timeout(mut self, time: Duration) -> Self {
        self.limits.body_timeout = time;
        self
    }

    /// Sets how long a handler may run, and before it the verification of credentials.
    #[must_use]
    pub fn handler_timeout(mut self, time: Duration) -> Self {
        self.limits.handler_timeout = time;
        self
    }

    /// Completes when no request is being handled, by this server or a clone.
    #[must_use]
    pub fn drained(&self) -> Drained {
        self.inner.handlers.drained()
    }

    /// Answers a request. What comes after the route becomes a task of its own once it has to wait, which goes on if this future is dropped.
    pub fn respond<D, B>(&self, request: Request<B>) -> Responding
    where
        D: Dispatch<Api = T>,
        B: http_body::Body + Send + 'static,
        B::Error: Display,
    {
        let server = self.clone();
        Box::pin(async move {
            let Begun { route, work, meta } = server.begin::<D, B>(request);
            let inner = server.inner;
            let finished = |outcome| finish::<D>(&inner.api, route, outcome);
            let response = match work {
                Ok(work) => task::run(&inner.handlers, &meta.span, work, finished).await,
                Err(rejection) => {
                    let response = meta.span.in_scope(|| finished(Err(rejection)));
                    trace::answered(&meta.span, response.status());
                    response
                }
            };
            #[cfg(feature = "metrics")]
            inner.metrics.request(meta.answered, response.status());
            Ok(completed(response, meta.request_id, meta.is_head).into())
        })
    }

    /// Names a request, opens its span, finds its route, and begins the work that waits. What it takes of the request for that is no part of
    /// the future that waits.
    fn begin<D, B>(
        &self,
        request: Request<B>,
    ) -> Begun<impl Future<Output = Result<ServerResponse, Rejection>> + Send + use<T, D, B>>
    where
        D: Dispatch<Api = T>,
        B: http_body::Body + Send + 'static,
        B::Error: Display,
    {
        let (mut parts, body) = request.map(body::arriving).into_parts();
        let request_id = request_id::given_or_made(&parts.headers);
        let span = trace::request(&parts.method, request_id.to_str().ok());
        #[cfg(feature = "traceparent")]
        crate::trace_context::receive(&span, &parts.headers);
        let mut meta = Meta {
            is_head: parts.method == Method::HEAD,
            #[cfg(feature = "metrics")]
            answered: crate::metrics::Answered::now(trace::known(&parts.method), parts.uri.scheme_str()),
            request_id,
            span,
        };
        match route::<D>(&self.inner.router, &self.base_path, &parts) {
            Ok(found) => {
                let route = found.route;
                meta.routed(route.spec);
                credentials::mark_sensitive(D::DESCRIPTION.schemes, &mut parts.headers);
                let arrived = Arrived::new(found, parts, body, meta.request_id.clone());
                // Boxed before it is handed on, as it is large, and is moved until it is a task.
                let work = Box::pin(handle::<D>(Arc::clone(&self.inner), arrived, self.limits));
                Begun { route: Some(route), work: Ok(work), meta }
            }
            Err(rejection) => Begun { route: None, work: Err(rejection), meta },
        }
    }
}

/// A request whose work can be waited for, or that was refused before there was any.
struct Begun<W> {
    route: Option<&'static Route>,
    work: Result<Pin<Box<W>>, Rejection>,
    meta: Meta,
}

/// What the response to a request needs to know of it.
struct Meta {
    is_head: bool,
    #[cfg(feature = "metrics")]
    answered: crate::metrics::Answered,
    request_id: HeaderValue,
    span: Span,
}

impl Meta {
    fn routed(&mut self, spec: &'static OperationSpec) {
        trace::routed(&self.span, spec);
        #[cfg(feature = "metrics")]
        self.answered.routed(spec.path);
    }
}

/// Adds what every response has, and takes what this one may not have.
fn completed(mut response: ServerResponse, request_id: HeaderValue, is_head: bool) -> ServerResponse {
    response.default_header(request_id::REQUEST_ID, request_id);
    if is_head || response.is_bodiless() { response.without_body() } else { response }
}

/// The operation that a request asks for, and the parameters in its path.
struct RouteMatch {
    index: usize,
    route: &'static Route,
    path: Vec<(&'static str, String)>,
}

/// A request that has found its operation.
struct Arrived {
    found: RouteMatch,
    query: String,
    context: RequestContext,
    body: Body,
}

impl Arrived {
    fn new(found: RouteMatch, parts: Parts, body: Body, request_id: HeaderValue) -> Self {
        let query = parts.uri.query().unwrap_or_default().to_owned();
        let context = RequestContext::from_parts(found.route.spec, parts.headers, parts.extensions, &[]);
        Self { found, query, context: context.named(request_id), body }
    }
}

/// The route at a place, counted through all parts.
fn nth(parts: &'static [&'static [Route]], index: usize) -> Option<&'static Route> {
    let mut left = index;
    for part in parts {
        match part.get(left) {
            Some(route) => return Some(route),
            None => left -= part.len(),
        }
    }
    None
}

fn route<D: Dispatch>(router: &Router, base_path: &str, parts: &Parts) -> Result<RouteMatch, Rejection> {
    let path = base_path::below(base_path, parts).ok_or_else(unknown_path)?;
    match router.find(&parts.method, path) {
        Lookup::Found(index, path) => {
            let route = nth(D::PARTS, index).ok_or_else(unknown_path)?;
            Ok(RouteMatch { index, route, path })
        }
        Lookup::WrongMethod(others) => Err(wrong_method::<D>(others)),
        Lookup::Unknown => Err(unknown_path()),
        Lookup::Malformed => Err(Rejection::bad_request("the path is not percent-encoded UTF-8")),
    }
}

/// 405, in the words of the first operation of the path that documents the status.
fn wrong_method<D: Dispatch>(others: Vec<(Method, usize)>) -> Rejection {
    let mut tables = others.iter().filter_map(|(_, index)| nth(D::PARTS, *index)).map(|route| route.rejections);
    let documented = tables.find(|rows| rows.iter().any(|row| row.status == 405)).unwrap_or_default();
    Rejection::method_not_allowed(others.into_iter().map(|(method, _)| method).collect()).documented_as(documented)
}

fn unknown_path() -> Rejection {
    Rejection::not_found("no operation has this path")
}

/// The checks between the route and the handler, in the order that tells an unknown caller least.
///
/// It is no `async fn`, whose future has room for each argument twice.
fn handle<D: Dispatch>(
    server: Arc<Inner<D::Api>>,
    mut arrived: Arrived,
    limits: Limits,
) -> impl Future<Output = Result<ServerResponse, Rejection>> + Send {
    let (index, route) = (arrived.found.index, arrived.found.route);
    let schemes = D::DESCRIPTION.schemes;
    async move {
        let (keys, presented) =
            credentials::present(schemes, route.spec.security, arrived.context.headers(), &arrived.query)?;
        if !presented.is_empty() {
            arrived.context.set_credentials(keys);
            let limit = limits.handler_timeout;
            let verified = within(limit, D::authenticate(&server.api, presented, &mut arrived.context)).await;
            verified.unwrap_or_else(|| Err(Rejection::overdue(limit)))?;
        }
        accept_header::check(route.spec, arrived.context.headers())?;
        let arriving = body::admit(route.body, arrived.body, arrived.context.headers(), limits)?;
        query::check(&arrived.query).map_err(|pair| Rejection::malformed(Source::Query, &pair))?;
        let RouteMatch { path, .. } = arrived.found;
        let incoming = Incoming::new((index, route), schemes, path, arrived.query, arriving, limits, arrived.context);
        D::dispatch(&server.api, incoming).await
    }
}

/// Makes a response of a rejection, and adds what every response needs.
fn finish<D: Dispatch>(
    api: &D::Api,
    route: Option<&'static Route>,
    response: Result<ServerResponse, Rejection>,
) -> ServerResponse {
    let spec = route.map(|route| route.spec);
    let ApiDescription { name, schemes, .. } = D::DESCRIPTION;
    let challenges = || spec.map_or_else(Vec::new, |spec| credentials::challenges(name, schemes, spec.security));
    let mut rejection = match response {
        Ok(response) if response.status() == 401 => return response.with_required_headers(None, &challenges()),
        Ok(response) => return response,
        Err(rejection) => match route {
            Some(route) => rejection.documented_as(route.rejections),
            None => rejection,
        },
    };
    rejection.log(spec.map(|spec| spec.id));
    let challenges = challenges();
    if rejection.kind() == RejectionKind::Unauthorized {
        rejection.challenge(challenges.clone());
    }
    own_response::<D>(api, &rejection).with_reason(&rejection).with_required_headers(Some(&rejection), &challenges)
}

/// What the API makes of a rejection; the problem document of a failure, if it panics over it.
fn own_response<D: Dispatch>(api: &D::Api, rejection: &Rejection) -> ServerResponse {
    catch_unwind(AssertUnwindSafe(|| D::reject(api, rejection))).unwrap_or_else(|_| {
        let failure = Rejection::internal("the form of a rejection panicked");
        failure.log(None);
        failure.to_problem()
    })
}

impl<T> Clone for Server<T> {
    fn clone(&self) -> Self {
        Self { inner: Arc::clone(&self.inner), limits: self.limits, base_path: Arc::clone(&self.base_path) }
    }
}
