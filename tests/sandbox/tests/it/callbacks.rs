//! Callbacks: signed, tried again, collected, and with faults.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use specie_runtime::dec;
use specie_runtime::webhook::Receiver;
use specie_sandbox::{CallbackFault, CallbackRule, ClockMode, Sandbox};

use crate::support::{cublox, order, start};

const MINUTE: Duration = Duration::from_secs(60);

fn auto_order(reference: &str) -> cublox::CreatePayoutInvoice {
    order(reference, dec!(10)).options(cublox::types::PayoutOptions::new().auto_process(true))
}

async fn processed(sandbox: &Sandbox, reference: &str) {
    let api = sandbox.cublox("shop").unwrap();
    api.create_payout_invoice(auto_order(reference)).await.unwrap();
    sandbox.clock().advance(Duration::from_secs(2)).await.unwrap();
}

fn states(sandbox: &Sandbox) -> Vec<(String, usize, bool)> {
    let callbacks = sandbox.callbacks().unwrap();
    callbacks.into_iter().map(|callback| (callback.state, callback.attempts.len(), callback.delivered)).collect()
}

#[tokio::test]
async fn callbacks_are_collected_with_a_signature_that_the_generated_receiver_takes() {
    let sandbox = cublox().await;
    let shop = sandbox.merchant("shop");
    let collected = shop.collect_callbacks();
    processed(&sandbox, "ref-1").await;
    assert_eq!(collected.count(), 2);
    let last = collected.last().unwrap();
    let body: serde_json::Value = serde_json::from_str(&last.body).unwrap();
    assert_eq!(body["data"]["attributes"]["status"], "processed");
    assert_eq!(body["data"]["attributes"]["metadata"], serde_json::json!([]));

    let seen = Arc::<Mutex<Vec<String>>>::default();
    let receive = |secret: specie_runtime::Secret<String>| {
        let seen = Arc::clone(&seen);
        cublox::webhooks::payout_invoice([secret], move |payload| {
            seen.lock().unwrap().push(payload.data.attributes.status.to_string());
            async { Ok::<(), std::io::Error>(()) }
        })
    };
    assert_eq!(status(receive(shop.credentials().private_key), &last).await, 200);
    assert_eq!(status(receive("sk_test_other".into()), &last).await, 401);
    assert_eq!(*seen.lock().unwrap(), ["processed"]);
}

async fn status(receiver: Receiver, callback: &specie_sandbox::Received) -> u16 {
    use specie_runtime::client::Transport as _;
    let mut request = http::Request::post("/callback").body(callback.body.clone().into()).unwrap();
    *request.headers_mut() = callback.headers.clone();
    specie_runtime::InProcess::new(receiver).send(request).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn a_callback_comes_again_at_growing_intervals_until_it_is_answered_with_200() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    collected.answer_with(500, 3);
    processed(&sandbox, "ref-1").await;
    sandbox.clock().advance(MINUTE * 10).await.unwrap();
    let callbacks = sandbox.callbacks().unwrap();
    let tried: Vec<usize> = callbacks.iter().map(|callback| callback.attempts.len()).collect();
    assert_eq!((tried.iter().sum::<usize>(), callbacks.iter().all(|callback| callback.delivered)), (5, true));
    let first = &callbacks[0].attempts;
    assert_eq!(first[0].status, Some(500));
    assert_eq!(first[1].at.since(first[0].at), MINUTE);
}

#[tokio::test]
async fn a_callback_is_given_up_after_a_hundred_attempts() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    processed(&sandbox, "ref-1").await;
    let number = sandbox.callbacks().unwrap()[0].number;
    collected.answer_with(500, 1000);
    sandbox.resend(number).await.unwrap();
    sandbox.clock().run_until_idle(MINUTE * 60 * 24 * 30).await.unwrap();
    let callback = sandbox.callbacks().unwrap().remove(0);
    assert_eq!((callback.attempts.len(), callback.due), (100, None));
}

