//! The same server behind axum, on a loopback socket.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::*;

async fn serve() -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = ShopServer::new(shop(Mood::Fine)).body_limit(200).stream_limit(200).item_limit(200);
    let app = axum::Router::new().route_service("/orders", server.clone()).fallback_service(server);
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Sends the bytes of one request and reads to the end of the connection.
async fn exchange(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    response
}

#[tokio::test]
async fn axum_mounts_a_server() {
    let address = serve().await;
    let head = "Host: x\r\nConnection: close\r\nApi-Key: right\r\nContent-Type: application/json\r\n";
    let length = ORDER.len();
    let created = format!("POST /orders HTTP/1.1\r\n{head}Content-Length: {length}\r\n\r\n{ORDER}");
    let response = exchange(address, &created).await;
    assert!(response.starts_with("HTTP/1.1 201 "), "{response}");
    assert!(response.ends_with("\r\n\r\n\"key\""), "{response}");

    let (one, two) = ORDER.split_at(10);
    let chunks = format!("{:x}\r\n{one}\r\n{:x}\r\n{two}\r\n0\r\n\r\n", one.len(), two.len());
    let chunked = format!("POST /orders HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n\r\n{chunks}");
    let response = exchange(address, &chunked).await;
    assert!(response.starts_with("HTTP/1.1 201 "), "{response}");

    let get = "GET /orders/a%20b?tags=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let response = exchange(address, get).await;
    assert!(response.starts_with("HTTP/1.1 204 "), "{response}");
}

#[tokio::test]
async fn a_long_body_is_refused_before_it_has_come() {
    let address = serve().await;
    let head = "Host: x\r\nConnection: close\r\nApi-Key: right\r\nContent-Type: application/json\r\n";
    let announced = format!("POST /orders HTTP/1.1\r\n{head}Content-Length: 100000\r\n\r\n");
    let response = exchange(address, &announced).await;
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");

    // The second chunk passes the limit; the body's end never comes.
    let chunk = format!("80\r\n{}\r\n", " ".repeat(128)).repeat(2);
    let unannounced = format!("POST /orders HTTP/1.1\r\n{head}Transfer-Encoding: chunked\r\n\r\n{chunk}");
    let response = exchange(address, &unannounced).await;
    assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
}
