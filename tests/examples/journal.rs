//! Write down what is about to be paid, die in the middle of it, and go on after the restart: from what the journal holds, and from what
//! the books do not.
//!
//! `cargo run -p specie-tests --example journal`; with `SPECIE_TARGET=sandbox`, the server is the sandbox.

#[path = "../it/chaos/ledger.rs"]
#[allow(dead_code, reason = "the server is shared with tests that ask more of it")]
mod ledger;
#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use cublox::server::CubloxServer;
use cublox::{Client, CreatePayoutInvoice, CreatePayoutInvoiceRequired};
use http::{Request, Response};
use specie_runtime::Body;
use specie_runtime::client::{BoxFuture, FileJournal, Journal, Options, Transport, TransportError};
use specie_runtime::{Decimal, InProcess, Outcome, Secret, dec};

use ledger::Ledger;
use target::{Api, Target};
use tokio::sync::Notify;

/// What ends the life of the process that pays.
#[derive(Clone, Copy, PartialEq)]
enum Death {
    BeforeTheServerHasTheRequest,
    BeforeTheAnswerIsHere,
}

/// The way to the server, on which the process may die.
#[derive(Clone)]
struct Connection {
    target: Arc<Target>,
    ahead: Arc<Mutex<Option<Death>>>,
    died: Arc<Notify>,
}

impl Connection {
    /// Tells the end of the process, which waits for no response any more.
    async fn die(&self) -> ! {
        self.died.notify_one();
        std::future::pending().await
    }
}

impl Transport for Connection {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let death = self.ahead.lock().unwrap().take();
        Box::pin(async move {
            let line =
                format!("  {} {}", request.method(), request.uri().path_and_query().map_or("", |it| it.as_str()));
            if death == Some(Death::BeforeTheServerHasTheRequest) {
                println!("{line}: the process dies before the server has the request");
                self.die().await;
            }
            let response = self.target.transport.send(request).await?;
            if death == Some(Death::BeforeTheAnswerIsHere) {
                println!("{line}: the process dies before it has the {}", response.status());
                self.die().await;
            }
            println!("{line}: {}", response.status());
            Ok(response)
        })
    }
}

/// One life of the process: what it has to pay, and where it writes down what it is about to do.
struct Payer {
    client: Client,
    journal: FileJournal,
}

impl Payer {
    async fn start(connection: &Connection, path: &Path) -> Result<Self, Box<dyn Error>> {
        let journal = FileJournal::open(path).await?;
        // At least 16 bytes that nobody can guess and that stay the same; they come from where secrets are kept.
        let key = Secret::new(b"0f1e2d3c4b5a69788796a5b4c3d2e1f0".to_vec());
        let client = Client::builder()
            .private(&connection.target.url)
            .basic_auth(&connection.target.account, connection.target.key.clone())
            .options(Options::new().journal(journal.clone(), key))
            .transport(connection.clone())
            .build()?;
        Ok(Self { client, journal })
    }

    /// What an earlier life left behind comes first: each entry goes on with the request that it was written for.
    async fn resume(&self) -> Result<(), Box<dyn Error>> {
        for entry in self.journal.unsettled() {
            if !self.journal.is_open(&entry) {
                continue; // Settled with an earlier entry of the same reference.
            }
            let reference = entry.reference().ok_or("the entry has no reference")?;
            println!("The journal holds {reference} unsettled.");
            let call = self.client.create_payout_invoice(request(reference, amount(reference)));
            let payout = call.deadline(Duration::from_secs(60)).resuming(&entry)?.await?;
            println!("= {} over {}", payout.data.id, payout.data.attributes.amount);
        }
        println!("Unsettled now: {}\n", self.journal.unsettled().len());
        Ok(())
    }

    /// What is in the books without a result, and not in the journal, may have been settled just before an earlier life ended: it is asked
    /// for, and paid only if it is not there.
    async fn call_again(&self, reference: &str) -> Result<(), Box<dyn Error>> {
        let call = self.client.create_payout_invoice(request(reference, amount(reference)));
        let payout = call.deadline(Duration::from_secs(60)).reconciled().lookup_first().await?;
        println!("= {} over {}", payout.data.id, payout.data.attributes.amount);
        Ok(())
    }

    /// Pays, and dies on the way: all that is left is the file.
    async fn pay_and_die(self, reference: &str, connection: &Connection, death: Death) -> Result<(), Box<dyn Error>> {
        *connection.ahead.lock().unwrap() = Some(death);
        let call = self.client.create_payout_invoice(request(reference, amount(reference)));
        tokio::select! {
            result = async { call.reconciled().await } => Err(format!("it lived: {:?}", result.err()).into()),
            () = connection.died.notified() => Ok(()),
        }
    }
}

/// The books of whoever pays.
fn amount(reference: &str) -> Decimal {
    if reference == "inv-1" { dec!(100.55) } else { dec!(20.00) }
}

fn request(reference: &str, amount: Decimal) -> CreatePayoutInvoice {
    CreatePayoutInvoice::new(CreatePayoutInvoiceRequired {
        reference_id: reference.into(),
        service: "card".into(),
        currency: "USD".into(),
        amount,
        fields: [("card_number", "5123817234060000")].into(),
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("payouts.journal");
    let target = Target::start(Api::Cublox, InProcess::new(CubloxServer::new(Ledger::default()))).await?;
    let connection = Connection { target: Arc::new(target), ahead: Arc::default(), died: Arc::default() };

    println!("The first life pays inv-1.");
    let payer = Payer::start(&connection, &path).await?;
    payer.pay_and_die("inv-1", &connection, Death::BeforeTheAnswerIsHere).await?;

    println!("\nThe second one asks, finds it, and pays inv-2.");
    let payer = Payer::start(&connection, &path).await?;
    payer.resume().await?;
    payer.pay_and_die("inv-2", &connection, Death::BeforeTheServerHasTheRequest).await?;

    println!("\nThe third one asks, finds nothing, and pays it now. An entry takes no other request than its own.");
    let payer = Payer::start(&connection, &path).await?;
    for entry in payer.journal.unsettled() {
        let other = payer.client.create_payout_invoice(request("inv-2", dec!(2000.00)));
        println!("  over 2000.00: {}", other.resuming(&entry).err().ok_or("it was taken")?);
    }
    payer.resume().await?;

    println!("The fourth one finds inv-2 in its books without a result: the third died before it wrote one.");
    drop(payer);
    let payer = Payer::start(&connection, &path).await?;
    payer.resume().await?;
    payer.call_again("inv-2").await?;

    println!("\nAn entry that no response will ever close is settled by hand, for a reason that the journal keeps.");
    payer.pay_and_die("inv-3", &connection, Death::BeforeTheServerHasTheRequest).await?;
    let payer = Payer::start(&connection, &path).await?;
    for entry in payer.journal.unsettled() {
        let reason = "case 4711: support says that it never arrived";
        payer.journal.settle_by_hand(&entry, Outcome::Refused, reason).await?;
    }
    println!("Unsettled now: {}\n", payer.journal.unsettled().len());

    let text = std::fs::read_to_string(&path)?;
    println!(
        "The file has {} lines, and a card number in none: {}",
        text.lines().count(),
        !text.contains("5123817234060000")
    );
    Ok(())
}
