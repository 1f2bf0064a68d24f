//! A transaction of OMNO: a pay-in or a payout, and what follows from its states.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use specie_runtime::client::BoxFuture;
use specie_runtime::webhook::{SendError, Sender};
use specie_runtime::{Decimal, dec};

use super::states::{CHALLENGE, REFUND, TIMEOUT};
use crate::apis::typed;
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::kind::{Callback, Change, Kind, Schedule, planned};
use crate::machine::{Machine, OUTCOME};
use crate::record::Object;

/// The fields of a transaction that are not those of every object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Transaction {
    pub(crate) amount: Decimal,
    pub(crate) currency: String,
    pub(crate) initial_amount: Decimal,
    pub(crate) initial_currency: String,
    /// The merchant's id of the customer.
    pub(crate) external_user_id: String,
    pub(crate) customer_id: String,
    pub(crate) return_urls: Option<(String, String)>,
    pub(crate) router_id: Option<String>,
    pub(crate) previous_transaction_count: Option<i64>,
    pub(crate) card: Option<CardShown>,
    /// `CARD` or `APM`.
    pub(crate) means: Option<String>,
    /// Why it did not succeed.
    pub(crate) reason: Option<String>,
    /// What has been refunded.
    pub(crate) refunded: Decimal,
    /// What is being refunded.
    pub(crate) refunding: Decimal,
}

/// What is kept of a card: never its number.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct CardShown {
    pub(crate) id: String,
    pub(crate) mask: String,
    pub(crate) brand: String,
    pub(crate) hash: String,
}

/// Whether a state is one that needs a reason.
fn has_reason(state: &str) -> bool {
    matches!(state, "DECLINED" | "FAILED" | "TIMEOUT" | "REFUND_FAILED" | "REJECTED")
}

/// Pay-ins or payouts.
#[derive(Debug)]
pub(crate) struct Transactions {
    pub(crate) machine: &'static Machine,
}

impl Kind for Transactions {
    fn machine(&self) -> &'static Machine {
        self.machine
    }

    fn entered(&self, object: &mut Object, change: &Change<'_>) -> Result<Vec<(&'static str, Duration)>, SandboxError> {
        let mut transaction: Transaction = object.fields()?;
        let mut timers = Vec::new();
        let reason = object.plan.reason.clone();
        match object.state.as_str() {
            "CREATED" if self.machine.kind == "payin" => timers.push((TIMEOUT, change.profile.payin_timeout)),
            // What waits to be read does not wait for the time.
            "PENDING" if object.plan.after_reads.is_some() => {}
            "PENDING" if !object.plan.hold || !object.plan.outcomes.is_empty() => {
                timers.push((OUTCOME, object.plan.after.unwrap_or(change.profile.processing)));
            }
            "PENDING_3DS" => timers.push((CHALLENGE, change.profile.challenge_timeout)),
            "DECLINED" => transaction.reason = Some(reason.unwrap_or_else(|| "GENERAL_DECLINE".to_owned())),
            "FAILED" => transaction.reason = Some(reason.unwrap_or_else(|| "PROVIDER_ERROR".to_owned())),
            "TIMEOUT" => transaction.reason = Some("TIMEOUT".to_owned()),
            "REJECTED" => transaction.reason = Some("REJECTED_BY_MERCHANT".to_owned()),
            "REFUND_FAILED" => {
                transaction.refunding = dec!(0);
                transaction.reason = Some(reason.unwrap_or_else(|| "REFUND_FAILED".to_owned()));
            }
            "REFUND_PENDING" => {
                transaction.begin_refund(change.amount)?;
                transaction.reason = None;
                timers.push((REFUND, change.profile.processing));
            }
            "REFUNDED" | "PARTIALLY_REFUNDED" => transaction.end_refund(),
            _ => {}
        }
        object.set_fields(&transaction)?;
        Ok(timers)
    }

    fn due(&self, object: &mut Object, timer: &str, _: Chance) -> Result<Option<&'static str>, SandboxError> {
        let transaction: Transaction = object.fields()?;
        Ok(match timer {
            OUTCOME => Some(planned(self.machine, object, OUTCOME).unwrap_or("SUCCESS")),
            TIMEOUT | CHALLENGE => Some("TIMEOUT"),
            REFUND if planned(self.machine, object, REFUND) == Some("REFUND_FAILED") => Some("REFUND_FAILED"),
            REFUND if transaction.is_refunded_whole() => Some("REFUNDED"),
            REFUND => Some("PARTIALLY_REFUNDED"),
            _ => None,
        })
    }

    /// Of every change, the creation included.
    fn callback(&self, object: &Object) -> Result<Option<Callback>, SandboxError> {
        let body = serde_json::value::to_raw_value(&shown(object, false)?)?;
        Ok(Some(Callback { url: None, body }))
    }

    /// After 1, 5, 15 and 60 minutes; the documented list of delays is cut off.
    fn schedule(&self) -> Schedule {
        const DELAYS: &[Duration] = &[
            Duration::from_secs(60),
            Duration::from_secs(5 * 60),
            Duration::from_secs(15 * 60),
            Duration::from_secs(60 * 60),
        ];
        Schedule::Fixed(DELAYS)
    }

    fn send<'a>(&'a self, sender: &'a Sender, url: &'a str, body: &'a str) -> BoxFuture<'a, Result<(), SendError>> {
        Box::pin(async move {
            let payload = typed(body).map_err(|error| SendError::Unsendable(Box::new(error)))?;
            omno::webhooks::send::transaction(sender, url, &payload).await
        })
    }
}

