//! The choices where the APIs' documents are silent. A merchant who knows better sets them.

use std::time::Duration;

use crate::error::SandboxError;
use crate::moment::parse_duration;

/// How the sandbox behaves where the documents do not say; the first of each choice is the default.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Profile {
    /// Cublox and Paymega: which state the response to processing shows.
    pub processed_state: ProcessedState,
    /// Cublox and Paymega: how empty maps are written in callbacks.
    pub empty_maps: EmptyMaps,
    /// Cublox and Paymega: whether reading over the public API needs the public key.
    pub public_reads: PublicReads,
    /// OMNO: whether a payout waits for its confirmation.
    pub payout_approval: PayoutApproval,
    /// OMNO: what confirming a payout is answered with that is being processed already.
    pub repeated_confirmation: Repeated,
    /// OMNO: what becomes of a second transaction with an `orderId`.
    pub repeated_order: Repeated,
    /// Gormic: what an order is that nobody has made.
    pub unknown_orders: UnknownOrders,
    /// Gormic: how many requests a merchant has on a day (UTC, by the clock of the sandbox); those beyond are answered with 429. No limit by
    /// default.
    pub gormic_requests_per_day: Option<u64>,
    /// Cublox and Paymega: of which states callbacks tell.
    pub callback_states: CallbackStates,
    /// Cublox and Paymega: from creation until an invoice that nobody processes expires; 24 hours by default.
    pub invoice_expiry: Duration,
    /// Cublox and Paymega: until processing is tried again after an error; 10 seconds by default.
    pub processing_retry: Duration,
    /// Cublox and Paymega: until a pending result is known; 60 seconds by default.
    pub settling: Duration,
    /// OMNO: from creation until a pay-in that nobody pays is over; 30 minutes by default.
    pub payin_timeout: Duration,
    /// OMNO: until a challenge that nobody answers is over; 15 minutes by default.
    pub challenge_timeout: Duration,
    /// OMNO: until a cashier session is over; 30 minutes by default.
    pub cashier_timeout: Duration,
    /// All APIs: until processing, cancelling or a refund has an outcome, where no scenario says otherwise; 2 seconds by default.
    pub processing: Duration,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            processed_state: ProcessedState::default(),
            empty_maps: EmptyMaps::default(),
            public_reads: PublicReads::default(),
            payout_approval: PayoutApproval::default(),
            repeated_confirmation: Repeated::default(),
            repeated_order: Repeated::default(),
            unknown_orders: UnknownOrders::default(),
            gormic_requests_per_day: None,
            callback_states: CallbackStates::default(),
            invoice_expiry: Duration::from_secs(24 * 3600),
            processing_retry: Duration::from_secs(10),
            settling: Duration::from_secs(60),
            payin_timeout: Duration::from_secs(30 * 60),
            challenge_timeout: Duration::from_secs(15 * 60),
            cashier_timeout: Duration::from_secs(30 * 60),
            processing: Duration::from_secs(2),
        }
    }
}

/// The keys of a profile, each with the values that it may have.
pub const PROFILE_KEYS: &[(&str, &str)] = &[
    ("processed_state", "after, before"),
    ("empty_maps", "lists, objects"),
    ("public_reads", "open, with_key"),
    ("payout_approval", "needed, not_needed"),
    ("repeated_confirmation", "conflict, accepted"),
    ("repeated_order", "conflict, accepted"),
    ("unknown_orders", "open, refused"),
    ("gormic_requests_per_day", "a whole number, none"),
    ("callback_states", "all, final"),
    ("invoice_expiry", "a duration such as 24h"),
    ("processing_retry", "a duration such as 10s"),
    ("settling", "a duration such as 60s"),
    ("payin_timeout", "a duration such as 30m"),
    ("challenge_timeout", "a duration such as 15m"),
    ("cashier_timeout", "a duration such as 30m"),
    ("processing", "a duration such as 2s"),
];

/// The value among words; `None` if it is none of them.
fn chosen<T: Copy>(value: &str, words: [(&str, T); 2]) -> Option<T> {
    words.into_iter().find(|(word, _)| *word == value).map(|(_, choice)| choice)
}

