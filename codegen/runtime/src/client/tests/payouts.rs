//! Payouts that can be looked up by their reference: with a unique one, with a key, and with neither.

use serde::Deserialize;

use super::fixtures::API;
use crate::client::{
    Answer, Basic, BuildError, Core, CoreBuilder, Decoded, Invoke, Options, Reconcilable, RequestWriter, Scripted,
    Simulated,
};
use crate::operation::{
    ApiError, Idempotency, LookupAnswer, LookupParameter, Method, Operation, OperationSpec, ReconcileSpec,
};
use crate::{Decimal, dec};

const LIST: &OperationSpec =
    &OperationSpec::new("listPayouts", Method::GET, "/payouts").base(1).security(&[&["basic"]]);
const HOW: &ReconcileSpec = &ReconcileSpec::new(LIST, LookupParameter::Query("filter[ref]"), "/reference")
    .find(LookupAnswer::Among { items: "/data", matches: "/reference" })
    .agree(&[("/amount", "/amount")])
    .resource(201, "/data");
const POST: OperationSpec = OperationSpec::new("pay", Method::POST, "/payouts").reconcile(HOW);

/// What a payout operation answers.
#[derive(Debug, Deserialize)]
pub(super) struct Document {
    pub(super) data: Payout,
}

#[derive(Debug, Deserialize)]
pub(super) struct Payout {
    pub(super) id: String,
    pub(super) amount: Decimal,
}

/// What it documents as errors.
#[derive(Debug)]
pub(super) enum PayError {
    Conflict,
    Invalid,
}

impl ApiError for PayError {
    fn status(&self) -> u16 {
        match self {
            Self::Conflict => 409,
            Self::Invalid => 422,
        }
    }
}

crate::api_error!(PayError);

/// An operation with a reference and an amount.
macro_rules! pay {
    ($name:ident, $spec:expr) => {
        pub(super) struct $name {
            pub(super) reference: &'static str,
            pub(super) amount: Decimal,
        }

        impl Operation for $name {
            type Output = Document;
            type Error = PayError;
            const SPEC: &'static OperationSpec = &$spec;
        }

        impl Invoke for $name {
            fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
                request.json_object(&[], |body| {
                    body.required("reference", &self.reference)?;
                    body.required("amount", &self.amount)
                })
            }

            fn decode(answer: &Answer) -> Decoded<Self> {
                match answer.status() {
                    201 => answer.json().map(Ok),
                    409 => Ok(Err(PayError::Conflict)),
                    422 => Ok(Err(PayError::Invalid)),
                    _ => Err(answer.undocumented()),
                }
            }
        }

        impl Reconcilable for $name {}

        impl $name {
            pub(super) fn new() -> Self {
                Self { reference: "inv 1", amount: dec!(10.50) }
            }
        }
    };
}

pay!(Unique, POST.idempotency(Idempotency::Field { pointer: "/reference", duplicate: 409 }));
pay!(Keyed, POST.idempotency(Idempotency::Header("Idempotency-Key")));
pay!(Once, POST);

pub(super) const CREATED: &str = r#"{"data": {"id": "po_1", "reference": "inv 1", "amount": 10.50}}"#;
pub(super) const FOUND: &str = r#"{"data": [{"id": "po_1", "reference": "inv 1", "amount": 10.5}]}"#;
pub(super) const OTHER_AMOUNT: &str = r#"{"data": [{"id": "po_1", "reference": "inv 1", "amount": 10.51}]}"#;
pub(super) const NOTHING: &str = r#"{"data": []}"#;

/// A client over a script and simulated time.
pub(super) fn core(script: &Scripted, time: &Simulated) -> Core {
    let builder = CoreBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, Basic::new("account", "key"));
    builder.options(Options::new().environment(time.clone())).transport(script.clone()).build().unwrap()
}
