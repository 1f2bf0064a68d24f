//! Faults: rules that say which request or callback is treated badly, how, and how often.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::chance::Chance;

/// On which side of the commit a fault strikes a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Before the request is handled: nothing has happened.
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
    fn fits(&self, seen: &Seen<'_>) -> bool {
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
    on: Match,
    at: When,
    kind: Fault,
    #[serde(default)]
    skip: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    percent: Option<u8>,
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
    api: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    merchant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    state: Option<String>,
    kind: CallbackFault,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    times: Option<u32>,
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

#[derive(Debug)]
struct Standing<R> {
    id: u64,
    rule: R,
    matched: u32,
    hits: Arc<AtomicU32>,
}

/// The rules that are armed, in the order in which they were.
#[derive(Debug)]
pub struct Faults {
    chance: Chance,
    inner: Arc<Mutex<Rules>>,
}

#[derive(Debug, Default)]
struct Rules {
    last: u64,
    requests: Vec<Standing<Rule>>,
    callbacks: Vec<Standing<CallbackRule>>,
}

/// A rule that stands until this is dropped.
#[derive(Debug)]
#[must_use = "the rule ends when this is dropped"]
pub struct Armed {
    id: u64,
    hits: Arc<AtomicU32>,
    rules: Arc<Mutex<Rules>>,
}

impl Armed {
    /// How many requests or callbacks it has struck.
    #[must_use]
    pub fn hits(&self) -> u32 {
        self.hits.load(Ordering::SeqCst)
    }
}

impl Drop for Armed {
    fn drop(&mut self) {
        clear(&self.rules, self.id);
    }
}

fn clear(rules: &Mutex<Rules>, id: u64) -> bool {
    let mut rules = rules.lock().unwrap_or_else(PoisonError::into_inner);
    let before = rules.requests.len() + rules.callbacks.len();
    rules.requests.retain(|standing| standing.id != id);
    rules.callbacks.retain(|standing| standing.id != id);
    before != rules.requests.len() + rules.callbacks.len()
}

/// A rule that stands, for pages.
#[derive(Clone, Debug, Serialize)]
pub struct Listed {
    /// Its number.
    pub id: u64,
    /// The rule for requests, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<Rule>,
    /// The rule for callbacks, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackRule>,
    /// How many it has struck.
    pub hits: u32,
}

impl Faults {
    pub(crate) fn new(chance: Chance) -> Self {
        Self { chance, inner: Arc::default() }
    }

    /// Arms a rule, until the result is dropped.
    pub fn arm(&self, rule: Rule) -> Armed {
        let (id, hits) = self.stand(rule, |rules| &mut rules.requests);
        Armed { id, hits, rules: Arc::clone(&self.inner) }
    }

    /// Arms a rule for callbacks, until the result is dropped.
    pub fn arm_callbacks(&self, rule: CallbackRule) -> Armed {
        let (id, hits) = self.stand(rule, |rules| &mut rules.callbacks);
        Armed { id, hits, rules: Arc::clone(&self.inner) }
    }

    /// Arms a rule until it is cleared by its number.
    pub(crate) fn stand_request(&self, rule: Rule) -> u64 {
        self.stand(rule, |rules| &mut rules.requests).0
    }

    /// Arms a rule for callbacks until it is cleared by its number.
    pub(crate) fn stand_callback(&self, rule: CallbackRule) -> u64 {
        self.stand(rule, |rules| &mut rules.callbacks).0
    }

    fn stand<R>(&self, rule: R, of: impl FnOnce(&mut Rules) -> &mut Vec<Standing<R>>) -> (u64, Arc<AtomicU32>) {
        let mut rules = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        rules.last += 1;
        let (id, hits) = (rules.last, Arc::<AtomicU32>::default());
        of(&mut rules).push(Standing { id, rule, matched: 0, hits: Arc::clone(&hits) });
        (id, hits)
    }

    /// Clears a rule; `false` if there is none of this number.
    pub(crate) fn clear(&self, id: u64) -> bool {
        clear(&self.inner, id)
    }

    /// Clears all rules.
    pub(crate) fn clear_all(&self) {
        let mut rules = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        rules.requests.clear();
        rules.callbacks.clear();
    }

    /// The rules that stand.
    #[must_use]
    pub fn list(&self) -> Vec<Listed> {
        let rules = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let hits = |hits: &AtomicU32| hits.load(Ordering::SeqCst);
        let requests = rules.requests.iter().map(|standing| Listed {
            id: standing.id,
            request: Some(standing.rule.clone()),
            callback: None,
            hits: hits(&standing.hits),
        });
        let callbacks = rules.callbacks.iter().map(|standing| Listed {
            id: standing.id,
            request: None,
            callback: Some(standing.rule.clone()),
            hits: hits(&standing.hits),
        });
        requests.chain(callbacks).collect()
    }

    /// The fault for a request; the first rule that strikes counts, and counts up.
    pub(crate) fn of_request(&self, at: When, seen: &Seen<'_>) -> Option<Fault> {
        let mut rules = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let fitting =
            rules.requests.iter_mut().filter(|standing| standing.rule.at == at && standing.rule.on.fits(seen));
        for standing in fitting {
            standing.matched += 1;
            let rule = &standing.rule;
            let number = format!("{} {}", standing.id, standing.matched);
            let drawn =
                rule.percent.is_none_or(|percent| self.chance.below(&["fault", &number], 100) < u64::from(percent));
            if standing.matched > rule.skip && drawn && strike(&standing.hits, rule.times) {
                return Some(rule.kind);
            }
        }
        None
    }

    /// The fault for a callback.
    pub(crate) fn of_callback(&self, api: &str, merchant: &str, state: &str) -> Option<CallbackFault> {
        let rules = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let is = |wanted: &Option<String>, value: &str| wanted.as_deref().is_none_or(|wanted| wanted == value);
        let mut fitting = rules.callbacks.iter().filter(|standing| {
            is(&standing.rule.api, api) && is(&standing.rule.merchant, merchant) && is(&standing.rule.state, state)
        });
        fitting.find(|standing| strike(&standing.hits, standing.rule.times)).map(|standing| standing.rule.kind)
    }
}

/// Counts a hit, unless there were enough.
fn strike(hits: &AtomicU32, times: Option<u32>) -> bool {
    let enough = times.is_some_and(|times| hits.load(Ordering::SeqCst) >= times);
    if !enough {
        hits.fetch_add(1, Ordering::SeqCst);
    }
    !enough
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

#[cfg(test)]
mod tests {
    use super::*;

    const SEEN: Seen<'_> = Seen {
        api: "cublox",
        operation: Some("createPayoutInvoice"),
        method: "POST",
        merchant: Some("shop"),
        path: "/payout-invoices",
        body: br#"{"data":{"attributes":{"amount":10}}}"#,
    };

    fn faults() -> Faults {
        Faults::new(Chance::new(7))
    }

    #[test]
    fn a_rule_skips_counts_and_ends() {
        let faults = faults();
        let rule = Rule::on("createPayoutInvoice").at(AfterCommit).kind(Fault::Reset).skip(1).times(2);
        let armed = faults.arm(rule);
        let struck: Vec<bool> = (0..5).map(|_| faults.of_request(AfterCommit, &SEEN).is_some()).collect();
        assert_eq!(struck, [false, true, true, false, false]);
        assert_eq!(faults.of_request(Before, &SEEN), None);
        assert_eq!(armed.hits(), 2);
        drop(armed);
        assert!(faults.list().is_empty());
    }

    #[test]
    fn all_that_is_set_has_to_fit() {
        let faults = faults();
        let json = Some(("/data/attributes/amount".to_owned(), serde_json::json!(10)));
        let fitting = Match { api: Some("cublox".into()), path: Some("/payout".into()), json, ..Match::default() };
        let other = Match { merchant: Some("other".into()), ..fitting.clone() };
        let _first = faults.arm(Rule::on_requests(other).kind(Fault::Hang));
        assert_eq!(faults.of_request(Before, &SEEN), None);
        let _second = faults.arm(Rule::on_requests(fitting).kind(Fault::Garble));
        assert_eq!(faults.of_request(Before, &SEEN), Some(Fault::Garble));
    }

    #[test]
    fn the_seed_decides_which_of_a_hundred() {
        let struck = |seed| {
            let faults = Faults::new(Chance::new(seed));
            let _armed = faults.arm(Rule::on("createPayoutInvoice").percent(30));
            (0..1000).map(|_| faults.of_request(Before, &SEEN).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(struck(7), struck(7));
        assert_ne!(struck(7), struck(8));
        let count = struck(7).into_iter().filter(|struck| *struck).count();
        assert!((250..350).contains(&count), "{count}");
    }

    #[test]
    fn a_rule_is_read_back_as_it_was_written() {
        let rule =
            Rule::on("x").kind(Fault::Status { code: 503, body: FaultBody::Html, retry_after: Some(5) }).times(1);
        let text = serde_json::to_string(&rule).unwrap();
        assert_eq!(serde_json::from_str::<Rule>(&text).unwrap(), rule);
    }
}
