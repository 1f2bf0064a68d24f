//! Rules: which request or callback is struck, by what, and how often.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// On which side of the commit a fault strikes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Before the request is handled: nothing has happened. [`Fault::Truncate`], [`Fault::Garble`] and [`Fault::Slow`] need a response, so that
    /// the request is carried out all the same; so it is after [`Fault::Delay`], if the caller still waits.
    Before,
    /// After it was handled and what it does is committed: everything has happened, and the caller may not know.
    AfterCommit,
}
pub use When::{AfterCommit, Before};

/// The form of the body of an injected status.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultBody {
    /// The API's own form of an error.
    #[default]
    Json,
    /// A page, as gateways send it.
    Html,
    /// Nothing.
    Empty,
}

/// What happens to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It is answered with this status.
    Status {
        /// The status.
        code: u16,
        /// The form of the body.
        #[serde(default)]
        body: FaultBody,
        /// The header `Retry-After`, in seconds.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        retry_after: Option<u32>,
    },
    /// It takes this much longer, by the time outside.
    Delay(#[serde(with = "millis")] Duration),
    /// It is never answered; the connection stays open until the caller gives up.
    Hang,
    /// The connection is closed without a byte of the response.
    Drop,
    /// The connection is reset (TCP RST).
    Reset,
    /// The response breaks off after so many bytes of its body.
    Truncate {
        /// The bytes.
        bytes: usize,
    },
    /// The body of the response is damaged, and its length is right.
    Garble,
    /// The body of the response comes in pieces of one byte, this long after each other, by the time outside.
    Slow(#[serde(with = "millis")] Duration),
}

/// Which requests a rule is about: all that have what is set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Match {
    /// The API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub api: Option<String>,
    /// The `operationId`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operation: Option<String>,
    /// The method.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub method: Option<String>,
    /// The merchant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merchant: Option<String>,
    /// What the path begins with.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// A JSON Pointer (RFC 6901) into the body, and the value there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub json: Option<(String, Value)>,
}

/// A request as rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seen<'a> {
    pub(crate) api: &'a str,
    pub(crate) operation: Option<&'a str>,
    pub(crate) method: &'a str,
    pub(crate) merchant: Option<&'a str>,
    pub(crate) path: &'a str,
    pub(crate) body: &'a [u8],
}

impl Match {
    pub(super) fn fits(&self, seen: &Seen<'_>) -> bool {
        let is = |wanted: &Option<String>, value: Option<&str>| wanted.is_none() || wanted.as_deref() == value;
        is(&self.api, Some(seen.api))
            && is(&self.operation, seen.operation)
            && is(&self.method, Some(seen.method))
            && is(&self.merchant, seen.merchant)
            && self.path.as_ref().is_none_or(|path| seen.path.starts_with(path.as_str()))
            && self.json.as_ref().is_none_or(|(pointer, value)| {
                let body: Option<Value> = serde_json::from_slice(seen.body).ok();
                body.as_ref().and_then(|body| body.pointer(pointer)) == Some(value)
            })
    }
}

/// A rule: which requests, on which side of the commit, what happens, and how often.
///
/// ```
/// use specie_sandbox::{AfterCommit, Fault, Rule};
///
/// // The second creation is carried out, and its response is lost.
/// let rule = Rule::on("createPayoutInvoice").at(AfterCommit).kind(Fault::Reset).skip(1).times(1);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[must_use]
pub struct Rule {
    pub(super) on: Match,
    pub(super) at: When,
    pub(super) kind: Fault,
    #[serde(default)]
    pub(super) skip: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) times: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) percent: Option<u8>,
}

impl Rule {
    /// A rule for an operation, by its `operationId`: its connections are closed before anything happens, until the rest is set.
    pub fn on(operation: impl Into<String>) -> Self {
        Self::on_requests(Match { operation: Some(operation.into()), ..Match::default() })
    }

    /// A rule for the requests that fit.
    pub const fn on_requests(on: Match) -> Self {
        Self { on, at: Before, kind: Fault::Drop, skip: 0, times: None, percent: None }
    }

    /// Sets the side of the commit.
    pub const fn at(mut self, at: When) -> Self {
        self.at = at;
        self
    }

    /// Sets what happens.
    pub const fn kind(mut self, kind: Fault) -> Self {
        self.kind = kind;
        self
    }

    /// Lets so many requests pass first.
    pub const fn skip(mut self, requests: u32) -> Self {
        self.skip = requests;
        self
    }

    /// Strikes so many requests and no more.
    pub const fn times(mut self, requests: u32) -> Self {
        self.times = Some(requests);
        self
    }

    /// Strikes so many of a hundred requests, drawn from the seed and the request's number.
    pub const fn percent(mut self, percent: u8) -> Self {
        self.percent = Some(percent);
        self
    }

    /// Strikes the requests of this merchant alone.
    pub fn merchant(mut self, merchant: impl Into<String>) -> Self {
        self.on.merchant = Some(merchant.into());
        self
    }

    /// Strikes the requests to this API alone.
    pub fn api(mut self, api: impl Into<String>) -> Self {
        self.on.api = Some(api.into());
        self
    }
}

/// What happens to a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CallbackFault {
    /// It is not sent, and taken for delivered.
    Lose,
    /// It is sent twice.
    Twice,
    /// The merchant's next one is sent before it.
    Swap,
    /// It is sent later, by the clock of the sandbox.
    Late {
        /// By how much.
        #[serde(with = "millis")]
        by: Duration,
    },
    /// It is signed with another secret.
    BadSignature,
}

/// A rule for callbacks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[must_use]
pub struct CallbackRule {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) api: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) merchant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) state: Option<String>,
    pub(super) kind: CallbackFault,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) times: Option<u32>,
}

impl CallbackRule {
    /// A rule for all callbacks.
    pub const fn new(kind: CallbackFault) -> Self {
        Self { api: None, merchant: None, state: None, kind, times: None }
    }

    /// Strikes the callbacks that tell of this state alone.
    pub fn state(mut self, state: impl Into<String>) -> Self {
        self.state = Some(state.into());
        self
    }

    /// Strikes the callbacks to this merchant alone.
    pub fn merchant(mut self, merchant: impl Into<String>) -> Self {
        self.merchant = Some(merchant.into());
        self
    }

    /// Strikes so many callbacks and no more.
    pub const fn times(mut self, callbacks: u32) -> Self {
        self.times = Some(callbacks);
        self
    }
}

/// A duration as its milliseconds.
mod millis {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(u64::try_from(duration.as_millis()).unwrap_or(u64::MAX))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        u64::deserialize(deserializer).map(Duration::from_millis)
    }
}
