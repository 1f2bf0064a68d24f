//! What the tests share.

use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::Decimal;
use specie_sandbox::{Builder, Sandbox};

/// An order under a reference.
pub(crate) fn order(reference: &str, amount: Decimal) -> CreatePayoutInvoice {
    order_with(reference, amount, "5123817234060000")
}

/// An order that is paid to this card.
pub(crate) fn order_with(reference: &str, amount: Decimal, card: &str) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount,
        fields: [("card_number", card)].into(),
    })
}

/// An order of a service that takes test details.
pub(crate) fn test_order<const N: usize>(reference: &str, details: [(&str, &str); N]) -> CreatePayoutInvoice {
    let mut fields = specie_runtime::JsonObject::from([("account", "17")]);
    for (key, value) in details {
        fields.insert(key, value);
    }
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "test_usd".into(),
        currency: "USD".into(),
        amount: specie_runtime::dec!(10),
        fields: fields.into(),
    })
}

/// A sandbox with Cublox.
pub(crate) async fn cublox() -> Sandbox {
    start(Sandbox::builder().cublox().seed(7)).await
}

/// A sandbox.
pub(crate) async fn start(builder: Builder) -> Sandbox {
    builder.start().await.expect("the sandbox starts")
}

/// The state of the object under a reference of the merchant `shop`.
pub(crate) fn state_of(sandbox: &Sandbox, reference: &str) -> String {
    sandbox.merchant("shop").object(reference).expect("the store answers").expect("there is one").state
}
