//! Calls with three ends: one that succeeds, one that is refused, and one whose response is lost.

use std::error::Error;
use std::future::IntoFuture;

use cublox::fake::Cublox;
use cublox::server::CubloxServer;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_runtime::client::{Scripted, TransportError};
use specie_runtime::dec;
use tokio::net::TcpListener;

/// Makes them one after the other; the first goes to a server over a socket, whose span is the child of the client's.
pub async fn make() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let url = format!("http://{}", listener.local_addr()?);
    let app = axum::Router::new().fallback_service(CubloxServer::new(Cublox::from_document()));
    tokio::spawn(axum::serve(listener, app).into_future());
    let client = Client::builder().private(url).basic_auth("account-1", "key-1").build()?;
    client.list_payout_services().await?;

    let refusing =
        Client::over(Scripted::new().respond(404, r#"{"errors": [{"status": "Not Found", "code": "404"}]}"#));
    let _ = refusing.get_payout_invoice("cpoi_1").await;
    let losing = Client::over(Scripted::new().fail(|| TransportError::interrupted("the connection broke")));
    let _ = losing.create_payout_invoice(payout()).await;
    Ok(())
}

fn payout() -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: "inv-7".into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10.00),
        fields: [("card_number", "4111111111111111")].into(),
    })
}
