//! OMNO: pay-ins, payouts and the cashier.

mod cards;
mod handlers;
mod operations;
mod states;
mod tokens;
mod transaction;

use std::sync::Arc;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use omno::server::OmnoServer;
use specie_runtime::client::BoxFuture;
use specie_runtime::server::Service as _;
use specie_runtime::{Body, Operation as _, OperationSpec};

pub(crate) use cards::Quiet;
pub(crate) use operations::{Means, NewTransaction, Operations, Refused, pay};
pub(crate) use states::{PAYIN, PAYOUT};
pub(crate) use tokens::{PATH as TOKEN_PATH, issue as issue_token};
pub(crate) use transaction::{Transaction, Transactions};

use crate::credentials;
use crate::front::Api;

const OPERATIONS: &[&OperationSpec] = &[
    omno::ConfirmPayout::SPEC,
    omno::CreateCashierSession::SPEC,
    omno::CreatePayin::SPEC,
    omno::CreatePayout::SPEC,
    omno::FetchPayin::SPEC,
    omno::FetchPayout::SPEC,
    omno::ProcessPayinCard::SPEC,
    omno::ProcessPayinDirectLink::SPEC,
    omno::ProcessPayinSavedCard::SPEC,
    omno::ProcessPayoutDirectLink::SPEC,
    omno::RejectPayout::SPEC,
    omno::UpdateCashierSessionBalance::SPEC,
];

/// OMNO as an API of the sandbox.
pub(crate) struct Omno {
    operations: Operations,
    server: OmnoServer<handlers::Handlers>,
}

impl Omno {
    /// `pages`: the address of the listener, below which the hosted pages stand.
    pub(crate) fn new(operations: Operations, pages: String) -> Self {
        let handlers = handlers::Handlers { operations: operations.clone(), pages };
        Self { server: OmnoServer::new(handlers), operations }
    }
}

impl Api for Omno {
    fn name(&self) -> &'static str {
        "omno"
    }

    fn operations(&self) -> &'static [&'static OperationSpec] {
        OPERATIONS
    }

    fn merchant(&self, parts: &Parts) -> Option<String> {
        let name = tokens::named(credentials::bearer(&parts.headers)?)?;
        self.operations.engine.merchants.find(|account| account.name == name).map(|account| account.name)
    }

    fn beside(&self, path: &str) -> Option<&'static str> {
        (path == tokens::PATH).then_some("token")
    }

    fn call(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Response<Body>> {
        if request.uri().path() == tokens::PATH {
            let engine = Arc::clone(&self.operations.engine);
            return Box::pin(async move {
                let form =
                    request.body().clone().collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
                tokens::answer(&engine, &request, &String::from_utf8_lossy(&form))
            });
        }
        let mut server = self.server.clone();
        Box::pin(async move {
            match server.call(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        })
    }

    fn error(&self, status: u16) -> String {
        handlers::error_text(status, "injected by a fault")
    }
}
