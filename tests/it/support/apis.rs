//! The four generated crates as one table: a row for each operation, and the [`Bench`] as the server of each API.

use std::sync::Arc;

use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, Transport, TransportError};
use specie_runtime::server::{Refusal, Rejection, RequestContext, ServerResponse};
use specie_runtime::{InProcess, Operation, OperationSpec};

use super::bench::Bench;
use super::documented_errors;
use super::documents::{Document, Documented, document};
use super::values::{Settled, Value, settle, taken};

/// One operation, with its types hidden.
pub struct Row {
    pub api: Api,
    /// The facts that the generated code states.
    pub spec: &'static OperationSpec,
    /// Calls it with a request of its type.
    pub call: fn(&AnyClient, Box<dyn Value>) -> BoxFuture<'static, Settled>,
}

impl Row {
    /// What the document says of it.
    pub fn documented(&self) -> &'static Documented {
        &self.document().operations[self.spec.id]
    }

    /// The document.
    pub fn document(&self) -> &'static Document {
        document(self.api)
    }

    /// For messages.
    pub fn name(&self) -> String {
        format!("{} {}", self.api.name(), self.spec.id)
    }
}

/// Every operation.
pub fn rows() -> impl Iterator<Item = &'static Row> {
    ROWS.iter().copied().flatten()
}

/// The row of one operation.
pub fn row(api: Api, id: &str) -> &'static Row {
    rows().find(|row| row.api == api && row.spec.id == id).unwrap_or_else(|| panic!("no row for {id}"))
}

/// A transport of any kind.
#[derive(Clone)]
pub struct AnyTransport(Arc<dyn Transport>);

impl AnyTransport {
    pub fn new(transport: impl Transport) -> Self {
        Self(Arc::new(transport))
    }
}

impl Transport for AnyTransport {
    fn send(&self, request: http::Request<Body>) -> BoxFuture<'_, Result<http::Response<Body>, TransportError>> {
        self.0.send(request)
    }
}

/// A call with a request, by the method that takes one.
macro_rules! called {
    ($client:ident $method:ident ($request:expr)) => {
        $client.$method($request)
    };
    ($client:ident $method:ident $with:ident ($request:expr)) => {
        $client.$with($request)
    };
}

macro_rules! apis {
    ($($api:ident $name:ident $server:ident {
        credentials { $($scheme:ident($credential:ident) => $text:expr),* }
        errors $documented:expr;
        $($operation:ident => $method:ident $(by $with:ident)?,)*
    })*) => {
        /// One of the four APIs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Api { $($name),* }

        /// A client of any of them.
        #[derive(Clone, Debug)]
        pub enum AnyClient { $($name($api::Client)),* }

        impl Api {
            pub const ALL: [Self; 4] = [$(Self::$name),*];

            /// The name of document and crate.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($api)),* }
            }

            /// A bench behind the API's own server, without a socket.
            pub fn in_process(self, bench: Bench) -> AnyTransport {
                match self { $(Self::$name => AnyTransport::new(InProcess::new($api::server::$server::new(bench)))),* }
            }

            /// The fake of the API that answers with what its document shows.
            pub fn from_document(self) -> AnyTransport {
                match self { $(Self::$name => AnyTransport::new($api::fake::$name::from_document().in_process())),* }
            }

            /// A bench behind the API's own server, to be mounted.
            pub fn router(self, bench: Bench) -> axum::Router {
                match self { $(Self::$name => axum::Router::new().fallback_service($api::server::$server::new(bench))),* }
            }
        }

        $(impl $api::server::$name for Bench {
            async fn authenticate(&self, credentials: Vec<$api::server::Credential>, context: &mut RequestContext) -> Result<(), Rejection> {
                self.show(&format!("{credentials:?} {credentials:#?} {context:?}"));
                self.verify(credentials.into_iter().map(|credential| match credential {
                    $($api::server::Credential::$scheme($credential) => $text,)*
                    other => panic!("another scheme: {other:?}"),
                }).collect())
            }

            $(async fn $method(&self, request: $api::$operation, context: RequestContext)
                -> Result<<$api::$operation as Operation>::Output, Refusal<<$api::$operation as Operation>::Error>> {
                // A handler that waits once can be cancelled, if anything can.
                tokio::task::yield_now().await;
                self.handle(request, &context)
            })*

            fn reject(&self, rejection: &Rejection) -> ServerResponse {
                Bench::reject(self, rejection, $documented)
            }
        })*

        static ROWS: &[&[Row]] = &[$(&[$(Row {
            api: Api::$name,
            spec: <$api::$operation as Operation>::SPEC,
            call: |client, request| match client {
                AnyClient::$name(client) => Box::pin(settle(called!(client $method $($with)? (taken::<$api::$operation>(request))))),
                other => panic!("a client of another API: {other:?}"),
            },
        },)*],)*];
    };
}

