//! Calls over a socket: the generated client beside one written with reqwest, and the generated server beside one written with axum. The
//! types for money are the same on both sides.

use std::net::SocketAddr;

use axum::Router;
use cublox::server::{Credential, Cublox, CubloxServer};
use cublox::{Client, types};
use specie_runtime::decode;
use specie_runtime::server::{Handled, Refusal, Rejection, RequestContext};
use tokio::runtime::{Builder, Runtime};

use super::{INVOICE, by_hand, paired, server_by_hand};

/// How many calls follow each other.
const CALLS: u32 = 500;
const ID: &str = "cpoi_VdHYVxq4RsLEebAQ";
const ACCOUNT: &str = "account-id";
const KEY: &str = "api-key";

/// Measures and prints.
pub(super) fn report() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let generated = Router::new().fallback_service(CubloxServer::new(Generated::new()));
    let by_hand = server_by_hand::router(ACCOUNT, KEY, serde_json::from_slice(INVOICE).unwrap());
    let [generated, by_hand] = serve([generated, by_hand]);
    client(&runtime, by_hand);
    server(&runtime, generated, by_hand);
}

/// Both clients call the same server.
fn client(runtime: &Runtime, server: SocketAddr) {
    let generated = runtime.block_on(async {
        Client::builder().private(format!("http://{server}")).basic_auth(ACCOUNT, KEY).build().unwrap()
    });
    let plain = reqwest::Client::new();
    let url = format!("http://{server}");
    paired::report(
        "call for a payout invoice over a socket: the client",
        CALLS,
        &mut || {
            let invoice = runtime.block_on(async { generated.get_payout_invoice(ID).await }).unwrap();
            assert_eq!(invoice.data.id, ID);
        },
        &mut || {
            let invoice = runtime.block_on(async {
                let request = plain.get(format!("{url}/payout-invoices/{ID}")).basic_auth(ACCOUNT, Some(KEY));
                let body = request.send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap();
                serde_json::from_slice::<by_hand::PayoutInvoiceDocument>(&body).unwrap()
            });
            assert_eq!(invoice.id(), ID);
        },
    );
}

/// One client calls both servers.
fn server(runtime: &Runtime, generated: SocketAddr, by_hand: SocketAddr) {
    let plain = reqwest::Client::new();
    let call = |server: SocketAddr| {
        let body = runtime.block_on(async {
            let request = plain.get(format!("http://{server}/payout-invoices/{ID}")).basic_auth(ACCOUNT, Some(KEY));
            request.send().await.unwrap().error_for_status().unwrap().bytes().await.unwrap()
        });
        assert!(body.len() > 500, "an invoice");
    };
    let what = "call for a payout invoice over a socket: the server";
    paired::report(what, CALLS, &mut || call(generated), &mut || call(by_hand));
}

/// Serves on free ports, all in one thread, so that the processors that are free mean the same for each.
fn serve<const N: usize>(apps: [Router; N]) -> [SocketAddr; N] {
    let bound = apps.map(|app| {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        (listener, app)
    });
    let addresses = bound.each_ref().map(|(listener, _)| listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let serving = bound.map(|(listener, app)| {
                let listener = tokio::net::TcpListener::from_std(listener).unwrap();
                tokio::spawn(async move { axum::serve(listener, app).await })
            });
            for served in serving {
                served.await.unwrap().unwrap();
            }
        });
    });
    addresses
}

/// A service that knows one invoice.
struct Generated(types::PayoutInvoiceDocument);

impl Generated {
    fn new() -> Self {
        Self(decode::from_slice(INVOICE).unwrap())
    }
}

/// The operations that are not called.
macro_rules! not_called {
    ($($method:ident: $request:ident),+ $(,)?) => { $(
        async fn $method(&self, _: cublox::$request, _: RequestContext) -> Handled<cublox::$request> {
            Err(Refusal::internal("not called"))
        }
    )+ };
}

impl Cublox for Generated {
    async fn authenticate(&self, credentials: Vec<Credential>, _: &mut RequestContext) -> Result<(), Rejection> {
        let known = credentials.iter().all(|credential| match credential {
            Credential::BasicAuth(basic) => basic.username == ACCOUNT && basic.password.matches(KEY),
            _ => true,
        });
        if known { Ok(()) } else { Err(Rejection::unauthorized("the key is not known")) }
    }

    async fn get_payout_invoice(
        &self,
        request: cublox::GetPayoutInvoice,
        _: RequestContext,
    ) -> Handled<cublox::GetPayoutInvoice> {
        assert_eq!(request.id, ID);
        Ok(self.0.clone())
    }

    not_called!(
        create_payout_invoice: CreatePayoutInvoice,
        find_payout_invoices_public: FindPayoutInvoicesPublic,
        get_payout_invoice_public: GetPayoutInvoicePublic,
        get_payout_service: GetPayoutService,
        list_payout_invoices: ListPayoutInvoices,
        list_payout_services: ListPayoutServices,
        payout_prerequest: PayoutPrerequest,
        process_payout_invoice: ProcessPayoutInvoice,
    );
}
