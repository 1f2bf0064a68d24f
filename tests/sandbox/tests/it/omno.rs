//! OMNO: pay-ins, payouts, tokens, saved cards, refunds.

use std::time::Duration;

use omno::types::{
    Browser, CardData, CardDataRequired, Customer, CustomerBilling, CustomerBillingRequired, CustomerRequired,
    PayinStatus, PayoutStatus, ReturnUrls, ReturnUrlsRequired, SavedCardData, SavedCardDataRequired,
};
use omno::{
    ConfirmPayoutError, CreateCashierSession, CreateCashierSessionRequired, CreatePayin, CreatePayinError,
    CreatePayinRequired, CreatePayout, CreatePayoutRequired, ProcessPayinCard, ProcessPayinCardRequired,
    ProcessPayinSavedCard, ProcessPayinSavedCardRequired, ProcessPayoutDirectLink, ProcessPayoutDirectLinkRequired,
};
use specie_runtime::{Decimal, dec};
use specie_sandbox::{Plan, Sandbox};

use crate::support::start;

const MINUTE: Duration = Duration::from_secs(60);

async fn sandbox() -> Sandbox {
    start(Sandbox::builder().omno().seed(7)).await
}

fn customer(id: &str) -> Customer {
    Customer::new(CustomerRequired {
        external_user_id: id.into(),
        first_name: "John".into(),
        last_name: "Doe".into(),
        email: "john.doe@example.com".into(),
        phone_number: "1 1234567890".into(),
        date_of_birth: "1990-12-01".into(),
        billing: CustomerBilling::new(CustomerBillingRequired {
            address: "123 Main St".into(),
            city: "Atlanta".into(),
            state: "GA".into(),
            country_code: "US".into(),
            postal_code: "30308".into(),
        }),
    })
}

pub(crate) fn payin(order: &str, amount: Decimal) -> CreatePayin {
    CreatePayin::new(CreatePayinRequired {
        order_id: order.into(),
        amount,
        currency: "USD".into(),
        kyc_verified: false,
        customer: customer("customer-1"),
        return_urls: return_urls(),
    })
}

fn return_urls() -> ReturnUrls {
    ReturnUrls::new(ReturnUrlsRequired {
        success: "https://example.com/success".into(),
        failure: "https://example.com/failure".into(),
    })
}

pub(crate) fn cashier_session() -> CreateCashierSession {
    CreateCashierSession::new(CreateCashierSessionRequired {
        customer: customer("customer-1"),
        return_urls: return_urls(),
        currency: "USD".into(),
    })
}

fn card(payin: &str, number: &str, save: bool) -> ProcessPayinCard {
    ProcessPayinCard::new(ProcessPayinCardRequired {
        payin_id: payin.into(),
        browser: Browser::new(),
        card_data: CardData::new(CardDataRequired {
            card_number: number.into(),
            expiration_month: "12".into(),
            expiration_year: "2030".into(),
            cvv: "123".into(),
            cardholder_name: "John Doe".into(),
        }),
        save_card: save,
    })
}

#[tokio::test]
async fn a_card_decides_what_becomes_of_a_payin_and_is_not_kept() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    for (number, status, reason) in [
        ("4242424242424242", PayinStatus::Success, None),
        ("4000000000009995", PayinStatus::Declined, Some("INSUFFICIENT_FUNDS")),
        ("4242424242424241", PayinStatus::Declined, Some("INVALID_CARD_NUMBER")),
    ] {
        let created = api.create_payin(payin(number, dec!(25.50))).await.unwrap();
        let id = created.payment_id.unwrap();
        let paid = api.process_payin_card(card(&id, number, false)).await.unwrap();
        assert_eq!(paid.status, status);
        let read = api.fetch_payin(id.as_str()).await.unwrap();
        assert_eq!((read.status, read.amount), (status, Some(dec!(25.50))));
        assert_eq!(read.status_reason.and_then(|why| why.reason).as_deref(), reason);
        // Paid once.
        assert!(api.process_payin_card(card(&id, number, false)).await.is_err());
    }
    let file = tempfile::NamedTempFile::new().unwrap();
    sandbox.export(file.path()).await.unwrap();
    let text = std::fs::read_to_string(file.path()).unwrap();
    for secret in ["4242424242424242", "4000000000009995", "4242424242424241", "\"123\""] {
        assert!(!text.contains(secret), "{secret}");
    }
    let kept = sandbox.objects().unwrap();
    assert!(kept.iter().all(|object| !object.data.get().contains("4242424242424242")));
}

#[tokio::test]
async fn an_order_is_used_once_and_what_is_wrong_changes_nothing() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    api.create_payin(payin("order-1", dec!(1))).await.unwrap();
    let error = api.create_payin(payin("order-1", dec!(1))).await.unwrap_err();
    assert!(matches!(error.api(), Some(CreatePayinError::Conflict(_))), "{error:?}");
    let error = api.create_payin(payin("order-2", dec!(0))).await.unwrap_err();
    assert!(matches!(error.api(), Some(CreatePayinError::BadRequest(_))), "{error:?}");
    assert_eq!(sandbox.objects().unwrap().len(), 1);
}

