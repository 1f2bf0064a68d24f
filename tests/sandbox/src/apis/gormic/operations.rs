//! The operations of Gormic, on the engine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use specie_runtime::{Decimal, JsonObject, Patch, dec};

use super::payment::{METHODS, OF_ORDER, Payment, Records};
use super::states::{INVOICE, ORDER, PAYMENT, PLANNED};
use crate::draft::{Draft, MoveError, NewObject};
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::machine::Cause;
use crate::profile::UnknownOrders;
use crate::record::{self, Object};
use crate::scenario::Plan;

/// Payments.
pub(crate) static PAYMENTS: Records = Records(&PAYMENT);
/// Orders.
pub(crate) static ORDERS: Records = Records(&ORDER);
/// Invoices.
pub(crate) static INVOICES: Records = Records(&INVOICE);

/// Why a request was refused. Nothing has changed.
#[derive(Debug)]
pub(crate) enum Refused {
    /// For the reason that this code names.
    Code(&'static str),
    /// The sandbox failed.
    Failed(SandboxError),
}

/// The codes; those of creating are documented. What the others answer where a payment is not there is not.
pub(crate) const INVALID_PARAMETER: &str = "InvalidParameter";
const METHOD_NOT_FOUND: &str = "MethodNotFound";
const INVALID_STATUS: &str = "INVALID_STATUS";
const LIMIT_REACHED: &str = "LIMIT_REACHED";
const ORDER_CLOSED: &str = "ORDER_CLOSED";
const ORDER_CANCELED: &str = "ORDER_CANCELED";
const INVOICE_NOT_FOUND: &str = "INVOICE_NOT_FOUND";
const INVOICE_CLOSED: &str = "INVOICE_CLOSED";
const PAYMENT_NOT_FOUND: &str = "PaymentNotFound";

/// The refusals that a scenario may ask for.
const CODES: &[&str] = &[
    INVALID_PARAMETER,
    METHOD_NOT_FOUND,
    INVALID_STATUS,
    LIMIT_REACHED,
    ORDER_CLOSED,
    ORDER_CANCELED,
    INVOICE_NOT_FOUND,
    INVOICE_CLOSED,
];

/// What the outcome of a scenario may be: a state in which the payment ends, or the code with which creating it is refused.
pub(crate) fn outcomes() -> Vec<&'static str> {
    PLANNED.iter().chain(CODES).copied().collect()
}

impl From<SandboxError> for Refused {
    fn from(error: SandboxError) -> Self {
        Self::Failed(error)
    }
}

impl From<MoveError> for Refused {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Forbidden => Self::Code(INVALID_STATUS),
            MoveError::Store(error) => Self::Failed(error),
        }
    }
}

/// An order's total; `None`: it may be paid without end.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Total {
    pub(crate) total: Option<Decimal>,
}

/// What an update or a confirmation changes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Changes {
    /// The id in the body, which has to be that of the path.
    pub(crate) id: Option<String>,
    pub(crate) order_id: Option<String>,
    pub(crate) amount: Option<Decimal>,
    pub(crate) method: Option<String>,
    pub(crate) custom: Option<bool>,
    pub(crate) customer_uid: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) source: Option<Patch<String>>,
    pub(crate) transaction_ref: Option<Patch<String>>,
    pub(crate) attrs: Option<JsonObject>,
    pub(crate) note: Option<Patch<String>>,
}

/// Gormic on the engine.
#[derive(Clone, Debug)]
pub(crate) struct Operations {
    pub(crate) engine: Arc<Engine>,
    /// How many requests each merchant has made on a day.
    pub(crate) requests: Arc<Mutex<BTreeMap<(String, u64), u64>>>,
}

type Refusable<T> = Result<T, Refused>;

impl Operations {
    /// Counts a request; `false` if the day's are used up. The next day begins at midnight UTC of the sandbox.
    pub(crate) fn count(&self, merchant: &str) -> bool {
        let Some(most) = self.engine.profile.gormic_requests_per_day else { return true };
        let day = self.engine.clock.now().0 / 86_400_000;
        let mut requests = self.requests.lock().unwrap_or_else(PoisonError::into_inner);
        requests.retain(|(_, of), _| *of == day);
        let count = requests.entry((merchant.to_owned(), day)).or_default();
        *count += 1;
        *count <= most
    }

