//! Senders that hang up while their delivery is handled.

use std::net::Ipv4Addr;
use std::sync::Arc;

use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;

use super::{Handled, vector};
use crate::support::run;

const SENDERS: usize = 4;

/// Each delivery is booked in two steps. Before the second one its sender is gone, and the server has noticed that it is.
#[test]
fn a_handler_takes_its_second_step_when_the_sender_is_gone() {
    run(async {
        let (steps, go) = (Handled::default(), Arc::new(Notify::new()));
        let (kept, wait) = (steps.clone(), Arc::clone(&go));
        let vector = vector();
        let secret = vector.secret.clone();
        let receiver = cublox::webhooks::payout_invoice([secret], move |_| {
            let (kept, wait) = (kept.clone(), Arc::clone(&wait));
            async move {
                kept.push("first");
                wait.notified().await;
                kept.push("second");
                Ok::<(), String>(())
            }
        });
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = axum::Router::new().route_service("/hooks", receiver.clone());
        let stop = Arc::new(Notify::new());
        let stopped = Arc::clone(&stop);
        let serving = axum::serve(listener, app).with_graceful_shutdown(async move { stopped.notified().await });
        let serving = tokio::spawn(async move { serving.await });

        let mut begun = Vec::new();
        for _ in 0..SENDERS {
            let mut sender = TcpStream::connect(address).await.unwrap();
            let body = &vector.raw_body;
            let head = format!(
                "POST /hooks HTTP/1.1\r\nhost: x\r\n{}: {}\r\ncontent-length: {}\r\n\r\n",
                vector.header,
                vector.x_signature,
                body.len()
            );
            sender.write_all(&[head.as_bytes(), body.as_bytes()].concat()).await.unwrap();
            while steps.0.lock().unwrap().len() == begun.len() {
                tokio::task::yield_now().await;
            }
            begun.push(sender);
        }
        drop(begun);
        // A shutdown ends once every connection is closed.
        stop.notify_one();
        serving.await.unwrap().unwrap();
        assert_eq!(steps.take(), ["first"; SENDERS]);

        for _ in 0..SENDERS {
            go.notify_one();
            tokio::task::yield_now().await;
        }
        receiver.drained().await;
        assert_eq!(steps.take(), ["second"; SENDERS]);
    });
}
