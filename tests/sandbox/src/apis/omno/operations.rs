//! The operations of OMNO, on the engine.

use std::sync::Arc;

use serde_json::Value;
use specie_runtime::{Decimal, dec};

use super::cards::{self, Quiet, SavedCard};
use super::transaction::{Transaction, Transactions};
use crate::draft::{Draft, MoveError, NewObject};
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::kind::Kind;
use crate::machine::Cause;
use crate::profile::{PayoutApproval, Repeated};
use crate::record::Object;
use crate::scenario::Plan;

/// Why a request was refused. Nothing has changed.
#[derive(Debug)]
pub(crate) enum Refused {
    /// A value is not acceptable.
    BadRequest(&'static str),
    /// There is no such thing, or it is another merchant's.
    NotFound,
    /// The state does not allow it, or the order was used before.
    Conflict(&'static str),
    /// The sandbox failed.
    Failed(SandboxError),
}

impl From<SandboxError> for Refused {
    fn from(error: SandboxError) -> Self {
        Self::Failed(error)
    }
}

impl From<MoveError> for Refused {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Forbidden => Self::Conflict("the transaction is in another state"),
            MoveError::Store(error) => Self::Failed(error),
        }
    }
}

/// What a pay-in or a payout is created with.
#[derive(Clone, Debug)]
pub(crate) struct NewTransaction {
    pub(crate) order_id: String,
    pub(crate) amount: Decimal,
    pub(crate) currency: String,
    pub(crate) external_user_id: String,
    pub(crate) return_urls: Option<(String, String)>,
    pub(crate) router_id: Option<String>,
    pub(crate) previous_transaction_count: Option<i64>,
    /// What the merchant's own data say about the scenario.
    pub(crate) scenario: Option<Value>,
}

/// How a pay-in is paid.
#[derive(Clone, Debug)]
pub(crate) enum Means {
    /// A card whose number came with the request.
    Card { number: String, save: bool },
    /// A card that was saved before.
    SavedCard(String),
    /// No card.
    DirectLink,
}

impl Means {
    const fn cause(&self) -> Cause {
        Cause::Operation(match self {
            Self::Card { .. } => "processPayinCard",
            Self::SavedCard(_) => "processPayinSavedCard",
            Self::DirectLink => "processPayinDirectLink",
        })
    }
}

/// OMNO on the engine.
#[derive(Clone, Debug)]
pub(crate) struct Operations {
    pub(crate) engine: Arc<Engine>,
    pub(crate) payins: Arc<Transactions>,
    pub(crate) payouts: Arc<Transactions>,
}

type Refusable<T> = Result<T, Refused>;

impl Operations {
    /// Registers a pay-in or a payout. Currencies that no provider has are converted: of the test currency XTS, two are a dollar.
    pub(crate) async fn create(
        &self,
        kind: &Arc<Transactions>,
        merchant: String,
        new: NewTransaction,
        plan: Plan,
    ) -> Refusable<Object> {
        if new.amount <= dec!(0) {
            return Err(Refused::BadRequest("the amount has to be more than 0"));
        }
        if new.order_id.trim().is_empty() || new.currency.trim().is_empty() {
            return Err(Refused::BadRequest("the order and the currency may not be empty"));
        }
        let (kind, may_repeat) = (Arc::clone(kind), self.engine.profile.repeated_order == Repeated::Accepted);
        let created = self.engine.decide(move |draft| {
            if !may_repeat && draft.by_reference(&*kind, &merchant, &new.order_id)?.is_some() {
                return Err(Refused::Conflict("this order was used before"));
            }
            let machine = kind.machine();
            let operation = if machine.kind == "payin" { "createPayin" } else { "createPayout" };
            let object = NewObject {
                merchant: merchant.clone(),
                reference: Some(new.order_id.clone()),
                state: "CREATED",
                cause: Cause::Operation(operation),
                plan,
            };
            let chance = draft.chance();
            Ok(draft.insert(&*kind, object, |number| {
                let id = chance.hex(&[machine.kind, &number.to_string()], 32);
                Ok((id, transaction(new, &chance.hex(&["customer", &merchant], 8))))
            })?)
        });
        created.await
    }

