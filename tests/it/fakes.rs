//! Fakes of the four APIs: handlers for what a test needs, and what was called.

use cublox::fake::Cublox;
use cublox::types::{ErrorDocument, PayoutInvoiceDocument, PayoutServicePage};
use cublox::{
    Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired, GetPayoutInvoice, GetPayoutInvoiceError,
    ListPayoutServices,
};
use specie_runtime::client::{Error, Options, RetryPolicy};
use specie_runtime::{JsonObject, Outcome, Secret, dec};

use crate::support::apis::rows;
use crate::support::clients::client as client_of;
use crate::support::instances::Extent;
use crate::support::raw::request;
use crate::support::{checkout, run};

/// A documented response, as its type.
fn documented<T: serde::de::DeserializeOwned>(example: &str) -> T {
    let path = checkout().join("specs/cublox/examples").join(example);
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn missing() -> ErrorDocument {
    ErrorDocument::new(vec![])
}

fn payout(reference: &str) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.to_owned(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(100.55),
        fields: Secret::new(JsonObject::default()),
    })
}

#[test]
fn a_test_fakes_what_it_needs_and_sees_what_was_called() {
    run(async {
        let fake = Cublox::new()
            .get_payout_invoice(|request| async move {
                match request.id.as_str() {
                    "cpoi_1" => Ok(documented::<PayoutInvoiceDocument>("get-payout-invoice.private.response.200.json")),
                    _ => Err(GetPayoutInvoiceError::NotFound(missing().into()).into()),
                }
            })
            .list_payout_services(|_| async {
                Ok(documented::<PayoutServicePage>("list-payout-services.response.200.json"))
            });
        let client = Client::over(fake.in_process());
        let services = client.list_payout_services_with(ListPayoutServices::new().page_size(50)).await.unwrap();
        assert!(!services.data.is_empty());
        assert!(client.get_payout_invoice("cpoi_1").await.is_ok());
        let missing = client.get_payout_invoice("cpoi_2").await.unwrap_err();
        assert!(matches!(missing, Error::Api(GetPayoutInvoiceError::NotFound(_), _)), "{missing}");

        assert_eq!(fake.calls().in_order(), ["listPayoutServices", "getPayoutInvoice", "getPayoutInvoice"]);
        assert_eq!(fake.calls().get_payout_invoice(), ["cpoi_1", "cpoi_2"].map(GetPayoutInvoice::new));
        assert_eq!(fake.calls().list_payout_services(), [ListPayoutServices::new().page_size(50)]);
        assert!(fake.calls().create_payout_invoice().is_empty());
    });
}

#[test]
fn what_is_not_faked_says_so_by_name() {
    run(async {
        let fake = Cublox::new();
        let client = Client::over(fake.in_process());
        let error = client.create_payout_invoice(payout("inv-1")).await.unwrap_err();
        assert_eq!((error.status(), error.outcome()), (Some(501), Outcome::Unknown));
        assert_eq!(
            error.to_string(),
            "createPayoutInvoice: 501 Not Implemented: not faked: createPayoutInvoice (unknown whether it happened)"
        );
        let error = client.list_payout_invoices().await.unwrap_err();
        assert!(error.to_string().contains("not faked: listPayoutInvoices"), "{error}");
        assert_eq!(fake.calls().create_payout_invoice(), [payout("inv-1")]);
    });
}

#[test]
fn a_handler_keeps_state_and_can_be_set_anew() {
    run(async {
        let mut calls = 0;
        let fake = Cublox::new().get_payout_invoice(move |_| {
            calls += 1;
            let is_there = calls > 1;
            async move {
                if is_there {
                    Ok(documented("get-payout-invoice.private.response.200.json"))
                } else {
                    Err(GetPayoutInvoiceError::ServiceUnavailable.into())
                }
            }
        });
        // The base URL has a path, which no operation of the document has.
        let options = Options::new().retry(RetryPolicy::never());
        let builder = Client::builder().private("https://api.example.com/api/v1").basic_auth("shop", "key");
        let client = builder.options(options).transport(fake.in_process()).build().unwrap();
        assert_eq!(client.get_payout_invoice("a").await.unwrap_err().status(), Some(503));
        assert!(client.get_payout_invoice("a").await.is_ok());
        let _ = fake
            .clone()
            .get_payout_invoice(|_| async { Err(GetPayoutInvoiceError::NotFound(missing().into()).into()) });
        assert_eq!(client.get_payout_invoice("a").await.unwrap_err().status(), Some(404));
        assert_eq!(fake.calls().in_order().len(), 3);
    });
}

