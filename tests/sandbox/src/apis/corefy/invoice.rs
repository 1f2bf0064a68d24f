//! A payout invoice: its fields, and what follows from its states.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use specie_runtime::client::BoxFuture;
use specie_runtime::webhook::{SendError, Sender};
use specie_runtime::{Decimal, JsonObject, dec};

use super::callback;
use super::states::{CANCEL, EXPIRY, FINAL, RETRY, SETTLE};
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::kind::{Callback, Change, Kind, Schedule, planned};
use crate::machine::{Machine, OUTCOME};
use crate::profile::{CallbackStates, EmptyMaps};
use crate::record::Object;

/// The fields of an invoice that are not those of every object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Invoice {
    pub(crate) serial_number: String,
    pub(crate) service: String,
    pub(crate) method: String,
    pub(crate) service_currency: String,
    pub(crate) currency: String,
    pub(crate) amount: Decimal,
    pub(crate) fee: Decimal,
    pub(crate) writeoff: Decimal,
    pub(crate) resolution: String,
    pub(crate) test_mode: bool,
    pub(crate) description: Option<String>,
    pub(crate) metadata: JsonObject,
    /// Card numbers in them are cut to the first six and the last four digits.
    pub(crate) fields: JsonObject,
    pub(crate) callback_url: Option<String>,
    pub(crate) customer: Option<String>,
    pub(crate) allow_partially: bool,
    pub(crate) attempts: u32,
    pub(crate) attempts_limit: u32,
    pub(crate) processed: Option<u64>,
    pub(crate) processed_amount: Option<Decimal>,
    pub(crate) processed_fee: Option<Decimal>,
    pub(crate) processed_writeoff: Option<Decimal>,
}

impl Invoice {
    /// Writes what became of it.
    fn settle(&mut self, at: u64, amount: Decimal) {
        self.processed = Some(at);
        self.processed_amount = Some(amount);
        self.processed_fee = Some(self.fee);
        self.processed_writeoff = Some(amount.checked_add(self.fee).unwrap_or(amount));
    }
}

/// The invoices of one brand.
#[derive(Debug)]
pub(crate) struct Invoices {
    pub(crate) machine: &'static Machine,
    /// How empty maps are written in callbacks.
    pub(crate) empty_maps: EmptyMaps,
    /// Of which states callbacks tell.
    pub(crate) told: CallbackStates,
    /// Sends a callback with the brand's own sender.
    pub(crate) send: for<'a> fn(&'a Sender, &'a str, &'a str) -> BoxFuture<'a, Result<(), SendError>>,
}

impl Kind for Invoices {
    fn machine(&self) -> &'static Machine {
        self.machine
    }

    fn entered(&self, object: &mut Object, change: &Change<'_>) -> Result<Vec<(&'static str, Duration)>, SandboxError> {
        let mut invoice: Invoice = object.fields()?;
        let plan = &object.plan;
        let reason = |usual: &str| plan.reason.clone().unwrap_or_else(|| usual.to_owned());
        let mut timers = Vec::new();
        let at = object.updated.seconds();
        match object.state.as_str() {
            "created" if change.from.is_none() => timers.push((EXPIRY, change.profile.invoice_expiry)),
            "processing" => {
                invoice.attempts += 1;
                // What is held and has an outcome is held there; what waits to be read does not wait for the time.
                if plan.after_reads.is_none() && (!plan.hold || !plan.outcomes.is_empty()) {
                    timers.push((OUTCOME, plan.after.unwrap_or(change.profile.processing)));
                }
            }
            "processed" => {
                "ok".clone_into(&mut invoice.resolution);
                invoice.settle(at, invoice.amount);
            }
            "partially_processed" => {
                "ok".clone_into(&mut invoice.resolution);
                let half = invoice.amount.checked_mul(dec!(0.5)).unwrap_or(dec!(0));
                invoice.settle(at, half);
            }
            "process_pending" => {
                invoice.resolution = reason("unknown");
                if !plan.hold {
                    timers.push((SETTLE, change.profile.settling));
                }
            }
            "process_error" => {
                invoice.resolution = reason("general_error");
                timers.push((RETRY, change.profile.processing_retry));
            }
            "process_failed" => invoice.resolution = reason("general_fatal_error"),
            "expired" => "operation_expired".clone_into(&mut invoice.resolution),
            "canceling" if !plan.hold => timers.push((CANCEL, change.profile.processing)),
            _ => {}
        }
        object.set_fields(&invoice)?;
        Ok(timers)
    }

    fn due(&self, object: &mut Object, timer: &str, _: Chance) -> Result<Option<&'static str>, SandboxError> {
        let invoice: Invoice = object.fields()?;
        Ok(match timer {
            EXPIRY => Some("expired"),
            OUTCOME => Some(self.outcome(object, &invoice)),
            RETRY if invoice.attempts < invoice.attempts_limit => Some("processing"),
            RETRY => Some("process_failed"),
            SETTLE => Some(planned(self.machine, object, SETTLE).unwrap_or("processed")),
            CANCEL => Some("canceled"),
            _ => None,
        })
    }

    /// Of every change but the creation, unless the profile asks for final states only.
    fn callback(&self, object: &Object) -> Result<Option<Callback>, SandboxError> {
        let is_told = match self.told {
            CallbackStates::All => object.state != "created",
            CallbackStates::Final => FINAL.contains(&object.state.as_str()),
        };
        if !is_told {
            return Ok(None);
        }
        let invoice: Invoice = object.fields()?;
        let body = callback::payload(object, &invoice, self.empty_maps)?;
        Ok(Some(Callback { url: invoice.callback_url, body }))
    }

    /// After 1, 2, 3 … minutes, 100 attempts at most (callbacks.md of the platform's documentation).
    fn schedule(&self) -> Schedule {
        Schedule::Growing { step: Duration::from_secs(60), attempts: 100 }
    }

    fn send<'a>(&'a self, sender: &'a Sender, url: &'a str, body: &'a str) -> BoxFuture<'a, Result<(), SendError>> {
        (self.send)(sender, url, body)
    }
}

impl Invoices {
    /// The outcome of processing: the planned one, or else success. A part is paid only where the request allows it.
    fn outcome(&self, object: &mut Object, invoice: &Invoice) -> &'static str {
        match planned(self.machine, object, OUTCOME) {
            Some("partially_processed") if !invoice.allow_partially => "process_failed",
            Some(planned) => planned,
            None => "processed",
        }
    }
}