    /// The merchant's transaction, as an operation reads it.
    pub(crate) async fn read(&self, kind: &Transactions, merchant: &str, id: &str) -> Refusable<Object> {
        self.engine.object_read(kind, Some(merchant), id).await?.ok_or(Refused::NotFound)
    }

    /// The merchant's transaction.
    pub(crate) fn fetch(&self, kind: &Transactions, merchant: &str, id: &str) -> Refusable<Object> {
        self.engine.object(kind, Some(merchant), id)?.ok_or(Refused::NotFound)
    }

    /// Pays a pay-in; `plan` is what the request's header asks for.
    pub(crate) async fn pay(&self, merchant: String, id: String, means: Means, plan: Plan) -> Refusable<Object> {
        let kind = Arc::clone(&self.payins);
        let paid = self.engine.decide(move |draft| {
            let mut object = draft.object(&*kind, &merchant, &id)?.ok_or(Refused::NotFound)?;
            if object.state != "CREATED" {
                return Err(Refused::Conflict("the pay-in was processed before"));
            }
            let cause = means.cause();
            pay(draft, &kind, &mut object, (means, plan), cause)?;
            Ok(object)
        });
        paid.await
    }

    /// Starts a payout over a direct link, or from a page.
    pub(crate) async fn start_payout(&self, merchant: String, id: String, cause: Cause) -> Refusable<Object> {
        let to = match self.engine.profile.payout_approval {
            PayoutApproval::Needed => "WAITING_FOR_CONFIRMATION",
            PayoutApproval::NotNeeded => "PENDING",
        };
        self.move_payout(merchant, id, cause, to).await
    }

    /// Confirms a payout, which is then processed.
    pub(crate) async fn confirm(&self, merchant: String, id: String) -> Refusable<()> {
        let repeated = self.engine.profile.repeated_confirmation == Repeated::Accepted
            && self.fetch(&self.payouts, &merchant, &id)?.state == "PENDING";
        if !repeated {
            self.move_payout(merchant, id, Cause::Operation("confirmPayout"), "PENDING").await?;
        }
        Ok(())
    }

    /// Rejects a payout, which then never reaches a provider.
    pub(crate) async fn reject(&self, merchant: String, id: String) -> Refusable<()> {
        self.move_payout(merchant, id, Cause::Operation("rejectPayout"), "REJECTED").await.map(drop)
    }

    async fn move_payout(&self, merchant: String, id: String, cause: Cause, to: &'static str) -> Refusable<Object> {
        let kind = Arc::clone(&self.payouts);
        let moved = self.engine.decide(move |draft| {
            let mut object = draft.object(&*kind, &merchant, &id)?.ok_or(Refused::NotFound)?;
            draft.transition(&*kind, &mut object, cause, to)?;
            Ok(object)
        });
        moved.await
    }

    /// Opens a cashier session.
    pub(crate) async fn open_session(
        &self,
        merchant: String,
        external_user_id: String,
        currency: String,
    ) -> Refusable<Object> {
        let opened = self.engine.decide(move |draft| {
            let object = NewObject {
                merchant,
                reference: None,
                state: "OPEN",
                cause: Cause::Operation("createCashierSession"),
                plan: Plan::default(),
            };
            let chance = draft.chance();
            Ok(draft.insert(&Quiet::SESSIONS, object, |number| {
                let id = chance.hex(&["session", &number.to_string()], 32);
                Ok((id, serde_json::json!({"external_user_id": external_user_id, "currency": currency, "balance_refreshed": 0})))
            })?)
        });
        opened.await
    }

    /// Notes that the customer's balance has changed.
    pub(crate) async fn refresh_balance(&self, merchant: String, id: String) -> Refusable<()> {
        let refreshed = self.engine.decide(move |draft| {
            let mut object = draft.object(&Quiet::SESSIONS, &merchant, &id)?.ok_or(Refused::NotFound)?;
            if object.state != "OPEN" {
                return Err(Refused::Conflict("the session is over"));
            }
            let mut fields: Value = object.fields()?;
            let times = fields["balance_refreshed"].as_u64().unwrap_or(0);
            fields["balance_refreshed"] = (times + 1).into();
            object.set_fields(&fields)?;
            draft.save(&object)?;
            Ok(())
        });
        refreshed.await
    }
}

