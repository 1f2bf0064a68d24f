//! The built-in transport over real sockets: what it proves about a request, and what it does not do by itself.

use std::io::{Read, Write};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc;
use std::thread;

use super::fixtures::{API, Bare, ByBasic, Get};
use crate::client::{ApiClient, ApiClientBuilder, Basic, Call, Error, Options, RetryPolicy, TransportErrorKind};
use crate::outcome::Outcome;

/// Serves one connection per response: reads a request, writes the response as it is, closes. Gives the requests it read.
pub(super) fn serve<A: AsRef<[u8]> + Send + 'static>(responses: Vec<A>) -> (SocketAddr, mpsc::Receiver<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for response in responses {
            let (mut stream, _) = listener.accept().unwrap();
            let _ = sender.send(read_request(&mut stream));
            let _ = stream.write_all(response.as_ref());
            let _ = stream.shutdown(Shutdown::Both);
        }
    });
    (address, receiver)
}

/// Reads the head and as much body as it announces.
fn read_request(stream: &mut TcpStream) -> String {
    let mut text = String::new();
    let mut buffer = [0; 1024];
    loop {
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return text,
            Ok(count) => text.push_str(std::str::from_utf8(&buffer[..count]).unwrap()),
        }
    }
}

fn client_at(address: SocketAddr, options: Options) -> ApiClient {
    ApiClientBuilder::new(&API)
        .base(0, format!("http://{address}/v1"))
        .credential(0, Basic::new("shop", "s3cr3t"))
        .options(options.retry(RetryPolicy::never()))
        .build()
        .unwrap()
}

pub(super) fn failure<E: std::fmt::Debug>(error: Error<E>) -> (TransportErrorKind, Option<u16>, Outcome) {
    let outcome = error.outcome();
    match error {
        Error::Transport(transport, meta) => (transport.kind(), meta.status(), outcome),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_request_arrives_as_it_was_written() {
    let (address, requests) =
        serve(vec!["HTTP/1.1 201 Created\r\nx-request-id: r1\r\ncontent-length: 6\r\n\r\n\"po_1\""]);
    let (value, meta) = Call::new(&client_at(address, Options::new()), ByBasic).detailed().await.unwrap();
    assert_eq!((value.as_str(), meta.status(), meta.request_id()), ("po_1", Some(201), Some("r1")));
    let request = requests.recv().unwrap();
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("POST /v1/payouts HTTP/1.1\r\n"), "{head}");
    for line in ["authorization: Basic c2hvcDpzM2NyM3Q=", "content-type: application/json", "content-length: 6"] {
        assert!(head.lines().any(|found| found == line), "{head}");
    }
    assert_eq!(body, "\"paid\"");
    assert!(!head.contains("accept-encoding"), "{head}");
}

#[tokio::test]
async fn a_refused_connection_proves_that_nothing_was_sent() {
    let error = Call::new(&client_at(nobody(), Options::new()), Bare).await.unwrap_err();
    let text = format!("{error} {error:?} {}", std::error::Error::source(&error).unwrap());
    assert!(!text.contains("/v1"), "{text}");
    assert_eq!(failure(error), (TransportErrorKind::NotSent, None, Outcome::NotSent));
}

#[tokio::test]
async fn a_failed_handshake_proves_that_nothing_was_sent() {
    let (address, _requests) = serve(vec!["this is not TLS"]);
    let client = ApiClientBuilder::new(&API)
        .base(0, format!("https://{address}"))
        .options(Options::new().retry(RetryPolicy::never()));
    let error = Call::new(&client.build().unwrap(), Bare).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::NotSent, None, Outcome::NotSent));
}

#[tokio::test]
async fn a_cut_connection_leaves_it_open() {
    let (address, _requests) = serve(vec!["", "HTTP/1.1 2", "garbage\r\n\r\n"]);
    for _ in 0..3 {
        let error = Call::new(&client_at(address, Options::new()), Bare).await.unwrap_err();
        assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown));
    }
}

#[tokio::test]
async fn a_truncated_body_keeps_the_status() {
    let (address, _requests) = serve(vec![
        "HTTP/1.1 201 Created\r\ncontent-length: 60\r\n\r\n\"po_1",
        "HTTP/1.1 422 Unprocessable\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[\"a\"]\r\n",
    ]);
    for status in [201, 422] {
        let error = Call::new(&client_at(address, Options::new()), Bare).await.unwrap_err();
        assert_eq!(failure(error), (TransportErrorKind::Interrupted, Some(status), Outcome::Unknown));
    }
}

#[tokio::test]
async fn a_response_over_the_limit_is_not_read() {
    let (address, _requests) = serve(vec![
        "HTTP/1.1 201 Created\r\ncontent-length: 99999999\r\n\r\n",
        "HTTP/1.1 201 Created\r\n\r\n\"123456789012345\"",
        "HTTP/1.1 201 Created\r\n\r\n\"12345678901234\"",
    ]);
    let client = client_at(address, Options::new().response_limit(16));
    for _ in 0..2 {
        let error = Call::new(&client, Bare).await.unwrap_err();
        assert_eq!(failure(error), (TransportErrorKind::TooLarge, Some(201), Outcome::Unknown));
    }
    assert_eq!(Call::new(&client, Bare).await.unwrap(), "12345678901234");
}

#[tokio::test]
async fn redirects_are_responses_and_not_followed() {
    let (address, requests) = serve(vec!["HTTP/1.1 307 Moved\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n"; 2]);
    let error = Call::new(&client_at(address, Options::new()), Get).await.unwrap_err();
    assert_eq!((error.status(), error.outcome()), (Some(307), Outcome::Unknown));
    assert!(requests.recv().is_ok());
    assert!(requests.try_recv().is_err());
}

