//! A replica that pays what is in the books, and goes on from what others left open.

use std::time::Duration;

use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use specie_postgres::deadpool_postgres::Pool;
use specie_postgres::{BoxError, PostgresJournal, Resumption};
use specie_runtime::client::{Entry, Options, ReconcileError};
use specie_runtime::{Decimal, Outcome};

use super::replicas::{orphaned, told};

/// How long a claim lasts here; short, so that others go on soon.
pub const LEASE: Duration = Duration::from_secs(2);

/// What the API refuses.
pub const CURRENCY_REFUSED: &str = "JPY";

const TASKS: usize = 8;
const DEADLINE: Duration = Duration::from_secs(15);

#[derive(Clone)]
struct Payer {
    pool: Pool,
    journal: PostgresJournal,
    client: Client,
}

pub async fn run() {
    let pool = specie_postgres::pool(told("DATABASE").parse().expect("a configuration"), 8).expect("a pool");
    let journal = PostgresJournal::new(pool.clone()).lease(LEASE);
    let options = Options::new().journal(journal.clone(), b"sixteen bytes or more".to_vec());
    // The sandbox acts at once or not at all.
    let options = options.settling_time(Duration::from_secs(1));
    let client = Client::builder().private(told("API")).basic_auth(told("ACCOUNT"), told("KEY")).options(options);
    let payer = Payer { pool, journal, client: client.build().expect("a client") };
    for _ in 0..TASKS {
        tokio::spawn(payer.clone().pay());
    }
    tokio::spawn(payer.resume());
    orphaned().await;
}

impl Payer {
    async fn pay(self) {
        loop {
            match self.take().await {
                Ok(Some((reference, attempts))) => {
                    let call = self.client.create_payout_invoice(request(&reference)).deadline(DEADLINE).reconciled();
                    // Who had it before may have died when it was paid and before the books knew.
                    let end = if attempts > 1 { call.lookup_first().await } else { call.await };
                    let _ = self
                        .record(&reference, end.map(|payout| payout.data.id).map_err(|error| told_of(&error)))
                        .await;
                }
                // The database is away, or there is nothing to do.
                _ => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        }
    }

    async fn resume(self) {
        loop {
            let payer = self.clone();
            let resume = |entry: Entry| {
                let payer = payer.clone();
                async move {
                    let reference = entry.reference().ok_or("no reference")?;
                    let call = payer.client.create_payout_invoice(request(reference)).deadline(DEADLINE);
                    let end =
                        call.resuming(&entry)?.await.map(|payout| payout.data.id).map_err(|error| told_of(&error));
                    payer.record(reference, end).await
                }
            };
            let how = Resumption::new().limit(8).pause(Duration::from_secs(2));
            let _ = self.journal.resume_unsettled(how, resume).await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    }

    /// The next intention without a result, for so long at most, and which try this is. Those with an open entry are left to `resume`: where
    /// two calls of one reference go on at once, neither may say that nothing happened.
    async fn take(&self) -> Result<Option<(String, i32)>, BoxError> {
        let take = "UPDATE books SET attempts = attempts + 1, taken_until = clock_timestamp() + interval '20 seconds' \
            WHERE number = (SELECT number FROM books WHERE result IS NULL AND taken_until < clock_timestamp() \
                AND NOT EXISTS (SELECT 1 FROM specie.journal AS open WHERE open.api = 'cublox' AND open.operation = 'createPayoutInvoice' \
                    AND open.reference = books.reference AND open.settled_at IS NULL) \
                ORDER BY number LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING reference, attempts";
        let client = self.pool.get().await?;
        let row = client.query_opt(&client.prepare_cached(take).await?, &[]).await?;
        Ok(row.map(|row| (row.get(0), row.get(1))))
    }

    async fn record(&self, reference: &str, end: Result<String, Outcome>) -> Result<(), BoxError> {
        let client = self.pool.get().await?;
        let (result, paid) = match &end {
            Ok(id) => (Some("done"), Some(id)),
            Err(Outcome::Refused) => (Some("refused"), None),
            // It is taken again.
            Err(_) => (None, None),
        };
        let record = "UPDATE books SET result = $2, paid = $3, taken_until = clock_timestamp() WHERE reference = $1 AND result IS NULL";
        client.execute(&client.prepare_cached(record).await?, &[&reference, &result, &paid]).await?;
        Ok(())
    }
}

/// What an error says of the payout.
fn told_of<O: specie_runtime::client::Invoke>(error: &ReconcileError<O>) -> Outcome {
    error.outcome()
}

fn request(reference: &str) -> CreatePayoutInvoice {
    let number: i64 = reference.trim_start_matches("inv-").parse().expect("a number");
    let currency = if number % 25 == 0 { CURRENCY_REFUSED } else { "USD" };
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: currency.into(),
        amount: Decimal::from(number),
        fields: [("card_number", "5123817234060000")].into(),
    })
}
