//! What a merchant asks to happen to an object: read from places that the live API ignores.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::faults::CallbackFault;
use crate::moment::parse_duration;

/// The header that asks for an outcome: for tests that own the client.
pub const SCENARIO_HEADER: &str = "sandbox-scenario";

/// What is to become of an object. Everything that is not said takes its usual course.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Plan {
    /// The states in which processing ends, one after the other: each is used once, the last one stays.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<String>,
    /// The reason that the API gives for it, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// How long processing takes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Duration>,
    /// Whether it stays where it is until somebody moves it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub hold: bool,
    /// How often it is read until processing has an outcome: the read of this number shows it, however much time has passed. OMNO, Cublox and
    /// Paymega.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after_reads: Option<u32>,
    /// What happens to the first try of each callback that tells of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub callback: Option<CallbackFault>,
}

/// How late a callback is that a scenario makes late.
const LATE: Duration = Duration::from_secs(60);

/// The words for what happens to callbacks.
const CALLBACKS: &[(&str, CallbackFault)] = &[
    ("lose", CallbackFault::Lose),
    ("twice", CallbackFault::Twice),
    ("swap", CallbackFault::Swap),
    ("late", CallbackFault::Late { by: LATE }),
    ("bad_signature", CallbackFault::BadSignature),
];

impl Plan {
    /// A plan that ends in this state.
    #[must_use]
    pub fn outcome(state: impl Into<String>) -> Self {
        Self { outcomes: vec![state.into()], ..Self::default() }
    }

    /// Then in this state, where processing is tried again.
    #[must_use]
    pub fn then(mut self, state: impl Into<String>) -> Self {
        self.outcomes.push(state.into());
        self
    }

    /// Sets the reason that the API gives.
    #[must_use]
    pub fn reason(mut self, reason: impl Into<String>) -> Self {
        self.reason = Some(reason.into());
        self
    }

    /// Sets how long processing takes.
    #[must_use]
    pub const fn after(mut self, duration: Duration) -> Self {
        self.after = Some(duration);
        self
    }

    /// Leaves it where it is until somebody moves it.
    #[must_use]
    pub const fn hold(mut self) -> Self {
        self.hold = true;
        self
    }

    /// Has an outcome when it is read for this number of times, whatever the time.
    #[must_use]
    pub const fn after_reads(mut self, reads: u32) -> Self {
        self.after_reads = Some(reads);
        self
    }

    /// Sets what happens to the first try of each callback.
    #[must_use]
    pub const fn callback(mut self, fault: CallbackFault) -> Self {
        self.callback = Some(fault);
        self
    }

    /// The state for the next outcome, and what is left of the plan.
    pub(crate) fn take_outcome(&mut self) -> Option<String> {
        match self.outcomes.len() {
            0 => None,
            1 => self.outcomes.first().cloned(),
            _ => Some(self.outcomes.remove(0)),
        }
    }

    /// Takes over what the other says.
    pub(crate) fn overrule(&mut self, other: Self) {
        if !other.outcomes.is_empty() {
            self.outcomes = other.outcomes;
        }
        self.reason = other.reason.or_else(|| self.reason.take());
        self.after = other.after.or(self.after);
        self.hold |= other.hold;
        self.after_reads = other.after_reads.or(self.after_reads);
        self.callback = other.callback.or(self.callback);
    }
}

/// Where a plan may stand in a request, from the weakest to the strongest.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    /// What the test data say, a card number for one.
    pub card: Option<&'a Plan>,
    /// The merchant's reference: `sbx-declined-17`.
    pub reference: Option<&'a str>,
    /// The value under `sandbox` in the map that the live API ignores.
    pub map: Option<&'a Value>,
    /// The header `Sandbox-Scenario`: `outcome=DECLINED; after=PT30S`, or an outcome alone.
    pub header: Option<&'a str>,
}

/// The plan of a request and what could not be understood; `states` are the names that an outcome may have.
#[must_use]
pub fn read(sources: Sources<'_>, states: &[&'static str]) -> (Plan, Vec<String>) {
    let mut plan = sources.card.cloned().unwrap_or_default();
    let mut warnings = Vec::new();
    if let Some(state) = sources.reference.and_then(|reference| prefixed(reference, states)) {
        plan.overrule(Plan::outcome(state));
    }
    if let Some(value) = sources.map {
        plan.overrule(of_map(value, states, &mut warnings));
    }
    if let Some(header) = sources.header {
        plan.overrule(of_header(header, states, &mut warnings));
    }
    (plan, warnings)
}

