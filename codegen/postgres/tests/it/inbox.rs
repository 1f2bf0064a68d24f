//! A callback takes effect once and in order, whoever receives it.

use std::time::Duration;

use specie_postgres::tokio_postgres::error::SqlState;
use specie_postgres::tokio_postgres::{Client, Config, IsolationLevel, Transaction};
use specie_postgres::{BoxError, Delivery, Inbox, Received};
use specie_runtime::UnixTime;

use crate::support::proxy::{Cut, Proxy};
use crate::support::server::{Database, connect};

const IS_WAITING: &str =
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// Receives a callback and lets it take effect, as a handler does; `state` is what it writes.
async fn handle(client: &mut Client, id: &str, version: i64, state: &str) -> Result<Received, BoxError> {
    let mut transaction = client.transaction().await?;
    let delivery = Delivery::of(id).updated(UnixTime(version)).state(state);
    let received = Inbox::new("cublox").receive(&mut transaction, &delivery).await?;
    if received == Received::New {
        let effect = "INSERT INTO effects (id, version, state) VALUES ($1, $2, $3)";
        transaction.execute(effect, &[&id, &version, &state]).await?;
    }
    transaction.commit().await?;
    Ok(received)
}

async fn database(what: &str) -> Option<(Database, Client)> {
    let database = Database::new(what).await?;
    let client = database.connect().await;
    let effects =
        "CREATE TABLE effects (ordinal bigint GENERATED ALWAYS AS IDENTITY, id text, version bigint, state text)";
    client.batch_execute(effects).await.unwrap();
    Some((database, client))
}