#[tokio::test]
async fn a_request_on_a_kept_connection_that_breaks_is_not_sent_again_by_the_transport() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let _ = sender.send(read_request(&mut stream));
        let _ = stream.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n\"po_1\"");
        // The second one comes over the same connection, which is cut when it is there.
        let _ = sender.send(read_request(&mut stream));
        drop(stream);
        while let Ok((mut stream, _)) = listener.accept() {
            let _ = sender.send(read_request(&mut stream));
        }
    });
    let client = client_at(address, Options::new());
    assert_eq!(Call::new(&client, Get).await.unwrap(), "po_1");
    let error = Call::new(&client, Get).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown));
    assert_eq!(requests.try_iter().count(), 2);
}

#[tokio::test]
async fn a_server_that_never_answers_runs_into_the_timeout() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let client = client_at(listener.local_addr().unwrap(), Options::new());
    let call = Call::new(&client, Bare).timeout(std::time::Duration::from_millis(50));
    assert_eq!(failure(call.await.unwrap_err()), (TransportErrorKind::Timeout, None, Outcome::Unknown));
}

/// An address where nobody listens: bound and closed again.
pub(super) fn nobody() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

#[tokio::test]
async fn a_request_on_a_connection_that_ends_is_not_sent_on_another_one() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, requests) = mpsc::channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        sender.send(read_request(&mut stream)).unwrap();
        stream.write_all(b"HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n\"po_1\"").unwrap();
        // The second request is carried out, and nobody hears of it.
        sender.send(read_request(&mut stream)).unwrap();
        stream.shutdown(Shutdown::Both).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        let _ = sender.send(read_request(&mut stream));
    });
    let client = client_at(address, Options::new());
    assert_eq!(Call::new(&client, Get).await.unwrap(), "po_1");
    let error = Call::new(&client, Get).await.unwrap_err();
    assert_eq!(failure(error), (TransportErrorKind::Interrupted, None, Outcome::Unknown));
    assert!(requests.recv().is_ok() && requests.recv().is_ok());
    assert!(requests.try_recv().is_err(), "it was sent again");
}

/// Serves connections one after the other and keeps them: of each, so many responses. Says how many requests came over which connection.
fn serve_kept(responses: Vec<Vec<&'static str>>) -> (SocketAddr, mpsc::Receiver<(usize, String)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for (number, responses) in responses.into_iter().enumerate() {
            let (mut stream, _) = listener.accept().unwrap();
            for response in responses {
                let _ = sender.send((number, read_request(&mut stream)));
                stream.write_all(response.as_bytes()).unwrap();
            }
            // Whatever the client does with it, this side does not close it first.
            let _ = sender.send((number, read_request(&mut stream)));
        }
    });
    (address, receiver)
}

const CREATED: &str = "HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n\"po_1\"";

#[tokio::test]
async fn what_acts_has_a_connection_of_its_own() {
    // The second response of the first connection belongs to nobody.
    let stray =
        "HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n\"po_1\"HTTP/1.1 422 No\r\ncontent-length: 2\r\n\r\n[]";
    let (address, requests) = serve_kept(vec![vec![stray], vec![CREATED], vec![CREATED]]);
    let client = client_at(address, Options::new());
    for _ in 0..3 {
        assert_eq!(Call::new(&client, Bare).await.unwrap(), "po_1");
    }
    let posts: Vec<_> =
        requests.try_iter().filter(|(_, text)| text.starts_with("POST")).map(|(number, _)| number).collect();
    assert_eq!(posts, [0, 1, 2]);
}

#[tokio::test]
async fn what_only_reads_shares_one() {
    let (address, requests) = serve_kept(vec![vec![CREATED; 3]]);
    let client = client_at(address, Options::new());
    for _ in 0..3 {
        assert_eq!(Call::new(&client, Get).await.unwrap(), "po_1");
    }
    assert_eq!(requests.try_iter().map(|(number, _)| number).collect::<Vec<_>>(), [0, 0, 0]);
}

#[tokio::test]
async fn a_connection_on_which_unasked_bytes_arrived_is_not_used_again() {
    // At once behind the response, and later, while nobody waits for anything.
    let at_once =
        "HTTP/1.1 201 Created\r\ncontent-length: 6\r\n\r\n\"po_1\"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\"po_9\"";
    let (address, requests) = serve_kept(vec![vec![at_once], vec![CREATED]]);
    let client = client_at(address, Options::new());
    for _ in 0..2 {
        assert_eq!(Call::new(&client, Get).await.unwrap(), "po_1");
    }
    let (number, last) = requests.iter().filter(|(_, text)| !text.is_empty()).nth(1).unwrap();
    assert!(number == 1 && last.starts_with("GET"), "{number} {last}");

    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (retired, mut is_retired) = tokio::sync::mpsc::unbounded_channel();
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut stream);
        stream.write_all(CREATED.as_bytes()).unwrap();
        // Until the client closes it, which is what this is about.
        let mut buffer = [0; 64];
        let late = b"HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n\"po_9\"";
        stream.write_all(late).unwrap();
        while stream.read(&mut buffer).is_ok_and(|count| count > 0) {}
        retired.send(()).unwrap();
        let (mut stream, _) = listener.accept().unwrap();
        read_request(&mut stream);
        stream.write_all(CREATED.as_bytes()).unwrap();
    });
    let client = client_at(address, Options::new());
    assert_eq!(Call::new(&client, Get).await.unwrap(), "po_1");
    is_retired.recv().await.unwrap();
    assert_eq!(Call::new(&client, Get).await.unwrap(), "po_1");
}
