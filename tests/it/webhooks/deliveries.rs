//! Callbacks that come twice, late and out of order, and a handler that fails now and then.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use cublox::types::{
    PayoutInvoiceCallback, PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
    PayoutInvoiceCallbackResourceRequired, PayoutInvoiceCallbackResourceType, PayoutInvoiceStatus,
};
use proptest::prelude::*;
use specie_runtime::webhook::{Deliveries, Delivery, Receiver, Sender};
use specie_runtime::{InProcess, UnixTime};

use crate::support::run;

/// What is known of each payout, and how often each of its states was written down.
#[derive(Clone, Default)]
struct Ledger(Arc<Mutex<Book>>);

#[derive(Default)]
struct Book {
    latest: BTreeMap<String, (i64, String)>,
    written: BTreeMap<(String, i64), u32>,
    /// Whether to fail, for the deliveries to come.
    failures: Vec<bool>,
}

impl Ledger {
    fn apply(&self, callback: &PayoutInvoiceCallback) -> Result<(), &'static str> {
        let book = &mut *self.0.lock().unwrap();
        if book.failures.pop().unwrap_or_default() {
            return Err("the ledger is closed");
        }
        let (id, attributes) = (callback.data.id.clone(), &callback.data.attributes);
        let updated = attributes.updated.unwrap().seconds();
        let before = book.latest.insert(id.clone(), (updated, attributes.status.to_string()));
        assert!(before.is_none_or(|(before, _)| before < updated), "{id} went back in time");
        *book.written.entry((id, updated)).or_default() += 1;
        Ok(())
    }
}

fn receiver(ledger: &Ledger) -> Receiver {
    let (ledger, seen) = (ledger.clone(), Deliveries::new());
    cublox::webhooks::payout_invoice(["sk"], move |callback: PayoutInvoiceCallback| {
        let (ledger, seen) = (ledger.clone(), seen.clone());
        async move {
            let attributes = &callback.data.attributes;
            match seen.claim(&callback.data.id, attributes.updated, &attributes.status) {
                Delivery::New(claim) => {
                    ledger.apply(&callback)?;
                    claim.settle();
                    Ok(())
                }
                Delivery::Repeated | Delivery::Outdated => Ok(()),
                Delivery::Busy => Err("another delivery about it is being handled"),
            }
        }
    })
}

fn callback(payout: usize, step: usize) -> PayoutInvoiceCallback {
    let statuses = [PayoutInvoiceStatus::Created, PayoutInvoiceStatus::Processed, PayoutInvoiceStatus::Expired];
    let attributes = PayoutInvoiceCallbackAttributes::new(statuses[step % 3].clone());
    PayoutInvoiceCallback::new(PayoutInvoiceCallbackResource::new(PayoutInvoiceCallbackResourceRequired {
        r#type: PayoutInvoiceCallbackResourceType::PayoutInvoices,
        id: format!("cpoi_{payout}"),
        attributes: attributes.updated(UnixTime(1_700_000_000 + i64::try_from(step).unwrap())),
    }))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    /// A sender repeats what is not acknowledged; in the end each payout stands where it ended, and nothing was written twice.
    #[test]
    fn each_payout_ends_where_it_ended(
        deliveries in prop::collection::vec((0..4_usize, 0..5_usize), 1..40),
        failures in prop::collection::vec(any::<bool>(), 0..20),
    ) {
        let ledger = Ledger::default();
        ledger.0.lock().unwrap().failures = failures;
        run(async {
            let sender = Sender::over(InProcess::new(receiver(&ledger))).secret("sk");
            for (payout, step) in &deliveries {
                let callback = callback(*payout, *step);
                while let Err(error) = cublox::webhooks::send::payout_invoice(&sender, "https://shop.example.com", &callback).await {
                    assert_eq!(error.status(), Some(500));
                }
            }
        });
        let book = ledger.0.lock().unwrap();
        for (payout, step) in &deliveries {
            let last = deliveries.iter().filter(|(other, _)| other == payout).map(|(_, step)| step).max().unwrap_or(step);
            let (updated, _) = &book.latest[&format!("cpoi_{payout}")];
            prop_assert_eq!(*updated, 1_700_000_000 + i64::try_from(*last).unwrap());
        }
        prop_assert!(book.written.values().all(|times| *times == 1));
    }
}
