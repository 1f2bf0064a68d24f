//! Client and server speak what the documents say: each operation, in process and over a socket.

mod arrivals;
mod bases;
mod credentials;
mod outcomes;
mod parameters;
mod responses;
mod tokens;

use crate::support::apis::{AnyClient, Api, Row, rows};
use crate::support::bench::Bench;
use crate::support::clients::{Setup, client};
use crate::support::sockets;

/// Runs a check of each operation with a client and its server in one process.
async fn each_in_process(check: impl AsyncFn(&Row, &AnyClient, &Bench)) {
    for row in rows() {
        let bench = Bench::new();
        check(row, &client(row.api, row.api.in_process(bench.clone())), &bench).await;
    }
}

/// Runs a check of each operation with a client and its server over a socket.
async fn each_over_a_socket(check: impl AsyncFn(&Row, &AnyClient, &Bench)) {
    for api in Api::ALL {
        let bench = Bench::new();
        let url = sockets::serve(api, bench.clone()).await;
        let client = Setup::to(&url).build(api).unwrap();
        for row in rows().filter(|row| row.api == api) {
            check(row, &client, &bench).await;
        }
    }
}
