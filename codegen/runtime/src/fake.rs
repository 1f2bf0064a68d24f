//! Fakes of an API for tests: handlers for the operations that a test needs, and a record of the calls.
//!
//! A generated crate with the feature `fake` has the module `fake`, which the macro [`fake!`](macro@crate::fake) writes:
//!
//! ```
//! # use specie_runtime::client::{BuildError, ClientResponse, Decoded, Invoke, RequestWriter};
//! # use specie_runtime::server::{HandlerFuture, Dispatch, Incoming, Received, Refusal, Rejection, ServerResponse, RequestContext, Route, Serve, Server};
//! # use specie_runtime::{ApiDescription, Method, NoError, Operation, OperationSpec, ParameterSpec};
//! # #[derive(Clone)]
//! # pub struct GetPayout {
//! #     pub id: String,
//! # }
//! # impl Operation for GetPayout {
//! #     type Output = String;
//! #     type Error = NoError;
//! #     const SPEC: &'static OperationSpec = &OperationSpec::new("getPayout", Method::GET, "/payouts/{id}")
//! #         .parameters(&[ParameterSpec::path("id")]);
//! # }
//! # impl Invoke for GetPayout {
//! #     fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
//! #         request.parameter(0, &self.id)
//! #     }
//! #     fn decode(response: &ClientResponse) -> Decoded<Self> {
//! #         response.json().map(Ok)
//! #     }
//! # }
//! # impl Serve for GetPayout {
//! #     fn receive(incoming: &Incoming) -> Result<Received<Self>, Rejection> {
//! #         Ok(Received::Whole(Self { id: incoming.parameter(0)? }))
//! #     }
//! #     fn respond(output: String) -> ServerResponse {
//! #         ServerResponse::json(200, &output)
//! #     }
//! #     fn refuse(error: NoError) -> ServerResponse {
//! #         match error {}
//! #     }
//! # }
//! # pub trait Api: Send + Sync + 'static {
//! #     fn get_payout(
//! #         &self,
//! #         request: GetPayout,
//! #         context: RequestContext,
//! #     ) -> impl Future<Output = Result<String, Refusal<NoError>>> + Send;
//! # }
//! # pub struct ApiServer<T> {
//! #     server: Server<T>,
//! # }
//! # specie_runtime::service!(ApiServer, Api);
//! # impl<T: Api> Dispatch for ApiServer<T> {
//! #     type Api = T;
//! #     const DESCRIPTION: &'static ApiDescription = &ApiDescription { name: "payouts", bases: &[], schemes: &[] };
//! #     const ROUTES: &'static [Route] = &[Route::of::<GetPayout>()];
//! #     fn dispatch(api: &T, incoming: Incoming) -> HandlerFuture<'_> {
//! #         incoming.respond(|request, context| api.get_payout(request, context))
//! #     }
//! #     fn reject(_: &T, rejection: &Rejection) -> ServerResponse {
//! #         rejection.to_problem()
//! #     }
//! # }
//! // Generated:
//! specie_runtime::fake!(Payouts, ApiServer, [SAMPLES]);
//! specie_runtime::fake_operations!(Payouts: Api {
//!     get_payout: GetPayout,
//! });
//! specie_runtime::fake_samples!(SAMPLES { "getPayout": 200 "application/json" r#""payout 1""# });
//!
//! // In a test:
//! # use specie_runtime::client::Transport;
//! # use specie_runtime::server::Request;
//! # tokio::runtime::Builder::new_current_thread().enable_time().build()?.block_on(async {
//! let fake = Payouts::new().get_payout(|request| async move { Ok(format!("payout {}", request.id)) });
//! let response = fake.in_process().send(Request::get("/payouts/7").body("".into())?).await?;
//! assert_eq!(response.status(), 200);
//! assert_eq!(fake.calls().get_payout()[0].id, "7");
//! assert_eq!(fake.calls().in_order(), ["getPayout"]);
//!
//! // Or with what the document shows:
//! let fake = Payouts::from_document();
//! let response = fake.in_process().send(Request::get("/payouts/7").body("".into())?).await?;
//! assert_eq!(response.status(), 200);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # })?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod calls;
mod copied_fields;
mod macros;
mod sample;

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::fmt;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

pub use calls::RecordedCalls;
pub use sample::Sample;

use crate::client::{BoxFuture, Invoke};
use crate::operation::Operation;
use crate::server::{Handled, Refusal, Rejection, RequestContext};

/// A handler of an operation, as it is kept.
type Handler<O> = Arc<Mutex<dyn FnMut(O) -> BoxFuture<'static, Handled<O>> + Send>>;

/// The handlers of a fake and the calls that it got. Clones share both.
#[derive(Clone, Default)]
pub struct Fake {
    state: Arc<Mutex<State>>,
    /// The responses of operations without a handler.
    samples: &'static [&'static [Sample]],
}

#[derive(Default)]
struct State {
    /// By the type of the request: its `Handler`.
    handlers: HashMap<TypeId, Box<dyn Any + Send>>,
    calls: RecordedCalls,
}

impl Fake {
    /// A fake whose operations answer with samples, unless they have a handler.
    #[must_use]
    pub fn of_samples(samples: &'static [&'static [Sample]]) -> Self {
        Self { samples, ..Self::default() }
    }

    /// Sets the handler of an operation, instead of one that was set before.
    pub fn set<O, H, F>(&self, mut handler: H)
    where
        O: Operation,
        H: FnMut(O) -> F + Send + 'static,
        F: Future<Output = Handled<O>> + Send + 'static,
    {
        let handler: Handler<O> =
            Arc::new(Mutex::new(move |request| Box::pin(handler(request)) as BoxFuture<'static, Handled<O>>));
        let earlier = self.locked().handlers.insert(TypeId::of::<O>(), Box::new(handler));
        // What an earlier handler holds is dropped without the lock.
        drop(earlier);
    }

    /// Records a call, and answers it with the handler of its operation, else with its sample; where there is none either, the response is
    /// a 501 that says so. The headers of a sample go into the context.
    pub fn respond<O: Invoke + Clone>(&self, request: O, context: &RequestContext) -> BoxFuture<'static, Handled<O>> {
        let mut state = self.locked();
        state.calls.record(&request);
        let handler =
            state.handlers.get(&TypeId::of::<O>()).and_then(|kept| kept.downcast_ref::<Handler<O>>()).cloned();
        drop(state);
        match handler {
            // The handler makes its future under its own lock, and runs it without.
            Some(handler) => (handler.lock().unwrap_or_else(PoisonError::into_inner))(request),
            None => Box::pin(std::future::ready(self.sampled(&request, context))),
        }
    }

    /// The sample of an operation as the response to a request.
    fn sampled<O: Invoke>(&self, request: &O, context: &RequestContext) -> Handled<O> {
        let mut samples = self.samples.iter().copied().flatten();
        match samples.find(|sample| sample.operation() == O::SPEC.id) {
            Some(sample) => sample.respond(request, context),
            None => Err(Refusal::rejected(Rejection::not_faked(O::SPEC.id))),
        }
    }

    /// The calls so far.
    #[must_use]
    pub fn calls(&self) -> RecordedCalls {
        self.locked().calls.clone()
    }

    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.locked();
        f.debug_struct("Fake")
            .field("handlers", &state.handlers.len())
            .field("calls", &state.calls)
            .finish_non_exhaustive()
    }
}
