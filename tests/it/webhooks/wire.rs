//! From the sender of a generated crate to its receiver, in process and over a socket.

use std::net::Ipv4Addr;

use specie_runtime::client::Options;
use specie_runtime::webhook::{Receiver, SendError, Sender};
use specie_runtime::{InProcess, decode};
use tokio::net::TcpListener;

use super::Handled;
use crate::support::run;

/// Serves a receiver on loopback; gives its URL.
async fn serve(receiver: Receiver) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}/hooks", listener.local_addr().unwrap());
    let app = axum::Router::new().route_service("/hooks", receiver);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    url
}

/// Sends to a receiver both ways, with the right secret or header and with a wrong one.
macro_rules! both_ways {
    ($receiver:expr, $right:expr, $wrong:expr, |$sender:ident, $url:ident| $send:expr) => {
        run(async {
            let receiver: Receiver = $receiver;
            let socket = serve(receiver.clone()).await;
            let rows = [
                (Sender::over(InProcess::new(receiver)), "https://shop.example.com/hooks"),
                (Sender::new(&Options::new()).unwrap(), &socket),
            ];
            for (sender, $url) in rows {
                let $sender = &$right(sender.clone());
                $send.await.unwrap();
                let $sender = &$wrong(sender);
                let error: SendError = $send.await.unwrap_err();
                assert_eq!(error.status(), Some(401), "{error}");
            }
        })
    };
}

const PAYOUT: &str = include_str!("../../../specs/cublox/examples/callback.payout-invoice.processed.split.json");
const OMNO: &str = r#"{"id": "7", "status": "SUCCESS", "amount": 10.00, "cardMask": "512381******0000"}"#;

#[test]
fn cublox_sends_what_cublox_receives() {
    let handled = Handled::default();
    let kept = handled.clone();
    let receiver = cublox::webhooks::payout_invoice(["sk_live", "sk_test"], move |callback| {
        kept.push(serde_json::to_string(&callback).unwrap());
        async { Ok::<(), String>(()) }
    });
    let payload: cublox::webhooks::PayoutInvoice = decode::from_slice(PAYOUT.as_bytes()).unwrap();
    both_ways!(
        receiver,
        |sender: Sender| sender.secret("sk_test"),
        |sender: Sender| sender.secret("sk_other"),
        |sender, url| { cublox::webhooks::send::payout_invoice(sender, url, &payload) }
    );
    assert_eq!(handled.take(), [serde_json::to_string(&payload).unwrap(), serde_json::to_string(&payload).unwrap()]);
}

#[test]
fn paymega_sends_what_paymega_receives() {
    let handled = Handled::default();
    let kept = handled.clone();
    let receiver = paymega::webhooks::payout_invoice(["sk_live", "sk_test"], move |callback| {
        kept.push(serde_json::to_string(&callback).unwrap());
        async { Ok::<(), String>(()) }
    });
    let payload: paymega::webhooks::PayoutInvoice = decode::from_slice(PAYOUT.as_bytes()).unwrap();
    both_ways!(
        receiver,
        |sender: Sender| sender.secret("sk_live"),
        |sender: Sender| sender.secret("sk_other"),
        |sender, url| { paymega::webhooks::send::payout_invoice(sender, url, &payload) }
    );
    assert_eq!(handled.take().len(), 2);
}

#[test]
fn omno_sends_what_omno_receives() {
    let handled = Handled::default();
    let kept = handled.clone();
    let receiver = omno::webhooks::transaction(move |transaction| {
        kept.push(format!("{} {} {}", transaction.id, transaction.status, transaction.amount.unwrap()));
        async { Ok::<(), String>(()) }
    });
    // Nothing proves the sender; a header that was agreed on is all there is.
    let receiver = receiver.authorization(["Bearer agreed"]);
    let payload: omno::webhooks::Transaction = decode::from_slice(OMNO.as_bytes()).unwrap();
    both_ways!(
        receiver,
        |sender: Sender| sender.authorization("Bearer agreed"),
        |sender: Sender| sender,
        |sender, url| { omno::webhooks::send::transaction(sender, url, &payload) }
    );
    assert_eq!(handled.take(), ["7 SUCCESS 10.00", "7 SUCCESS 10.00"]);
}

#[test]
fn a_receiver_that_is_not_there_is_told_from_one_that_refuses() {
    let payload: omno::webhooks::Transaction = decode::from_slice(OMNO.as_bytes()).unwrap();
    run(async {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}/", listener.local_addr().unwrap());
        drop(listener);
        let sender = Sender::new(&Options::new()).unwrap();
        let error = omno::webhooks::send::transaction(&sender, &url, &payload).await.unwrap_err();
        assert!(matches!(error, SendError::Transport(_)), "{error}");
        let error = omno::webhooks::send::transaction(&sender, "http://shop.example.com/", &payload).await.unwrap_err();
        assert!(matches!(error, SendError::Unsendable(_)), "{error}");
    });
}