#[tokio::test]
async fn a_callback_can_be_sent_again() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    processed(&sandbox, "ref-1").await;
    let number = sandbox.callbacks().unwrap()[1].number;
    sandbox.resend(number).await.unwrap();
    sandbox.clock().advance(Duration::ZERO).await.unwrap();
    assert_eq!(collected.count(), 3);
    assert_eq!(collected.last().unwrap().body, collected.all()[1].body);
}

#[tokio::test]
async fn faults_strike_callbacks() {
    let sandbox = cublox().await;
    let shop = sandbox.merchant("shop");
    let collected = shop.collect_callbacks();
    let lost = sandbox.faults().arm_callbacks(CallbackRule::new(CallbackFault::Lose).state("processing"));
    let twice = sandbox.faults().arm_callbacks(CallbackRule::new(CallbackFault::Twice).state("processed").times(1));
    processed(&sandbox, "ref-1").await;
    assert_eq!((lost.hits(), twice.hits(), collected.count()), (1, 1, 2));
    assert_eq!(states(&sandbox), [("processing".into(), 1, true), ("processed".into(), 1, true)]);
    drop((lost, twice));

    let wrong = sandbox.faults().arm_callbacks(CallbackRule::new(CallbackFault::BadSignature).times(1));
    processed(&sandbox, "ref-2").await;
    drop(wrong);
    let own =
        cublox::webhooks::payout_invoice([shop.credentials().private_key], |_| async { Ok::<(), std::io::Error>(()) });
    assert_eq!(status(own, &collected.all()[2]).await, 401);
}

#[tokio::test]
async fn a_callback_can_be_late_or_pass_another() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    let order = || {
        let states = collected.all().into_iter().map(|received| {
            let body: serde_json::Value = serde_json::from_str(&received.body).unwrap();
            body["data"]["attributes"]["status"].as_str().unwrap().to_owned()
        });
        states.collect::<Vec<_>>()
    };
    let swap = sandbox.faults().arm_callbacks(CallbackRule::new(CallbackFault::Swap).times(1));
    processed(&sandbox, "ref-1").await;
    assert_eq!(order(), ["processed", "processing"]);
    drop(swap);
    let late = CallbackRule::new(CallbackFault::Late { by: MINUTE }).state("processing").times(1);
    let _late = sandbox.faults().arm_callbacks(late);
    processed(&sandbox, "ref-2").await;
    assert_eq!(order()[2..], ["processed"]);
    sandbox.clock().advance(MINUTE).await.unwrap();
    assert_eq!(order()[2..], ["processed", "processing"]);
}

#[tokio::test]
async fn callbacks_are_held_while_the_endpoint_is_paused() {
    let sandbox = cublox().await;
    let shop = sandbox.merchant("shop");
    let collected = shop.collect_callbacks();
    shop.pause_callbacks(true).await.unwrap();
    processed(&sandbox, "ref-1").await;
    sandbox.clock().advance(MINUTE * 60).await.unwrap();
    assert_eq!(
        (collected.count(), states(&sandbox)),
        (0, vec![("processing".into(), 0, false), ("processed".into(), 0, false)])
    );
    shop.pause_callbacks(false).await.unwrap();
    sandbox.clock().advance(Duration::ZERO).await.unwrap();
    assert_eq!(states(&sandbox), [("processing".into(), 1, true), ("processed".into(), 1, true)]);
}

