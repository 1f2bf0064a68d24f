//! The server: from an HTTP request to a typed handler and back, as a `tower` service.
//!
//! A generated crate has a trait with a method per operation and a `…Server` that wraps an implementation of it. What reaches a
//! handler is routed, authenticated, decoded and checked; everything else is answered before it, in this order:
//!
//! | check | response |
//! |---|---|
//! | the path is not percent-encoded UTF-8 | 400 |
//! | no operation has the path | 404 |
//! | the path has other methods | 405, with `Allow` |
//! | no credentials, or not in the form of the operation's schemes | 401, with `WWW-Authenticate` |
//! | the trait's `authenticate` | what it says: 401, 403 |
//! | an `Accept` that has none of the media types of the operation's successes | 406 |
//! | a body of another media type, charset or content coding | 415 |
//! | a body that announces more bytes than the limit | 413 |
//! | a query with a name or a value that is not percent-encoded UTF-8, whoever reads it | 400, with its name as far as it decodes |
//! | parameters that are missing, malformed, there twice or of another type | 400, with every place |
//! | a path parameter that is `.` or `..`, or holds a slash, a backslash or a control character, encoded or not | 400, with its place |
//! | parameters that the document's constraints and enums do not allow | 400, with every place |
//! | a body that takes longer to arrive than the time for it | 408 |
//! | a body longer than the limit | 413 |
//! | a body that is missing, malformed, or of another type | 400, with every place |
//! | a body that the document's constraints and enums do not allow | 400, with every place |
//!
//! Faults of parameters and of the body are told together: of a body that can be read, each property that is missing or of another type,
//! and what the checks say of those that are not. A response names the first 20 and counts the others.
//!
//! No byte of a body is read before all that stands above it has been looked at, and no more of it is held than the limit. The rule
//! for path parameters protects handlers that make a path or a URL of them; `x-specie-path: any` on a parameter of the document
//! lifts it.
//!
//! Each is a [`Rejection`], which the trait's `reject` turns into a [`ServerResponse`]: an error that the document gives the operation,
//! where a rejection can be written as one ([`ErrorForm`]), or else a problem document (RFC 9457). No response and no log quotes a value of a request.
//!
//! # Under a path
//!
//! The path of a document's server (`https://api.example.com/api/v1`) is part of the client's base URL and of no operation. A server
//! that callers reach under it is told so: `CubloxServer::new(…).base_path("/api/v1")`; other paths are then unknown. A client over
//! [`InProcess`](crate::InProcess) reaches the operations whatever path its base URL has.
//!
//! # Handlers run to their end
//!
//! A request that has found its operation goes on when the caller hangs up, so that a handler never stops halfway for a reason outside of it:
//! where `authenticate` or the handler has to wait for the first time, it becomes a task of the tokio runtime in which the service is called.
//! A panic of `authenticate`, of a handler or of `reject` is answered with 500 and logged without its message. What layers leave for a
//! handler goes into the request's extensions; task-local values are out of reach from that first wait on, so nothing may rely on them.
//!
//! | limit | default | set by | beyond it |
//! |---|---|---|---|
//! | bytes of a body | 1 MiB ([`DEFAULT_BODY_LIMIT`]) | `body_limit` | 413 |
//! | bytes of a body that is read as a stream | 1 GiB ([`DEFAULT_STREAM_LIMIT`]) | `stream_limit` | 413 if announced; the stream ends with an error |
//! | time for a body to arrive | 30 s ([`DEFAULT_BODY_TIMEOUT`]) | `body_timeout` | 408 |
//! | time for a handler | 5 min ([`DEFAULT_HANDLER_TIMEOUT`]) | `handler_timeout` | the handler is dropped where it waits, and answered with 500 |
//!
//! A shutdown waits for the connections first and then for the handlers, which `drained` completes after:
//!
//! ```no_run
//! # use std::future::Future;
//! # use specie_runtime::server::Drained;
//! # async fn serve(listener: tokio::net::TcpListener, app: axum::Router, drained: Drained) -> std::io::Result<()> {
//! # let asked_to_stop = std::future::pending();
//! axum::serve(listener, app).with_graceful_shutdown(asked_to_stop).await?;
//! drained.await; // of `server.drained()`, asked for on any clone of the server
//! # Ok(())
//! # }
//! ```
//!
//! The runtime has to have its timer enabled (`enable_time`, which `#[tokio::main]` does).
//!
//! Each request is a `tracing` span at INFO with `http.request.method`, `http.route`, `http.response.status_code`, `operation` and the
//! `request_id` (the caller's `X-Request-Id`, or one that the server makes; the response repeats it), and `error.type` for a failure of the server's own; rejections are events at DEBUG, failures at ERROR.
//!
//! # Metrics
//!
//! With the feature `metrics`, servers and receivers of webhooks write to the meter provider of OpenTelemetry that is the program's when
//! they are built:
//!
//! | instrument | what | attributes |
//! |---|---|---|
//! | `http.server.request.duration` | a histogram, in seconds: each request that was answered, to the head of its response | `http.request.method`, `http.route`, `http.response.status_code`, `error.type` (5xx), `url.scheme` where the request itself names it; of a webhook or callback `specie.webhook` in place of the route |
//!
//! With the feature `traceparent`, the span of a request is the child of the one that its `traceparent` names (W3C Trace Context).
//! Anyone who may call the server may thus choose the trace that its spans belong to, and whether they are sampled.
//!
//! What generated code consists of, for an API with one operation:
//!
//! ```
//! use specie_runtime::server::{
//!     Dispatch, HandlerFuture, Incoming, Received, Refusal, Rejection, RequestContext, Route, Serve, Server, ServerResponse,
//! };
//! use specie_runtime::{ApiDescription, Method, NoError, Operation, OperationSpec, ParameterSpec};
//!
//! pub struct GetPayout {
//!     pub id: String,
//! }
//!
//! impl Operation for GetPayout {
//!     type Output = String;
//!     type Error = NoError;
//!     const SPEC: &'static OperationSpec = &OperationSpec::new("getPayout", Method::GET, "/payouts/{id}")
//!         .parameters(&[ParameterSpec::path("id")]);
//! }
//!
//! impl Serve for GetPayout {
//!     fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection> {
//!         Ok(Received::Whole(Self { id: incoming.parameter(0)? }))
//!     }
//!
//!     fn respond(output: String) -> ServerResponse {
//!         ServerResponse::json(200, &output)
//!     }
//!
//!     fn refuse(error: NoError) -> ServerResponse {
//!         match error {}
//!     }
//! }
//!
//! pub trait Payouts: Send + Sync + 'static {
//!     fn get_payout(
//!         &self,
//!         request: GetPayout,
//!         context: RequestContext,
//!     ) -> impl Future<Output = Result<String, Refusal<NoError>>> + Send;
//!
//!     fn reject(&self, rejection: &Rejection) -> ServerResponse {
//!         rejection.to_problem()
//!     }
//! }
//!
//! pub struct PayoutsServer<T> {
//!     server: Server<T>,
//! }
//!
//! specie_runtime::service!(PayoutsServer, Payouts);
//!
//! impl<T: Payouts> Dispatch for PayoutsServer<T> {
//!     type Api = T;
//!     const DESCRIPTION: &'static ApiDescription = &ApiDescription { name: "payouts", bases: &[], schemes: &[] };
//!     const ROUTES: &'static [Route] = &[Route::of::<GetPayout>()];
//!
//!     fn dispatch(api: &T, incoming: Incoming) -> HandlerFuture<'_> {
//!         match incoming.route() {
//!             0 => incoming.respond(|request, context| api.get_payout(request, context)),
//!             _ => incoming.unrouted(),
//!         }
//!     }
//!
//!     fn reject(api: &T, rejection: &Rejection) -> ServerResponse {
//!         api.reject(rejection)
//!     }
//! }
//!
//! // Written by hand:
//! struct Fake;
//!
//! impl Payouts for Fake {
//!     async fn get_payout(&self, request: GetPayout, _: RequestContext) -> Result<String, Refusal<NoError>> {
//!         Ok(format!("payout {}", request.id))
//!     }
//! }
//!
//! let app: axum::Router = axum::Router::new().fallback_service(PayoutsServer::new(Fake));
//! # drop(app);
//! ```

