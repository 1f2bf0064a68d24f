//! A callback that ends the program which sends it is given up in the end, and takes no other with it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use specie_postgres::tokio_postgres::Client;
use specie_postgres::{Outbox, Outgoing, Schedule, figures};
use tokio::runtime::Runtime;
use tokio::sync::Notify;

use super::{Arrivals, enqueue, outbox};
use crate::support::server::Database;

/// A program that delivers. What it does ends with it, as far as the database can tell.
struct Program {
    runtime: Runtime,
    name: String,
}

impl Program {
    fn start<F, R>(database: &Database, number: u32, send: F) -> Self
    where
        F: Fn(Outgoing) -> R + Send + Sync + 'static,
        R: Future<Output = Result<(), specie_postgres::Undelivered>> + Send + 'static,
    {
        let (runtime, name) = (Runtime::new().unwrap(), format!("program {number}"));
        let mut config = database.config();
        config.application_name(&name);
        runtime.spawn(async move {
            let pool = specie_postgres::pool(config, 4).unwrap();
            // Its schedule has two tries; those that are interrupted are none of them.
            let outbox = Outbox::new(pool, Schedule::fixed([std::time::Duration::ZERO]));
            outbox
                .poll(std::time::Duration::from_millis(20))
                .interruptions(5)
                .deliver(send, std::future::pending())
                .await;
        });
        Self { runtime, name }
    }

    /// Ends it, and lets its claims end.
    async fn end(self, client: &Client) {
        self.runtime.shutdown_background();
        let connections = "SELECT count(*) FROM pg_stat_activity WHERE application_name = $1";
        while client.query_one(connections, &[&self.name]).await.unwrap().get::<_, i64>(0) > 0 {
            tokio::task::yield_now().await;
        }
        let ended = "UPDATE specie.outbox SET held_until = clock_timestamp() WHERE worker IS NOT NULL";
        client.execute(ended, &[]).await.unwrap();
    }
}

#[tokio::test]
async fn a_message_that_ends_its_senders_is_given_up_and_those_beside_it_are_not() {
    let Some(database) = Database::new("messages that end their senders").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    let poison = enqueue(&mut client, &outbox, "poison", "ends its sender").await;
    enqueue(&mut client, &outbox, "poison", "behind it").await;
    for endpoint in ["a", "b", "c"] {
        enqueue(&mut client, &outbox, endpoint, "beside it").await;
    }
    let arrivals = Arrivals::default();
    let mut ends = 0;
    while figures(&client).await.unwrap().owed > 0 {
        let begun = run_until_it_ends(&database, &client, ends, &arrivals).await;
        assert!(ends > 1 || begun.len() == 4, "all of them are sent at once: {begun:?}");
        ends += 1;
        assert!(ends < 20, "it is never given up");
    }
    let [dead] = outbox.dead_letters(10).await.unwrap().try_into().unwrap();
    assert_eq!((dead.id.as_str(), dead.attempts), (poison.as_str(), 5));
    assert_eq!(
        dead.last_error.unwrap(),
        "the program that sent it ended, or lost the database, at each of the last 5 tries"
    );
    for endpoint in ["a", "b", "c"] {
        assert_eq!(arrivals.of(endpoint), ["beside it"]);
        // Two programs died at it, and none a third time.
        let attempts = "SELECT attempts FROM specie.outbox WHERE endpoint = $1";
        assert_eq!(client.query_one(attempts, &[&endpoint]).await.unwrap().get::<_, i32>(0), 3, "{endpoint}");
    }
    assert_eq!(arrivals.of("poison"), ["behind it"]);
    // By hand it is owed again, with all its tries.
    assert!(outbox.resend(&poison).await.unwrap());
    let counts = client.query_one("SELECT attempts, interruptions FROM specie.outbox WHERE id = $1", &[&poison]).await;
    let counts = counts.unwrap();
    assert_eq!((counts.get::<_, i32>(0), counts.get::<_, i32>(1)), (0, 0));
}

/// Runs a program until the poison ends it, or until nothing is owed; gives what it began to send. The first two end when they have begun to
/// send everything, and before any of it arrived.
async fn run_until_it_ends(database: &Database, client: &Client, number: u32, arrivals: &Arrivals) -> BTreeSet<String> {
    let (begun, end) = (Arc::new(Mutex::new(BTreeSet::new())), Arc::new(Notify::new()));
    let (list, ends, to) = (Arc::clone(&begun), Arc::clone(&end), arrivals.clone());
    let send = move |message: Outgoing| {
        let count = {
            let mut list = list.lock().unwrap();
            list.insert(message.id.clone());
            list.len()
        };
        let is_poison = message.id == "poison ends its sender";
        if count == 4 || (number > 1 && is_poison) {
            ends.notify_one();
        }
        let to = to.clone();
        async move {
            if is_poison || number < 2 {
                std::future::pending::<()>().await;
            }
            to.add(&message);
            Ok(())
        }
    };
    let program = Program::start(database, number, send);
    let nothing_owed = async {
        while figures(client).await.unwrap().owed > 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        () = end.notified() => {}
        () = nothing_owed => {}
    }
    program.end(client).await;
    let begun = begun.lock().unwrap();
    begun.clone()
}

#[tokio::test]
async fn messages_that_three_outages_interrupted_are_sent_side_by_side() {
    let Some(database) = Database::new("outages one after the other").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    for endpoint in ["a", "b", "c"] {
        enqueue(&mut client, &outbox, endpoint, "what").await;
    }
    let interrupted =
        "UPDATE specie.outbox SET worker = 'dead', held_until = clock_timestamp(), attempts = 3, interruptions = 2";
    client.execute(interrupted, &[]).await.unwrap();
    // None of them ends before all have begun.
    let (arrivals, all) = (Arrivals::default(), Arc::new(tokio::sync::Barrier::new(3)));
    let to = arrivals.clone();
    let send = move |message: Outgoing| {
        let (to, all) = (to.clone(), Arc::clone(&all));
        async move {
            all.wait().await;
            to.add(&message);
            Ok(())
        }
    };
    let delivering = outbox.deliver(send, arrivals.wait_for(3));
    tokio::time::timeout(std::time::Duration::from_secs(20), delivering).await.expect("they are sent at once");
}

#[tokio::test]
async fn a_try_that_ends_by_itself_ends_the_count_of_interruptions() {
    let Some(database) = Database::new("counts of interruptions").await else { return };
    let (mut client, outbox) = (database.connect().await, outbox(&database, Schedule::fixed([])));
    let id = enqueue(&mut client, &outbox, "a", "what").await;
    // Three programs died at it, and it would be given up at the eighth.
    let died =
        "UPDATE specie.outbox SET worker = 'dead', held_until = clock_timestamp(), attempts = 3, interruptions = 2";
    client.execute(died, &[]).await.unwrap();
    let schedule = Schedule::fixed([std::time::Duration::from_secs(3600); 9]);
    let again = Outbox::new(database.pool(2), schedule);
    let tried = Arc::new(Notify::new());
    let tells = Arc::clone(&tried);
    let send = move |message: Outgoing| {
        assert_eq!(message.attempt, 4);
        tells.notify_one();
        std::future::ready(Err(specie_postgres::Undelivered::Later("500".into())))
    };
    again.deliver(send, tried.notified()).await;
    let row = "SELECT attempts, interruptions, worker IS NULL FROM specie.outbox WHERE id = $1";
    let row = client.query_one(row, &[&id]).await.unwrap();
    assert_eq!((row.get::<_, i32>(0), row.get::<_, i32>(1), row.get::<_, bool>(2)), (4, 0, true));
}