#[tokio::test]
async fn what_an_export_holds_back_is_held_until_the_merchant_takes_callbacks_again() {
    let sandbox = cublox().await;
    let _collected = sandbox.merchant("shop").collect_callbacks();
    sandbox.merchant("shop").pause_callbacks(true).await.unwrap();
    processed(&sandbox, "ref-1").await;
    let file = tempfile::NamedTempFile::new().unwrap();
    sandbox.export(file.path()).await.unwrap();

    let again = cublox().await;
    let collected = again.merchant("shop").collect_callbacks();
    again.import(file.path()).await.unwrap();
    again.clock().advance(MINUTE).await.unwrap();
    assert_eq!(states(&again), [("processing".into(), 0, false), ("processed".into(), 0, false)]);
    // Also what comes later waits behind them.
    processed(&again, "ref-2").await;
    assert_eq!(collected.count(), 0);
    again.merchant("shop").pause_callbacks(false).await.unwrap();
    again.clock().advance(Duration::ZERO).await.unwrap();
    assert_eq!((collected.count(), states(&again).iter().all(|(.., delivered)| *delivered)), (4, true));
}

#[tokio::test]
async fn a_profile_tells_of_final_states_only_and_says_how_long_things_take() {
    let mut profile = specie_sandbox::Profile::default();
    for (key, value) in [("callback_states", "final"), ("processing", "1h"), ("invoice_expiry", "2h")] {
        profile.set(key, value).unwrap();
    }
    let sandbox = start(Sandbox::builder().cublox().profile(profile)).await;
    let _collected = sandbox.merchant("shop").collect_callbacks();
    let api = sandbox.cublox("shop").unwrap();
    api.create_payout_invoice(auto_order("ref-1")).await.unwrap();
    api.create_payout_invoice(order("ref-2", dec!(1))).await.unwrap();
    sandbox.clock().advance(MINUTE * 59).await.unwrap();
    assert!(sandbox.callbacks().unwrap().is_empty());
    sandbox.clock().advance(MINUTE * 62).await.unwrap();
    assert_eq!(states(&sandbox), [("processed".into(), 1, true), ("expired".into(), 1, true)]);
}

#[tokio::test]
async fn a_scenario_may_be_about_the_callbacks() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    let api = sandbox.cublox("shop").unwrap();
    let with = |reference: &str, word: &str| {
        let scenario = specie_runtime::Json::encode(&serde_json::json!({"callback": word})).unwrap();
        auto_order(reference).metadata([("sandbox", scenario)])
    };
    let swapped = with("ref-0", "swap");
    api.create_payout_invoice(swapped).await.unwrap();
    sandbox.clock().advance(Duration::from_secs(2)).await.unwrap();
    let bodies: Vec<String> = collected.all().into_iter().map(|received| received.body).collect();
    assert_eq!(bodies.len(), 2);
    assert!(bodies[0].contains("\"processed\"") && bodies[1].contains("\"processing\""), "{bodies:?}");
    for (reference, word, at_once, later) in
        [("ref-1", "twice", 4, 4), ("ref-2", "lose", 0, 0), ("ref-3", "late", 0, 2), ("ref-4", "bad_signature", 2, 2)]
    {
        let before = collected.count();
        api.create_payout_invoice(with(reference, word)).await.unwrap();
        sandbox.clock().advance(Duration::from_secs(2)).await.unwrap();
        assert_eq!(collected.count() - before, at_once, "{word}");
        sandbox.clock().advance(MINUTE * 10).await.unwrap();
        assert_eq!(collected.count() - before, later, "{word}");
    }
}

#[tokio::test]
async fn a_callback_that_nothing_passes_is_sent_once() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    let api = sandbox.cublox("shop").unwrap();
    let _swap = sandbox.faults().arm_callbacks(CallbackRule::new(CallbackFault::Swap).times(1));
    api.create_payout_invoice(
        auto_order("sbx-process-pending-1")
            .metadata([("sandbox", specie_runtime::Json::encode(&serde_json::json!({"after": "72h"})).unwrap())]),
    )
    .await
    .unwrap();
    sandbox.clock().advance(MINUTE * 60 * 23).await.unwrap();
    assert_eq!(collected.count(), 0);
    sandbox.clock().advance(MINUTE * 60 * 2).await.unwrap();
    assert_eq!(collected.count(), 1);
}

