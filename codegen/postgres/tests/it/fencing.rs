//! A call that was slow, and whose entry another replica has taken meanwhile, learns it before it sends again.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use http::{Request, Response};
use specie_postgres::PostgresJournal;
use specie_runtime::client::{BoxFuture, Claimed, Holder, Journal, Options, RetryPolicy, Transport, TransportError};
use specie_runtime::{Body, Outcome, dec};

use crate::support::server::Database;

/// A way to the server that takes its time: when it has failed, the claim of the call has ended, and another replica has the entry. The call
/// would try again.
#[derive(Clone)]
struct Slow {
    database: Arc<Database>,
    other: PostgresJournal,
    attempts: Arc<AtomicU32>,
}

impl Transport for Slow {
    fn send(&self, _request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(async {
            self.attempts.fetch_add(1, Ordering::Relaxed);
            let client = self.database.connect().await;
            let ended = "UPDATE specie.journal SET held_until = clock_timestamp()";
            assert_eq!(client.execute(ended, &[]).await.unwrap(), 1, "it is committed before the request is here");
            let entry = self.other.list().await.unwrap().remove(0);
            assert_eq!(self.other.claim(&entry, &Holder::new("another replica")).await.unwrap(), Claimed::Taken);
            Err(TransportError::not_sent("no connection"))
        })
    }
}

#[tokio::test]
async fn a_slow_call_that_lost_its_claim_sends_nothing_more() {
    let Some(database) = Database::new("fencing").await else { return };
    let database = Arc::new(database);
    let (one, other) = (PostgresJournal::new(database.pool(2)), PostgresJournal::new(database.pool(2)));
    let slow = Slow { database: Arc::clone(&database), other: other.clone(), attempts: Arc::default() };
    let retry = RetryPolicy::new().backoff(Duration::from_millis(1), Duration::from_millis(2));
    let options = Options::new().retry(retry).journal(one, b"sixteen bytes or more".to_vec());
    let client = Client::builder().private("https://api.example.com").basic_auth("account", "key").options(options);
    let client = client.transport(slow.clone()).build().unwrap();
    let request = CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: "inv-1".into(),
        service: "card".into(),
        currency: "USD".into(),
        amount: dec!(10.00),
        fields: [("card_number", "5123817234060000")].into(),
    });
    let error = client.create_payout_invoice(request).await.unwrap_err();
    assert_eq!(slow.attempts.load(Ordering::Relaxed), 1, "{error}");
    assert_eq!(error.outcome(), Outcome::Unknown, "{error}");
    // The entry goes on with whoever has it now.
    let entry = other.list().await.unwrap().remove(0);
    assert_eq!(entry.reference(), Some("inv-1"));
    assert!(other.renew(&Holder::new("another replica")).await.unwrap());
    assert!(!serde_json::to_string(&entry).unwrap().contains("5123817234060000"));
}
