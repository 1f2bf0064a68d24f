//! Connections of the built-in transport: when one is used again, and when it is closed.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use tokio::runtime::{Builder, Runtime};

use super::Http;
use super::pool::{PATIENCE, Pool};
use super::proxy::Route;
use crate::body::Body;
use crate::client::transport::read_whole;
use crate::client::{Options, Transport, TransportError, TransportErrorKind};

/// A server that does as it is told with each of its connections, in the order in which they come.
fn server(connections: Vec<fn(&mut TcpStream)>) -> (SocketAddr, Receiver<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let (done, finished) = channel();
    thread::spawn(move || {
        let mut open = Vec::new();
        for serve in connections {
            let (mut stream, _) = listener.accept().unwrap();
            serve(&mut stream);
            open.push(stream);
            let _ = done.send(());
        }
        // Whatever a server keeps open stays open until the test is over.
        let _ = listener.accept();
    });
    (address, finished)
}

/// Reads the head of a request; these have no body.
fn read(stream: &mut TcpStream) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).unwrap();
        head.extend(byte);
    }
}

fn response(stream: &mut TcpStream, body: &str, header: &str) {
    write!(stream, "HTTP/1.1 200 OK\r\n{header}content-length: {}\r\n\r\n{body}", body.len()).unwrap();
}

fn runtime() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

async fn get(http: &Http, address: SocketAddr) -> Result<Response<Bytes>, TransportError> {
    let request = Request::get(format!("http://{address}/")).body(Body::empty()).unwrap();
    read_whole(http.send(request).await?, 1 << 10).await
}

fn built_in() -> Http {
    Http::new(&Options::new()).unwrap()
}

#[test]
fn a_connection_serves_one_request_after_the_other() {
    let (address, _finished) = server(vec![|stream| {
        for body in ["a", "b", "c"] {
            read(stream);
            response(stream, body, "");
        }
    }]);
    let http = built_in();
    runtime().block_on(async {
        for body in ["a", "b", "c"] {
            assert_eq!(get(&http, address).await.unwrap().body(), body);
        }
    });
}

#[test]
fn what_comes_unasked_retires_a_connection() {
    let unasked: [fn(&mut TcpStream); 4] = [
        |stream| response(stream, "stray", ""),
        |stream| stream.write_all(b"\r\n").unwrap(),
        |stream| stream.write_all(b"H").unwrap(),
        |stream| stream.shutdown(std::net::Shutdown::Write).unwrap(),
    ];
    for then in unasked {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (proceed, asked) = channel::<()>();
        let (done, finished) = channel();
        let server = thread::spawn(move || {
            let (mut first, _) = listener.accept().unwrap();
            read(&mut first);
            response(&mut first, "a", "");
            asked.recv().unwrap();
            then(&mut first);
            done.send(()).unwrap();
            let (mut second, _) = listener.accept().unwrap();
            read(&mut second);
            response(&mut second, "b", "");
            drop(first);
        });
        let http = built_in();
        runtime().block_on(async {
            assert_eq!(get(&http, address).await.unwrap().body(), "a");
            // The runtime has no moment to notice: its only thread waits here.
            proceed.send(()).unwrap();
            finished.recv().unwrap();
            assert_eq!(get(&http, address).await.unwrap().body(), "b");
        });
        server.join().unwrap();
    }
}

#[test]
fn more_than_a_response_retires_a_connection() {
    let (address, _finished) = server(vec![
        |stream| {
            read(stream);
            stream
                .write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\naHTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nstray",
                )
                .unwrap();
        },
        |stream| {
            read(stream);
            response(stream, "b", "");
        },
    ]);
    let http = built_in();
    runtime().block_on(async {
        assert_eq!(get(&http, address).await.unwrap().body(), "a");
        assert_eq!(get(&http, address).await.unwrap().body(), "b");
    });
}

#[test]
fn a_connection_that_the_server_means_to_close_is_left() {
    let (address, _finished) = server(vec![
        |stream| {
            read(stream);
            response(stream, "a", "connection: close\r\n");
        },
        |stream| {
            read(stream);
            stream.write_all(b"HTTP/1.0 200 OK\r\ncontent-length: 1\r\n\r\nb").unwrap();
        },
        |stream| {
            read(stream);
            response(stream, "c", "");
        },
    ]);
    let http = built_in();
    runtime().block_on(async {
        for body in ["a", "b", "c"] {
            assert_eq!(get(&http, address).await.unwrap().body(), body);
        }
    });
}

#[test]
fn a_connection_is_not_used_under_another_runtime() {
    let once: fn(&mut TcpStream) = |stream| {
        read(stream);
        response(stream, "a", "");
    };
    let (address, _finished) = server(vec![once; 3]);
    let http = built_in();
    assert_eq!(runtime().block_on(get(&http, address)).unwrap().body(), "a");
    let kept = runtime();
    assert_eq!(kept.block_on(get(&http, address)).unwrap().body(), "a");
    assert_eq!(runtime().block_on(get(&http, address)).unwrap().body(), "a");
}

#[test]
fn a_call_that_is_dropped_closes_its_connection() {
    let (address, closed) = server(vec![|stream| {
        read(stream);
        assert_eq!(stream.read(&mut [0]).unwrap(), 0);
    }]);
    let http = built_in();
    runtime().block_on(async {
        let waiting = tokio::time::timeout(Duration::from_millis(50), get(&http, address));
        assert!(waiting.await.is_err());
    });
    closed.recv().unwrap();
}

#[test]
fn a_handshake_without_end_proves_that_nothing_was_sent() {
    let (address, _finished) = server(vec![|_| {}]);
    let http = Http::new(&Options::new().connect_timeout(Duration::from_millis(50))).unwrap();
    let request = Request::post(format!("https://{address}/")).body(Body::from("paid")).unwrap();
    let error = runtime().block_on(http.send(request)).unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::NotSent);
}

#[tokio::test(start_paused = true)]
async fn a_connection_waits_for_four_seconds_and_is_closed() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let uri = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
    let pool = Pool::default();
    let mut others = Vec::new();
    for _ in 0..2 {
        let stream = std::net::TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        stream.set_nonblocking(true).unwrap();
        pool.put(Route::new(&uri, None).unwrap(), Box::new(tokio::net::TcpStream::from_std(stream).unwrap()));
        others.push(listener.accept().unwrap().0);
        // No time passes: the clock is put forward when all are waiting.
        tokio::time::sleep(PATIENCE / 4 * 3).await;
    }
    // The first has waited for six seconds, the second for three.
    let mut closed = Vec::new();
    for other in &mut others {
        other.set_nonblocking(true).unwrap();
        closed.push(match other.read(&mut [0]) {
            Ok(count) => count == 0,
            Err(error) => error.kind() != ErrorKind::WouldBlock,
        });
    }
    assert_eq!(closed, [true, false]);
    let route = Route::new(&uri, None).unwrap();
    let second = pool.take(&route);
    assert!(second.is_some() && pool.take(&route).is_none());
}