fn transaction(new: NewTransaction, salt: &str) -> Transaction {
    let (amount, currency) = match new.currency.as_str() {
        "XTS" => (new.amount.checked_mul(dec!(0.5)).unwrap_or(new.amount), "USD".to_owned()),
        other => (new.amount, other.to_owned()),
    };
    Transaction {
        amount,
        currency,
        initial_amount: new.amount,
        initial_currency: new.currency,
        customer_id: format!("{salt}-{}", new.external_user_id),
        external_user_id: new.external_user_id,
        return_urls: new.return_urls,
        router_id: new.router_id,
        previous_transaction_count: new.previous_transaction_count,
        card: None,
        means: None,
        reason: None,
        refunded: dec!(0),
        refunding: dec!(0),
    }
}

/// Moves a pay-in to where its means, its own plan and the request's lead.
pub(crate) fn pay(
    draft: &mut Draft<'_>,
    kind: &Transactions,
    object: &mut Object,
    (means, plan): (Means, Plan),
    cause: Cause,
) -> Refusable<()> {
    let mut transaction: Transaction = object.fields()?;
    let usual = match means {
        Means::Card { number, save } => {
            let shown = cards::shown(draft.chance(), &object.merchant, &number);
            if save {
                let card = SavedCard {
                    external_user_id: transaction.external_user_id.clone(),
                    shown: shown.clone(),
                    plan: cards::saved_plan_of(&number),
                };
                save_card(draft, &object.merchant, card)?;
            }
            transaction.card = Some(shown);
            cards::plan_of(&number)
        }
        Means::SavedCard(id) => {
            let card = draft.object(&Quiet::CARDS, &object.merchant, &id)?.ok_or(Refused::NotFound)?;
            let card: SavedCard = card.fields()?;
            // Another customer's card is none.
            if card.external_user_id != transaction.external_user_id {
                return Err(Refused::NotFound);
            }
            transaction.card = Some(card.shown);
            card.plan
        }
        Means::DirectLink => Plan::outcome("PENDING"),
    };
    let kind_of_payment = if transaction.card.is_some() { "CARD" } else { "APM" };
    transaction.means = Some(kind_of_payment.to_owned());
    object.set_fields(&transaction)?;
    // The request's header is stronger than what the pay-in was created with, and that than the card; each leaves what it says nothing of.
    let is_card = transaction.card.is_some();
    let mut chosen = object.plan.clone();
    chosen.overrule(plan);
    if chosen == Plan::default() {
        chosen = usual.clone();
    }
    if chosen.reason.is_none() {
        chosen.reason.clone_from(&usual.reason);
    }
    // What says only when or how leaves the outcome to the card.
    if chosen.outcomes.is_empty() && (!chosen.hold || chosen.after_reads.is_some()) {
        chosen.outcomes.clone_from(&usual.outcomes);
    }
    object.plan = chosen.clone();
    let waits = !is_card
        || chosen.after.is_some()
        || chosen.after_reads.is_some()
        || (chosen.hold && chosen.outcomes.is_empty());
    let outcome = chosen.outcomes.first().or(usual.outcomes.first()).map_or("SUCCESS", String::as_str);
    let to = if waits { "PENDING" } else { kind.machine().state(outcome).unwrap_or("SUCCESS") };
    draft.transition(kind, object, cause, to)?;
    Ok(())
}

fn save_card(draft: &mut Draft<'_>, merchant: &str, card: SavedCard) -> Refusable<()> {
    if draft.object(&Quiet::CARDS, merchant, &card.shown.id)?.is_some() {
        return Ok(());
    }
    let object = NewObject {
        merchant: merchant.to_owned(),
        reference: None,
        state: "SAVED",
        cause: Cause::Operation("processPayinCard"),
        plan: Plan::default(),
    };
    draft.insert(&Quiet::CARDS, object, |_| Ok((card.shown.id.clone(), card)))?;
    Ok(())
}
