//! Cublox and Paymega: creating, processing, reading, listing.

use std::collections::BTreeSet;
use std::time::Duration;

use cublox::CreatePayoutInvoiceError::{Conflict, Forbidden, Unauthorized, UnprocessableEntity};
use cublox::types::{PayoutInvoiceDuplicate, PayoutInvoiceStatus};
use cublox::{
    GetPayoutInvoiceError, ListPayoutInvoices, ListPayoutServices, PayoutPrerequest, PayoutPrerequestRequired,
    ProcessPayoutInvoiceError,
};
use specie_runtime::client::Options;
use specie_runtime::{Outcome, dec};
use specie_sandbox::{Plan, Sandbox};

use crate::support::{cublox, order, order_with, start, state_of, test_order};

const HOUR: Duration = Duration::from_secs(3600);

#[tokio::test]
async fn a_payout_is_created_processed_and_read() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let created = api.create_payout_invoice(order("ref-1", dec!(100.55))).await.unwrap().data;
    assert_eq!(created.attributes.status, PayoutInvoiceStatus::Created);
    assert_eq!(created.attributes.amount, dec!(100.55));
    assert_eq!(created.id, format!("cpoi_{}", created.attributes.serial_number.unwrap()));
    let processing = api.process_payout_invoice(&created.id).await.unwrap().data;
    assert_eq!(processing.attributes.status, PayoutInvoiceStatus::Processing);
    let happened = sandbox.clock().advance(HOUR).await.unwrap();
    assert!(happened.iter().any(|happened| happened.is_state("processed")), "{happened:?}");
    let read = api.get_payout_invoice(&created.id).await.unwrap().data.attributes;
    assert_eq!(read.status, PayoutInvoiceStatus::Processed);
    assert_eq!(read.processed_amount, specie_runtime::Maybe::Value(dec!(100.55)));
    assert!(read.updated > read.created);
    let public = api.get_payout_invoice_public(&created.id).await.unwrap().data;
    assert_eq!(public.status, PayoutInvoiceStatus::Processed);
}

#[tokio::test]
async fn a_reference_is_used_once_and_the_conflict_brings_the_earlier_invoice() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let first = api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap();
    let error = api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Duplicate);
    let Some(Conflict(conflict)) = error.api() else { panic!("{error:?}") };
    let Some(PayoutInvoiceDuplicate::PayoutInvoice(earlier)) = &conflict.data else { panic!("no invoice") };
    assert_eq!((earlier.id.as_str(), earlier.attributes.amount), (first.data.id.as_str(), dec!(10)));
    assert_eq!(sandbox.payouts().unwrap().len(), 1);
    // Another merchant has references of its own.
    sandbox.cublox("other").unwrap().create_payout_invoice(order("ref-1", dec!(11))).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_thousand_creations_by_twenty_callers_one_is_carried_out() {
    let sandbox = cublox().await;
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let api = sandbox.cublox("shop").unwrap();
        calls.spawn(async move {
            let mut created = Vec::new();
            for _ in 0..50 {
                match api.create_payout_invoice(order("ref-1", dec!(10))).await {
                    Ok(invoice) => created.push((true, invoice.data.id)),
                    Err(error) => match error.api() {
                        Some(Conflict(conflict)) => match &conflict.data {
                            Some(PayoutInvoiceDuplicate::PayoutInvoice(earlier)) => {
                                created.push((false, earlier.id.clone()));
                            }
                            other => panic!("{other:?}"),
                        },
                        _ => panic!("{error:?}"),
                    },
                }
            }
            created
        });
    }
    let all: Vec<(bool, String)> = calls.join_all().await.into_iter().flatten().collect();
    assert_eq!(all.len(), 1000);
    assert_eq!(all.iter().filter(|(created, _)| *created).count(), 1);
    assert_eq!(all.iter().map(|(_, id)| id).collect::<BTreeSet<_>>().len(), 1);
}

