//! The tables: made once, whoever asks; understood by the programs that they support; used with no more privileges than stated.

use std::collections::BTreeSet;

use specie_postgres::deadpool_postgres::Pool;
use specie_postgres::schema::{MIGRATIONS, ROLE};
use specie_postgres::tokio_postgres::Config;
use specie_postgres::{
    Delivery, Error, Figures, Inbox, Message, Outbox, Outgoing, PostgresJournal, Received, Schedule, check_schema,
    ensure_schema, figures,
};
use specie_runtime::Outcome;
use specie_runtime::client::{Claimed, Holder, Journal, Settlement};

use crate::journal::entry;
use crate::support::server::{Database, Server, connect};

#[tokio::test]
async fn programs_that_start_at_once_make_the_tables_once() {
    let Some(server) = Server::shared("making the tables") else { return };
    for isolation in ["read committed", "repeatable read", "serializable"] {
        make_the_tables_at_once(&server.empty_database().await, isolation).await;
    }
}

/// In a database whose transactions are of this isolation unless they say otherwise.
async fn make_the_tables_at_once(database: &Database, isolation: &str) {
    let default = format!("ALTER DATABASE {} SET default_transaction_isolation = '{isolation}'", database.name);
    database.connect().await.batch_execute(&default).await.unwrap();
    let error = check_schema(&database.connect().await).await.unwrap_err();
    assert!(error.to_string().contains("sql/0001_tables.sql"), "{error}");
    let mut programs = tokio::task::JoinSet::new();
    for _ in 0..4 {
        let mut client = database.connect().await;
        programs.spawn(async move { ensure_schema(&mut client).await });
    }
    for program in programs.join_all().await {
        program.unwrap();
    }
    let client = database.connect().await;
    let versions: i64 = client.query_one("SELECT count(*) FROM specie.schema_version", &[]).await.unwrap().get(0);
    assert_eq!(usize::try_from(versions).unwrap(), MIGRATIONS.len());
}

#[tokio::test]
async fn a_migration_tool_that_runs_the_files_is_as_good() {
    let Some(server) = Server::shared("migrations by file") else { return };
    let database = server.empty_database().await;
    let mut client = database.connect().await;
    for migration in MIGRATIONS {
        let transaction = client.transaction().await.unwrap();
        transaction.batch_execute(migration.sql).await.unwrap();
        transaction.commit().await.unwrap();
        let path = format!("{}/sql/{}", env!("CARGO_MANIFEST_DIR"), migration.file);
        assert_eq!(std::fs::read_to_string(path).unwrap(), migration.sql);
    }
    check_schema(&client).await.unwrap();
    ensure_schema(&mut client).await.unwrap();
}

#[tokio::test]
async fn a_program_works_beside_a_newer_one_that_supports_it_and_no_other() {
    let Some(database) = Database::new("rolling upgrades").await else { return };
    let client = database.connect().await;
    let journal = PostgresJournal::new(database.pool(2));
    let (before, after) = (entry("before", "g"), entry("after", "g"));
    journal.open(&before, &Holder::new("old")).await.unwrap();
    // What the next version may do: add columns, with a default or without.
    let next = "ALTER TABLE specie.journal ADD COLUMN tenant text NOT NULL DEFAULT 'one', ADD COLUMN note text; \
        ALTER TABLE specie.inbox ADD COLUMN note text; ALTER TABLE specie.outbox ADD COLUMN note text; \
        INSERT INTO specie.schema_version (version, supports) VALUES (1001, 1)";
    client.batch_execute(next).await.unwrap();
    check_schema(&client).await.unwrap();
    // The statements that the old program has prepared, and those of one that starts now.
    let started_now = PostgresJournal::new(database.pool(2));
    assert_eq!(journal.open(&after, &Holder::new("old")).await.unwrap(), vec![before.clone()]);
    assert_eq!(started_now.claim(&after, &Holder::new("new")).await.unwrap(), Claimed::Held);
    journal.settle(&after, &Holder::new("old"), &Settlement::of(Outcome::Done)).await.unwrap();
    assert_eq!(started_now.list().await.unwrap(), []);
    client.batch_execute("INSERT INTO specie.schema_version (version, supports) VALUES (2000, 1001)").await.unwrap();
    let error = check_schema(&client).await.unwrap_err();
    assert!(matches!(&error, Error::Schema(text) if text.contains("use a newer specie-postgres")), "{error}");
}