    /// Records a payment.
    pub(crate) async fn create(
        &self,
        merchant: String,
        payment: Payment,
        status: Option<String>,
        plan: Plan,
    ) -> Refusable<Object> {
        let refused = plan.outcomes.first().and_then(|outcome| CODES.iter().find(|code| *code == outcome));
        if let Some(code) = refused {
            return Err(Refused::Code(code));
        }
        let open = self.engine.profile.unknown_orders == UnknownOrders::Open;
        let state = match status.as_deref() {
            None => "pending",
            Some(status) => {
                PAYMENT.initial.iter().copied().find(|state| *state == status).ok_or(Refused::Code(INVALID_STATUS))?
            }
        };
        let created = self.engine.decide(move |draft| {
            check_values(&payment)?;
            let total = check_order(draft, &merchant, &payment.order_id, open)?;
            check_invoice(draft, &merchant, payment.invoice_id.as_deref())?;
            check_limits(draft, &merchant, &payment, (None, total))?;
            let object = NewObject {
                merchant: merchant.clone(),
                reference: payment.transaction_ref.clone(),
                state,
                cause: Cause::Operation("createPayment"),
                plan,
            };
            let chance = draft.chance();
            Ok(draft.insert(&PAYMENTS, object, |number| {
                Ok((format!("pay_{}", chance.token(&["payment", &number.to_string()], 20)), payment))
            })?)
        });
        created.await
    }

    /// Changes a payment.
    pub(crate) async fn update(&self, merchant: String, uid: String, changes: Changes) -> Refusable<()> {
        let open = self.engine.profile.unknown_orders == UnknownOrders::Open;
        let updated = self.engine.decide(move |draft| {
            let mut object = payment(draft, &merchant, &uid, changes.id.as_deref())?;
            if matches!(object.state.as_str(), "reversed") {
                return Err(Refused::Code(INVALID_STATUS));
            }
            let mut payment: Payment = object.fields()?;
            // Moving a payment to another order is not described; it is refused rather than guessed.
            if changes.order_id.as_ref().is_some_and(|order| *order != payment.order_id) {
                return Err(Refused::Code(INVALID_PARAMETER));
            }
            let status = changes.status.clone();
            if object.state == "complete" && (changes.amount.is_some() || changes.source.is_some()) {
                return Err(Refused::Code(INVALID_STATUS));
            }
            changes.apply(&mut payment);
            check_values(&payment)?;
            let total = check_order(draft, &merchant, &payment.order_id, open)?;
            check_limits(draft, &merchant, &payment, (Some(&object.id), total))?;
            object.set_fields(&payment)?;
            match status.filter(|status| *status != object.state) {
                None => draft.save(&object)?,
                Some(status) => {
                    let to = PAYMENT.state(&status).ok_or(Refused::Code(INVALID_PARAMETER))?;
                    if to == "reversed" && is_refunded(draft, &merchant, &payment, &object.id)? {
                        return Err(Refused::Code(INVALID_STATUS));
                    }
                    draft.transition(&PAYMENTS, &mut object, Cause::Operation("updatePayment"), to)?;
                }
            }
            Ok(())
        });
        updated.await
    }

    /// Completes a payment; the result is the order's payments.
    pub(crate) async fn confirm(&self, merchant: String, uid: String, changes: Changes) -> Refusable<Vec<Object>> {
        let confirmed = self.engine.decide(move |draft| {
            let mut object = payment(draft, &merchant, &uid, changes.id.as_deref())?;
            let mut payment: Payment = object.fields()?;
            if changes.order_id.as_ref().is_some_and(|order| *order != payment.order_id) {
                return Err(Refused::Code(INVALID_PARAMETER));
            }
            changes.apply(&mut payment);
            // What a refund gives back may have been reversed in the meantime.
            check_limits(draft, &merchant, &payment, (Some(&object.id), None))?;
            object.set_fields(&payment)?;
            draft.transition(&PAYMENTS, &mut object, Cause::Operation("confirmPayment"), "complete")?;
            Ok((merchant, object))
        });
        self.of_order(confirmed.await?)
    }

    /// Removes a payment; the result is the order's payments without it.
    pub(crate) async fn delete(&self, merchant: String, uid: String) -> Refusable<Vec<Object>> {
        let deleted = self.engine.decide(move |draft| {
            let mut object = payment(draft, &merchant, &uid, None)?;
            draft.transition(&PAYMENTS, &mut object, Cause::Operation("deletePayment"), "deleted")?;
            Ok::<_, Refused>((merchant, object))
        });
        self.of_order(deleted.await?)
    }

    fn of_order(&self, (merchant, object): (String, Object)) -> Refusable<Vec<Object>> {
        let payment: Payment = object.fields()?;
        let place = ["gormic", &merchant, OF_ORDER, &payment.order_id];
        let found = self.engine.read(|rows| record::members(rows, &place, ("gormic", "payment")))?;
        Ok(found.into_iter().filter(|payment| payment.state != "deleted").collect())
    }
}

impl Changes {
    fn apply(self, payment: &mut Payment) {
        let patch = |field: &mut Option<String>, change: Option<Patch<String>>| match change {
            Some(Patch::Set(value)) => *field = Some(value),
            Some(Patch::Clear) => *field = None,
            _ => {}
        };
        patch(&mut payment.source, self.source);
        patch(&mut payment.transaction_ref, self.transaction_ref);
        patch(&mut payment.note, self.note);
        payment.amount = self.amount.or(payment.amount);
        payment.method = self.method.or(payment.method.take());
        payment.custom = self.custom.unwrap_or(payment.custom);
        payment.customer_uid = self.customer_uid.or(payment.customer_uid.take());
        if let Some(attrs) = self.attrs {
            payment.attrs = attrs;
        }
    }
}

