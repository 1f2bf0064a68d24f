//! The connection to the server breaks between any two messages of enqueuing, sending again and delivering.

use std::time::Duration;

use specie_postgres::tokio_postgres::{Client, Config};
use specie_postgres::{BoxError, Message, Outbox, Outgoing, Schedule, figures};

use super::{Arrivals, enqueue};
use crate::support::proxy::{Cut, Proxy};
use crate::support::server::{Database, connect};

/// Each place where what a proxy counted can be cut.
fn cuts((requests, responses): (u32, u32)) -> impl Iterator<Item = Cut> {
    (0..requests).map(Cut::AfterRequests).chain((0..responses).map(Cut::AfterResponses))
}

/// What an API does: it changes something of its own, and enqueues what tells of it.
async fn change_and_tell(client: &mut Client, outbox: &Outbox, id: &str) -> Result<bool, BoxError> {
    let mut transaction = client.transaction().await?;
    transaction.execute("INSERT INTO changes (id) VALUES ($1) ON CONFLICT DO NOTHING", &[&id]).await?;
    let message = Message::new("payoutInvoice", "https://shop.example.com/hooks", id)?.endpoint("a").id(id);
    let is_new = outbox.enqueue(&mut transaction, &message).await?;
    transaction.commit().await?;
    Ok(is_new)
}

#[tokio::test]
async fn what_is_enqueued_is_owed_exactly_if_what_it_tells_of_happened() {
    let Some(database) = Database::new("enqueuing over broken connections").await else { return };
    let client = database.connect().await;
    client.batch_execute("CREATE TABLE changes (id text PRIMARY KEY)").await.unwrap();
    let proxy = Proxy::before(database.server.socket()).await;
    let mut config = Config::new();
    config.host("127.0.0.1").port(proxy.port()).user("owner").dbname(&database.name);
    let outbox = Outbox::new(database.pool(1), Schedule::fixed([]));
    let mut counted = connect(&config).await;
    proxy.cut(Cut::Never);
    assert!(change_and_tell(&mut counted, &outbox, "counted").await.unwrap());
    let (mut lost, mut kept) = (0, 0);
    for (number, cut) in cuts(proxy.counts()).enumerate() {
        let id = format!("cut {number}");
        let mut broken = connect(&config).await;
        proxy.cut(cut);
        let first = change_and_tell(&mut broken, &outbox, &id).await;
        proxy.cut(Cut::Never);
        assert!(first.is_err(), "{cut:?}");
        // What the server got before the cut, it does; this waits for it, and then both are there or neither is.
        let mut other = database.connect().await;
        *if change_and_tell(&mut other, &outbox, &id).await.unwrap() { &mut lost } else { &mut kept } += 1;
        let both = "SELECT (SELECT count(*) FROM changes WHERE id = $1), (SELECT count(*) FROM specie.outbox WHERE id = $1), \
            (SELECT count(*) FROM changes), (SELECT count(*) FROM specie.outbox)";
        let row = client.query_one(both, &[&id]).await.unwrap();
        assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (1, 1), "{cut:?}");
        assert_eq!(row.get::<_, i64>(2), row.get::<_, i64>(3), "{cut:?}");
    }
    assert!(lost > 5 && kept > 0, "{lost} without a trace, {kept} committed without a response");
}

#[tokio::test]
async fn a_dead_message_is_owed_again_once_however_often_that_is_asked_for() {
    let Some(database) = Database::new("sending again over broken connections").await else { return };
    let mut client = database.connect().await;
    let proxy = Proxy::before(database.server.socket()).await;
    let direct = Outbox::new(database.pool(1), Schedule::fixed([]));
    let through = || Outbox::new(proxy.pool(&database.name, 1), Schedule::fixed([]));
    enqueue(&mut client, &direct, "a", "dead").await;
    let dies = "UPDATE specie.outbox SET attempts = 7, interruptions = 3, dead_at = clock_timestamp()";
    client.execute(dies, &[]).await.unwrap();
    // Each time over a new connection, so that its beginning is cut, too.
    proxy.cut(Cut::Never);
    assert!(through().resend("a dead").await.unwrap());
    let (mut lost, mut kept) = (0, 0);
    for cut in cuts(proxy.counts()) {
        client.execute(dies, &[]).await.unwrap();
        proxy.cut(cut);
        let first = through().resend("a dead").await;
        proxy.cut(Cut::Never);
        assert!(first.is_err(), "{cut:?}");
        *if direct.resend("a dead").await.unwrap() { &mut lost } else { &mut kept } += 1;
        let row =
            client.query_one("SELECT attempts, interruptions, dead_at IS NULL FROM specie.outbox", &[]).await.unwrap();
        assert_eq!((row.get::<_, i32>(0), row.get::<_, i32>(1), row.get::<_, bool>(2)), (0, 0, true), "{cut:?}");
    }
    assert!(lost > 3 && kept > 0, "{lost} without a trace, {kept} done without a response");
}

#[tokio::test]
async fn a_connection_that_breaks_anywhere_loses_no_message_and_no_order() {
    /// A look, a try of two messages in a row, and the look after them have fewer messages than this.
    const MESSAGES: u32 = 64;
    let Some(database) = Database::new("delivering over broken connections").await else { return };
    let cuts: Vec<_> = cuts((MESSAGES, MESSAGES)).collect();
    // Each with tables of its own, because a worker whose connection broke waits for a second.
    let mut shares = tokio::task::JoinSet::new();
    for share in cuts.chunks(cuts.len() / 8) {
        let (database, share) = (Database::on(&database.server).await, share.to_vec());
        shares.spawn(async move { deliver_over_each(&database, &share).await });
    }
    let cuts: u32 = shares.join_all().await.into_iter().sum();
    assert!(cuts > 60, "{cuts}");
}

/// Delivers two messages over a connection for each cut; gives how many there were.
async fn deliver_over_each(database: &Database, cuts: &[Cut]) -> u32 {
    let mut client = database.connect().await;
    let proxy = Proxy::before(database.server.socket()).await;
    // What a broken worker held is free again at once, and it is no message's fault.
    let outbox = Outbox::new(proxy.pool(&database.name, 1), Schedule::fixed([]))
        .try_limit(Duration::from_millis(40))
        .poll(Duration::from_millis(5));
    let arrivals = Arrivals::default();
    for (number, cut) in cuts.iter().enumerate() {
        let endpoint = format!("e{number}");
        for what in ["first", "second"] {
            enqueue(&mut client, &outbox, &endpoint, what).await;
        }
        proxy.cut(*cut);
        let to = arrivals.clone();
        let send = move |message: Outgoing| {
            to.add(&message);
            std::future::ready(Ok(()))
        };
        let nothing_owed = async {
            while figures(&client).await.unwrap().owed > 0 {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        outbox.deliver(send, nothing_owed).await;
        proxy.cut(Cut::Never);
        let mut came = arrivals.of(&endpoint);
        came.dedup();
        assert_eq!(came, ["first", "second"], "{cut:?}");
    }
    proxy.cuts()
}
