//! A replica that receives callbacks and lets each take effect in the transaction of its mark.

use cublox::types::PayoutInvoiceCallback;
use specie_postgres::deadpool_postgres::Pool;
use specie_postgres::{BoxError, Delivery, Inbox, Received};
use specie_runtime::UnixTime;

use super::replicas::{orphaned, told};

pub const SECRET: &str = "sk_test";

pub async fn run() {
    let pool = specie_postgres::pool(told("DATABASE").parse().expect("a configuration"), 8).expect("a pool");
    let handler = move |callback| receive(pool.clone(), callback);
    let receiver = cublox::webhooks::payout_invoice([SECRET], handler);
    let app = axum::Router::new().route_service("/", receiver);
    let listener = tokio::net::TcpListener::bind(format!("127.0.0.1:{}", told("PORT"))).await.expect("the port");
    tokio::select! {
        served = async { axum::serve(listener, app).await } => served.expect("a server"),
        () = orphaned() => {}
    }
}

async fn receive(pool: Pool, callback: PayoutInvoiceCallback) -> Result<(), BoxError> {
    let (id, attributes) = (callback.data.id, callback.data.attributes);
    let UnixTime(updated) = attributes.updated.ok_or("no time")?;
    let mut client = pool.get().await?;
    let mut transaction = client.transaction().await?;
    let delivery = Delivery::of(&id).updated(updated).state(attributes.status.to_string());
    if Inbox::new("cublox").receive(&mut transaction, &delivery).await? == Received::New {
        let effect = "INSERT INTO effects (id, version) VALUES ($1, $2)";
        transaction.execute(&transaction.prepare_cached(effect).await?, &[&id, &updated]).await?;
    }
    Ok(transaction.commit().await?)
}
