//! The client: requests, calls, retries, credentials and transports.
//!
//! A generated client is a thin shell: it hands a request type to [`Call`], which writes it ([`RequestWriter`]), sends it until its
//! operation is settled or may not be tried again, and reads the [`ClientResponse`] by its status. What all calls share is in [`ApiClient`]; what
//! went wrong, and whether the operation happened all the same, is in [`Error`].
//!
//! Sending again follows from the document alone: what did not happen ([`Outcome::NotSent`](crate::Outcome), a refusal that passes) is
//! tried again; what may have happened, only where the operation's [`Idempotency`](crate::Idempotency) makes a repetition safe. A
//! `POST` without any is never sent again once its outcome is unknown.
//!
//! What a generated crate does, written by hand and run against a script:
//!
//! ```
//! use specie_runtime::client::{ClientResponse, BuildError, Call, ApiClient, Decoded, Invoke, RequestWriter, Scripted, TransportError};
//! use specie_runtime::{ApiDescription, ApiError, BaseSpec, Decimal, Method, Operation, OperationSpec, Outcome, dec};
//!
//! struct CreatePayout {
//!     amount: Decimal,
//! }
//!
//! #[derive(Debug)]
//! enum CreatePayoutError {
//!     Conflict,
//! }
//!
//! impl ApiError for CreatePayoutError {
//!     fn status(&self) -> u16 {
//!         match self {
//!             Self::Conflict => 409,
//!         }
//!     }
//! }
//!
//! specie_runtime::api_error!(CreatePayoutError);
//!
//! impl Operation for CreatePayout {
//!     type Output = specie_runtime::Json;
//!     type Error = CreatePayoutError;
//!     const SPEC: &'static OperationSpec = &OperationSpec::new("createPayout", Method::POST, "/payouts");
//! }
//!
//! impl Invoke for CreatePayout {
//!     fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
//!         request.json_object(&[], |body| body.required("amount", &self.amount))
//!     }
//!
//!     fn decode(response: &ClientResponse) -> Decoded<Self> {
//!         match response.status() {
//!             201 => response.json().map(Ok),
//!             409 => response.empty().map(|()| Err(CreatePayoutError::Conflict)),
//!             _ => Err(response.undocumented()),
//!         }
//!     }
//! }
//!
//! static API: ApiDescription =
//!     ApiDescription { name: "payouts", bases: &[BaseSpec { name: "base_url", default: None }], schemes: &[] };
//!
//! # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
//! let server = Scripted::new().fail(|| TransportError::interrupted("the connection broke")).respond(201, r#"{"id": "po_1"}"#);
//! let client = ApiClient::over(&API, server.clone());
//!
//! // The response was lost. A bare POST is not sent again, and the caller learns that it may have happened.
//! let error = Call::new(&client, CreatePayout { amount: dec!(10.00) }).await.unwrap_err();
//! assert_eq!(error.outcome(), Outcome::Unknown);
//! assert_eq!(error.to_string(), "createPayout: the connection broke (unknown whether it happened)");
//! assert_eq!(server.sent().len(), 1);
//! assert_eq!(server.sent()[0].text(), r#"{"amount":10.00}"#);
//! # });
//! ```
//!
//! Secrets are kept out of every text: errors, `Debug` forms and `tracing` name no URL, header value or body, and headers that hold
//! credentials are marked as sensitive. Their own memory is overwritten when they are dropped; the copies that encoders and TLS hold while
//! a request is on its way are not.
//!
//! # Seeing what happens
//!
//! Each call is a `tracing` span at INFO, each attempt of it an event at DEBUG, and its end one event: at INFO, or at WARN where nobody
//! knows whether the operation happened. They have the names of OpenTelemetry's semantic conventions:
//!
//! | field | what |
//! |---|---|
//! | `otel.name`, `otel.kind` | `POST /payouts/{id}`, `client` |
//! | `api`, `operation` | the API, the `operationId` |
//! | `http.request.method`, `url.template` | the method, the path as the document has it |
//! | `http.response.status_code` | the status of the last response |
//! | `http.request.resend_count` | how many attempts came before |
//! | `error.type`, `otel.status_code` | an error status, or `not_sent`, `interrupted`, `timeout`, `too_large`, `auth`, `doubtful` (a response that is not as documented, or not about the request); `ERROR` |
//! | `outcome` | `not_sent`, `refused`, `duplicate`, `unknown`, `done` |
//! | `request_id` | the server's name of the request (of an attempt) |
//! | `attempts` | how many attempts there were (of the end) |
//! | `duration` | seconds from the beginning of the call to its end |
//!
//! A call that could not be built has no span: nothing was to be sent, and the caller's own code is at fault.
//!
//! # Metrics
//!
//! With the feature `metrics`, clients and senders of webhooks write to the meter provider of OpenTelemetry that is the program's when they
//! are built (`opentelemetry::global::set_meter_provider`); one that is set later does not hear of them.
//!
//! | instrument | what | attributes |
//! |---|---|---|
//! | `http.client.request.duration` | a histogram, in seconds: each request that was handed to the transport, to the end of its response, or to its head where that is a stream | `http.request.method`, `url.template`, `server.address` and `server.port` (of the base URL), `http.response.status_code`, `error.type` as above; of a webhook or callback `specie.webhook` in place of template and address, which comes from outside |
//! | `specie.client.calls` | a counter: each finished call, however many requests it took | `specie.api`, `specie.operation`, `specie.outcome` and `error.type` as above |
//!
//! What to be woken for: `specie.client.calls` with `specie.outcome` `unknown`, for operations that change something.
//!
//! It is OpenTelemetry and not the `metrics` facade, because the boundaries of the buckets, the unit and the names of the attributes are
//! then those of the conventions whatever exports them, and the same exporter takes the spans. The version of `opentelemetry` has to be
//! that of the program's exporter: with another one, both work and nothing arrives. The runtime says which one it has in its `Cargo.toml`.
//!
//! # Where it runs
//!
//! | where | what works |
//! |---|---|
//! | Linux, macOS, Windows | all of it; built and tested on Linux, type-checked for the other two (`.ci/judges`) |
//! | `wasm32-unknown-unknown` | the types alone, without the features `client` and `server`, whose tokio has no sockets there |
//! | tokio | all of it, on the runtime of one thread and of many, with `enable_all` |
//! | another executor | with a [`Transport`] and an [`Environment`] (its timer) of one's own; not [`Http`], [`FileJournal`] and the server, which are tokio's |
//! | no executor | a runtime of tokio that waits for one call |
//!
//! A program without `async` needs no client of another kind:
//!
//! ```no_run
//! # async fn call() -> String { String::new() }
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! let order = runtime.block_on(async { call().await }); // `client.create_order(request).await`
//! # drop(order);
//! # Ok::<(), std::io::Error>(())
//! ```
//!
//! It keeps the runtime as long as the client: connections that wait for the next call belong to it.
//!
//! Proxies are those of `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY`: `http` goes through them as a whole URL, `https` through a tunnel
//! (`CONNECT`) in which the proxy sees no credentials, loopback past them. The feature `system-proxy` adds what macOS and Windows have in
//! their settings. Other proxies are those of a `reqwest::Client` (feature `reqwest`).
//!
//! # Traces across processes
//!
//! With the feature `traceparent`, each request carries the context of its call's span as `traceparent` and `tracestate` (W3C Trace
//! Context), and servers and receivers go on with what they are sent. It takes a `tracing-opentelemetry` layer, and a propagator that the
//! program sets (`opentelemetry::global::set_text_map_propagator(TraceContextPropagator::new())`). Whatever that propagator is, no other
//! header of it is sent or read. A `traceparent` that the request has already stays.