impl Profile {
    /// Sets a choice by the name of its field and a word; [`PROFILE_KEYS`] has both.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), SandboxError> {
        let repeated = [("conflict", Repeated::Conflict), ("accepted", Repeated::Accepted)];
        let is_set = match key {
            "processed_state" => put(
                &mut self.processed_state,
                chosen(value, [("after", ProcessedState::After), ("before", ProcessedState::Before)]),
            ),
            "empty_maps" => {
                put(&mut self.empty_maps, chosen(value, [("lists", EmptyMaps::Lists), ("objects", EmptyMaps::Objects)]))
            }
            "public_reads" => put(
                &mut self.public_reads,
                chosen(value, [("open", PublicReads::Open), ("with_key", PublicReads::WithKey)]),
            ),
            "payout_approval" => put(
                &mut self.payout_approval,
                chosen(value, [("needed", PayoutApproval::Needed), ("not_needed", PayoutApproval::NotNeeded)]),
            ),
            "repeated_confirmation" => put(&mut self.repeated_confirmation, chosen(value, repeated)),
            "repeated_order" => put(&mut self.repeated_order, chosen(value, repeated)),
            "unknown_orders" => put(
                &mut self.unknown_orders,
                chosen(value, [("open", UnknownOrders::Open), ("refused", UnknownOrders::Refused)]),
            ),
            "gormic_requests_per_day" => put(
                &mut self.gormic_requests_per_day,
                if value == "none" { Some(None) } else { value.parse().ok().map(Some) },
            ),
            "callback_states" => put(
                &mut self.callback_states,
                chosen(value, [("all", CallbackStates::All), ("final", CallbackStates::Final)]),
            ),
            other => {
                let Some(duration) = self.duration(other) else {
                    let keys: Vec<&str> = PROFILE_KEYS.iter().map(|(key, _)| *key).collect();
                    return Err(SandboxError::usage(format!(
                        "there is no choice {key}; there are {}",
                        keys.join(", ")
                    )));
                };
                put(duration, parse_duration(value))
            }
        };
        let values = PROFILE_KEYS.iter().find(|(known, _)| *known == key).map_or("", |(_, values)| values);
        if is_set { Ok(()) } else { Err(SandboxError::usage(format!("{key} is not {value}; it can be: {values}"))) }
    }

    fn duration(&mut self, key: &str) -> Option<&mut Duration> {
        Some(match key {
            "invoice_expiry" => &mut self.invoice_expiry,
            "processing_retry" => &mut self.processing_retry,
            "settling" => &mut self.settling,
            "payin_timeout" => &mut self.payin_timeout,
            "challenge_timeout" => &mut self.challenge_timeout,
            "cashier_timeout" => &mut self.cashier_timeout,
            "processing" => &mut self.processing,
            _ => return None,
        })
    }
}

/// Sets a field, if there is a value; whether there is.
fn put<T>(field: &mut T, value: Option<T>) -> bool {
    let is_there = value.is_some();
    if let Some(value) = value {
        *field = value;
    }
    is_there
}

/// Of which states callbacks tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CallbackStates {
    /// Of every change but the creation.
    #[default]
    All,
    /// Of those after which nothing happens by itself.
    Final,
}

/// Which state the response to processing shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProcessedState {
    /// The one after it, `processing`.
    #[default]
    After,
    /// The one before, as in the documented sample.
    Before,
}

/// How empty maps are written in callbacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EmptyMaps {
    /// As `[]`, as in the platform's samples.
    #[default]
    Lists,
    /// As `{}`.
    Objects,
}

/// Whether reading over the public API needs the public key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublicReads {
    /// It does not.
    #[default]
    Open,
    /// It does.
    WithKey,
}

/// Whether a payout waits for its confirmation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PayoutApproval {
    /// It does.
    #[default]
    Needed,
    /// It is processed at once.
    NotNeeded,
}

/// What becomes of a request that repeats an earlier one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Repeated {
    /// It is refused with 409.
    #[default]
    Conflict,
    /// It is answered as if it were the first.
    Accepted,
}

/// What an order is that nobody has made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownOrders {
    /// Open, without a total.
    #[default]
    Open,
    /// An invalid parameter.
    Refused,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_is_set_by_each_of_its_words_and_by_no_other() {
        for (key, values) in PROFILE_KEYS {
            let examples: Vec<&str> = match *values {
                "a whole number, none" => vec!["17", "none"],
                duration if duration.starts_with("a duration") => vec!["17m", "PT1H"],
                words => words.split(", ").collect(),
            };
            let mut profiles = Vec::new();
            for example in examples {
                let mut profile = Profile::default();
                profile.set(key, example).unwrap();
                profiles.push(profile);
            }
            assert_ne!(profiles[0], profiles[1], "{key}");
            let error = Profile::default().set(key, "nonsense").unwrap_err().to_string();
            assert!(error.contains(key) && error.contains(values), "{error}");
        }
        let error = Profile::default().set("colour", "red").unwrap_err().to_string();
        assert!(error.contains("there is no choice colour; there are processed_state, "), "{error}");
    }
}
