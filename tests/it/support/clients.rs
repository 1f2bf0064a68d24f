//! Clients of the four APIs, each built as its users build it.

use specie_runtime::client::{BuildError, Options, RetryPolicy, Scripted};

use super::apis::{AnyClient, AnyTransport, Api, Row};
use super::bench::{ACCOUNT, KEY};
use super::values::{Settled, Value};

/// What a client is built with.
#[derive(Clone)]
pub struct Setup {
    /// `None`: the built-in transport.
    pub transport: Option<AnyTransport>,
    /// The base URL of private and public operations; `None` where it is not set.
    pub bases: [Option<String>; 2],
    /// The password, token or key; `None`: no credential is set.
    pub key: Option<String>,
}

/// The host of operations that a credential protects.
pub const PRIVATE: &str = "private.example.com";
/// The host of the Corefy brands' public operations.
pub const PUBLIC: &str = "public.example.com";

impl Setup {
    /// Over a transport, with everything set.
    pub fn over(transport: AnyTransport) -> Self {
        let bases = [PRIVATE, PUBLIC].map(|host| Some(format!("https://{host}")));
        Self { transport: Some(transport), bases, key: Some(KEY.to_owned()) }
    }

    /// Over the network, to one server.
    pub fn to(url: &str) -> Self {
        Self { transport: None, bases: [Some(url.to_owned()), Some(url.to_owned())], key: Some(KEY.to_owned()) }
    }

    /// Builds the client, which makes one attempt at each call.
    pub fn build(self, api: Api) -> Result<AnyClient, BuildError> {
        let options = Options::new().retry(RetryPolicy::never());
        let Self { transport, bases: [private, public], key } = self;
        macro_rules! build {
            ($variant:ident, $builder:expr, $($base:ident = $url:expr),*; $credential:expr) => {{
                let mut builder = $builder.options(options);
                $(if let Some(url) = $url {
                    builder = builder.$base(url);
                })*
                if let Some(key) = key {
                    #[allow(clippy::redundant_closure_call, reason = "each API has its own credentials")]
                    { builder = $credential(builder, key); }
                }
                if let Some(transport) = transport {
                    builder = builder.transport(transport);
                }
                builder.build().map(AnyClient::$variant)
            }};
        }
        match api {
            Api::Omno => {
                build!(Omno, omno::Client::builder(), base_url = private; |builder: omno::ClientBuilder, key| builder.bearer_auth(key))
            }
            Api::Gormic => {
                build!(Gormic, gormic::Client::builder(), base_url = private; |builder: gormic::ClientBuilder, key| builder.api_key(key))
            }
            Api::Cublox => build!(Cublox, cublox::Client::builder(), private = private, public = public;
                |builder: cublox::ClientBuilder, key: String| builder.basic_auth(ACCOUNT, key.clone()).public_key(key)),
            Api::Paymega => build!(Paymega, paymega::Client::builder(), private = private, public = public;
                |builder: paymega::ClientBuilder, key: String| builder.basic_auth(ACCOUNT, key.clone()).public_key(key)),
        }
    }
}

/// A client over a transport, with everything set.
pub fn client(api: Api, transport: AnyTransport) -> AnyClient {
    Setup::over(transport).build(api).unwrap()
}

/// What a client makes of a response to an operation.
pub async fn answered(row: &Row, request: &dyn Value, status: u16, body: &[u8]) -> Settled {
    let script = Scripted::new().respond(status, body.to_vec());
    (row.call)(&client(row.api, AnyTransport::new(script)), request.copied()).await
}
