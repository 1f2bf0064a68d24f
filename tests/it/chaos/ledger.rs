//! A Cublox server that remembers: it keeps references unique, responses a repetition with 409, and counts what it did.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cublox::CreatePayoutInvoiceError::{Conflict, UnprocessableEntity};
use cublox::server::{Credential, Cublox};
use cublox::types::{
    ErrorObject, ErrorObjectRequired, PayoutInvoice, PayoutInvoiceAttributes, PayoutInvoiceAttributesRequired,
    PayoutInvoiceConflict, PayoutInvoiceDocument, PayoutInvoicePage, PayoutInvoiceRequired, PayoutInvoiceStatus,
    PayoutInvoiceType, PayoutPrerequestDocument, PayoutServiceDocument, PayoutServicePage, PublicPayoutInvoiceDocument,
    PublicPayoutInvoiceMatch, ValidationErrorDocument,
};
use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceError, ListPayoutInvoices, ListPayoutInvoicesError};
use specie_runtime::server::{Refusal, Rejection, RequestContext};
use specie_runtime::{Decimal, JsonObject, dec};
use tokio::time::Instant;

/// The server. Clones share what it remembers.
#[derive(Clone, Default)]
pub struct Ledger {
    state: Arc<Mutex<State>>,
    habits: Habits,
}

#[derive(Default)]
struct State {
    payouts: BTreeMap<String, Vec<Payout>>,
    created: usize,
}

struct Payout {
    invoice: PayoutInvoice,
    visible: Instant,
}

/// How it does what it does.
#[derive(Clone)]
pub struct Habits {
    /// Whether a reference is taken once only.
    pub unique: bool,
    /// How long a new payout is missing in lists.
    pub lag: Arc<dyn Fn() -> Duration + Send + Sync>,
    /// Whether the response to a duplicate brings the earlier payout.
    pub tells: Arc<dyn Fn() -> bool + Send + Sync>,
    /// What happens at a moment of a request: an error, or nothing.
    pub at: Arc<dyn Fn(Moment) -> Option<CreatePayoutInvoiceError> + Send + Sync>,
}

/// A moment of a request to create.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    Arrived,
    Done,
}

impl Default for Habits {
    fn default() -> Self {
        Self { unique: true, lag: Arc::new(|| Duration::ZERO), tells: Arc::new(|| true), at: Arc::new(|_| None) }
    }
}

impl Ledger {
    pub fn new(habits: Habits) -> Self {
        Self { state: Arc::default(), habits }
    }

    /// What is there under a reference.
    pub fn under(&self, reference: &str) -> Vec<PayoutInvoice> {
        let state = self.state.lock().unwrap();
        state.payouts.get(reference).into_iter().flatten().map(|payout| payout.invoice.clone()).collect()
    }

    /// The payouts, by their references: ids and amounts.
    pub fn all(&self) -> BTreeMap<String, Vec<(String, Decimal)>> {
        let state = self.state.lock().unwrap();
        let of = |payout: &Payout| (payout.invoice.id.clone(), payout.invoice.attributes.amount);
        state.payouts.iter().map(|(key, payouts)| (key.clone(), payouts.iter().map(of).collect())).collect()
    }

    /// How many payouts there are.
    pub fn len(&self) -> usize {
        self.state.lock().unwrap().payouts.values().map(Vec::len).sum()
    }

    fn create(&self, request: CreatePayoutInvoice) -> Result<PayoutInvoiceDocument, CreatePayoutInvoiceError> {
        if request.amount <= dec!(0) {
            let reasons = JsonObject::from([("amount", "This value should be greater than 0.")]);
            return Err(UnprocessableEntity(Box::new(ValidationErrorDocument::new(reasons))));
        }
        let mut state = self.state.lock().unwrap();
        let earlier = state.payouts.get(&request.reference_id).and_then(|payouts| payouts.first());
        if let Some(earlier) = earlier.filter(|_| self.habits.unique) {
            let error = ErrorObject::new(ErrorObjectRequired { status: "Conflict".into(), code: "409".into() });
            let conflict = PayoutInvoiceConflict::new(vec![error]);
            return Err(Conflict(Box::new(if (self.habits.tells)() {
                conflict.data(earlier.invoice.clone())
            } else {
                conflict
            })));
        }
        state.created += 1;
        let reference = request.reference_id.clone();
        let invoice = invoice(state.created, request);
        let visible = Instant::now() + (self.habits.lag)();
        state.payouts.entry(reference).or_default().push(Payout { invoice: invoice.clone(), visible });
        Ok(PayoutInvoiceDocument::new(invoice))
    }
}

