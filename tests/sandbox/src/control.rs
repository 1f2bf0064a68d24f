//! The control API and the pages below `/_sandbox`, on every listener. Nothing of it is journalled, and no fault strikes it.

mod answers;
mod events;
mod objects;
mod state;

use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use specie_runtime::client::BoxFuture;

use crate::engine::Engine;
use crate::error::SandboxError;
use crate::faulty_connection::WireBody;
use crate::serve::{Answer, Ending, plain};
use crate::{hosted, pages};

pub(crate) use state::{Addresses, environment};

/// The most bytes of a body.
const BODY_LIMIT: usize = 1 << 20;
/// The most bytes of an export that is put back; a longer one is put back at the start, from its file.
const IMPORT_LIMIT: usize = 64 << 20;

/// The control API.
pub(crate) struct Control {
    pub(crate) engine: Arc<Engine>,
    /// Where everything listens; known once all of it does.
    pub(crate) addresses: OnceLock<Addresses>,
}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control").field("addresses", &self.addresses).finish_non_exhaustive()
    }
}

/// A request to the control API.
pub(crate) struct Asked<'a> {
    pub(crate) method: Method,
    pub(crate) segments: Vec<&'a str>,
    pub(crate) query: &'a str,
    pub(crate) body: Bytes,
}

/// Why the control API refuses a request.
#[derive(Debug)]
pub(crate) enum Wrong {
    /// There is no such page.
    NoPage,
    /// It cannot be done; the text says why.
    Refused(SandboxError),
}

impl From<SandboxError> for Wrong {
    fn from(error: SandboxError) -> Self {
        Self::Refused(error)
    }
}

/// What a page or an action answers.
pub(crate) type Page = Result<Response<WireBody>, Wrong>;

impl Asked<'_> {
    /// The body as JSON; an empty one is an empty object.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Wrong> {
        let body: &[u8] = if self.body.is_empty() { b"{}" } else { &self.body };
        serde_json::from_slice(body).map_err(|error| {
            let place = format!("the body is not what this action takes, at {}:{}", error.line(), error.column());
            SandboxError::usage(place).into()
        })
    }
}

impl Control {
    /// Answers a request below `/_sandbox`; `api` is the API whose listener it came to.
    pub(crate) async fn answer_below(&self, request: Request<Incoming>, api: Option<&'static str>) -> Ending {
        if request.method() != Method::GET && !is_own_page(&request) {
            return plain(StatusCode::FORBIDDEN, "the request comes from a page of another site").into();
        }
        let (parts, body) = request.into_parts();
        let limit = if parts.uri.path() == "/_sandbox/import" { IMPORT_LIMIT } else { BODY_LIMIT };
        let Ok(body) = Limited::new(body, limit).collect().await else {
            return plain(StatusCode::PAYLOAD_TOO_LARGE, "the body is too long").into();
        };
        let path = parts.uri.path().strip_prefix("/_sandbox").unwrap_or_default();
        let asked = Asked {
            method: parts.method,
            segments: path.split('/').filter(|segment| !segment.is_empty()).collect(),
            query: parts.uri.query().unwrap_or_default(),
            body: body.to_bytes(),
        };
        let mut response = match self.page(&asked, api).await {
            Ok(response) => response,
            Err(Wrong::NoPage) => plain(StatusCode::NOT_FOUND, "there is no such page"),
            Err(Wrong::Refused(error @ SandboxError::Usage(_))) => plain(StatusCode::CONFLICT, &error.to_string()),
            Err(Wrong::Refused(error @ SandboxError::Full(_))) => {
                plain(StatusCode::INSUFFICIENT_STORAGE, &error.to_string())
            }
            Err(Wrong::Refused(error)) => plain(StatusCode::INTERNAL_SERVER_ERROR, &error.to_string()),
        };
        pages::protect(response.headers_mut());
        response.into()
    }

    async fn page(&self, asked: &Asked<'_>, api: Option<&'static str>) -> Page {
        match (asked.method.as_str(), asked.segments.as_slice()) {
            ("GET", []) => Ok(pages::inspector()),
            ("GET", ["docs"]) => pages::documentation(api),
            ("GET", ["docs", "credentials"]) => {
                answers::json(&state::credentials(self, api.ok_or(Wrong::NoPage)?, asked)?)
            }
            ("GET", ["docs", file @ ..]) => pages::document(file),
            ("GET", ["page", file]) => pages::file(file),
            (_, ["pay", rest @ ..]) => hosted::answer(&self.engine, asked, rest).await,
            ("GET", ["events"]) => Ok(events::stream(&self.engine)),
            (_, ["objects", rest @ ..]) => objects::answer(&self.engine, asked, rest).await,
            _ => answers::answer(self, asked).await,
        }
    }
}

impl Answer for Control {
    fn answer(self: Arc<Self>, request: Request<Incoming>) -> BoxFuture<'static, Ending> {
        Box::pin(async move {
            if request.uri().path() == "/" {
                let mut response = plain(StatusCode::SEE_OTHER, "the inspector is at /_sandbox/");
                response.headers_mut().insert(header::LOCATION, header::HeaderValue::from_static("/_sandbox/"));
                return response.into();
            }
            if !request.uri().path().starts_with("/_sandbox") {
                return plain(StatusCode::NOT_FOUND, "there is no such page").into();
            }
            self.answer_below(request, None).await
        })
    }
}

/// Whether a request that changes something comes from a program or from a page of the sandbox itself. A browser names the page's origin.
fn is_own_page(request: &Request<Incoming>) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN) else { return true };
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
    origin.is_some() && origin == host
}
