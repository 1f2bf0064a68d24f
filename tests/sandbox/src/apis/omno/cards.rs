//! Cards: what a number asks for, and what is kept of it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use specie_runtime::client::BoxFuture;
use specie_runtime::webhook::{SendError, Sender};

use super::states::{CARD, EXPIRY, SESSION};
use super::transaction::CardShown;
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::kind::{Callback, Change, Kind, Schedule};
use crate::machine::Machine;
use crate::mask;
use crate::record::Object;
use crate::scenario::Plan;

/// A card that the customer had saved. It belongs to them alone.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct SavedCard {
    pub(crate) external_user_id: String,
    pub(crate) shown: CardShown,
    /// What becomes of payments with it.
    pub(crate) plan: Plan,
}

/// What a card number asks for. Any other that passes the check of its digits succeeds.
pub(crate) fn plan_of(number: &str) -> Plan {
    let declined = |reason: &str| Plan::outcome("DECLINED").reason(reason);
    match number {
        "4000000000000002" => declined("GENERAL_DECLINE"),
        "4000000000009995" => declined("INSUFFICIENT_FUNDS"),
        "4000000000009987" => declined("LOST_CARD"),
        "4000000000009979" => declined("STOLEN_CARD"),
        "4000003800000446" | "4000000000003220" => Plan::outcome("PENDING_3DS"),
        _ if is_card_number(number) => Plan::outcome("SUCCESS"),
        _ => declined("INVALID_CARD_NUMBER"),
    }
}

/// What becomes of payments with a card once it is saved.
pub(crate) fn saved_plan_of(number: &str) -> Plan {
    match number {
        "4000000000000341" => Plan::outcome("DECLINED").reason("GENERAL_DECLINE"),
        other => plan_of(other),
    }
}

fn is_card_number(number: &str) -> bool {
    let digits: Option<Vec<u32>> = number.chars().map(|c| c.to_digit(10)).collect();
    digits.is_some_and(|digits| (13..=19).contains(&digits.len()) && mask::passes_luhn(&digits))
}

/// What is kept of a card. The hash is made with the sandbox's seed: whoever knows the seed, which is 1 unless it was set, can try numbers
/// against it. Real cards do not belong into a sandbox.
pub(crate) fn shown(chance: Chance, merchant: &str, number: &str) -> CardShown {
    let brand = match number.chars().next() {
        Some('4') => "VISA",
        Some('5' | '2') => "MASTERCARD",
        Some('3') => "AMEX",
        _ => "UNKNOWN",
    };
    CardShown {
        id: chance.hex(&["card", merchant, number], 32),
        mask: mask::card(number),
        brand: brand.to_owned(),
        hash: chance.hex(&["card hash", number], 64),
    }
}

/// Saved cards, and cashier sessions: kinds that no callback tells of.
#[derive(Debug)]
pub(crate) struct Quiet(pub(crate) &'static Machine);

impl Quiet {
    pub(crate) const CARDS: Self = Self(&CARD);
    pub(crate) const SESSIONS: Self = Self(&SESSION);
}

impl Kind for Quiet {
    fn machine(&self) -> &'static Machine {
        self.0
    }

    fn entered(&self, object: &mut Object, change: &Change<'_>) -> Result<Vec<(&'static str, Duration)>, SandboxError> {
        Ok(if object.state == "OPEN" { vec![(EXPIRY, change.profile.cashier_timeout)] } else { Vec::new() })
    }

    fn due(&self, _: &mut Object, timer: &str, _: Chance) -> Result<Option<&'static str>, SandboxError> {
        Ok((timer == EXPIRY).then_some("EXPIRED"))
    }

    fn callback(&self, _: &Object) -> Result<Option<Callback>, SandboxError> {
        Ok(None)
    }

    fn schedule(&self) -> Schedule {
        Schedule::Fixed(&[])
    }

    fn send<'a>(&'a self, _: &'a Sender, _: &'a str, _: &'a str) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(std::future::ready(Err(SendError::Unsendable("no callback tells of this".into()))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ask_for_outcomes_and_are_not_kept() {
        assert_eq!(plan_of("4242424242424242"), Plan::outcome("SUCCESS"));
        assert_eq!(plan_of("4242424242424241").outcomes, ["DECLINED"]);
        assert_eq!(plan_of("4000000000009995").reason.as_deref(), Some("INSUFFICIENT_FUNDS"));
        assert_eq!(
            (plan_of("4000000000000341").outcomes, saved_plan_of("4000000000000341").outcomes),
            (vec!["SUCCESS".to_owned()], vec!["DECLINED".to_owned()])
        );
        let shown = serde_json::to_string(&shown(Chance::new(1), "shop", "4242424242424242")).unwrap();
        assert!(shown.contains("424242******4242") && !shown.contains("4242424242"), "{shown}");
    }
}