#[tokio::test]
async fn tokens_end_by_the_clock_of_the_sandbox_and_are_renewed() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    api.create_payin(payin("order-1", dec!(1))).await.unwrap();
    sandbox.clock().advance(Duration::from_secs(301)).await.unwrap();
    api.create_payin(payin("order-2", dec!(1))).await.unwrap();
    let operations: Vec<_> = sandbox.journal().entries().iter().map(|entry| (entry.operation, entry.status)).collect();
    assert_eq!(
        operations,
        [
            (Some("token"), Some(200)),
            (Some("createPayin"), Some(200)),
            (Some("createPayin"), Some(401)),
            (Some("token"), Some(200)),
            (Some("createPayin"), Some(200)),
        ]
    );
}

#[tokio::test]
async fn a_payin_that_nobody_pays_times_out() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    let callbacks = sandbox.merchant("shop").collect_callbacks();
    sandbox.merchant("shop").callback_authorization("Bearer agreed");
    let id = api.create_payin(payin("order-1", dec!(1))).await.unwrap().payment_id.unwrap();
    let challenged = api.create_payin(payin("order-2", dec!(1))).await.unwrap().payment_id.unwrap();
    let paid = api.process_payin_card(card(&challenged, "4000000000003220", false)).await.unwrap();
    assert_eq!(paid.status, PayinStatus::Pending3ds);
    sandbox.clock().advance(MINUTE * 16).await.unwrap();
    assert_eq!(api.fetch_payin(challenged).await.unwrap().status, PayinStatus::Timeout);
    assert_eq!(api.fetch_payin(id.as_str()).await.unwrap().status, PayinStatus::Created);
    sandbox.clock().advance(MINUTE * 16).await.unwrap();
    assert_eq!(api.fetch_payin(id).await.unwrap().status, PayinStatus::Timeout);
    assert_eq!(callbacks.count(), 5);
    assert!(callbacks.all().iter().all(|callback| callback.header("authorization") == Some("Bearer agreed")));
    let last: serde_json::Value = serde_json::from_str(&callbacks.last().unwrap().body).unwrap();
    assert_eq!((&last["status"], &last["statusReason"]["reason"]), (&"TIMEOUT".into(), &"TIMEOUT".into()));
}

#[tokio::test]
async fn a_header_of_paying_leaves_what_it_says_nothing_of_to_the_creation() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    for (order, header, status) in [
        ("sbx-declined-1", "after=PT30S", PayinStatus::Declined),
        ("sbx-declined-2", "reason=LIMIT_EXCEEDED; after=PT30S", PayinStatus::Declined),
        ("sbx-declined-3", "outcome=SUCCESS; after=PT30S", PayinStatus::Success),
    ] {
        let id = api.create_payin(payin(order, dec!(1))).await.unwrap().payment_id.unwrap();
        let paid = api.process_payin_card(card(&id, "4242424242424242", false)).header("sandbox-scenario", header);
        assert_eq!(paid.await.unwrap().status, PayinStatus::Pending, "{order}");
        sandbox.clock().advance(Duration::from_secs(29)).await.unwrap();
        assert_eq!(api.fetch_payin(id.as_str()).await.unwrap().status, PayinStatus::Pending, "{order}");
        sandbox.clock().advance(Duration::from_secs(1)).await.unwrap();
        assert_eq!(api.fetch_payin(id).await.unwrap().status, status, "{order}");
    }
}

#[tokio::test]
async fn a_payin_that_waits_to_be_read_does_not_wait_for_the_time() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    let id = api.create_payin(payin("order-1", dec!(1))).await.unwrap().payment_id.unwrap();
    sandbox.merchant("shop").plan("order-1", Plan::outcome("DECLINED").after_reads(2)).await.unwrap();
    let paid = api.process_payin_card(card(&id, "4242424242424242", false)).await.unwrap();
    assert_eq!(paid.status, PayinStatus::Pending);
    sandbox.clock().advance(MINUTE).await.unwrap();
    assert_eq!(api.fetch_payin(id.as_str()).await.unwrap().status, PayinStatus::Pending);
    assert_eq!(api.fetch_payin(id).await.unwrap().status, PayinStatus::Declined);
}

#[tokio::test]
async fn a_declined_card_is_declined_later_too() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    for (order, plan) in [
        ("order-1", Plan::default().after(MINUTE)),
        ("order-2", Plan::default().after_reads(1)),
        ("order-3", Plan::default().hold().after_reads(1)),
    ] {
        let id = api.create_payin(payin(order, dec!(1))).await.unwrap().payment_id.unwrap();
        sandbox.merchant("shop").plan(order, plan).await.unwrap();
        api.process_payin_card(card(&id, "4000000000009995", false)).await.unwrap();
        sandbox.clock().advance(MINUTE).await.unwrap();
        assert_eq!(api.fetch_payin(id.as_str()).await.unwrap().status, PayinStatus::Declined, "{order}");
    }
}