/// The merchant's payment, if it is there and the body names the same.
fn payment(draft: &Draft<'_>, merchant: &str, uid: &str, named: Option<&str>) -> Refusable<Object> {
    if named.is_some_and(|named| named != uid) {
        return Err(Refused::Code(INVALID_PARAMETER));
    }
    let found = draft.object(&PAYMENTS, merchant, uid)?;
    found.filter(|object| object.state != "deleted").ok_or(Refused::Code(PAYMENT_NOT_FOUND))
}

fn check_values(payment: &Payment) -> Refusable<()> {
    let is_known = |method: &String| METHODS.iter().any(|(id, _)| id == method);
    if payment.amount.is_some_and(|amount| amount <= dec!(0)) || payment.order_id.trim().is_empty() {
        return Err(Refused::Code(INVALID_PARAMETER));
    }
    if payment.r#type == "refund" && payment.source.is_none() {
        return Err(Refused::Code(INVALID_PARAMETER));
    }
    if payment.method.as_ref().is_some_and(|method| !is_known(method)) {
        return Err(Refused::Code(METHOD_NOT_FOUND));
    }
    Ok(())
}

/// The total of an order that may still be paid.
fn check_order(draft: &Draft<'_>, merchant: &str, order: &str, unknown_is_open: bool) -> Refusable<Option<Decimal>> {
    match draft.by_reference(&ORDERS, merchant, order)? {
        None if unknown_is_open => Ok(None),
        None => Err(Refused::Code(INVALID_PARAMETER)),
        Some(order) => match order.state.as_str() {
            "open" => Ok(order.fields::<Total>()?.total),
            "closed" => Err(Refused::Code(ORDER_CLOSED)),
            _ => Err(Refused::Code(ORDER_CANCELED)),
        },
    }
}

fn check_invoice(draft: &Draft<'_>, merchant: &str, invoice: Option<&str>) -> Refusable<()> {
    let Some(invoice) = invoice else { return Ok(()) };
    let found = draft.by_reference(&INVOICES, merchant, invoice)?.ok_or(Refused::Code(INVOICE_NOT_FOUND))?;
    if found.state == "open" { Ok(()) } else { Err(Refused::Code(INVOICE_CLOSED)) }
}

/// Whether refunds give back a receipt, or some of it: then it cannot be reversed, since more would be given back than was paid.
fn is_refunded(draft: &Draft<'_>, merchant: &str, payment: &Payment, id: &str) -> Refusable<bool> {
    let place = ["gormic", merchant, OF_ORDER, &payment.order_id];
    for object in record::members(draft.rows(), &place, ("gormic", "payment"))? {
        let other: Payment = object.fields()?;
        if other.source.as_deref() == Some(id) && !matches!(object.state.as_str(), "deleted" | "reversed") {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Receipts may not pass the order's total, nor refunds the receipt that they give back. `own` is the payment that is changed, if it is there.
fn check_limits(
    draft: &Draft<'_>,
    merchant: &str,
    payment: &Payment,
    (own, total): (Option<&str>, Option<Decimal>),
) -> Refusable<()> {
    let place = ["gormic", merchant, OF_ORDER, &payment.order_id];
    let mut others = Vec::new();
    for object in record::members(draft.rows(), &place, ("gormic", "payment"))? {
        let counts = !matches!(object.state.as_str(), "deleted" | "reversed") && own != Some(object.id.as_str());
        if counts {
            others.push((object.fields::<Payment>()?, object));
        }
    }
    let sum = |fits: &dyn Fn(&Payment) -> bool| {
        let fitting = others.iter().filter(|(other, _)| fits(other)).filter_map(|(other, _)| other.amount);
        fitting.fold(payment.amount, |sum, amount| sum.unwrap_or_default().checked_add(amount)).unwrap_or_default()
    };
    if payment.r#type == "receipt" {
        let receipts = sum(&|other| other.r#type == "receipt");
        return match total {
            Some(total) if receipts > total => Err(Refused::Code(LIMIT_REACHED)),
            _ => Ok(()),
        };
    }
    let source = payment.source.as_deref().unwrap_or_default();
    let receipt = others.iter().find(|(other, object)| object.id == source && other.r#type == "receipt");
    let (receipt, object) = receipt.ok_or(Refused::Code(INVALID_PARAMETER))?;
    if object.state != "complete" {
        return Err(Refused::Code(INVALID_STATUS));
    }
    let refunds = sum(&|other| other.r#type == "refund" && other.source.as_deref() == Some(source));
    if refunds > receipt.amount.unwrap_or_default() { Err(Refused::Code(LIMIT_REACHED)) } else { Ok(()) }
}
