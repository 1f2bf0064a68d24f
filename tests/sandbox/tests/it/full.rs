//! A sandbox that keeps as much as it may.

use std::time::Duration;

use specie_runtime::client::Error;
use specie_runtime::{ApiError, dec};
use specie_sandbox::{Happened, Sandbox};

use crate::support::{order, start, state_of};

/// The status of an error and what its body says.
fn said<E: ApiError>(error: &Error<E>) -> (Option<u16>, String) {
    let body = error.body().map(|body| String::from_utf8_lossy(body).into_owned());
    (error.status(), body.unwrap_or_default())
}

#[tokio::test]
async fn no_object_is_added_to_a_full_sandbox_which_says_so_in_each_api() {
    let sandbox = start(Sandbox::builder().all().object_limit(1)).await;
    let cublox = sandbox.cublox("shop").unwrap();
    cublox.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap();
    let full = "the sandbox is full: it keeps at most 1 objects";
    let (status, text) = said(&cublox.create_payout_invoice(order("ref-2", dec!(10))).await.unwrap_err());
    assert!(status == Some(507) && text.contains(full), "{status:?} {text}");
    let created = sandbox.omno("shop").unwrap().create_payin(crate::omno::payin("order-1", dec!(1))).await;
    let (status, text) = said(&created.unwrap_err());
    assert!(status == Some(507) && text.contains(full), "{status:?} {text}");
    let gormic = gormic::CreatePayment::new(gormic::CreatePaymentRequired {
        organization_id: sandbox.merchant("shop").credentials().organization_id,
        order_id: "order-1".into(),
        r#type: gormic::types::PaymentType::Receipt,
    });
    let error = sandbox.gormic("shop").unwrap().create_payment(gormic.amount(dec!(1))).await.unwrap_err();
    let told = error.meta().and_then(|meta| meta.header("sandbox-error")).unwrap_or_default();
    assert!(error.status() == Some(507) && told.contains(full), "{error} {told}");
    assert!(sandbox.merchant("shop").invoice("i-1").await.unwrap_err().to_string().contains(full));
    assert_eq!((sandbox.objects().unwrap().len(), sandbox.events().unwrap().len()), (1, 1));
    // What is there goes on, and a reset makes room.
    let id = sandbox.objects().unwrap()[0].id.clone();
    cublox.process_payout_invoice(&id).await.unwrap();
    sandbox.reset().await.unwrap();
    cublox.create_payout_invoice(order("ref-2", dec!(10))).await.unwrap();
}

#[tokio::test]
async fn a_change_that_finds_no_place_for_its_event_is_refused_or_given_up() {
    let sandbox = start(Sandbox::builder().cublox().event_limit(3)).await;
    let api = sandbox.cublox("shop").unwrap();
    let first = api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap().data;
    let second = api.create_payout_invoice(order("ref-2", dec!(10))).await.unwrap().data;
    api.process_payout_invoice(&first.id).await.unwrap();
    let full = "the sandbox is full: it keeps at most 3 events";
    let (status, text) = said(&api.process_payout_invoice(&second.id).await.unwrap_err());
    assert!(status == Some(507) && text.contains(full), "{status:?} {text}");
    assert_eq!(state_of(&sandbox, "ref-2"), "created");
    let happened = sandbox.clock().advance(Duration::from_secs(2)).await.unwrap();
    let [Happened::Failed(trouble)] = happened.as_slice() else { panic!("{happened:?}") };
    assert!(trouble.error.contains(full) && trouble.what.contains(&first.id), "{trouble}");
    assert_eq!(sandbox.troubles().len(), 1);
    assert_eq!((state_of(&sandbox, "ref-1").as_str(), sandbox.events().unwrap().len()), ("processing", 3));
    assert!(api.get_payout_invoice(&first.id).await.is_ok());
}

#[tokio::test]
async fn an_export_of_more_than_a_sandbox_keeps_is_refused() {
    let sandbox = start(Sandbox::builder().cublox()).await;
    let api = sandbox.cublox("shop").unwrap();
    for reference in ["ref-1", "ref-2"] {
        api.create_payout_invoice(order(reference, dec!(10))).await.unwrap();
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    sandbox.export(file.path()).await.unwrap();
    let small = start(Sandbox::builder().cublox().object_limit(1)).await;
    let error = small.import(file.path()).await.unwrap_err();
    assert!(error.to_string().contains("it keeps at most 1 objects"), "{error}");
    assert!(small.objects().unwrap().is_empty());
    start(Sandbox::builder().cublox().object_limit(2)).await.import(file.path()).await.unwrap();
}
