//! What an example calls: a server of its own, or the sandbox if `SPECIE_TARGET=sandbox` asks for it.

use std::error::Error;
use std::sync::{Arc, Mutex, PoisonError};

use http::{Request, Response};
use specie_runtime::client::{BoxFuture, Http, Options, Transport, TransportError};
use specie_runtime::{Body, Secret};
use specie_sandbox::Sandbox;

/// The API that an example calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    Cublox,
    Omno,
}

/// The way to a server, with what a client needs for it.
pub struct Target {
    /// The base URL.
    pub url: String,
    /// The account, or the client of the token endpoint.
    pub account: String,
    /// Its key or secret.
    pub key: Secret<String>,
    /// The transport; without it, a client goes to the host of the base URL.
    pub transport: Watched,
    /// The sandbox, if it is the server; it ends with this value.
    pub sandbox: Option<Sandbox>,
}

impl Target {
    /// The sandbox if it is asked for, and otherwise `own`.
    pub async fn start(api: Api, own: impl Transport) -> Result<Self, Box<dyn Error>> {
        if !wants_sandbox()? {
            return Ok(Self {
                url: "https://api.example.com".into(),
                account: "account-id".into(),
                key: Secret::from("api-key"),
                transport: Watched::new(own),
                sandbox: None,
            });
        }
        let sandbox = Sandbox::builder().cublox().omno().seed(7).start().await?;
        let merchant = sandbox.merchant("shop").credentials();
        let (name, account, key) = match api {
            Api::Cublox => ("cublox", merchant.account_id, merchant.api_key),
            Api::Omno => ("omno", merchant.client_id, merchant.client_secret),
        };
        let (url, transport) = (sandbox.base_url(name)?, Watched::new(Http::new(&Options::new())?));
        Ok(Self { url, account, key, transport, sandbox: Some(sandbox) })
    }
}

/// For an example whose server the sandbox cannot be: an error that says why, if the sandbox is asked for.
pub fn own_server_only(why: &str) -> Result<(), Box<dyn Error>> {
    if wants_sandbox()? {
        return Err(format!("this example does not run against the sandbox: {why}").into());
    }
    Ok(())
}

fn wants_sandbox() -> Result<bool, Box<dyn Error>> {
    match std::env::var("SPECIE_TARGET").as_deref() {
        Err(_) => Ok(false),
        Ok("sandbox") => Ok(true),
        Ok(_) => Err("SPECIE_TARGET is either not set or `sandbox`".into()),
    }
}

/// A transport that keeps which requests went through it. Clones keep them together.
#[derive(Clone)]
pub struct Watched {
    inner: Arc<dyn Transport>,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Watched {
    fn new(inner: impl Transport) -> Self {
        Self { inner: Arc::new(inner), lines: Arc::default() }
    }

    /// The requests so far, each as its method, path and query.
    pub fn requests(&self) -> Vec<String> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Transport for Watched {
    fn send(&self, request: Request<Body>) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let line = format!("{} {target}", request.method());
        self.lines.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        self.inner.send(request)
    }
}
