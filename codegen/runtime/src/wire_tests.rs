//! Every kind of body between a client and a server, in one process and over a socket; the API is written as a generated one is.

mod api;
mod default_responses;
mod default_success;
mod defaults;
mod every_fault;
mod faults;
mod form_responses;
mod headers;
mod items;
mod layers;
mod media_types;
mod multipart;
mod open_media_types;
mod optional_bodies;
mod streams;

use crate::InProcess;
use crate::client::{ApiClient, ApiClientBuilder, Options};
use api::{API, Fake, VaultServer};

/// A client over each of the two transports.
async fn clients() -> [ApiClient; 2] {
    clients_of(VaultServer::new(Fake)).await
}

async fn clients_of(server: VaultServer<Fake>) -> [ApiClient; 2] {
    clients_with(server, Options::new()).await
}

async fn clients_with(server: VaultServer<Fake>, options: Options) -> [ApiClient; 2] {
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let url = format!("http://{}/vault/v1", listener.local_addr().unwrap());
    let app = axum::Router::new().fallback_service(server.clone().base_path("/vault/v1"));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let here = ApiClientBuilder::new(&API).base(0, "https://vault.invalid").transport(InProcess::new(server));
    let socket = ApiClientBuilder::new(&API).base(0, url);
    [here, socket].map(|builder| builder.options(options.clone()).build().unwrap())
}