#[tokio::test]
async fn a_saved_card_belongs_to_its_customer() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    let first = api.create_payin(payin("order-1", dec!(1))).await.unwrap().payment_id.unwrap();
    api.process_payin_card(card(&first, "4000000000000341", true)).await.unwrap();
    let card_id = api.fetch_payin(first).await.unwrap().card_id.unwrap();
    let saved = |payin: String| {
        ProcessPayinSavedCard::new(ProcessPayinSavedCardRequired {
            payin_id: payin,
            browser: Browser::new(),
            saved_card_data: SavedCardData::new(SavedCardDataRequired { card_id: card_id.clone(), cvv: "123".into() }),
        })
    };
    let second = api.create_payin(payin("order-2", dec!(1))).await.unwrap().payment_id.unwrap();
    assert_eq!(api.process_payin_saved_card(saved(second)).await.unwrap().status, PayinStatus::Declined);
    let mut other = payin("order-3", dec!(1));
    other.customer = customer("customer-2");
    let third = api.create_payin(other).await.unwrap().payment_id.unwrap();
    assert!(api.process_payin_saved_card(saved(third.clone())).await.is_err());
    assert_eq!(api.fetch_payin(third).await.unwrap().status, PayinStatus::Created);
}

#[tokio::test]
async fn a_refund_ends_as_a_part_or_the_whole_and_never_more() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    let id = api.create_payin(payin("order-1", dec!(10))).await.unwrap().payment_id.unwrap();
    api.process_payin_card(card(&id, "4242424242424242", false)).await.unwrap();
    let object = sandbox.merchant("shop").object("order-1").unwrap().unwrap();
    assert!(sandbox.refund(&object, Some(dec!(10.01))).await.is_err());
    assert!(sandbox.refund(&object, Some(dec!(0))).await.is_err());
    sandbox.refund(&object, Some(dec!(4))).await.unwrap();
    sandbox.clock().advance(MINUTE).await.unwrap();
    assert_eq!(api.fetch_payin(id.as_str()).await.unwrap().status, PayinStatus::PartiallyRefunded);
    sandbox.refund(&object, None).await.unwrap();
    sandbox.clock().advance(MINUTE).await.unwrap();
    assert_eq!(api.fetch_payin(id.as_str()).await.unwrap().status, PayinStatus::Refunded);
    assert!(sandbox.refund(&object, None).await.is_err());
}

fn payout(order: &str) -> CreatePayout {
    CreatePayout::new(CreatePayoutRequired {
        order_id: order.into(),
        value: dec!(100),
        currency: "XTS".into(),
        kyc_verified: true,
        customer: customer("customer-1"),
    })
}

#[tokio::test]
async fn a_payout_waits_for_its_confirmation_and_is_confirmed_once() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    let id = api.create_payout(payout("order-1")).await.unwrap().payout_id;
    let link = ProcessPayoutDirectLink::new(ProcessPayoutDirectLinkRequired {
        payout_id: id.clone(),
        browser: Browser::new(),
        additional_data: std::collections::BTreeMap::new(),
    });
    let started = api.process_payout_direct_link(link).await.unwrap();
    assert_eq!(started.status, PayoutStatus::WaitingForConfirmation);
    sandbox.clock().advance(MINUTE).await.unwrap();
    api.confirm_payout(id.as_str()).await.unwrap();
    let error = api.confirm_payout(id.as_str()).await.unwrap_err();
    assert!(matches!(error.api(), Some(ConfirmPayoutError::Conflict(_))), "{error:?}");
    sandbox.clock().advance(MINUTE).await.unwrap();
    let paid = api.fetch_payout(id.as_str()).await.unwrap();
    assert_eq!(
        (paid.status, paid.amount, paid.initial_amount),
        (PayoutStatus::Success, Some(dec!(50)), Some(dec!(100)))
    );
    assert!(api.reject_payout(id.as_str()).await.is_err());
}

#[tokio::test]
async fn a_rejected_payout_never_reaches_the_provider() {
    let sandbox = sandbox().await;
    let api = sandbox.omno("shop").unwrap();
    let id = api.create_payout(payout("order-1")).await.unwrap().payout_id;
    api.reject_payout(id.as_str()).await.unwrap();
    assert!(api.confirm_payout(id.as_str()).await.is_err());
    sandbox.clock().advance(MINUTE).await.unwrap();
    assert_eq!(api.fetch_payout(id.as_str()).await.unwrap().status, PayoutStatus::Rejected);

    let id = api.create_payout(payout("sbx-declined-2")).await.unwrap().payout_id;
    sandbox.merchant("shop").plan("sbx-declined-2", Plan::outcome("FAILED").reason("PSP_DOWN")).await.unwrap();
    api.confirm_payout(id.as_str()).await.unwrap();
    sandbox.clock().advance(MINUTE).await.unwrap();
    let failed = api.fetch_payout(id.as_str()).await.unwrap();
    assert_eq!(failed.status_reason.unwrap().reason.as_deref(), Some("PSP_DOWN"));
}
