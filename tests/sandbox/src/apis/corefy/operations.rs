//! The operations, whichever brand they were called of. Each returns the text of its response.

use std::sync::Arc;

use specie_runtime::Decimal;

use super::create::{NewInvoice, Refused};
use super::invoice::Invoices;
use super::list::{self, Page};
use super::services::SERVICES;
use super::view;
use crate::draft::{MoveError, NewObject};
use crate::engine::Engine;
use crate::error::SandboxError;
use crate::kind::Kind;
use crate::machine::Cause;
use crate::merchants::Account;
use crate::profile::ProcessedState;
use crate::record::{self, Object};
use crate::scenario::Plan;

/// One brand.
#[derive(Clone, Debug)]
pub(crate) struct Corefy {
    pub(crate) engine: Arc<Engine>,
    pub(crate) kind: Arc<Invoices>,
}

type Text = Result<String, Refused>;

impl Corefy {
    /// The account of these credentials of HTTP Basic.
    pub(crate) fn by_basic(&self, username: &str, matches: impl Fn(&str) -> bool) -> Option<Account> {
        self.engine
            .merchants
            .find(|account| account.credentials.account_id == username && matches(account.credentials.api_key.expose()))
    }

    /// The account of this public key.
    pub(crate) fn by_public_key(&self, key: &str) -> Option<Account> {
        self.engine.merchants.find(|account| account.credentials.public_key == key)
    }

    /// The merchant's invoice.
    fn invoice(&self, merchant: Option<&str>, id: &str) -> Result<Object, Refused> {
        self.engine.object(&*self.kind, merchant, id)?.ok_or(Refused::NotFound)
    }

    /// The merchant's invoice, as an operation reads it.
    async fn invoice_read(&self, merchant: Option<&str>, id: &str) -> Result<Object, Refused> {
        self.engine.object_read(&*self.kind, merchant, id).await?.ok_or(Refused::NotFound)
    }

    fn document(&self, object: &Object) -> Text {
        let callbacks = self.engine.read(|rows| record::deliveries_of(rows, object))?;
        Ok(view::document(object, &callbacks)?)
    }

    /// What the request asks to become of the invoice, beside what its test data say.
    pub(crate) fn test_plan(&self, new: &NewInvoice) -> Option<Plan> {
        new.test_plan(self.engine.chance)
    }

    pub(crate) async fn create(&self, merchant: String, new: NewInvoice, plan: Plan) -> Text {
        let service = new.check()?;
        let kind = Arc::clone(&self.kind);
        let created = self.engine.decide(move |draft| {
            if let Some(earlier) = draft.by_reference(&*kind, &merchant, &new.reference_id)? {
                return Err(Refused::Conflict(Box::new(earlier), "this reference was used before"));
            }
            let auto_process = new.auto_process;
            let object = NewObject {
                merchant: merchant.clone(),
                reference: Some(new.reference_id.clone()),
                state: "created",
                cause: Cause::Operation("createPayoutInvoice"),
                plan,
            };
            let chance = draft.chance();
            let api = kind.machine().api;
            let mut object = draft.insert(&*kind, object, |number| {
                let serial = chance.token(&["invoice", api, &number.to_string()], 16);
                Ok((format!("cpoi_{serial}"), new.invoice(service, chance, serial, &merchant)))
            })?;
            if auto_process {
                let cause = Cause::Operation("createPayoutInvoice");
                draft.transition(&*kind, &mut object, cause, "processing").map_err(failed)?;
            }
            Ok(object)
        });
        self.document(&created.await?)
    }

    pub(crate) async fn process(&self, merchant: String, id: String) -> Text {
        let before = self.invoice(Some(&merchant), &id)?;
        let kind = Arc::clone(&self.kind);
        let processed = self.engine.decide(move |draft| {
            let mut object = draft.object(&*kind, &merchant, &id)?.ok_or(Refused::NotFound)?;
            let cause = Cause::Operation("processPayoutInvoice");
            match draft.transition(&*kind, &mut object, cause, "processing") {
                Ok(()) => Ok(object),
                Err(MoveError::Forbidden) => {
                    Err(Refused::Conflict(Box::new(object), "it cannot be processed in its present state"))
                }
                Err(MoveError::Store(error)) => Err(error.into()),
            }
        });
        let processed = processed.await?;
        self.document(if self.engine.profile.processed_state == ProcessedState::After { &processed } else { &before })
    }

    pub(crate) async fn get(&self, merchant: &str, id: &str) -> Text {
        self.document(&self.invoice_read(Some(merchant), id).await?)
    }

    /// What is known of an invoice over the public API, where no key has to come along.
    pub(crate) async fn get_public(&self, merchant: Option<&str>, id: &str) -> Text {
        let object = self.invoice_read(merchant, id).await?;
        Ok(serde_json::to_string(&view::Document { data: view::public(&object)? }).map_err(SandboxError::from)?)
    }

    pub(crate) fn find_public(&self, merchant: Option<&str>, reference: &str) -> Text {
        let merchants = match merchant {
            Some(merchant) => vec![merchant.to_owned()],
            None => self.engine.merchants.all().into_iter().map(|account| account.name).collect(),
        };
        let mut found = Vec::new();
        for merchant in merchants {
            if let Some(object) = self.by_reference(&merchant, reference)? {
                found.push(view::public(&object)?);
            }
        }
        Ok(serde_json::to_string(&view::Document { data: found }).map_err(SandboxError::from)?)
    }

    fn by_reference(&self, merchant: &str, reference: &str) -> Result<Option<Object>, SandboxError> {
        let machine = self.kind.machine();
        let place = (machine.api, merchant, machine.kind);
        self.engine.read(|rows| record::object_by_reference(rows, place, reference))
    }

    pub(crate) fn list(&self, merchant: &str, reference: Option<&str>, query: &str) -> Text {
        match reference {
            Some(reference) => list::by_reference(self.by_reference(merchant, reference)?.as_ref()),
            None => list::invoices(&self.engine, &*self.kind, merchant, &Page::of_query(query)),
        }
    }

    pub(crate) fn services(&self, merchant: &str, number: Option<i64>, size: Option<i64>) -> Text {
        list::services(self.engine.chance, merchant, number, size)
    }

    pub(crate) fn service(&self, merchant: &str, id: &str) -> Text {
        let chance = self.engine.chance;
        let service = SERVICES.iter().find(|service| view::service_id(chance, merchant, service) == id);
        let data = view::service(chance, merchant, service.ok_or(Refused::NotFound)?)?;
        Ok(serde_json::to_string(&view::Document { data }).map_err(SandboxError::from)?)
    }

    pub(crate) fn prerequest(merchant: &str, currency: &str, amount: Decimal) -> Text {
        Ok(view::prerequest(currency, amount, merchant)?)
    }

    /// The duplicate of a conflict, as it stands in the response.
    pub(crate) fn conflict(&self, earlier: &Object, detail: &str) -> Result<String, SandboxError> {
        let callbacks = self.engine.read(|rows| record::deliveries_of(rows, earlier))?;
        let (errors, data) = (view::error_document(409, Some(detail)), view::document(earlier, &callbacks)?);
        // Both are objects with one entry: `{"errors":…}` and `{"data":…}`.
        let (errors, data) = (errors.strip_suffix('}').unwrap_or_default(), data.strip_prefix('{').unwrap_or_default());
        Ok(format!("{errors},{data}"))
    }
}

fn failed(error: MoveError) -> Refused {
    match error {
        MoveError::Forbidden => Refused::Failed(SandboxError::store("a new invoice cannot be processed")),
        MoveError::Store(error) => error.into(),
    }
}