#[tokio::test]
async fn what_is_not_acceptable_is_told_by_field_and_changes_nothing() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let mut wrong = order_with("ref-1", dec!(0), "12");
    wrong.currency = "EUR".into();
    let error = api.create_payout_invoice(wrong).await.unwrap_err();
    assert_eq!(error.outcome(), Outcome::Refused);
    let Some(UnprocessableEntity(invalid)) = error.api() else { panic!("{error:?}") };
    let text = serde_json::to_value(&**invalid).unwrap();
    let fields: Vec<&String> = text["errors"].as_object().unwrap().keys().collect();
    assert_eq!(fields, ["amount", "currency", "fields.card_number"]);
    let mut unknown = order("ref-1", dec!(1));
    unknown.service = "pigeon".into();
    assert!(matches!(api.create_payout_invoice(unknown).await.unwrap_err().api(), Some(UnprocessableEntity(_))));
    assert!(sandbox.objects().unwrap().is_empty() && sandbox.events().unwrap().is_empty());
}

#[tokio::test]
async fn no_card_number_and_no_security_code_is_kept() {
    let sandbox = cublox().await;
    let fields =
        [("card_number", "1234567890123"), ("cvv", "911"), ("Security-Code", "912"), ("cvc", "913"), ("name", "A")];
    let mut request = order("ref-1", dec!(10));
    request.fields = specie_runtime::JsonObject::from(fields).into();
    sandbox.cublox("shop").unwrap().create_payout_invoice(request).await.unwrap();
    let kept = sandbox.payouts().unwrap().remove(0);
    let kept: serde_json::Value = kept.fields().unwrap();
    assert_eq!(kept["fields"], serde_json::json!({"card_number": "123456***0123", "name": "A"}));
}

#[tokio::test]
async fn merchants_are_apart_and_wrong_keys_are_refused() {
    let sandbox = cublox().await;
    let invoice = sandbox.cublox("shop").unwrap().create_payout_invoice(order("ref-1", dec!(1))).await.unwrap().data;
    let other = sandbox.cublox("other").unwrap();
    let error = other.get_payout_invoice(&invoice.id).await.unwrap_err();
    assert!(matches!(error.api(), Some(GetPayoutInvoiceError::NotFound(_))), "{error:?}");
    let error = other.process_payout_invoice(&invoice.id).await.unwrap_err();
    assert!(matches!(error.api(), Some(ProcessPayoutInvoiceError::NotFound(_))), "{error:?}");

    let url = sandbox.base_url("cublox").unwrap();
    let wrong = cublox::Client::builder().private(&url).basic_auth("coma_x", "wrong").build().unwrap();
    let error = wrong.create_payout_invoice(order("ref-2", dec!(1))).await.unwrap_err();
    assert!(matches!(error.api(), Some(Unauthorized(_))), "{error:?}");
    sandbox.merchant("other").block(true);
    let error = other.create_payout_invoice(order("ref-2", dec!(1))).await.unwrap_err();
    assert!(matches!(error.api(), Some(Forbidden(_))), "{error:?}");
    assert_eq!(sandbox.objects().unwrap().len(), 1);
}

#[tokio::test]
async fn an_invoice_is_processed_once() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let invoice = api.create_payout_invoice(order("ref-1", dec!(1))).await.unwrap().data;
    api.process_payout_invoice(&invoice.id).await.unwrap();
    let error = api.process_payout_invoice(&invoice.id).await.unwrap_err();
    assert!(matches!(error.api(), Some(ProcessPayoutInvoiceError::Conflict(_))), "{error:?}");
    sandbox.clock().advance(HOUR).await.unwrap();
    assert!(api.process_payout_invoice(&invoice.id).await.is_err());
    assert_eq!(sandbox.events().unwrap().len(), 3);
}

