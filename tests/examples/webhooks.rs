//! Receive callbacks, each once and in order, and be the API that sends them. With `SPECIE_TARGET=sandbox` the sandbox sends them.

// What the linter asks for in a library reads worse in a test.
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::cast_precision_loss,
    clippy::format_push_string,
    clippy::needless_for_each,
    clippy::needless_pass_by_value,
    clippy::similar_names,
    clippy::unused_async,
    clippy::unused_self,
    clippy::wrong_self_convention
)]

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cublox::types::{
    PayoutInvoiceCallback, PayoutInvoiceCallbackAttributes, PayoutInvoiceCallbackResource,
    PayoutInvoiceCallbackResourceRequired, PayoutInvoiceCallbackResourceType, PayoutInvoiceStatus,
};
use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::client::{Options, Scripted};
use specie_runtime::webhook::{Deliveries, Delivery, Sender};
use specie_runtime::{Secret, UnixTime, dec};
use specie_sandbox::{CallbackFault, CallbackRule, Sandbox};

use target::{Api, Target};

/// What the shop knows of its payouts; a database in earnest.
#[derive(Clone, Default)]
struct Ledger(Arc<Mutex<Vec<String>>>);

impl Ledger {
    async fn apply(&self, callback: &PayoutInvoiceCallback) -> Result<(), &'static str> {
        let attributes = &callback.data.attributes;
        let mut lines = self.0.lock().map_err(|_| "the ledger is broken")?;
        if attributes.status == PayoutInvoiceStatus::Processed && lines.len() < 2 {
            lines.push("failed once".into());
            return Err("the ledger is closed");
        }
        lines.push(format!("{} is {}", callback.data.id, attributes.status));
        Ok(())
    }
}

/// What the API sends when a payout has changed.
fn changed(status: PayoutInvoiceStatus, updated: i64) -> PayoutInvoiceCallback {
    PayoutInvoiceCallback::new(PayoutInvoiceCallbackResource::new(PayoutInvoiceCallbackResourceRequired {
        r#type: PayoutInvoiceCallbackResourceType::PayoutInvoices,
        id: "cpoi_1".into(),
        attributes: PayoutInvoiceCallbackAttributes::new(status).updated(UnixTime(updated)),
    }))
}

/// The API's side: signs and sends, and sends again what was not answered with 200.
async fn send(url: &str) -> Result<(), Box<dyn Error>> {
    let sender = Sender::new(&Options::new())?.secret("sk_test_1");
    let (created, processed) = (changed(PayoutInvoiceStatus::Created, 10), changed(PayoutInvoiceStatus::Processed, 20));
    for callback in [&created, &processed, &processed, &processed, &created] {
        let status = &callback.data.attributes.status;
        match cublox::webhooks::send::payout_invoice(&sender, url, callback).await {
            Ok(()) => println!("{status}: acknowledged"),
            Err(error) => println!("{status}: {error}"),
        }
    }
    let stranger = sender.secret("guessed");
    if let Err(error) = cublox::webhooks::send::payout_invoice(&stranger, url, &processed).await {
        println!("with another secret: {error}");
    }
    Ok(())
}

/// The sandbox does it by itself: the last callback of the first payout comes twice, the first one of the second has another signature.
async fn pay_out(sandbox: &Sandbox, url: &str) -> Result<(), Box<dyn Error>> {
    sandbox.merchant("shop").callback_url(url);
    let client = sandbox.cublox("shop")?;
    let rules = [
        ("inv-1", CallbackRule::new(CallbackFault::Twice).state("processed").times(1)),
        ("inv-2", CallbackRule::new(CallbackFault::BadSignature).times(1)),
    ];
    for (reference, rule) in rules {
        let _armed = sandbox.faults().arm_callbacks(rule);
        let payout = client.create_payout_invoice(request(reference)).await?.data;
        client.process_payout_invoice(payout.id).await?;
        for happened in sandbox.clock().advance(Duration::from_secs(3600)).await? {
            println!("{happened}");
        }
    }
    Ok(())
}

fn request(reference: &str) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10),
        fields: [("card_number", "5123817234060000")].into(),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let target = Target::start(Api::Cublox, Scripted::new()).await?; // no request goes out
    let test_secret = match &target.sandbox {
        Some(sandbox) => sandbox.merchant("shop").credentials().private_key,
        None => Secret::from("sk_test_1"),
    };
    let live_secret = Secret::from("sk_live_1");
    let (ledger, seen) = (Ledger::default(), Deliveries::new());

    // The shop's side.
    let book = ledger.clone();
    let receiver = cublox::webhooks::payout_invoice([live_secret, test_secret], move |callback| {
        let (ledger, seen) = (book.clone(), seen.clone());
        async move {
            let attributes = &callback.data.attributes;
            match seen.claim(&callback.data.id, attributes.updated, &attributes.status) {
                Delivery::New(claim) => {
                    ledger.apply(&callback).await?; // an error: 500, and it is delivered again
                    claim.settle();
                    Ok(())
                }
                Delivery::Repeated | Delivery::Outdated => Ok(()),
                Delivery::Busy => Err("another callback about it is being handled"),
            }
        }
    });
    let app = axum::Router::new().route_service("/payouts", receiver);
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}/payouts", listener.local_addr()?);
    tokio::spawn(async move { axum::serve(listener, app).await });

    match &target.sandbox {
        Some(sandbox) => pay_out(sandbox, &url).await?,
        None => send(&url).await?,
    }
    for line in ledger.0.lock().map_err(|_| "the ledger is broken")?.iter() {
        println!("ledger: {line}");
    }
    Ok(())
}