#[tokio::test]
async fn a_role_needs_no_more_than_stated() {
    let Some(database) = Database::new("the role").await else { return };
    let client = database.connect().await;
    let role = format!("payments_{}", database.name);
    client.batch_execute(&format!("CREATE ROLE {role} LOGIN")).await.unwrap();
    let mut config: Config = database.config();
    config.user(&role);
    let error = check_schema(&connect(&config).await).await.unwrap_err();
    assert!(matches!(&error, Error::Schema(text) if text.contains("run sql/role.sql")), "{error}");
    client.batch_execute(&ROLE.replace(":role", &role)).await.unwrap();
    let client = connect(&config).await;
    check_schema(&client).await.unwrap();
    let pool = specie_postgres::pool(config, 2).unwrap();
    let journal = PostgresJournal::new(pool.clone());
    let (first, holder) = (entry("1", "g"), Holder::new("a"));
    journal.open(&first, &holder).await.unwrap();
    assert!(journal.renew(&holder).await.unwrap());
    assert_eq!(journal.claim(&first, &holder).await.unwrap(), Claimed::Taken);
    journal.settle(&first, &holder, &Settlement::of(Outcome::Done)).await.unwrap();
    journal.withdraw(&entry("2", "g"), &holder).await.unwrap();
    assert_eq!(journal.prune(std::time::Duration::ZERO).await.unwrap(), 2);
    use_inbox_and_outbox(&pool).await;
    let refused = client.batch_execute("ALTER TABLE specie.journal ADD COLUMN x text").await.unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "42501");
}

async fn use_inbox_and_outbox(pool: &Pool) {
    let mut client = pool.get().await.unwrap();
    let mut transaction = client.transaction().await.unwrap();
    let (inbox, outbox) = (Inbox::new("cublox"), Outbox::new(pool.clone(), Schedule::fixed([])));
    assert_eq!(inbox.receive(&mut transaction, &Delivery::of("1")).await.unwrap(), Received::New);
    assert_eq!(inbox.receive(&mut transaction, &Delivery::of("1")).await.unwrap(), Received::Repeated);
    let message = Message::new("payoutInvoice", "https://shop.example.com", "payload").unwrap();
    assert!(outbox.enqueue(&mut transaction, &message).await.unwrap());
    transaction.commit().await.unwrap();
    let (delivered, is_delivered) = tokio::sync::oneshot::channel();
    let delivered = std::sync::Mutex::new(Some(delivered));
    let send = move |_: Outgoing| {
        delivered.lock().unwrap().take().unwrap().send(()).unwrap();
        std::future::ready(Ok(()))
    };
    outbox.deliver(send, async { is_delivered.await.unwrap() }).await;
    assert_eq!(outbox.prune(std::time::Duration::ZERO).await.unwrap(), 1);
    assert_eq!(inbox.prune(&**client, std::time::Duration::ZERO).await.unwrap(), 1);
    assert!(!outbox.resend("unknown").await.unwrap());
    assert_eq!(outbox.dead_letters(10).await.unwrap(), []);
    assert_eq!(figures(&**client).await.unwrap(), Figures::default());
}

#[tokio::test]
async fn the_readme_says_what_each_column_holds() {
    let Some(database) = Database::new("the README's columns").await else { return };
    let client = database.connect().await;
    let columns =
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'specie'";
    let columns: BTreeSet<String> = client.query(columns, &[]).await.unwrap().iter().map(|row| row.get(0)).collect();
    let readme = include_str!("../../README.md");
    let cell = |line: &str| Some(line.strip_prefix("| `")?.split_once('`')?.0.to_owned());
    let told: BTreeSet<String> = readme.lines().filter_map(cell).filter(|name| name.contains('.')).collect();
    assert_eq!(told, columns);
}

#[test]
fn the_readme_has_the_statements_for_other_libraries() {
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let readme = words(include_str!("../../README.md"));
    for statement in [specie_postgres::inbox::RECEIVE, specie_postgres::outbox::ENQUEUE] {
        assert!(readme.contains(&words(statement)), "{statement}");
    }
}
