//! The process that pays: it goes on from its journal, then pays what is not yet in its books.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cublox::Client;
use specie_runtime::client::{Entry, Error, FileJournal, Options, ReconcileError, RetryPolicy};
use tokio::task::JoinSet;

use crate::chaos::TASKS;
use crate::chaos::chance::Chance;
use crate::chaos::orders::{End, Order, orders};

pub const URL: &str = "SPECIE_PAYER_URL";
pub const FOLDER: &str = "SPECIE_PAYER_FOLDER";
pub const COUNT: &str = "SPECIE_PAYER_COUNT";
pub const LIFE: &str = "SPECIE_PAYER_LIFE";

/// What it says before it dies with a settled entry that is not in its books.
pub const BETWEEN: &str = "between mark and books";

pub fn journal(folder: &Path) -> PathBuf {
    folder.join("journal")
}

#[test]
#[ignore = "the process that another test starts and kills"]
fn the_payer() {
    let Ok(url) = std::env::var(URL) else { return };
    let folder = PathBuf::from(std::env::var(FOLDER).unwrap());
    let count = std::env::var(COUNT).unwrap().parse().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let chance = Chance::new(std::env::var(LIFE).unwrap().parse().unwrap());
    runtime.block_on(pay_all(&url, &folder, count, &chance));
}

async fn pay_all(url: &str, folder: &Path, count: usize, chance: &Chance) {
    let (books, orders) = (Arc::new(Books::open(folder)), orders(count));
    let journal = FileJournal::open(journal(folder)).await.unwrap();
    let unsettled = journal.unsettled();
    // Two clients with one journal.
    let clients = [client(url, &journal), client(url, &journal)];
    let client = &clients[0];

    // What an earlier life left behind comes first; the rest is what neither it nor the books know of.
    let mut work: Vec<(Order, Option<Entry>)> = Vec::new();
    for entry in unsettled {
        let mut meant = orders.iter().filter(|order| entry.reference() == Some(&*order.reference));
        let fits = |order: &&Order| client.create_payout_invoice(order.request()).resuming(&entry).is_ok();
        let order = meant.find(fits).expect("the journal holds requests of ours");
        work.push((order.clone(), Some(entry)));
    }
    let is_new = |order: &&Order| books.end(order).is_none() && !work.iter().any(|(other, _)| other.same(order));
    let new: Vec<_> = orders.iter().filter(is_new).map(|order| (order.clone(), None)).collect();
    work.extend(new);

    let work = Arc::new(Mutex::new(work.into_iter()));
    let mut tasks = JoinSet::new();
    for task in 0..TASKS {
        let (client, journal) = (clients[task % 2].clone(), journal.clone());
        let (work, books, chance) = (Arc::clone(&work), Arc::clone(&books), chance.clone());
        tasks.spawn(async move {
            loop {
                let Some((order, entry)) = work.lock().unwrap().next() else { return };
                let end = pay(&client, &journal, &order, entry).await;
                if chance.below(50) == 0 {
                    // The entry has its mark, and the books know nothing.
                    println!("{BETWEEN}");
                    std::process::abort();
                }
                books.write(&order, &end);
            }
        });
    }
    tasks.join_all().await;
}

fn client(url: &str, journal: &FileJournal) -> Client {
    let options = Options::new()
        .retry(RetryPolicy::new().backoff(Duration::from_millis(5), Duration::from_millis(50)))
        // The server acts at once or not at all.
        .settling_time(Duration::from_millis(300))
        .journal(journal.clone(), b"sixteen bytes or more".to_vec());
    Client::builder().private(url).basic_auth("account", "key").options(options).build().unwrap()
}

/// Pays one order until it is known what came of it.
async fn pay(client: &Client, journal: &FileJournal, order: &Order, entry: Option<Entry>) -> End {
    loop {
        let call = client.create_payout_invoice(order.request());
        // Another order of the same reference may have settled it.
        let entry = entry.as_ref().filter(|entry| journal.is_open(entry));
        let result = match entry {
            Some(entry) => call.resuming(entry).unwrap().await,
            None => call.reconciled().await,
        };
        match result {
            Ok(payout) => return End::Paid(payout.data.id),
            Err(ReconcileError::Mismatch(mismatch)) => return End::Taken(mismatch.found.data.attributes.amount),
            Err(ReconcileError::Call(Error::Api(cublox::CreatePayoutInvoiceError::UnprocessableEntity(_), meta)))
                if meta.outcome().is_not_executed() =>
            {
                return End::Refused;
            }
            Err(error) if entry.is_some_and(|entry| is_taken(&error.to_string()) || !journal.is_open(entry)) => {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(error) => assert!(entry.is_none() && error.outcome().is_not_executed(), "{error}"),
        }
    }
}

/// Whether a call with the same reference has the entry at the moment.
fn is_taken(error: &str) -> bool {
    error.contains("a call with the entry is under way")
}

/// What the payer knows of the ends of its orders, in a file that survives it.
pub struct Books {
    path: PathBuf,
    ends: Mutex<BTreeMap<(String, String), End>>,
}

impl Books {
    pub fn open(folder: &Path) -> Self {
        let path = folder.join("books");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let whole = text.rfind('\n').map_or(0, |end| end + 1);
        fs::write(&path, &text[..whole]).unwrap();
        let ends = text[..whole].lines().map(|line| {
            let [reference, amount, word, rest] = line.split(' ').collect::<Vec<_>>().try_into().unwrap();
            let end = match word {
                "paid" => End::Paid(rest.to_owned()),
                "taken" => End::Taken(rest.parse().unwrap()),
                _ => End::Refused,
            };
            ((reference.to_owned(), amount.to_owned()), end)
        });
        Self { path, ends: Mutex::new(ends.collect()) }
    }

    pub fn end(&self, order: &Order) -> Option<End> {
        self.ends.lock().unwrap().get(&(order.reference.clone(), order.amount.to_string())).cloned()
    }

    fn write(&self, order: &Order, end: &End) {
        let end = match end {
            End::Paid(id) => format!("paid {id}"),
            End::Taken(amount) => format!("taken {amount}"),
            End::Refused | End::Open => "refused -".to_owned(),
        };
        let line = format!("{} {} {end}\n", order.reference, order.amount);
        let mut file = OpenOptions::new().append(true).open(&self.path).unwrap();
        file.write_all(line.as_bytes()).unwrap();
    }
}

impl Order {
    fn same(&self, other: &Self) -> bool {
        self.reference == other.reference && self.amount == other.amount
    }
}
