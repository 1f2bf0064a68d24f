//! Creating an invoice: which requests are refused, and what becomes of the others.

use std::collections::BTreeMap;

use serde_json::Value;
use specie_runtime::{Decimal, Json, JsonObject, dec};

use super::invoice::Invoice;
use super::services::{Service, service_of};
use super::states::PLANNED;
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::mask;
use crate::record::Object;
use crate::scenario::{Plan, state_named};

/// How often processing is tried, where the request does not say (payout-invoice.md of the platform's documentation).
const ATTEMPTS: u32 = 5;

/// The expiry date with which each test card stays pending.
const PENDING_EXPIRY: &str = "0777";

/// The resolutions of the failing test cards by their expiry dates (test-card-numbers.md of the platform's documentation).
const RESOLUTIONS: &[(&str, &str)] = &[
    ("0125", "invalid_credentials"),
    ("0137", "limit_violation"),
    ("0149", "card_is_3ds_enrolled"),
    ("0226", "invalid_pan"),
    ("0238", "invalid_amount"),
    ("0250", "unable_to_determine_3ds_enrolment"),
    ("0327", "invalid_cvv"),
    ("0339", "unable_to_reconcile"),
    ("0351", "auth_fatal_error"),
    ("0428", "card_expired"),
    ("0440", "fatal_error"),
    ("0452", "duplicated_transaction"),
    ("0529", "insufficient_funds"),
    ("0541", "invalid_card"),
    ("0553", "unknown"),
    ("0630", "invalid_card_status"),
    ("0642", "antifraud_error"),
    ("0654", "provider_error"),
    ("0731", "invalid_3ds_code"),
    ("0743", "invalid_pin"),
    ("0755", "error"),
    ("0832", "invalid_otp"),
    ("0844", "invalid_details"),
    ("0856", "access_denied"),
    ("0933", "declined"),
    ("0945", "provider_fatal_error"),
    ("1034", "lost_or_stolen_card"),
    ("1046", "client_auth_failed"),
    ("1135", "invalid_request"),
    ("1147", "issuer_decline"),
    ("1236", "functionality_is_not_permitted"),
    ("1248", "card_is_not_3ds_enrolled"),
];

fn pending() -> Plan {
    Plan::outcome("process_pending").hold()
}

/// What a request says, whichever brand it came to.
#[derive(Clone, Debug)]
pub(crate) struct NewInvoice {
    pub(crate) reference_id: String,
    pub(crate) service: String,
    pub(crate) currency: String,
    pub(crate) amount: Decimal,
    pub(crate) fields: JsonObject,
    pub(crate) context: Option<JsonObject>,
    pub(crate) test_mode: Option<bool>,
    pub(crate) callback_url: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) allow_partially: bool,
    pub(crate) auto_process: bool,
    pub(crate) attempts_limit: Option<u32>,
    /// The merchant's id of the customer.
    pub(crate) customer: Option<String>,
    pub(crate) metadata: Option<JsonObject>,
}

/// Why a request was refused. Nothing has changed.
#[derive(Debug)]
pub(crate) enum Refused {
    /// There is no such thing, or it is another merchant's.
    NotFound,
    /// It does not fit the state of the invoice, which is this one.
    Conflict(Box<Object>, &'static str),
    /// Values are not acceptable: the reason for each field.
    Invalid(BTreeMap<String, String>),
    /// The sandbox failed.
    Failed(SandboxError),
}

impl From<SandboxError> for Refused {
    fn from(error: SandboxError) -> Self {
        Self::Failed(error)
    }
}

/// The value as text, where it is a scalar.
fn scalar(value: &Json) -> Option<String> {
    match value.decode::<Value>().ok()? {
        Value::String(text) => Some(text),
        Value::Number(_) | Value::Bool(_) => Some(value.as_str().to_owned()),
        _ => None,
    }
}

/// The entries of `fields` that are kept: card numbers are cut, security codes are left out.
fn kept(fields: &JsonObject) -> JsonObject {
    let mut kept = JsonObject::default();
    for (key, value) in fields.iter().filter(|(key, _)| !mask::is_security_code(key)) {
        let Some(text) = scalar(value) else { continue };
        let masked = if key == "card_number" { mask::card(&text) } else { mask::digits(&text) };
        kept.insert(key.to_owned(), Json::encode(&masked).unwrap_or_else(|_| Json::null()));
    }
    kept
}

impl NewInvoice {
    fn field(&self, key: &str) -> Option<String> {
        self.fields.get(key).and_then(scalar)
    }

