//! Servers on loopback.

use std::net::Ipv4Addr;

use tokio::net::TcpListener;

use super::apis::Api;
use super::bench::Bench;

/// Serves a bench as one API, for as long as the runtime runs; gives the base URL.
pub async fn serve(api: Api, bench: Bench) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, api.router(bench)).await.unwrap() });
    url
}
