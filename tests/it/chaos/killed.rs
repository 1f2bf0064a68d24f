//! The process that pays is killed at the worst moments, again and again, and goes on from its journal: exactly once all the same.
//!
//! It is killed (`SIGKILL`) while the server has its request in hand: before the server acts, or after that and before it answers. It also
//! dies by itself between the mark in its journal and the line in its books. It has two clients with one journal. The server fails at
//! random, before and after it acts.

mod payer;
mod server;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use specie_runtime::client::FileJournal;

use super::chance::{Chance, payouts, seed};
use super::orders::{End, Kind, Order, orders};
use payer::Books;
use server::{Server, Strike};

/// The process that pays, as long as there is one.
type Victim = Arc<Mutex<Option<Child>>>;

#[test]
fn a_payer_that_is_killed_goes_on_from_its_journal() {
    let (seed, orders) = (seed(), orders(payouts(200)));
    println!("seed {seed}, {} payouts, killed and resumed", orders.len());
    let began = Instant::now();
    let folder = tempfile::tempdir().unwrap();
    let chance = Chance::new(seed);
    let victim = Victim::default();
    let strike = Arc::new(Strike::new(kill(&victim)));
    let server = Server::start(chance.clone(), Arc::clone(&strike));

    let (mut kills, mut between) = (0, 0);
    loop {
        strike.after(1 + chance.below(20.max(u64::try_from(orders.len()).unwrap() / 10)));
        let (status, said) = live(&victim, &server.url, folder.path(), orders.len(), chance.next());
        if status.success() {
            break;
        }
        let is_between = said.contains(payer::BETWEEN);
        assert!(strike.has_struck() || is_between, "it ended by itself: {status}\n{said}");
        kills += 1;
        between += u32::from(is_between);
        assert!(kills < 1000, "it makes no progress");
    }

    let books = Books::open(folder.path());
    report(&orders, &books, &server, kills, began);
    println!("{between} times between mark and books");
    assert_exactly_once(&orders, &books, &server);
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let journal = runtime.block_on(FileJournal::open(payer::journal(folder.path()))).unwrap();
    assert!(journal.unsettled().is_empty(), "{:?}", journal.unsettled());
    assert!(kills > 0, "it was never killed");
    assert_no_payload(folder.path());
}

/// Kills whoever pays at the moment.
fn kill(victim: &Victim) -> impl Fn() + Send + Sync + 'static {
    let victim = Arc::clone(victim);
    move || {
        if let Some(child) = victim.lock().unwrap().as_mut() {
            child.kill().unwrap();
        }
    }
}

/// One life of the payer: how it ended, and what it said.
fn live(victim: &Victim, url: &str, folder: &Path, count: usize, life: u64) -> (ExitStatus, String) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "chaos::killed::payer::the_payer", "--ignored", "--nocapture"])
        .env(payer::URL, url)
        .env(payer::FOLDER, folder)
        .env(payer::COUNT, count.to_string())
        .env(payer::LIFE, life.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut output, mut errors) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    *victim.lock().unwrap() = Some(child);
    let listener = std::thread::spawn(move || {
        let mut text = Vec::new();
        errors.read_to_end(&mut text).unwrap();
        text
    });
    // Both streams end with the process, however it ends.
    let mut text = Vec::new();
    output.read_to_end(&mut text).unwrap();
    text.extend(listener.join().unwrap());
    let status = victim.lock().unwrap().take().unwrap().wait().unwrap();
    (status, String::from_utf8_lossy(&text).into_owned())
}

fn report(orders: &[Order], books: &Books, server: &Server, kills: usize, began: Instant) {
    let count =
        |is: fn(&End) -> bool| orders.iter().filter(|order| books.end(order).is_some_and(|end| is(&end))).count();
    println!(
        "{} paid, {} refused, {} references taken; {kills} kills, {} requests to create, in {:?}",
        count(|end| matches!(end, End::Paid(_))),
        count(|end| *end == End::Refused),
        count(|end| matches!(end, End::Taken(_))),
        server.requests(),
        began.elapsed(),
    );
}

fn assert_exactly_once(orders: &[Order], books: &Books, server: &Server) {
    for order in orders {
        let there = server.ledger.under(&order.reference);
        match (books.end(order), &*there) {
            (Some(End::Paid(id)), [payout]) => assert_eq!((&payout.id, payout.attributes.amount), (&id, order.amount)),
            (Some(End::Taken(amount)), [payout]) => assert_eq!(payout.attributes.amount, amount),
            (Some(End::Refused), []) => assert_eq!(order.kind, Kind::Invalid),
            (end, there) => panic!("{order:?} ended as {end:?} with {there:?}"),
        }
    }
    assert_eq!(server.ledger.len(), orders.iter().filter(|order| order.kind == Kind::Valid).count());
}

/// Nothing of a request but its reference is in the journal.
fn assert_no_payload(folder: &Path) {
    let text = fs::read_to_string(payer::journal(folder)).unwrap();
    for part in ["5123817234060000", "card", "USD", "amount"] {
        assert!(!text.contains(part), "{part}");
    }
}
