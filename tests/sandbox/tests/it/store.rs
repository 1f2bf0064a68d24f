//! State that outlives the process.

use std::time::Duration;

use specie_runtime::dec;
use specie_sandbox::Sandbox;

use crate::support::{order, start, state_of};

#[tokio::test]
async fn a_file_keeps_objects_timers_callbacks_and_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Sandbox::builder().cublox().seed(7).file(folder.path().join("sandbox.redb"));
    let sandbox = start(builder.clone()).await;
    let api = sandbox.cublox("shop").unwrap();
    sandbox.clock().advance(Duration::from_secs(60)).await.unwrap();
    let collected = sandbox.merchant("shop").collect_callbacks();
    let invoice = api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap().data;
    api.process_payout_invoice(&invoice.id).await.unwrap();
    let stopped = sandbox.clock().now();
    drop((api, sandbox));

    let sandbox = start(builder).await;
    assert_eq!((sandbox.clock().now(), collected.count()), (stopped, 0));
    let collected = sandbox.merchant("shop").collect_callbacks();
    let api = sandbox.cublox("shop").unwrap();
    assert!(api.create_payout_invoice(order("ref-1", dec!(10))).await.is_err());
    sandbox.clock().advance(Duration::from_secs(10)).await.unwrap();
    assert_eq!((state_of(&sandbox, "ref-1").as_str(), collected.count()), ("processed", 2));
    let new = api.create_payout_invoice(order("ref-2", dec!(10))).await.unwrap().data;
    assert_ne!(new.id, invoice.id);
}

#[tokio::test]
async fn what_an_api_has_to_do_goes_on_where_it_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Sandbox::builder().file(folder.path().join("sandbox.redb"));
    let sandbox = start(builder.clone().cublox().omno()).await;
    let api = sandbox.cublox("shop").unwrap();
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    api.create_payout_invoice(order("ref-1", dec!(10)).options(auto)).await.unwrap();
    drop((api, sandbox));

    let sandbox = start(builder.omno()).await;
    let clock = sandbox.clock();
    let advanced = clock.advance(Duration::from_secs(10));
    let happened = tokio::time::timeout(Duration::from_secs(20), advanced).await.expect("the clock moves").unwrap();
    assert!(happened.iter().any(|happened| happened.is_state("processed")), "{happened:?}");
}

#[tokio::test]
async fn a_file_keeps_the_seed_the_merchants_and_their_addresses() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Sandbox::builder().cublox().file(folder.path().join("sandbox.redb"));
    let sandbox = start(builder.clone().seed(7)).await;
    let api = sandbox.cublox("second").unwrap();
    sandbox.merchant("second").callback_url("http://127.0.0.1:9/second");
    sandbox.merchant("third").block(true);
    sandbox.reset().await.unwrap();
    api.create_payout_invoice(order("ref-1", dec!(10))).await.unwrap();
    let keys = sandbox.merchant("second").credentials();
    drop((api, sandbox));

    let error = builder.clone().seed(8).start().await.unwrap_err();
    assert!(error.to_string().contains("made with the seed 7"), "{error}");
    let sandbox = start(builder).await;
    assert_eq!(sandbox.merchants(), ["second", "shop", "third"]);
    assert_eq!(sandbox.merchant("second").credentials().account_id, keys.account_id);
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    let request = order("ref-2", dec!(10)).options(auto);
    sandbox.cublox("second").unwrap().create_payout_invoice(request).await.unwrap();
    assert_eq!(sandbox.callbacks().unwrap()[0].url, "http://127.0.0.1:9/second");
    assert!(sandbox.cublox("third").unwrap().create_payout_invoice(order("ref-3", dec!(10))).await.is_err());
}

/// How many callbacks a restart finds; `SPECIE_CALLBACKS` sets another number.
fn callbacks() -> usize {
    std::env::var("SPECIE_CALLBACKS").ok().and_then(|number| number.parse().ok()).unwrap_or(200)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_restart_every_callback_is_delivered() {
    let folder = tempfile::tempdir().unwrap();
    let builder = Sandbox::builder().cublox().file(folder.path().join("sandbox.redb"));
    let sandbox = start(builder.clone()).await;
    sandbox.merchant("shop").callback_url("http://127.0.0.1:9/callbacks");
    let mut calls = tokio::task::JoinSet::new();
    for worker in 0..8 {
        let api = sandbox.cublox("shop").unwrap();
        calls.spawn(async move {
            for number in (worker..callbacks()).step_by(8) {
                let auto = cublox::types::PayoutOptions::new().auto_process(true);
                api.create_payout_invoice(order(&format!("ref-{number}"), dec!(1)).options(auto)).await.unwrap();
            }
        });
    }
    calls.join_all().await;
    drop(sandbox);

    let sandbox = start(builder).await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    sandbox.clock().advance(Duration::ZERO).await.unwrap();
    let delivered = sandbox.callbacks().unwrap().into_iter().filter(|callback| callback.delivered).count();
    assert_eq!((delivered, collected.count()), (callbacks(), callbacks()));
}

#[tokio::test]
async fn sandboxes_of_one_program_are_apart() {
    let (one, other) = tokio::join!(start(Sandbox::builder().cublox()), start(Sandbox::builder().cublox()));
    one.cublox("shop").unwrap().create_payout_invoice(order("ref-1", dec!(1))).await.unwrap();
    assert_eq!((one.payouts().unwrap().len(), other.payouts().unwrap().len()), (1, 0));
    one.clock().advance(Duration::from_secs(60)).await.unwrap();
    assert_ne!(one.clock().now(), other.clock().now());
}

#[tokio::test]
async fn a_sandbox_ends_while_requests_are_under_way() {
    for _ in 0..20 {
        let sandbox = start(Sandbox::builder().cublox()).await;
        let mut calls = tokio::task::JoinSet::new();
        for number in 0..10 {
            let api = sandbox.cublox("shop").unwrap();
            calls.spawn(
                async move { api.create_payout_invoice(order(&format!("ref-{number}"), dec!(1))).await.is_ok() },
            );
        }
        // Some have come to their end, and others are on their way.
        assert!(calls.join_next().await.unwrap().unwrap());
        drop(sandbox);
    }
}
