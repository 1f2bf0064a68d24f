//! A payment on an order, and what follows from its states.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use serde_json::value::RawValue;
use specie_runtime::client::BoxFuture;
use specie_runtime::webhook::{SendError, Sender};
use specie_runtime::{Decimal, JsonObject};

use super::states::can;
use crate::chance::Chance;
use crate::error::SandboxError;
use crate::kind::{Callback, Change, Kind, Schedule, planned};
use crate::machine::{Cause, Machine, OUTCOME};
use crate::record::Object;

/// The fields of a payment that are not those of every object.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Payment {
    pub(crate) order_id: String,
    /// `receipt` or `refund`.
    pub(crate) r#type: String,
    pub(crate) custom: bool,
    pub(crate) amount: Option<Decimal>,
    pub(crate) method: Option<String>,
    pub(crate) customer_uid: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) transaction_ref: Option<String>,
    pub(crate) attrs: JsonObject,
    pub(crate) invoice_id: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) completed_at: Option<String>,
    pub(crate) reversed_at: Option<String>,
}

/// Under which the payments of an order are listed.
pub(super) const OF_ORDER: &str = "payments of an order";

/// The payment methods of every organization.
pub(crate) const METHODS: &[(&str, &str)] = &[("cash", "Cash"), ("card", "Card"), ("transfer", "Bank transfer")];

/// Payments, orders or invoices: no callback tells of them, since the documents do not say what one would hold.
#[derive(Debug)]
pub(crate) struct Records(pub(crate) &'static Machine);

impl Records {
    /// Whether a scenario asks for another state that the object can reach.
    fn is_planned(&self, object: &Object) -> bool {
        let next = object.plan.outcomes.first().and_then(|outcome| self.0.state(outcome));
        !object.plan.hold && next.is_some_and(|next| self.0.allows(&object.state, Cause::Timer(OUTCOME), next))
    }
}

impl Kind for Records {
    fn machine(&self) -> &'static Machine {
        self.0
    }

    /// Payments may share a reference.
    fn is_found_by_reference(&self) -> bool {
        self.0.kind != "payment"
    }

    /// Payments are listed by their order.
    fn group(&self, object: &Object) -> Result<Option<[String; 4]>, SandboxError> {
        if self.0.kind != "payment" {
            return Ok(None);
        }
        let payment: Payment = object.fields()?;
        Ok(Some(["gormic".to_owned(), object.merchant.clone(), OF_ORDER.to_owned(), payment.order_id]))
    }

    fn entered(&self, object: &mut Object, change: &Change<'_>) -> Result<Vec<(&'static str, Duration)>, SandboxError> {
        let mut timers = Vec::new();
        if self.0.kind == "payment" {
            let mut payment: Payment = object.fields()?;
            match object.state.as_str() {
                "pending" | "progress" if self.is_planned(object) => {
                    timers.push((OUTCOME, object.plan.after.unwrap_or(change.profile.processing)));
                }
                "complete" => payment.completed_at = Some(change.now.to_string()),
                "reversed" => payment.reversed_at = Some(change.now.to_string()),
                _ => {}
            }
            object.set_fields(&payment)?;
        }
        Ok(timers)
    }

    fn due(&self, object: &mut Object, timer: &str, _: Chance) -> Result<Option<&'static str>, SandboxError> {
        Ok(if timer == OUTCOME { planned(self.0, object, OUTCOME) } else { None })
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

/// A payment as it stands in lists.
pub(crate) fn shown(object: &Object) -> Result<Box<RawValue>, SandboxError> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Shown<'a> {
        id: &'a str,
        r#type: &'a str,
        status: &'a str,
        completed_at: &'a Option<String>,
        reversed_at: &'a Option<String>,
        custom: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        amount: Option<Decimal>,
        #[serde(skip_serializing_if = "Option::is_none")]
        method_uid: &'a Option<String>,
        source_payment_id: &'a Option<String>,
        transaction_ref: &'a Option<String>,
        attrs: &'a JsonObject,
        #[serde(skip_serializing_if = "Option::is_none")]
        invoice_id: &'a Option<String>,
        note: &'a Option<String>,
        created_at: String,
        created_via: &'static str,
        updated_at: String,
        updated_via: &'static str,
        can: Vec<&'static str>,
    }
    let payment: Payment = object.fields()?;
    Ok(serde_json::value::to_raw_value(&Shown {
        id: &object.id,
        r#type: &payment.r#type,
        status: &object.state,
        completed_at: &payment.completed_at,
        reversed_at: &payment.reversed_at,
        custom: payment.custom,
        amount: payment.amount,
        method_uid: &payment.method,
        source_payment_id: &payment.source,
        transaction_ref: &payment.transaction_ref,
        attrs: &payment.attrs,
        invoice_id: &payment.invoice_id,
        note: &payment.note,
        created_at: object.created.to_string(),
        created_via: "api",
        updated_at: object.updated.to_string(),
        updated_via: "api",
        can: can(&object.state),
    })?)
}

/// The list that deleting and confirming are answered with: the order's payments and the payment methods.
pub(crate) fn list(payments: &[Object]) -> Result<Box<RawValue>, SandboxError> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct List {
        items: Vec<Box<RawValue>>,
        payment_methods: Vec<serde_json::Value>,
    }
    let text = |name: &str| json!({"name": name, "description": null});
    let methods = METHODS
        .iter()
        .map(|(id, name)| json!({"id": id, "locales": {"ar": text(name), "en": text(name)}, "visible": true}));
    let items = payments.iter().map(shown).collect::<Result<_, _>>()?;
    Ok(serde_json::value::to_raw_value(&List { items, payment_methods: methods.collect() })?)
}

/// The envelope of every response.
pub(crate) fn envelope(request_id: &str, organization: &str, data: &RawValue) -> Result<String, SandboxError> {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Envelope<'a> {
        app: &'static str,
        service: &'static str,
        warnings: [(); 0],
        instance_id: &'a str,
        request_id: &'a str,
        data: &'a RawValue,
    }
    let envelope =
        Envelope { app: "sandbox", service: "om", warnings: [], instance_id: organization, request_id, data };
    Ok(serde_json::to_string(&envelope)?)
}