#[tokio::test]
async fn an_invoice_that_nobody_processes_expires() {
    let sandbox = cublox().await;
    sandbox.cublox("shop").unwrap().create_payout_invoice(order("ref-1", dec!(1))).await.unwrap();
    sandbox.clock().advance(Duration::from_secs(24 * 3600 - 1)).await.unwrap();
    assert_eq!(state_of(&sandbox, "ref-1"), "created");
    sandbox.clock().advance_to_next().await.unwrap();
    assert_eq!(state_of(&sandbox, "ref-1"), "expired");
    assert!(sandbox.objects().unwrap().iter().all(|object| object.timers.is_empty()));
}

#[tokio::test]
async fn errors_are_tried_again_until_the_attempts_are_used_up() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    let request = test_order("ref-1", [("test_details_payout_status", "process error")]).options(auto.clone());
    let invoice = api.create_payout_invoice(request).await.unwrap().data;
    assert_eq!(invoice.attributes.status, PayoutInvoiceStatus::Processing);
    let happened = sandbox.clock().run_until_idle(HOUR).await.unwrap();
    assert_eq!(happened.iter().filter(|happened| happened.is_state("process_error")).count(), 5);
    assert_eq!(state_of(&sandbox, "ref-1"), "process_failed");

    let request = order("ref-2", dec!(1)).options(auto);
    api.create_payout_invoice(request).await.unwrap();
    let plan = Plan::outcome("process_error").then("processed");
    sandbox.merchant("shop").plan("ref-2", plan).await.unwrap();
    sandbox.clock().run_until_idle(HOUR).await.unwrap();
    assert_eq!(state_of(&sandbox, "ref-2"), "processed");
}

#[tokio::test]
async fn test_data_decide_the_outcome() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    let card = |month: &str, year: &str| {
        let text = format!(r#"{{"card":{{"exp_month":"{month}","exp_year":"{year}"}}}}"#);
        serde_json::from_str::<specie_runtime::JsonObject>(&text).unwrap()
    };
    let failing = "4412397212080000";
    for request in [
        order_with("failed", dec!(1), failing).context(card("05", "29")),
        order_with("stolen", dec!(1), failing).context(card("10", "2034")),
        order_with("other", dec!(1), failing).context(card("02", "2030")),
        order_with("pending", dec!(1), failing).context(card("7", "2077")),
        order("succeeding-pending", dec!(1)).context(card("07", "77")),
        order("sbx-process-failed-1", dec!(1)),
        order("by-map", dec!(1)).metadata(
            [("sandbox", serde_json::json!({"outcome": "process_failed", "reason": "limit_violation"}))]
                .map(|(key, value)| (key, specie_runtime::Json::encode(&value).unwrap())),
        ),
    ] {
        api.create_payout_invoice(request.options(auto.clone())).await.unwrap();
    }
    sandbox.clock().run_until_idle(HOUR).await.unwrap();
    let resolution = |reference: &str| {
        let object = sandbox.merchant("shop").object(reference).unwrap().unwrap();
        let data: serde_json::Value = serde_json::from_str(object.data.get()).unwrap();
        (object.state, data["resolution"].as_str().unwrap().to_owned())
    };
    assert_eq!(resolution("failed"), ("process_failed".into(), "insufficient_funds".into()));
    assert_eq!(resolution("stolen"), ("process_failed".into(), "lost_or_stolen_card".into()));
    assert_eq!(resolution("other"), ("process_failed".into(), "general_fatal_error".into()));
    assert_eq!(resolution("pending").0, "process_pending");
    assert_eq!(resolution("succeeding-pending").0, "process_pending");
    assert_eq!(resolution("sbx-process-failed-1").0, "process_failed");
    assert_eq!(resolution("by-map"), ("process_failed".into(), "limit_violation".into()));
    // A held invoice waits for somebody.
    let pending = sandbox.merchant("shop").object("pending").unwrap().unwrap();
    assert!(sandbox.push(&pending, "canceled").await.is_err());
    sandbox.push(&pending, "processed").await.unwrap();
    assert_eq!(state_of(&sandbox, "pending"), "processed");
}