/// The state of this name, written with any case and with spaces or hyphens for underscores.
pub(crate) fn state_named(name: &str, states: &[&'static str]) -> Option<&'static str> {
    let plain = |text: &str| text.trim().to_ascii_lowercase().replace([' ', '-'], "_");
    states.iter().find(|state| plain(state) == plain(name)).copied()
}

/// The state that a reference begins with, after `sbx-`; of two that fit, the longer.
fn prefixed(reference: &str, states: &[&'static str]) -> Option<&'static str> {
    let rest = reference.strip_prefix("sbx-")?.to_ascii_lowercase().replace('_', "-");
    let fits = |state: &&&'static str| {
        let state = state.to_ascii_lowercase().replace('_', "-");
        rest.strip_prefix(&state).is_some_and(|left| left.is_empty() || left.starts_with('-'))
    };
    states.iter().filter(fits).max_by_key(|state| state.len()).copied()
}

fn of_map(value: &Value, states: &[&'static str], warnings: &mut Vec<String>) -> Plan {
    let mut plan = Plan::default();
    let Value::Object(entries) = value else {
        warnings.push("the scenario is not an object".to_owned());
        return plan;
    };
    for (word, value) in entries {
        let text = match value {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        set(&mut plan, word, &text, states, warnings);
    }
    plan
}

fn of_header(header: &str, states: &[&'static str], warnings: &mut Vec<String>) -> Plan {
    let mut plan = Plan::default();
    for part in header.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (word, text) = part.split_once('=').unwrap_or(("outcome", part));
        set(&mut plan, word.trim(), text.trim(), states, warnings);
    }
    plan
}

fn set(plan: &mut Plan, word: &str, text: &str, states: &[&'static str], warnings: &mut Vec<String>) {
    match word {
        "outcome" => match state_named(text, states) {
            Some(state) => plan.outcomes.push(state.to_owned()),
            None => warnings.push("the scenario's outcome is no state that the sandbox knows".to_owned()),
        },
        "reason" => plan.reason = Some(text.chars().take(100).collect()),
        "after" => match parse_duration(text) {
            Some(after) => plan.after = Some(after),
            None => warnings.push("the scenario's `after` is no duration such as PT30S or 30s".to_owned()),
        },
        "hold" => plan.hold = text != "false",
        "after_reads" => match text.parse() {
            Ok(reads @ 1..) => plan.after_reads = Some(reads),
            _ => warnings.push("the scenario's `after_reads` is no whole number from 1".to_owned()),
        },
        "callback" => match CALLBACKS.iter().find(|(word, _)| *word == text) {
            Some((_, fault)) => plan.callback = Some(*fault),
            None => warnings
                .push("the scenario's `callback` is none of lose, twice, swap, late and bad_signature".to_owned()),
        },
        _ => warnings
            .push("the scenario has a word beside outcome, reason, after, after_reads, hold and callback".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const STATES: &[&str] = &["processed", "process_failed", "process_pending", "PENDING", "PENDING_3DS"];

    #[test]
    fn the_header_is_stronger_than_the_map_and_the_map_than_the_reference() {
        let map = json!({"outcome": "process-failed", "reason": "limit_violation", "after": "PT30S"});
        let card = Plan::outcome("PENDING").hold();
        let mut sources = Sources { card: Some(&card), reference: Some("sbx-processed-1"), ..Sources::default() };
        assert_eq!(read(sources, STATES).0, Plan::outcome("processed").hold());
        sources.map = Some(&map);
        let (plan, warnings) = read(sources, STATES);
        assert_eq!(plan.outcomes, ["process_failed"]);
        assert_eq!((plan.after, warnings.len()), (Some(Duration::from_secs(30)), 0));
        sources.header = Some("outcome=process pending; after=2h");
        let (plan, _) = read(sources, STATES);
        assert_eq!((plan.outcomes, plan.after), (vec!["process_pending".to_owned()], Some(Duration::from_secs(7200))));
        assert_eq!(plan.reason.as_deref(), Some("limit_violation"));
    }

    #[test]
    fn the_longer_state_wins_in_a_reference() {
        for (reference, state) in [
            ("sbx-pending-3ds-17", Some("PENDING_3DS")),
            ("sbx-pending-17", Some("PENDING")),
            ("sbx-process_failed", Some("process_failed")),
            ("sbx-processing", None),
            ("order-17", None),
        ] {
            assert_eq!(prefixed(reference, STATES), state, "{reference}");
        }
    }

    #[test]
    fn unknown_words_are_warnings() {
        let map = json!({"outcome": "paid", "after": "soon", "colour": 1});
        let (plan, warnings) = read(Sources { map: Some(&map), ..Sources::default() }, STATES);
        assert_eq!((plan, warnings.len()), (Plan::default(), 3));
        let header = Some("after_reads=0; callback=burn");
        assert_eq!(read(Sources { header, ..Sources::default() }, STATES).1.len(), 2);
        assert_eq!(read(Sources { map: Some(&json!(1)), ..Sources::default() }, STATES).1.len(), 1);
    }

    #[test]
    fn reads_and_callbacks_have_words_of_their_own() {
        let map = json!({"after_reads": 3, "callback": "late"});
        let (plan, warnings) = read(Sources { map: Some(&map), ..Sources::default() }, STATES);
        let expected = Plan::default().after_reads(3).callback(CallbackFault::Late { by: LATE });
        assert_eq!((plan, warnings.len()), (expected, 0));
    }

    #[test]
    fn outcomes_are_used_one_after_the_other() {
        let mut plan = Plan::outcome("process_error").then("processed");
        assert_eq!(plan.take_outcome().as_deref(), Some("process_error"));
        assert_eq!(plan.take_outcome().as_deref(), Some("processed"));
        assert_eq!(plan.take_outcome().as_deref(), Some("processed"));
    }
}
