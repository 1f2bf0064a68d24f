//! A replica that delivers what the outbox owes.

use std::time::Duration;

use specie_postgres::{Outbox, Outgoing, Schedule, Undelivered};
use specie_runtime::client::Options;
use specie_runtime::webhook::Sender;

use super::receiver::SECRET;
use super::replicas::{orphaned, told};

/// How long a try may take here; short, so that others go on soon.
pub const TRY_LIMIT: Duration = Duration::from_secs(1);

/// The message that ends whoever sends it, and after how often it is given up.
pub const POISON: &str = "poison";
pub const INTERRUPTIONS: u32 = 8;

/// A tenth of a second at first, and far more tries than it takes.
pub fn schedule() -> Schedule {
    Schedule::growing(Duration::from_millis(100), 50)
}

pub async fn run() {
    let pool = specie_postgres::pool(told("DATABASE").parse().expect("a configuration"), 8).expect("a pool");
    let outbox = Outbox::new(pool, schedule()).try_limit(TRY_LIMIT).poll(Duration::from_millis(50));
    let outbox = outbox.interruptions(INTERRUPTIONS);
    let sender = Sender::new(&Options::new()).expect("a sender").secret(SECRET);
    let send = move |message: Outgoing| {
        if message.id == POISON {
            std::process::abort();
        }
        let sender = sender.clone().message_id(&message.id);
        async move {
            cublox::webhooks::send::payout_invoice(&sender, &message.url, &message.payload()?).await?;
            Ok::<(), Undelivered>(())
        }
    };
    outbox.deliver(send, orphaned()).await;
}