    /// The service, if all values are acceptable.
    pub(super) fn check(&self) -> Result<&'static Service, Refused> {
        let mut reasons = BTreeMap::new();
        let mut refuse = |field: &str, reason: &str| drop(reasons.insert(field.to_owned(), reason.to_owned()));
        if self.reference_id.trim().is_empty() {
            refuse("reference_id", "This value should not be blank.");
        }
        if self.amount <= dec!(0) {
            refuse("amount", "This value should be greater than 0.");
        }
        let service = service_of(&self.service);
        match service {
            None => refuse("service", "There is no such service in this account."),
            Some(service) => {
                if service.currency != self.currency {
                    refuse("currency", "The service does not pay in this currency.");
                }
                if self.amount > dec!(0) && self.amount < service.amount_min {
                    refuse("amount", "This value is below the least amount of the service.");
                }
                if self.amount > service.amount_max {
                    refuse("amount", "This value is above the greatest amount of the service.");
                }
                for field in service.fields {
                    match self.field(field.key) {
                        None if field.required => refuse(&format!("fields.{}", field.key), "This field is missing."),
                        Some(value) if !field.rule.allows(&value) => {
                            refuse(&format!("fields.{}", field.key), "This value is not valid.");
                        }
                        _ => {}
                    }
                }
            }
        }
        match service {
            Some(service) if reasons.is_empty() => Ok(service),
            _ => Err(Refused::Invalid(reasons)),
        }
    }

    /// What test data say about the outcome: entries of a test service, or a test card.
    pub(super) fn test_plan(&self, chance: Chance) -> Option<Plan> {
        if self.service.starts_with("test_") { self.test_details(chance) } else { self.test_card() }
    }

    fn test_details(&self, chance: Chance) -> Option<Plan> {
        let mut plan = Plan { reason: self.field("test_details_payout_resolution"), ..Plan::default() };
        if let Some(rate) = self.field("test_details_success_rate").and_then(|rate| rate.parse::<u64>().ok()) {
            let drawn = chance.below(&["success rate", &self.reference_id], 100);
            plan.outcomes = vec![if drawn < rate { "processed" } else { "process_failed" }.to_owned()];
        }
        if let Some(status) = self.field("test_details_payout_status") {
            plan.outcomes = state_named(&status, PLANNED).map(str::to_owned).into_iter().collect();
        }
        (plan != Plan::default()).then_some(plan)
    }

    fn test_card(&self) -> Option<Plan> {
        match self.field("card_number")?.as_str() {
            "5123817234060000" | "5519283812030000" if self.expiry() == PENDING_EXPIRY => Some(pending()),
            "5123817234060000" | "5519283812030000" => Some(Plan::outcome("processed")),
            "4412397212080000" | "4302912837020000" => Some(self.failing_card()),
            _ => None,
        }
    }

    /// The expiry date of the card in `context`, as `MMYY`.
    fn expiry(&self) -> String {
        let card = self.context.as_ref().and_then(|context| context.get("card"));
        let part = |name: &str| card.and_then(|card| card.at(&format!("/{name}"))).as_ref().and_then(scalar);
        let month = part("exp_month").unwrap_or_default();
        let year = part("exp_year").unwrap_or_default();
        let year = year.get(year.len().saturating_sub(2)..).unwrap_or_default();
        format!("{month:0>2}{year}")
    }

    /// The resolution of the failing test cards, chosen by their expiry date (test-card-numbers.md of the platform's documentation).
    fn failing_card(&self) -> Plan {
        let expiry = self.expiry();
        if expiry == PENDING_EXPIRY {
            return pending();
        }
        let found = RESOLUTIONS.iter().find(|(date, _)| *date == expiry);
        Plan::outcome("process_failed").reason(found.map_or("general_fatal_error", |(_, resolution)| resolution))
    }

    /// The fields of the invoice.
    pub(super) fn invoice(self, service: &Service, chance: Chance, serial_number: String, merchant: &str) -> Invoice {
        Invoice {
            serial_number,
            service: service.code.to_owned(),
            method: service.method.to_owned(),
            service_currency: service.currency.to_owned(),
            currency: self.currency,
            amount: self.amount,
            fee: service.fee,
            writeoff: self.amount.checked_add(service.fee).unwrap_or(self.amount),
            resolution: "ok".to_owned(),
            test_mode: self.test_mode.unwrap_or(true),
            description: self.description,
            metadata: self.metadata.unwrap_or_default(),
            fields: kept(&self.fields),
            callback_url: self.callback_url,
            customer: self.customer.map(|id| format!("cus_{}", chance.token(&["customer", merchant, &id], 16))),
            allow_partially: self.allow_partially,
            attempts: 0,
            attempts_limit: self.attempts_limit.unwrap_or(ATTEMPTS),
            processed: None,
            processed_amount: None,
            processed_fee: None,
            processed_writeoff: None,
        }
    }
}
