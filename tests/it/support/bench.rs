//! A server of all four APIs that keeps what reaches its handlers and answers what it is told to.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use specie_runtime::Operation;
use specie_runtime::server::{Refusal, Rejection, RequestContext, ServerResponse};

use super::values::{Value, taken, texts};

/// The one implementation of every server trait; clones share what they keep.
#[derive(Clone, Default)]
pub struct Bench {
    state: Arc<Mutex<State>>,
    /// Responses rejections as the API documents its errors, instead of with a problem document.
    documented: bool,
}

#[derive(Default)]
struct State {
    /// What handlers response next: outputs and documented errors.
    responses: VecDeque<Result<Box<dyn Value>, Box<dyn Value>>>,
    arrived: Vec<Arrived>,
    presented: Vec<String>,
    shown: String,
}

/// A request that reached its handler.
pub struct Arrived {
    /// The `operationId`.
    pub operation: &'static str,
    pub request: Box<dyn Value>,
    /// The keys of the schemes it was authenticated by.
    pub credentials: Vec<&'static str>,
}

/// User name, password or key that a bench knows.
pub const ACCOUNT: &str = "account-1";
/// See [`ACCOUNT`].
pub const KEY: &str = "key-1";

impl Bench {
    pub fn new() -> Self {
        Self::default()
    }

    /// One that answers rejections as the API documents its errors.
    pub fn with_documented_errors() -> Self {
        Self { documented: true, ..Self::default() }
    }

    /// Queues a response.
    pub fn respond(&self, response: Result<Box<dyn Value>, Box<dyn Value>>) {
        self.with(|state| state.responses.push_back(response));
    }

    /// Everything that has arrived since the last time.
    pub fn arrived(&self) -> Vec<Arrived> {
        self.with(|state| std::mem::take(&mut state.arrived))
    }

    /// The one request that has arrived since the last time.
    #[track_caller]
    pub fn only_arrival(&self) -> Arrived {
        let mut arrived = self.arrived();
        assert_eq!(arrived.len(), 1, "requests that reached a handler");
        arrived.pop().unwrap()
    }

    /// Every credential that was to be verified since the last time.
    pub fn presented(&self) -> Vec<String> {
        self.with(|state| std::mem::take(&mut state.presented))
    }

    /// The handler of every operation.
    pub fn handle<O>(&self, request: O, context: &RequestContext) -> Result<O::Output, Refusal<O::Error>>
    where
        O: Operation + Value,
        O::Output: Value,
        O::Error: Value,
    {
        self.show(&format!("{context:?} {context:#?} {:?}", context.headers()));
        let response = self.with(|state| {
            state.arrived.push(Arrived {
                operation: context.operation().id,
                request: Box::new(request),
                credentials: context.credentials().to_vec(),
            });
            state.responses.pop_front()
        });
        match response {
            Some(Ok(output)) => Ok(taken(output)),
            Some(Err(error)) => Err(Refusal::from(taken::<O::Error>(error))),
            None => Err(Refusal::internal("no response is queued")),
        }
    }

    /// Verifies credentials, each as its text.
    pub fn verify(&self, presented: Vec<String>) -> Result<(), Rejection> {
        let known = presented.iter().all(|text| *text == KEY || *text == format!("{ACCOUNT}:{KEY}"));
        self.with(|state| state.presented.extend(presented));
        if known { Ok(()) } else { Err(Rejection::unauthorized("the credentials are not known")) }
    }

    /// Answers a rejection.
    pub fn reject(&self, rejection: &Rejection, documented: fn(&Rejection) -> ServerResponse) -> ServerResponse {
        self.show(&texts(rejection));
        if self.documented { documented(rejection) } else { rejection.to_problem() }
    }

    /// Keeps a text that a server could write into its log.
    pub fn show(&self, text: &str) {
        self.with(|state| state.shown.push_str(text));
    }

    /// Every text that a server could have written into its log.
    pub fn shown(&self) -> String {
        self.with(|state| state.shown.clone())
    }

    fn with<R>(&self, action: impl FnOnce(&mut State) -> R) -> R {
        action(&mut self.state.lock().unwrap())
    }
}