#[tokio::test]
async fn a_reset_forgets_the_callback_that_lets_another_pass() {
    let sandbox = cublox().await;
    let collected = sandbox.merchant("shop").collect_callbacks();
    let swap = sandbox.faults().arm_callbacks(CallbackRule::new(CallbackFault::Swap).times(1));
    sandbox.cublox("shop").unwrap().create_payout_invoice(auto_order("ref-1")).await.unwrap();
    sandbox.clock().advance(Duration::ZERO).await.unwrap();
    assert_eq!((swap.hits(), collected.count()), (1, 0));
    sandbox.reset().await.unwrap();
    processed(&sandbox, "ref-2").await;
    assert_eq!(collected.count(), 2);
}

#[tokio::test]
async fn a_callback_leaves_this_machine_only_if_that_is_allowed() {
    let sandbox = cublox().await;
    sandbox.merchant("shop").callback_url("https://shop.example.com/callbacks");
    processed(&sandbox, "ref-1").await;
    let attempt = &sandbox.callbacks().unwrap()[0].attempts[0];
    assert_eq!(attempt.status, None);
    assert!(attempt.note.as_ref().unwrap().contains("not on this machine"), "{attempt:?}");
}

#[tokio::test]
async fn callbacks_go_to_a_web_server_as_the_time_passes() {
    let sandbox = start(Sandbox::builder().cublox().clock(ClockMode::Scaled(1_000_000))).await;
    let shop = sandbox.merchant("shop");
    let (seen, mut arrived) = tokio::sync::mpsc::unbounded_channel();
    let receiver = cublox::webhooks::payout_invoice([shop.credentials().private_key], move |payload| {
        let seen = seen.clone();
        async move { seen.send(payload.data.attributes.status.to_string()).map_err(|_| "nobody listens") }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    shop.callback_url(format!("http://{}/callbacks", listener.local_addr().unwrap()));
    let app = axum::Router::new().route_service("/callbacks", receiver);
    tokio::spawn(async move { axum::serve(listener, app).await });
    let api = sandbox.cublox("shop").unwrap();
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    api.create_payout_invoice(order("ref-1", dec!(10)).options(auto)).await.unwrap();
    let mut states = [arrived.recv().await.unwrap(), arrived.recv().await.unwrap()];
    states.sort();
    assert_eq!(states, ["processed", "processing"]);
}

#[tokio::test]
async fn an_endpoint_that_hangs_does_not_hold_up_another() {
    let sandbox = start(Sandbox::builder().cublox().clock(ClockMode::Scaled(1_000_000))).await;
    let shop = sandbox.merchant("shop");
    // It accepts connections and never answers on them.
    let hanging = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/callbacks", hanging.local_addr().unwrap());
    let api = sandbox.cublox("shop").unwrap();
    let auto = cublox::types::PayoutOptions::new().auto_process(true);
    for number in 0..20 {
        let request = order(&format!("hangs-{number}"), dec!(10)).options(auto.clone()).callback_url(url.as_str());
        api.create_payout_invoice(request).await.unwrap();
    }
    let _held = hanging.accept().await.unwrap();
    let (seen, mut arrived) = tokio::sync::mpsc::unbounded_channel();
    let receiver = cublox::webhooks::payout_invoice([shop.credentials().private_key], move |_| {
        let seen = seen.clone();
        async move { seen.send(()).map_err(|_| "nobody listens") }
    });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let fine = format!("http://{}/callbacks", listener.local_addr().unwrap());
    let app = axum::Router::new().route_service("/callbacks", receiver);
    tokio::spawn(async move { axum::serve(listener, app).await });
    api.create_payout_invoice(order("fine", dec!(10)).options(auto).callback_url(fine)).await.unwrap();
    arrived.recv().await.unwrap();
    // None of those that hang has come to an end.
    assert!(
        sandbox
            .callbacks()
            .unwrap()
            .iter()
            .filter(|callback| callback.url == url)
            .all(|callback| callback.attempts.is_empty())
    );
}
