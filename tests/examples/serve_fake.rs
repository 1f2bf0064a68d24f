//! Serve the fake of an API from its document, so that programs in any language can be tried against the generated server.
//!
//! `cargo run -p specie-tests --example serve_fake -- cublox`

#[allow(dead_code, reason = "each example uses its own part of it")]
mod target;

use std::error::Error;

use axum::Router;
use tokio::net::TcpListener;

/// The server of an API around its fake, by the name of the API.
fn service(api: &str) -> Option<Router> {
    Some(match api {
        "cublox" => {
            Router::new().fallback_service(cublox::server::CubloxServer::new(cublox::fake::Cublox::from_document()))
        }
        "gormic" => {
            Router::new().fallback_service(gormic::server::GormicServer::new(gormic::fake::Gormic::from_document()))
        }
        "omno" => Router::new().fallback_service(omno::server::OmnoServer::new(omno::fake::Omno::from_document())),
        "paymega" => {
            Router::new().fallback_service(paymega::server::PaymegaServer::new(paymega::fake::Paymega::from_document()))
        }
        _ => return None,
    })
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    target::own_server_only("the server is what it shows")?;
    let api = std::env::args().nth(1).unwrap_or_default();
    let service = service(&api).ok_or("name one of cublox, gormic, omno and paymega")?;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    println!("{api}: http://{}", listener.local_addr()?);
    axum::serve(listener, service).await?;
    Ok(())
}