#[tokio::test]
async fn an_invoice_that_waits_to_be_read_does_not_wait_for_the_time() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let scenario = specie_runtime::Json::encode(&serde_json::json!({"after_reads": 3})).unwrap();
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    let request = order("ref-1", dec!(1)).options(auto).metadata([("sandbox", scenario)]);
    let id = api.create_payout_invoice(request).await.unwrap().data.id;
    sandbox.clock().advance(HOUR).await.unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(api.get_payout_invoice(&id).await.unwrap().data.attributes.status.to_string());
    }
    assert_eq!(seen, ["processing", "processing", "processed"]);
    assert_eq!(api.get_payout_invoice_public(&id).await.unwrap().data.status, PayoutInvoiceStatus::Processed);
}

#[tokio::test]
async fn a_list_that_grows_is_walked_without_a_gap() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    for number in 0..45 {
        api.create_payout_invoice(order(&format!("ref-{number}"), dec!(1))).await.unwrap();
    }
    let mut items = api.list_payout_invoices().items();
    let mut seen = Vec::new();
    while let Some(invoice) = items.try_next().await.unwrap() {
        seen.push(invoice.attributes.reference_id);
        if seen.len() == 25 {
            api.create_payout_invoice(order("late", dec!(1))).await.unwrap();
        }
    }
    let expected: Vec<String> = (0..45).rev().map(|number| format!("ref-{number}")).collect();
    assert_eq!(seen, expected);
    let found = api.list_payout_invoices_with(ListPayoutInvoices::new().filter_reference_id("ref-7")).await.unwrap();
    assert_eq!(found.meta.unwrap().count, Some(1));
}

#[tokio::test]
async fn services_are_listed_page_by_page_and_fit_the_prerequest() {
    let sandbox = cublox().await;
    let api = sandbox.cublox("shop").unwrap();
    let mut items = api.list_payout_services_with(ListPayoutServices::new().page_size(3)).items();
    let mut services = Vec::new();
    while let Some(service) = items.try_next().await.unwrap() {
        services.push(service);
    }
    assert_eq!(services.len(), 7);
    let service = api.get_payout_service(&services[0].id).await.unwrap().data;
    assert_eq!(service.attributes.service, "card");
    let key = sandbox.merchant("shop").credentials().public_key;
    let request = PayoutPrerequest::new(PayoutPrerequestRequired {
        currency: "EUR".into(),
        amount: dec!(10),
        public_key: key.into(),
    });
    let options = api.payout_prerequest(request).await.unwrap().data;
    assert!(options.services.rest.contains_key("sepa_eur") && !options.services.rest.contains_key("card"));
}

#[tokio::test]
async fn paymega_is_another_api_with_the_same_engine() {
    let sandbox = start(Sandbox::builder().cublox().paymega()).await;
    let api = sandbox.merchant("shop").paymega(Options::new()).unwrap();
    let request = paymega::CreatePayoutInvoice::new(paymega::CreatePayoutInvoiceRequired {
        reference_id: "ref-1".into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(1),
        fields: [("card_number", "5123817234060000")].into(),
    });
    let invoice = api.create_payout_invoice(request).await.unwrap().data;
    sandbox.cublox("shop").unwrap().create_payout_invoice(order("ref-1", dec!(1))).await.unwrap();
    assert!(sandbox.cublox("shop").unwrap().get_payout_invoice(&invoice.id).await.is_err());
    assert_eq!(sandbox.payouts().unwrap().len(), 2);
}

#[tokio::test]
async fn the_same_seed_gives_the_same_ids() {
    let id = async |seed| {
        let sandbox = start(Sandbox::builder().cublox().seed(seed)).await;
        let api = sandbox.cublox("shop").unwrap();
        api.create_payout_invoice(order("ref-1", dec!(1))).await.unwrap().data.id
    };
    assert_eq!(id(7).await, id(7).await);
    assert_ne!(id(7).await, id(8).await);
}
