//! The program is killed in the middle of its work: what it had acknowledged is there, and nothing is there in part.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use specie_runtime::client::{Options, RetryPolicy};
use specie_runtime::dec;
use specie_sandbox::{Credentials, Sandbox};

use crate::support::{order, start};

/// How often it is killed; `SPECIE_KILLS` sets another number.
fn kills() -> usize {
    std::env::var("SPECIE_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

/// Starts the program, and says where Cublox is.
fn run(file: &std::path::Path) -> (Child, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specie-sandbox"));
    command.args(["cublox", "--clock", "1000000", "--data"]).arg(file).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let ready =
        lines.find_map(|line| line.unwrap().strip_prefix("ready ").map(str::to_owned)).expect("it becomes ready");
    let ready: serde_json::Value = serde_json::from_str(&ready).unwrap();
    (child, ready["apis"]["cublox"].as_str().unwrap().to_owned())
}

fn client(url: &str, keys: &Credentials) -> cublox::Client {
    let options = Options::new().retry(RetryPolicy::never());
    let client = cublox::Client::builder().private(url).options(options);
    client.basic_auth(&keys.account_id, keys.api_key.clone()).build().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_and_nothing_is_there_in_part() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sandbox.redb");
    let keys = start(Sandbox::builder().cublox()).await.merchant("shop").credentials();
    let mut acknowledged = BTreeSet::new();
    for round in 0..kills() {
        let (mut child, url) = run(&file);
        let count = Arc::<AtomicUsize>::default();
        let mut calls = tokio::task::JoinSet::new();
        for worker in 0..4 {
            let (api, count) = (client(&url, &keys), Arc::clone(&count));
            calls.spawn(async move {
                let mut known = Vec::new();
                for number in 0.. {
                    let reference = format!("ref-{round}-{worker}-{number}");
                    let auto = cublox::types::PayoutOptions::new().auto_process(true);
                    let request = order(&reference, dec!(1)).options(auto).callback_url("http://127.0.0.1:9/callbacks");
                    match api.create_payout_invoice(request).await {
                        Ok(_) => known.push(reference),
                        Err(_) => break,
                    }
                    count.fetch_add(1, Ordering::SeqCst);
                }
                known
            });
        }
        // Killed after a different amount of work each time, whatever that takes.
        while count.load(Ordering::SeqCst) < 20 + 7 * round {
            tokio::task::yield_now().await;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        acknowledged.extend(calls.join_all().await.into_iter().flatten());
    }
    let sandbox = start(Sandbox::builder().cublox().file(&file)).await;
    let (objects, events) = (sandbox.objects().unwrap(), sandbox.events().unwrap());
    let references: BTreeSet<String> = objects.iter().filter_map(|object| object.reference.clone()).collect();
    assert!(acknowledged.len() >= 20 * kills() && acknowledged.is_subset(&references));
    let callbacks: BTreeSet<u64> = sandbox.callbacks().unwrap().into_iter().map(|callback| callback.number).collect();
    let mut states = BTreeMap::new();
    for event in &events {
        assert_eq!(event.from, states.insert(event.id.clone(), event.to.clone()), "{event:?}");
        // Of every change but the creation a callback tells.
        assert_eq!(event.delivery.is_some(), event.from.is_some());
        assert!(event.delivery.is_none_or(|number| callbacks.contains(&number)));
    }
    for object in &objects {
        assert_eq!(states.get(&object.id), Some(&object.state));
    }
    // Callbacks that were on their way are tried again.
    let _collected = sandbox.merchant("shop").collect_callbacks();
    sandbox.clock().run_until_idle(Duration::from_secs(30 * 24 * 3600)).await.unwrap();
    for callback in sandbox.callbacks().unwrap() {
        assert!(callback.delivered || callback.attempts.len() == 100, "{callback:?}");
    }
}
