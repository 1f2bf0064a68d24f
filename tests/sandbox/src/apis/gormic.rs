//! Gormic: payments on the orders of a point of sale.

mod handlers;
mod operations;
mod payment;
mod states;

use std::sync::Arc;

use bytes::Bytes;
use gormic::server::GormicServer;
use http::request::Parts;
use http::{Request, Response};
use http_body_util::Full;
use specie_runtime::client::BoxFuture;
use specie_runtime::server::Service as _;
use specie_runtime::{Body, Operation as _, OperationSpec};

pub(crate) use operations::{INVOICES, ORDERS, Operations, Total};
#[cfg(test)]
pub(crate) use payment::Payment;
pub(crate) use payment::Records;
pub(crate) use states::{INVOICE, ORDER, PAYMENT};

use crate::engine::Engine;
use crate::front::Api;

const OPERATIONS: &[&OperationSpec] = &[
    gormic::ConfirmPayment::SPEC,
    gormic::CreatePayment::SPEC,
    gormic::DeletePayment::SPEC,
    gormic::UpdatePayment::SPEC,
];

/// Gormic as an API of the sandbox.
pub(crate) struct Gormic {
    engine: Arc<Engine>,
    server: GormicServer<handlers::Handlers>,
}

impl Gormic {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        let operations = Operations { engine: Arc::clone(&engine), requests: Arc::default() };
        Self { engine, server: GormicServer::new(handlers::Handlers(operations)) }
    }
}

impl Api for Gormic {
    fn name(&self) -> &'static str {
        "gormic"
    }

    fn operations(&self) -> &'static [&'static OperationSpec] {
        OPERATIONS
    }

    fn merchant(&self, parts: &Parts) -> Option<String> {
        let organization = parts.headers.get("organization-id")?.to_str().ok()?;
        let found = self.engine.merchants.find(|account| account.credentials.organization_id == organization);
        found.map(|account| account.name)
    }

    fn call(&self, request: Request<Full<Bytes>>) -> BoxFuture<'static, Response<Body>> {
        let mut server = self.server.clone();
        Box::pin(async move {
            match server.call(request).await {
                Ok(response) => response,
                Err(never) => match never {},
            }
        })
    }

    fn error(&self, status: u16) -> String {
        handlers::error_text(handlers::code_of(status))
    }
}
