//! Gormic: payments on orders.

use std::time::Duration;

use gormic::types::{PaymentStatus, PaymentType};
use gormic::{
    ConfirmPayment, ConfirmPaymentRequired, CreatePayment, CreatePaymentError, CreatePaymentRequired, DeletePayment,
    DeletePaymentRequired, UpdatePayment, UpdatePaymentRequired,
};
use specie_runtime::{Decimal, dec};
use specie_sandbox::{Profile, Sandbox};

use crate::support::start;

struct Shop<'a> {
    sandbox: &'a Sandbox,
    api: gormic::Client,
    organization: String,
}

impl<'a> Shop<'a> {
    fn new(sandbox: &'a Sandbox) -> Self {
        let organization = sandbox.merchant("shop").credentials().organization_id;
        Self { sandbox, api: sandbox.gormic("shop").unwrap(), organization }
    }

    fn payment(&self, order: &str, r#type: PaymentType, amount: Decimal) -> CreatePayment {
        let required =
            CreatePaymentRequired { organization_id: self.organization.clone(), order_id: order.into(), r#type };
        CreatePayment::new(required).amount(amount)
    }

    async fn receipt(&self, order: &str, amount: Decimal) -> String {
        self.api.create_payment(self.payment(order, PaymentType::Receipt, amount)).await.unwrap().data.id
    }

    async fn refusal(&self, request: CreatePayment) -> String {
        match self.api.create_payment(request).await.unwrap_err().api() {
            Some(CreatePaymentError::BadRequest(body)) => body.error.code.to_string(),
            other => panic!("{other:?}"),
        }
    }

    async fn confirm(&self, uid: &str) -> Vec<gormic::types::Payment> {
        let required = ConfirmPaymentRequired { uid: uid.into(), organization_id: self.organization.clone() };
        self.api.confirm_payment(ConfirmPayment::new(required)).await.unwrap().data.items
    }

    fn update(&self, uid: &str) -> UpdatePayment {
        UpdatePayment::new(UpdatePaymentRequired { uid: uid.into(), organization_id: self.organization.clone() })
    }

    fn delete(&self, uid: &str) -> DeletePayment {
        DeletePayment::new(DeletePaymentRequired { uid: uid.into(), organization_id: self.organization.clone() })
    }
}

#[tokio::test]
async fn a_payment_is_recorded_changed_completed_and_reversed() {
    let sandbox = start(Sandbox::builder().gormic()).await;
    let shop = Shop::new(&sandbox);
    let uid = shop.receipt("order-1", dec!(10.50)).await;
    shop.api.update_payment(shop.update(&uid).note("first").status(PaymentStatus::Progress)).await.unwrap();
    let items = shop.confirm(&uid).await;
    assert_eq!(
        (items.len(), items[0].status.clone(), items[0].amount),
        (1, Some(PaymentStatus::Complete), Some(dec!(10.50)))
    );
    assert_eq!(items[0].can.as_deref(), Some(&["update".to_owned()][..]));
    // Completed once; a completed one is not removed.
    assert!(
        shop.api
            .confirm_payment(ConfirmPayment::new(ConfirmPaymentRequired {
                uid: uid.clone(),
                organization_id: shop.organization.clone()
            }))
            .await
            .is_err()
    );
    assert!(shop.api.delete_payment(shop.delete(&uid)).await.is_err());
    shop.api.update_payment(shop.update(&uid).status(PaymentStatus::Reversed)).await.unwrap();
    assert!(shop.api.update_payment(shop.update(&uid).note("late")).await.is_err());
    assert_eq!(shop.sandbox.objects().unwrap()[0].state, "reversed");
}

#[tokio::test]
async fn a_removed_payment_is_in_no_list_and_cannot_be_changed() {
    let sandbox = start(Sandbox::builder().gormic()).await;
    let shop = Shop::new(&sandbox);
    let (first, second) = (shop.receipt("order-1", dec!(1)).await, shop.receipt("order-1", dec!(2)).await);
    let left = shop.api.delete_payment(shop.delete(&first)).await.unwrap().data;
    assert_eq!(left.items.iter().map(|payment| &payment.id).collect::<Vec<_>>(), [&second]);
    assert_eq!(left.payment_methods.len(), 3);
    assert!(shop.api.update_payment(shop.update(&first).note("late")).await.is_err());
    assert_eq!(shop.confirm(&second).await.len(), 1);
}

#[tokio::test]
async fn refusals_have_the_documented_codes_and_change_nothing() {
    let sandbox = start(Sandbox::builder().gormic()).await;
    let shop = Shop::new(&sandbox);
    let merchant = sandbox.merchant("shop");
    merchant.order("limited", Some(dec!(100))).await.unwrap();
    let closed = merchant.order("closed", None).await.unwrap();
    let canceled = merchant.order("canceled", None).await.unwrap();
    let invoice = merchant.invoice("invoice-1").await.unwrap();
    sandbox.push(&closed, "closed").await.unwrap();
    sandbox.push(&canceled, "canceled").await.unwrap();
    sandbox.push(&invoice, "closed").await.unwrap();
    shop.receipt("limited", dec!(60)).await;
    let before = sandbox.events().unwrap().len();
    let receipt = |order: &str, amount| shop.payment(order, PaymentType::Receipt, amount);
    for (request, code) in [
        (receipt("order-1", dec!(0)), "InvalidParameter"),
        (shop.payment("order-1", PaymentType::Refund, dec!(1)), "InvalidParameter"),
        (receipt("order-1", dec!(1)).method_id("pigeon"), "MethodNotFound"),
        (receipt("order-1", dec!(1)).status(PaymentStatus::Reversed), "INVALID_STATUS"),
        (receipt("order-1", dec!(1)).invoice_id("none"), "INVOICE_NOT_FOUND"),
        (receipt("order-1", dec!(1)).invoice_id("invoice-1"), "INVOICE_CLOSED"),
        (receipt("closed", dec!(1)), "ORDER_CLOSED"),
        (receipt("canceled", dec!(1)), "ORDER_CANCELED"),
        (receipt("limited", dec!(40.01)), "LIMIT_REACHED"),
    ] {
        assert_eq!(shop.refusal(request).await, code);
    }
    let mut foreign = receipt("order-1", dec!(1));
    foreign.organization_id = "org_other".into();
    assert_eq!(shop.refusal(foreign).await, "InvalidParameter");
    assert_eq!(sandbox.events().unwrap().len(), before);
    shop.receipt("limited", dec!(40)).await;
}

#[tokio::test]
async fn a_scenario_completes_a_payment_or_refuses_it() {
    let sandbox = start(Sandbox::builder().gormic()).await;
    let shop = Shop::new(&sandbox);
    let receipt = || shop.payment("order-1", PaymentType::Receipt, dec!(1));
    let scenario = specie_runtime::Json::encode(&serde_json::json!({"outcome": "complete", "after": "1h"})).unwrap();
    let attrs = specie_runtime::JsonObject::from([("sandbox", scenario)]);
    let uid = shop.api.create_payment(receipt().attrs(attrs)).await.unwrap().data.id;
    assert_eq!(shop.refusal(receipt().transaction_ref("sbx-order-closed-17")).await, "ORDER_CLOSED");
    assert_eq!(sandbox.objects().unwrap().len(), 1);
    sandbox.clock().advance(Duration::from_secs(3599)).await.unwrap();
    assert_eq!(sandbox.objects().unwrap()[0].state, "pending");
    sandbox.clock().advance(Duration::from_secs(1)).await.unwrap();
    assert_eq!((sandbox.objects().unwrap()[0].state.as_str(), &sandbox.objects().unwrap()[0].id), ("complete", &uid));
    // Without one, nothing happens by itself.
    shop.receipt("order-2", dec!(1)).await;
    assert!(sandbox.clock().advance(Duration::from_secs(3600)).await.unwrap().is_empty());
}

#[tokio::test]
async fn refunds_give_back_what_was_paid_and_no_more() {
    let sandbox = start(Sandbox::builder().gormic()).await;
    let shop = Shop::new(&sandbox);
    let receipt = shop.receipt("order-1", dec!(10)).await;
    let refund = |amount| shop.payment("order-1", PaymentType::Refund, amount).source_payment_id(receipt.clone());
    assert_eq!(shop.refusal(refund(dec!(1))).await, "INVALID_STATUS");
    shop.confirm(&receipt).await;
    assert_eq!(shop.refusal(refund(dec!(10.01))).await, "LIMIT_REACHED");
    shop.api.create_payment(refund(dec!(6)).status(PaymentStatus::Complete)).await.unwrap();
    assert_eq!(shop.refusal(refund(dec!(4.01))).await, "LIMIT_REACHED");
    shop.api.create_payment(refund(dec!(4))).await.unwrap();
    // What is given back cannot be reversed as well.
    assert!(shop.api.update_payment(shop.update(&receipt).status(PaymentStatus::Reversed)).await.is_err());
    let other = shop.payment("order-2", PaymentType::Refund, dec!(1)).source_payment_id(receipt.clone());
    assert_eq!(shop.refusal(other).await, "InvalidParameter");
}

#[tokio::test]
async fn the_requests_of_a_day_come_back_at_midnight() {
    let mut profile = Profile::default();
    profile.gormic_requests_per_day = Some(2);
    let sandbox = start(Sandbox::builder().gormic().profile(profile)).await;
    let shop = Shop::new(&sandbox);
    shop.receipt("order-1", dec!(1)).await;
    shop.receipt("order-1", dec!(1)).await;
    let options = specie_runtime::client::Options::new().retry(specie_runtime::client::RetryPolicy::never());
    let api = sandbox.merchant("shop").gormic(options).unwrap();
    let error = api.create_payment(shop.payment("order-1", PaymentType::Receipt, dec!(1))).await.unwrap_err();
    assert!(matches!(error.api(), Some(CreatePaymentError::TooManyRequests)), "{error:?}");
    sandbox.clock().advance(Duration::from_secs(24 * 3600)).await.unwrap();
    shop.receipt("order-1", dec!(1)).await;
}