apis! {
    omno Omno OmnoServer {
        credentials { BearerAuth(token) => token.expose().clone() }
        errors documented_errors::omno;
        ConfirmPayout => confirm_payout,
        CreateCashierSession => create_cashier_session,
        CreatePayin => create_payin,
        CreatePayout => create_payout,
        FetchPayin => fetch_payin,
        FetchPayout => fetch_payout,
        ProcessPayinCard => process_payin_card,
        ProcessPayinDirectLink => process_payin_direct_link,
        ProcessPayinSavedCard => process_payin_saved_card,
        ProcessPayoutDirectLink => process_payout_direct_link,
        RejectPayout => reject_payout,
        UpdateCashierSessionBalance => update_cashier_session_balance,
    }
    gormic Gormic GormicServer {
        credentials { ApiKey(key) => key.expose().clone() }
        // The document's errors hold a code and no words.
        errors Rejection::to_problem;
        ConfirmPayment => confirm_payment,
        CreatePayment => create_payment,
        DeletePayment => delete_payment,
        UpdatePayment => update_payment,
    }
    cublox Cublox CubloxServer {
        credentials {
            BasicAuth(basic) => format!("{}:{}", basic.username, basic.password.expose()),
            PublicKey(key) => key.expose().clone()
        }
        errors documented_errors::cublox;
        CreatePayoutInvoice => create_payout_invoice,
        FindPayoutInvoicesPublic => find_payout_invoices_public,
        GetPayoutInvoice => get_payout_invoice,
        GetPayoutInvoicePublic => get_payout_invoice_public,
        GetPayoutService => get_payout_service,
        ListPayoutInvoices => list_payout_invoices by list_payout_invoices_with,
        ListPayoutServices => list_payout_services by list_payout_services_with,
        PayoutPrerequest => payout_prerequest,
        ProcessPayoutInvoice => process_payout_invoice,
    }
    paymega Paymega PaymegaServer {
        credentials {
            BasicAuth(basic) => format!("{}:{}", basic.username, basic.password.expose()),
            PublicKey(key) => key.expose().clone()
        }
        errors documented_errors::paymega;
        CreatePayoutInvoice => create_payout_invoice,
        FindPayoutInvoicesPublic => find_payout_invoices_public,
        GetPayoutInvoice => get_payout_invoice,
        GetPayoutInvoicePublic => get_payout_invoice_public,
        GetPayoutService => get_payout_service,
        ListPayoutInvoices => list_payout_invoices by list_payout_invoices_with,
        ListPayoutServices => list_payout_services by list_payout_services_with,
        PayoutPrerequest => payout_prerequest,
        ProcessPayoutInvoice => process_payout_invoice,
    }
}

#[test]
fn every_documented_operation_has_a_row() {
    let documented: Vec<(Api, &str)> = Api::ALL
        .into_iter()
        .flat_map(|api| document(api).operations.keys().map(move |id| (api, id.as_str())))
        .collect();
    let mut tested: Vec<(Api, &str)> = rows().map(|row| (row.api, row.spec.id)).collect();
    tested.sort_unstable();
    assert_eq!(documented, tested);
    assert_eq!(tested.len(), 34);
}
