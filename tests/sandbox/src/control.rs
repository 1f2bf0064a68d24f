//! The control API below `/_sandbox`, on every listener.

use std::sync::Arc;

use http::{Request, StatusCode};
use hyper::body::Incoming;
use specie_runtime::client::BoxFuture;

use crate::engine::Engine;
use crate::serve::{Answer, Ending, plain};

/// The control API.
pub(crate) struct Control {
    pub(crate) engine: Arc<Engine>,
}

impl Control {
    /// Answers a request below `/_sandbox`; `api` is the API whose listener it came to.
    pub(crate) async fn answer_below(&self, request: Request<Incoming>, _api: Option<&'static str>) -> Ending {
        let _ = &self.engine;
        match request.uri().path() {
            "/_sandbox/health" => plain(StatusCode::OK, "ready").into(),
            _ => plain(StatusCode::NOT_FOUND, "there is no such page").into(),
        }
    }
}

impl Answer for Control {
    fn answer(self: Arc<Self>, request: Request<Incoming>) -> BoxFuture<'static, Ending> {
        Box::pin(async move { self.answer_below(request, None).await })
    }
}