async fn effects(client: &Client, id: &str) -> Vec<(i64, String)> {
    let rows = client.query("SELECT version, state FROM effects WHERE id = $1 ORDER BY ordinal", &[&id]).await.unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

#[tokio::test]
async fn a_delivery_is_judged_as_in_memory() {
    let Some((_database, mut client)) = database("judging deliveries").await else { return };
    let rows = [
        (Some(10), "created", Received::New),
        (Some(10), "created", Received::Repeated),
        (Some(20), "processing", Received::New),
        (Some(10), "created", Received::Outdated),
        // Another state with the same time: the order is in doubt.
        (Some(20), "processed", Received::New),
        (Some(20), "processing", Received::Repeated),
        // Without a time only the last state counts.
        (None, "processed", Received::Repeated),
        (None, "refunded", Received::New),
        (None, "refunded", Received::Repeated),
        (Some(19), "refunded", Received::Outdated),
        (Some(30), "processed", Received::New),
    ];
    for (version, state, expected) in rows {
        let mut transaction = client.transaction().await.unwrap();
        let delivery = match version {
            Some(version) => Delivery::of("cpoi_1").updated(UnixTime(version)).state(state),
            None => Delivery::of("cpoi_1").state(state),
        };
        let received = Inbox::new("cublox").receive(&mut transaction, &delivery).await.unwrap();
        assert_eq!(received, expected, "{version:?} {state}");
        transaction.commit().await.unwrap();
    }
    let mut transaction = client.transaction().await.unwrap();
    let elsewhere = Inbox::new("paymega").receive(&mut transaction, &Delivery::of("cpoi_1")).await.unwrap();
    assert_eq!(elsewhere, Received::New, "another source");
}

#[tokio::test]
async fn of_one_version_the_last_eight_states_are_known() {
    let Some((_database, mut client)) = database("states of a version").await else { return };
    for state in 0..20 {
        assert_eq!(handle(&mut client, "x", 1, &state.to_string()).await.unwrap(), Received::New);
    }
    let states: Vec<String> = client.query_one("SELECT states FROM specie.inbox", &[]).await.unwrap().get(0);
    assert_eq!(states, (12..20).map(|state| state.to_string()).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_handler_that_fails_leaves_no_mark() {
    let Some((_database, mut client)) = database("failing handlers").await else { return };
    let mut transaction = client.transaction().await.unwrap();
    let delivery = Delivery::of("cpoi_1").updated(UnixTime(10)).state("created");
    assert_eq!(Inbox::new("cublox").receive(&mut transaction, &delivery).await.unwrap(), Received::New);
    drop(transaction); // the handler returns an error
    assert_eq!(handle(&mut client, "cpoi_1", 10, "created").await.unwrap(), Received::New);
    assert_eq!(effects(&client, "cpoi_1").await, [(10, "created".to_owned())]);
}

#[tokio::test]
async fn deliveries_to_several_replicas_at_once_take_effect_once_and_in_order() {
    let Some((database, client)) = database("deliveries at once").await else { return };
    let mut replicas = tokio::task::JoinSet::new();
    for replica in 0..4_i64 {
        let mut client = database.connect().await;
        replicas.spawn(async move {
            for resource in 0..20 {
                // Each replica gets all versions, in an order of its own.
                for step in 0..5 {
                    let version = (step * (replica + 1) + replica) % 5;
                    let id = format!("r{resource}");
                    handle(&mut client, &id, version, &format!("state {version}")).await.unwrap().unwrap_known();
                }
            }
        });
    }
    replicas.join_all().await;
    for resource in 0..20 {
        let seen = effects(&client, &format!("r{resource}")).await;
        assert!(seen.is_sorted() && seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
        assert_eq!(seen.last().unwrap().0, 4);
    }
}

/// What `handle` gives is one of three; nothing else is to be checked where replicas race.
trait Known {
    fn unwrap_known(self);
}

impl Known for Received {
    fn unwrap_known(self) {
        assert!(matches!(self, Self::New | Self::Repeated | Self::Outdated));
    }
}

#[tokio::test]
async fn a_connection_that_breaks_anywhere_leaves_mark_and_effect_or_neither() {
    let Some((database, client)) = database("deliveries over broken connections").await else { return };
    let proxy = Proxy::before(database.server.socket()).await;
    let mut config = Config::new();
    config.host("127.0.0.1").port(proxy.port()).user("owner").dbname(&database.name);
    let mut counted = connect(&config).await;
    proxy.cut(Cut::Never);
    assert_eq!(handle(&mut counted, "counted", 1, "created").await.unwrap(), Received::New);
    let (requests, responses) = proxy.counts();
    let cuts = (0..requests).map(Cut::AfterRequests).chain((0..responses).map(Cut::AfterResponses));
    let (mut lost, mut kept) = (0, 0);
    for (number, cut) in cuts.enumerate() {
        let id = format!("cut {number}");
        let mut broken = connect(&config).await;
        proxy.cut(cut);
        let first = handle(&mut broken, &id, 1, "created").await;
        proxy.cut(Cut::Never);
        assert!(first.is_err(), "{cut:?}");
        // It comes again, to another replica.
        let mut other = database.connect().await;
        match handle(&mut other, &id, 1, "created").await.unwrap() {
            Received::New => lost += 1,
            Received::Repeated => kept += 1,
            Received::Outdated => panic!("{cut:?}"),
        }
        assert_eq!(effects(&client, &id).await.len(), 1, "{cut:?}");
    }
    assert!(lost > 5 && kept > 0, "{lost} without a trace, {kept} committed without a response");
}

#[tokio::test]
async fn marks_are_pruned_after_a_time() {
    let Some((_database, mut client)) = database("pruning marks").await else { return };
    for id in ["old", "new"] {
        handle(&mut client, id, 1, "created").await.unwrap().unwrap_known();
    }
    let aged = "UPDATE specie.inbox SET changed_at = changed_at - interval '31 days' WHERE resource = 'old'";
    client.execute(aged, &[]).await.unwrap();
    let month = Duration::from_secs(30 * 86400);
    assert_eq!(Inbox::new("paymega").prune(&client, month).await.unwrap(), 0, "another source");
    assert_eq!(Inbox::new("cublox").prune(&client, month).await.unwrap(), 1);
    assert_eq!(handle(&mut client, "new", 1, "created").await.unwrap(), Received::Repeated);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mark_that_changes_while_pruning_waits_for_it_stays() {
    let Some((database, mut client)) = database("pruning beside deliveries").await else { return };
    handle(&mut client, "x", 1, "created").await.unwrap().unwrap_known();
    client.execute("UPDATE specie.inbox SET changed_at = changed_at - interval '31 days'", &[]).await.unwrap();
    let (watching, pruning) = (database.connect().await, database.connect().await);
    let mut transaction = client.transaction().await.unwrap();
    let delivery = Delivery::of("x").updated(UnixTime(2)).state("processed");
    assert_eq!(Inbox::new("cublox").receive(&mut transaction, &delivery).await.unwrap(), Received::New);
    let month = Duration::from_secs(30 * 86400);
    let pruned = tokio::spawn(async move { Inbox::new("cublox").prune(&pruning, month).await });
    while watching.query_one(IS_WAITING, &[]).await.unwrap().get::<_, i64>(0) == 0 {
        tokio::task::yield_now().await;
    }
    transaction.commit().await.unwrap();
    assert_eq!(pruned.await.unwrap().unwrap(), 0);
    assert_eq!(handle(&mut client, "x", 2, "processed").await.unwrap(), Received::Repeated);
}

/// Two transactions of an isolation level on two connections.
async fn transactions<'c>(
    clients: (&'c mut Client, &'c mut Client),
    level: IsolationLevel,
) -> (Transaction<'c>, Transaction<'c>) {
    let (one, other) = clients;
    (
        one.build_transaction().isolation_level(level).start().await.unwrap(),
        other.build_transaction().isolation_level(level).start().await.unwrap(),
    )
}

async fn effect(transaction: &Transaction<'_>, id: &str) {
    transaction.execute("INSERT INTO effects (id, version, state) VALUES ($1, 1, 'created')", &[&id]).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_stricter_isolation_one_of_two_at_once_fails_and_is_repeated_when_it_comes_again() {
    let Some((database, client)) = database("stricter isolation").await else { return };
    let (mut one, mut other) = (database.connect().await, database.connect().await);
    let inbox = Inbox::new("cublox");
    for level in [IsolationLevel::RepeatableRead, IsolationLevel::Serializable] {
        let id = format!("{level:?}");
        let delivery = Delivery::of(&id).updated(UnixTime(1)).state("created");
        // The first is committed after the second has its snapshot, and before that asks.
        let (mut first, mut second) = transactions((&mut one, &mut other), level).await;
        second.query("SELECT 1 FROM effects", &[]).await.unwrap();
        assert_eq!(inbox.receive(&mut first, &delivery).await.unwrap(), Received::New);
        effect(&first, &id).await;
        first.commit().await.unwrap();
        let error = inbox.receive(&mut second, &delivery).await.unwrap_err();
        assert_eq!(error.sqlstate(), Some("40001"), "{error}");
        drop(second);

        // The second waits for the first, which is committed, or not.
        for is_committed in [true, false] {
            let id = format!("{id} {is_committed}");
            let delivery = Delivery::of(&id).updated(UnixTime(1)).state("created");
            let (mut first, mut second) = transactions((&mut one, &mut other), level).await;
            assert_eq!(inbox.receive(&mut first, &delivery).await.unwrap(), Received::New);
            effect(&first, &id).await;
            let end = async {
                while client.query_one(IS_WAITING, &[]).await.unwrap().get::<_, i64>(0) == 0 {
                    tokio::task::yield_now().await;
                }
                let ended = if is_committed { first.commit().await } else { first.rollback().await };
                ended.unwrap();
            };
            let (received, ()) = tokio::join!(inbox.receive(&mut second, &delivery), end);
            if is_committed {
                assert_eq!(received.unwrap_err().sqlstate(), Some("40001"));
            } else {
                assert_eq!(received.unwrap(), Received::New);
                effect(&second, &id).await;
                second.commit().await.unwrap();
            }
            assert_eq!(effects(&client, &id).await.len(), 1, "{id}");
        }
        // It comes again.
        let (mut again, _) = transactions((&mut one, &mut other), level).await;
        assert_eq!(inbox.receive(&mut again, &delivery).await.unwrap(), Received::Repeated);
        let outdated = Delivery::of(&id).updated(UnixTime(0)).state("created");
        assert_eq!(inbox.receive(&mut again, &outdated).await.unwrap(), Received::Outdated);
        again.commit().await.unwrap();
        assert_eq!(effects(&client, &id).await.len(), 1, "{id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_any_isolation_deliveries_at_once_take_effect_once_and_in_order_if_failed_ones_come_again() {
    let Some((database, client)) = database("deliveries at once in any isolation").await else { return };
    for level in ["read committed", "repeatable read", "serializable"] {
        let default = format!("ALTER DATABASE {} SET default_transaction_isolation = '{level}'", database.name);
        client.batch_execute(&default).await.unwrap();
        let mut replicas = tokio::task::JoinSet::new();
        for replica in 0..4_i64 {
            let (mut client, level) = (database.connect().await, level.to_owned());
            replicas.spawn(async move {
                for resource in 0..5 {
                    for step in 0..5 {
                        let version = (step * (replica + 1) + replica) % 5;
                        let id = format!("{level} {resource}");
                        // A failing handler answers 500, and the sender comes again.
                        while let Err(error) = handle(&mut client, &id, version, &format!("state {version}")).await {
                            assert!(is_serialization_failure(&*error), "{error}");
                        }
                    }
                }
            });
        }
        replicas.join_all().await;
        for resource in 0..5 {
            let seen = effects(&client, &format!("{level} {resource}")).await;
            assert!(seen.is_sorted() && seen.windows(2).all(|pair| pair[0] != pair[1]), "{seen:?}");
            assert_eq!(seen.last().unwrap().0, 4);
        }
    }
}

/// Of a statement, as this package tells it, or of the commit.
fn is_serialization_failure(error: &(dyn std::error::Error + 'static)) -> bool {
    let of_commit = error.downcast_ref::<specie_postgres::tokio_postgres::Error>().and_then(|error| error.code());
    let of_statement = error.downcast_ref::<specie_postgres::Error>().and_then(specie_postgres::Error::sqlstate);
    of_statement.or(of_commit.map(SqlState::code)) == Some("40001")
}
