//! Serve an API for real: an embedded database, a key for each organization, limits, and an end that loses nothing.
//!
//! `GORMIC_KEY=a-key cargo run -p specie-tests --example service -- payments.redb`

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use axum::Router;
use gormic::server::GormicServer;
use specie_runtime::Secret;
use tokio::net::TcpListener;

mod payments;

use payments::Payments;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error + Send + Sync>> {
    let file = std::env::args_os().nth(1).map_or_else(|| PathBuf::from("payments.redb"), PathBuf::from);
    // No text of an error holds the key.
    let keys = vec![(Secret::from_env("GORMIC_KEY")?, "org_1".to_owned())];
    let server = GormicServer::new(Payments::open(&file, keys)?)
        .body_limit(64 << 10)
        .body_timeout(Duration::from_secs(10))
        .handler_timeout(Duration::from_secs(10));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("http://{} (Ctrl-C ends it)", listener.local_addr()?);
    let stopped = async {
        // A process that cannot hear of Ctrl-C is ended by other means.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    axum::serve(listener, Router::new().fallback_service(server.clone())).with_graceful_shutdown(stopped).await?;
    // A handler goes on where its client hung up: its transaction is waited for.
    server.drained().await;
    Ok(())
}
