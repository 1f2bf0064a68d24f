//! The APIs, as implementations of the generated server traits.

pub(crate) mod corefy;
pub(crate) mod cublox;
pub(crate) mod gormic;
pub(crate) mod omno;
pub(crate) mod paymega;

use serde::de::DeserializeOwned;
use specie_runtime::server::{Rejection, RequestContext, ServerResponse};

use crate::engine::Engine;
use crate::error::SandboxError;
use crate::front::JournalNumber;
use crate::scenario::{self, Plan, Sources};

/// The value of the header that asks for an outcome, if it came with the request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Scenario(pub(crate) Option<String>);

/// The merchant who calls, once the credentials were found right.
#[derive(Clone, Debug)]
pub(crate) struct Caller(pub(crate) String);

/// The merchant who calls; nobody, where the operation needs no credentials.
pub(crate) fn caller(context: &RequestContext) -> Option<String> {
    context.extensions().get::<Caller>().map(|caller| caller.0.clone())
}

/// Leaves in the context who calls, if such an account is there and not blocked.
pub(crate) fn admit(account: Option<crate::merchants::Account>, context: &mut RequestContext) -> Result<(), Rejection> {
    match account {
        None => Err(Rejection::unauthorized("these credentials are not known")),
        Some(account) if account.blocked => Err(Rejection::forbidden("the account is blocked")),
        Some(account) => {
            context.extensions_mut().insert(Caller(account.name));
            Ok(())
        }
    }
}

/// The plan of a request; what of it was not understood goes into the journal.
pub(crate) fn plan(engine: &Engine, context: &RequestContext, sources: Sources<'_>, states: &[&'static str]) -> Plan {
    let header = context.extensions().get::<Scenario>().and_then(|scenario| scenario.0.as_deref());
    let (plan, warnings) = scenario::read(Sources { header, ..sources }, states);
    if let (false, Some(JournalNumber(number))) = (warnings.is_empty(), context.extensions().get()) {
        engine.journal.warned(*number, warnings);
    }
    plan
}

/// Why the sandbox refused a request that the API would take: it is full. It has no documented status, so it goes out as 507.
pub(crate) fn refused_as_full(rejection: &Rejection) -> Option<String> {
    match std::error::Error::source(rejection)?.downcast_ref()? {
        full @ SandboxError::Full(_) => Some(full.to_string()),
        _ => None,
    }
}

/// A response of 507 in the form of an API's error. The header says why where the form has no place for it.
pub(crate) fn full(document: &str, reason: &str) -> ServerResponse {
    ServerResponse::bytes(507, "application/json", document).header("sandbox-error", reason)
}

/// The text of JSON as a type of a generated crate.
pub(crate) fn typed<T: DeserializeOwned>(text: &str) -> Result<T, SandboxError> {
    serde_json::from_str(text).map_err(|error| {
        // The place, not the text: it may hold what is secret.
        SandboxError::store(format!("a response does not fit its type at {}:{}", error.line(), error.column()))
    })
}