#[test]
fn a_request_that_is_rejected_reaches_no_handler() {
    run(async {
        let fake = Cublox::new();
        let client = Client::over(fake.in_process());
        let error = client.get_payout_invoice("a/b").await.unwrap_err();
        assert_eq!(error.status(), Some(400));
        assert!(fake.calls().in_order().is_empty());
    });
}

#[test]
fn each_api_has_one() {
    run(async {
        let fakes = [
            cublox::Client::over(cublox::fake::Cublox::new().in_process())
                .get_payout_invoice("1")
                .await
                .unwrap_err()
                .to_string(),
            gormic::Client::over(gormic::fake::Gormic::new().in_process())
                .delete_payment(gormic::DeletePayment::new(gormic::DeletePaymentRequired {
                    organization_id: "o".into(),
                    uid: "1".into(),
                }))
                .await
                .unwrap_err()
                .to_string(),
            omno::Client::over(omno::fake::Omno::new().in_process()).fetch_payout("1").await.unwrap_err().to_string(),
            paymega::Client::over(paymega::fake::Paymega::new().in_process())
                .get_payout_invoice("1")
                .await
                .unwrap_err()
                .to_string(),
        ];
        for error in fakes {
            assert!(error.contains("not faked: "), "{error}");
        }
    });
}

#[test]
fn a_fake_from_the_document_needs_no_handlers() {
    run(async {
        let fake = Cublox::from_document();
        let client = Client::over(fake.in_process());
        let services = client.list_payout_services().await.unwrap();
        assert_eq!(services.data[0].id, "comcpos_RHUGUgEnmmedR7h3", "the example of the document");
        let pages = client.list_payout_services().items();
        assert_eq!(collected(pages).await, 1, "the only page is the last one");
        assert_eq!(fake.calls().in_order().len(), 2);

        let fake = fake.get_payout_invoice(|_| async { Err(GetPayoutInvoiceError::NotFound(missing().into()).into()) });
        assert_eq!(client.get_payout_invoice("a").await.unwrap_err().status(), Some(404), "a handler comes first");
        drop(fake);
    });
}

async fn collected<O: specie_runtime::client::Paged>(mut items: specie_runtime::client::Items<O>) -> usize {
    let mut count = 0;
    while items.try_next().await.unwrap_or_else(|_| panic!("a page cannot be read")).is_some() {
        count += 1;
    }
    count
}

#[test]
fn a_fake_from_the_document_repeats_what_a_reconciliation_compares() {
    run(async {
        let client = Client::over(Cublox::from_document().in_process());
        let invoice = client.create_payout_invoice(payout("inv-77")).reconciled().await.unwrap();
        let attributes = &invoice.data.attributes;
        assert_eq!(attributes.reference_id, "inv-77");
        assert_eq!((attributes.amount.to_string().as_str(), attributes.currency.as_str()), ("100.55", "USD"));
        let client = paymega::Client::over(paymega::fake::Paymega::from_document().in_process());
        let request = paymega::CreatePayoutInvoice::new(paymega::CreatePayoutInvoiceRequired {
            reference_id: "inv-78".into(),
            service: "card".into(),
            currency: "EUR".into(),
            amount: dec!(7.10),
            fields: Secret::new(JsonObject::default()),
        });
        let invoice = client.create_payout_invoice(request).reconciled().await.unwrap();
        assert_eq!(invoice.data.attributes.amount.to_string(), "7.10");
    });
}

#[test]
fn every_operation_of_a_fake_from_the_document_gives_a_success_that_the_client_reads() {
    run(async {
        for row in rows() {
            let client = client_of(row.api, row.api.from_document());
            let settled = (row.call)(&client, request(row, Extent::Smallest).await).await;
            assert!(settled.is_ok(), "{}: {:?}", row.name(), settled.err());
        }
    });
}
