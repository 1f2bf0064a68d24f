//! Faults: rules that say which request or callback is treated badly, how, and how often.

mod rule;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

pub(crate) use rule::Seen;
pub use rule::{AfterCommit, Before, CallbackFault, CallbackRule, Fault, FaultBody, Match, Rule, When};

use crate::chance::Chance;

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
