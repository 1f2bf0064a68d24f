//! Payouts that can be looked up by their reference: with a unique one, with a key, and with neither.

use crate::body::Body;
use http::{Request, Response};
use serde::Deserialize;

use super::fixtures::API;
use crate::client::{
    ApiClient, ApiClientBuilder, Basic, BoxFuture, BuildError, ClientResponse, Decoded, Invoke, LookupOperation,
    Options, PageSpec, Paged, Reconcilable, RequestWriter, Scripted, Simulated, Transport, TransportError,
};
use crate::operation::{
    ApiError, Idempotency, LookupResponse, Method, Operation, OperationSpec, ParameterSpec, ReconcileSpec,
};
use crate::{Decimal, Json, dec};

const LIST: &OperationSpec = &OperationSpec::new("listPayouts", Method::GET, "/payouts")
    .parameters(&[ParameterSpec::query("filter[ref]")])
    .base(1)
    .security(&[&["basic"]]);

/// The operation that asks.
struct List;

impl Operation for List {
    type Output = Page;
    type Error = ListError;
    const SPEC: &'static OperationSpec = LIST;
}

/// A page of what there is.
#[derive(Debug, Deserialize)]
struct Page {
    data: Vec<Payout>,
}

/// What it documents as errors.
#[derive(Debug)]
enum ListError {
    NotFound,
}

/// Why something is not there.
#[derive(Debug, Deserialize)]
struct Fault {
    #[serde(rename = "errors")]
    _errors: Vec<Json>,
}

impl ApiError for ListError {
    fn status(&self) -> u16 {
        match self {
            Self::NotFound => 404,
        }
    }
}

crate::api_error!(ListError);

impl Invoke for List {
    fn encode(&self, _: &mut RequestWriter) -> Result<(), BuildError> {
        Ok(())
    }

    fn decode(response: &ClientResponse) -> Decoded<Self> {
        match response.status() {
            200 => response.json().map(Ok),
            404 => response.json::<Fault>().map(|_| Err(ListError::NotFound)),
            _ => Err(response.undocumented()),
        }
    }
}

impl Paged for List {
    type Item = Payout;
    const PAGING: PageSpec = PageSpec::by_link("/links/next").items("/data");

    fn items(page: Self::Output) -> Vec<Self::Item> {
        page.data
    }
}

const HOW: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
    .find(LookupResponse::Among { items: "/data", matches: "/reference" })
    .agree(&[("/amount", "/amount")])
    .resource(201, "/data");
const SLOWLY: &ReconcileSpec = &ReconcileSpec::new(LIST, 0, "/reference")
    .find(LookupResponse::Among { items: "/data", matches: "/reference" })
    .agree(&[("/amount", "/amount")])
    .resource(201, "/data")
    .settling(std::time::Duration::from_secs(120));
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
    Forbidden,
    Conflict,
    Invalid,
    TooMany,
}

impl ApiError for PayError {
    fn status(&self) -> u16 {
        match self {
            Self::Forbidden => 403,
            Self::Conflict => 409,
            Self::Invalid => 422,
            Self::TooMany => 429,
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
            const LOOKUP: Option<LookupOperation> = Some(LookupOperation::paged::<List>());

            fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
                request.json_object(&[], |body| {
                    body.required("reference", &self.reference)?;
                    body.required("amount", &self.amount)
                })
            }

            fn decode(response: &ClientResponse) -> Decoded<Self> {
                match response.status() {
                    201 => response.json().map(Ok),
                    403 => response.empty().map(|()| Err(PayError::Forbidden)),
                    409 => response.json::<Json>().map(|_| Err(PayError::Conflict)),
                    422 => response.empty().map(|()| Err(PayError::Invalid)),
                    429 => response.empty().map(|()| Err(PayError::TooMany)),
                    _ => Err(response.undocumented()),
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
pay!(Numbered, POST.idempotency(Idempotency::Field { pointer: "/amount", duplicate: 409 }));
pay!(
    Slow,
    OperationSpec::new("pay", Method::POST, "/payouts")
        .reconcile(SLOWLY)
        .idempotency(Idempotency::Field { pointer: "/reference", duplicate: 409 })
);

pub(super) const CREATED: &str = r#"{"data": {"id": "po_1", "reference": "inv 1", "amount": 10.50}}"#;
pub(super) const FOUND: &str = r#"{"data": [{"id": "po_1", "reference": "inv 1", "amount": 10.5}]}"#;
pub(super) const OTHER_AMOUNT: &str = r#"{"data": [{"id": "po_1", "reference": "inv 1", "amount": 10.51}]}"#;
pub(super) const NOTHING: &str = r#"{"data": []}"#;

/// A server whose responses to lookups are written apart from those to payouts.
#[derive(Clone)]
pub(super) struct ByMethod {
    pub(super) posts: Scripted,
    pub(super) gets: Scripted,
}

impl ByMethod {
    pub(super) fn new(posts: Scripted, gets: Scripted) -> Self {
        Self { posts, gets }
    }
}

impl Transport for ByMethod {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let script = if request.method() == Method::POST { &self.posts } else { &self.gets };
        script.send(request)
    }
}

/// The same response to as many lookups as there will be.
pub(super) fn listing(body: &'static str) -> Scripted {
    (0..5000).fold(Scripted::new(), |script, _| script.respond(200, body))
}

/// A client over a script and simulated time.
pub(super) fn client(script: &Scripted, time: &Simulated) -> ApiClient {
    core_over(script.clone(), time)
}

/// A client over a transport and simulated time.
pub(super) fn core_over(transport: impl Transport, time: &Simulated) -> ApiClient {
    let builder = ApiClientBuilder::new(&API).base(0, "https://api.example.com").base(1, "https://lists.example.com");
    let builder = builder.credential(0, Basic::new("account", "key"));
    builder.options(Options::new().environment(time.clone())).transport(transport).build().unwrap()
}