// What bounds a request, and what is seen of it.
pub(crate) mod limits;
pub(crate) mod running_handlers;
pub(crate) mod trace;

// What is told in place of a result, and how both are written.
pub(crate) mod rejection;
pub(crate) mod response;

// From the path of a request to what its handler takes.
pub(crate) mod incoming;
mod routing;

// Calling handlers, and all of it as a service.
pub(crate) mod handler;
mod operation_macro;
mod parts_macro;
mod response_macro;
mod routes_macro;
pub(crate) mod service;

#[cfg(test)]
mod tests;

pub use bytes::Bytes;
pub use http::{Extensions, HeaderMap, Request, Response};
pub use http_body::Body as HttpBody;
pub use http_body_util::Full;
pub use tower_service::Service;

pub use crate::body_kinds::multipart::MultipartReader;
pub use handler::future::{Handled, HandlerFuture};
pub use handler::refusal::Refusal;
pub use handler::serve::{Received, Serve};
pub use incoming::context::RequestContext;
pub use incoming::credentials::{BasicCredentials, Presented, PresentedValue};
pub use incoming::form_reader::FormReader;
pub use incoming::object_reader::ObjectReader;
pub use incoming::parameters::Parameters;
pub use incoming::{Incoming, ReadForm};
pub use limits::{DEFAULT_BODY_LIMIT, DEFAULT_BODY_TIMEOUT, DEFAULT_HANDLER_TIMEOUT, DEFAULT_STREAM_LIMIT};
#[doc(hidden)]
pub use operation_macro::within_envelope;
pub use rejection::documented::{DocumentedRejection, ErrorForm};
pub use rejection::faults::Faults;
pub use rejection::location::RequestLocation;
pub use rejection::{Fault, Rejection, RejectionKind};
pub use response::ServerResponse;
pub use routing::route::{BodySpec, Route};
pub use running_handlers::Drained;
pub use service::by_tag::{Authenticate, ByTag};
pub use service::{Dispatch, Responding, Server};

// The path that it had: crates that were generated before name it.
#[doc(hidden)]
pub use crate::webhook;