// What is sent, what comes back, and the way between.
pub(crate) mod request;
pub(crate) mod response;
pub(crate) mod transport;

// What calls have in common.
mod api_client;
mod credentials;
mod http;
pub mod journal;
mod next_page;
mod options;

// Calls.
mod call;
mod error;
mod operation_macro;
mod page_streams;
mod reconciliation;

#[cfg(test)]
mod tests;

pub use self::http::Http;
pub use crate::body_kinds::multipart::MultipartWriter;
pub use api_client::{ApiClient, ApiClientBuilder};
pub use call::caller_credentials::CallerCredentials;
pub use call::response_class::LookupOperation;
pub use call::{Call, Decoded, Detailed, Invoke};
pub use credentials::auth_error::AuthError;
pub use credentials::oauth::ClientCredentials;
pub use credentials::tokens::{IntoTokenSource, Token, TokenContext, TokenSource};
pub use credentials::{ApiKey, Basic, Bearer, Credential};
pub use error::Error;
pub use journal::{Claimed, Entry, FileJournal, Holder, Journal, MemoryJournal, Settled, Settlement};
pub use next_page::PageSpec;
pub use next_page::PagingError;
pub use next_page::Position;
pub use options::{Options, RetryPolicy};
pub use page_streams::{Items, Paged, Pages};
pub use reconciliation::resume::{DetailedResumed, ResumeError, Resumed};
pub use reconciliation::{
    DetailedReconciled, Lookup, LookupFailure, Mismatch, Reconcilable, ReconcileError, Reconciled, Unsettled,
};
pub use request::build_error::{BuildError, BuildSubject};
pub use request::object_writer::ObjectWriter;
pub use request::{RequestWriter, WriteParameter};
#[cfg(feature = "server")]
pub(crate) use response::media_of;
pub use response::meta::Meta;
pub use response::mismatch::ResponseMismatch;
pub use response::problem::{ProblemFault, ProblemResponse};
pub use response::{ClientResponse, DecodeError};
pub use transport::environment::{Environment, Simulated, System};
pub use transport::scripted::{Scripted, Sent};
pub use transport::{BoxFuture, FreshConnection, Transport, TransportError, TransportErrorKind};
