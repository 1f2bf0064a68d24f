//! What is to be paid out, and what came of it.

use cublox::{CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::Decimal;

/// One payout that somebody wants.
#[derive(Clone, Debug)]
pub struct Order {
    pub reference: String,
    pub amount: Decimal,
    pub kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Valid,
    /// Over nothing, which the server refuses.
    Invalid,
    /// With the reference of the order before, over another amount.
    Clashing,
}

/// Orders of which three in a hundred are refused and one in a hundred clashes with the one before.
pub fn orders(count: usize) -> Vec<Order> {
    (0..count)
        .map(|number| {
            let cents = i64::try_from(number % 99_999).unwrap() + 1;
            let amount = format!("{}.{:02}", cents / 100, cents % 100).parse().unwrap();
            let (kind, number) = match number % 100 {
                17 | 50 | 83 => (Kind::Invalid, number),
                99 => (Kind::Clashing, number - 1),
                _ => (Kind::Valid, number),
            };
            let amount = if kind == Kind::Invalid { Decimal::ZERO } else { amount };
            Order { reference: format!("inv-{number}"), amount, kind }
        })
        .collect()
}

impl Order {
    pub fn request(&self) -> CreatePayoutInvoice {
        CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
            reference_id: self.reference.clone(),
            service: "card".into(),
            currency: "USD".into(),
            amount: self.amount,
            fields: [("card_number", "5123817234060000")].into(),
        })
    }
}

/// What whoever wanted the payout holds in the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The payout, by its id.
    Paid(String),
    Refused,
    /// The reference belongs to a payout over this amount.
    Taken(Decimal),
    Open,
}