fn invoice(number: usize, request: CreatePayoutInvoice) -> PayoutInvoice {
    let attributes = PayoutInvoiceAttributes::new(PayoutInvoiceAttributesRequired {
        status: PayoutInvoiceStatus::Created,
        amount: request.amount,
        currency: request.currency,
        reference_id: request.reference_id,
        created: 1_597_835_735.into(),
        updated: 1_597_835_735.into(),
    });
    let (r#type, id) = (PayoutInvoiceType::PayoutInvoices, format!("cpoi_{number}"));
    PayoutInvoice::new(PayoutInvoiceRequired { r#type, id, attributes })
}

impl Cublox for Ledger {
    async fn authenticate(&self, _: Vec<Credential>, _: &mut RequestContext) -> Result<(), Rejection> {
        Ok(())
    }

    async fn create_payout_invoice(
        &self,
        request: CreatePayoutInvoice,
        _: RequestContext,
    ) -> Result<PayoutInvoiceDocument, Refusal<CreatePayoutInvoiceError>> {
        if let Some(error) = (self.habits.at)(Moment::Arrived) {
            return Err(error.into());
        }
        let result = self.create(request);
        match (self.habits.at)(Moment::Done) {
            Some(error) => Err(error.into()),
            None => Ok(result?),
        }
    }

    async fn list_payout_invoices(
        &self,
        request: ListPayoutInvoices,
        _: RequestContext,
    ) -> Result<PayoutInvoicePage, Refusal<ListPayoutInvoicesError>> {
        let state = self.state.lock().unwrap();
        let matching = state
            .payouts
            .iter()
            .filter(|(reference, _)| request.filter_reference_id.as_ref().is_none_or(|wanted| wanted == *reference));
        let visible = matching.flat_map(|(_, payouts)| payouts).filter(|payout| payout.visible <= Instant::now());
        Ok(PayoutInvoicePage::new(visible.map(|payout| payout.invoice.clone()).collect::<Vec<_>>()))
    }

    async fn find_payout_invoices_public(
        &self,
        _: cublox::FindPayoutInvoicesPublic,
        _: RequestContext,
    ) -> Result<PublicPayoutInvoiceMatch, Refusal<cublox::FindPayoutInvoicesPublicError>> {
        Err(Refusal::internal("not kept"))
    }

    async fn get_payout_invoice(
        &self,
        _: cublox::GetPayoutInvoice,
        _: RequestContext,
    ) -> Result<PayoutInvoiceDocument, Refusal<cublox::GetPayoutInvoiceError>> {
        Err(Refusal::internal("not kept"))
    }

    async fn get_payout_invoice_public(
        &self,
        _: cublox::GetPayoutInvoicePublic,
        _: RequestContext,
    ) -> Result<PublicPayoutInvoiceDocument, Refusal<cublox::GetPayoutInvoicePublicError>> {
        Err(Refusal::internal("not kept"))
    }

    async fn get_payout_service(
        &self,
        _: cublox::GetPayoutService,
        _: RequestContext,
    ) -> Result<PayoutServiceDocument, Refusal<cublox::GetPayoutServiceError>> {
        Err(Refusal::internal("not kept"))
    }

    async fn list_payout_services(
        &self,
        _: cublox::ListPayoutServices,
        _: RequestContext,
    ) -> Result<PayoutServicePage, Refusal<cublox::ListPayoutServicesError>> {
        Err(Refusal::internal("not kept"))
    }

    async fn payout_prerequest(
        &self,
        _: cublox::PayoutPrerequest,
        _: RequestContext,
    ) -> Result<PayoutPrerequestDocument, Refusal<cublox::PayoutPrerequestError>> {
        Err(Refusal::internal("not kept"))
    }

    async fn process_payout_invoice(
        &self,
        _: cublox::ProcessPayoutInvoice,
        _: RequestContext,
    ) -> Result<PayoutInvoiceDocument, Refusal<cublox::ProcessPayoutInvoiceError>> {
        Err(Refusal::internal("not kept"))
    }
}