impl Transaction {
    /// Begins a refund of an amount, or of all that is left.
    fn begin_refund(&mut self, amount: Option<Decimal>) -> Result<(), SandboxError> {
        let left = self.amount.checked_sub(self.refunded).unwrap_or(dec!(0));
        let refunding = amount.unwrap_or(left);
        if refunding <= dec!(0) || refunding > left {
            return Err(SandboxError::usage(format!("a refund has to be more than 0 and at most {left}")));
        }
        self.refunding = refunding;
        Ok(())
    }

    fn end_refund(&mut self) {
        self.refunded = self.refunded.checked_add(self.refunding).unwrap_or(self.amount);
        self.refunding = dec!(0);
    }

    fn is_refunded_whole(&self) -> bool {
        self.refunded.checked_add(self.refunding).is_none_or(|sum| sum >= self.amount)
    }
}

/// A transaction as it is read, or as a callback tells of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Shown {
    id: String,
    merchant_id: String,
    customer_id: String,
    order_id: String,
    amount: Decimal,
    currency: String,
    initial_amount: Decimal,
    initial_currency: String,
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_reason: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_urls: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    router_id: Option<String>,
    psp_transaction_id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_mask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_brand: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    card_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transaction_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_transaction_count: Option<i64>,
    created_at: String,
    updated_at: String,
}

/// A transaction as its readers see it; `whole`: with what callbacks do not have.
pub(crate) fn shown(object: &Object, whole: bool) -> Result<Shown, SandboxError> {
    let transaction: Transaction = object.fields()?;
    let reason = transaction
        .reason
        .as_ref()
        .filter(|_| has_reason(&object.state))
        .map(|reason| json!({"reason": reason, "detailedStatus": reason, "status": object.state}));
    let urls = transaction.return_urls.filter(|_| whole);
    let card = transaction.card;
    Ok(Shown {
        id: object.id.clone(),
        merchant_id: object.merchant.clone(),
        customer_id: transaction.customer_id,
        order_id: object.reference.clone().unwrap_or_default(),
        amount: transaction.amount,
        currency: transaction.currency,
        initial_amount: transaction.initial_amount,
        initial_currency: transaction.initial_currency,
        status: object.state.clone(),
        status_reason: reason,
        return_urls: urls.map(|(success, failure)| json!({"success": success, "failure": failure})),
        router_id: transaction.router_id.filter(|_| whole),
        psp_transaction_id: format!("psp-{}", object.number),
        card_id: card.as_ref().map(|card| card.id.clone()).filter(|_| whole),
        card_mask: card.as_ref().map(|card| card.mask.clone()),
        card_brand: card.as_ref().map(|card| card.brand.clone()),
        card_hash: card.map(|card| card.hash).filter(|_| whole),
        transaction_type: transaction.means,
        previous_transaction_count: transaction.previous_transaction_count.filter(|_| whole),
        created_at: object.created.to_string(),
        updated_at: object.updated.to_string(),
    })
}
