//! What all operations of a client share: base URLs, credentials, transport, options.

pub(super) mod retry_budget;

use std::fmt;
use std::sync::Arc;

use http::header::{HeaderMap, HeaderValue};

use super::api_client::retry_budget::RetryBudget;
use super::credentials::{Credential, Prepared};
use super::http::Http;
use super::journal::Entry;
use super::options::Options;
use super::request::base_url::BaseUrl;
use super::request::build_error::{BuildError, BuildSubject};
use super::request::headers;
use super::transport::Transport;
use crate::operation::{ApiDescription, Idempotency, OperationSpec};

/// The shared half of a generated client; cloning is cheap.
#[derive(Clone)]
pub struct ApiClient {
    pub(super) config: Arc<ClientConfig>,
}

#[derive(Clone)]
pub(super) struct ClientConfig {
    pub(super) api: &'static ApiDescription,
    pub(super) transport: Arc<dyn Transport>,
    /// By index in the [`ApiDescription`]; `None` where it was not set.
    pub(super) bases: Vec<Option<BaseUrl>>,
    /// By index of the security scheme; `None` where it was not set.
    pub(super) credentials: Vec<Option<Prepared>>,
    pub(super) user_agent: HeaderValue,
    /// What every request carries that has no such header of its own.
    pub(super) headers: HeaderMap,
    pub(super) options: Options,
    pub(super) budget: Arc<RetryBudget>,
    /// The account whose operations these are, for a journal.
    pub(super) account: String,
    #[cfg(feature = "metrics")]
    pub(super) metrics: crate::metrics::ClientMetrics,
}

impl ApiClient {
    /// A client over a transport that goes to no network: an in-process server, a script. Base URLs and credentials are
    /// placeholders of the right form.
    #[must_use]
    pub fn over(api: &'static ApiDescription, transport: impl Transport) -> Self {
        let options = Options::new();
        let credentials = api.schemes.iter().map(|scheme| {
            // A key for a scheme that names no header is left out, and missed when an operation asks for it.
            Prepared::new(scheme, &Credential::placeholder(scheme.kind)).ok()
        });
        Self {
            config: Arc::new(ClientConfig {
                api,
                transport: Arc::new(transport),
                bases: api.bases.iter().map(|_| Some(BaseUrl::placeholder())).collect(),
                credentials: credentials.collect(),
                user_agent: default_user_agent(api),
                headers: HeaderMap::new(),
                budget: Arc::new(RetryBudget::new(&options.retry)),
                account: String::new(),
                options,
                #[cfg(feature = "metrics")]
                metrics: crate::metrics::ClientMetrics::new(),
            }),
        }
    }
}

impl fmt::Debug for ApiClient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClient")
            .field("api", &self.config.api.name)
            .field("options", &self.config.options)
            .finish_non_exhaustive()
    }
}

/// Collects what an [`ApiClient`] needs; generated builders hand it what they are given, under its index in the [`ApiDescription`].
#[derive(Clone)]
#[must_use]
pub struct ApiClientBuilder {
    api: &'static ApiDescription,
    bases: Vec<Option<String>>,
    credentials: Vec<Option<Credential>>,
    options: Options,
    transport: Option<Arc<dyn Transport>>,
}

impl ApiClientBuilder {
    /// Starts with the base URLs that the document declares, no credentials, the default options and the built-in transport.
    pub fn new(api: &'static ApiDescription) -> Self {
        Self {
            api,
            bases: api.bases.iter().map(|base| base.default.map(str::to_owned)).collect(),
            credentials: api.schemes.iter().map(|_| None).collect(),
            options: Options::new(),
            transport: None,
        }
    }

    /// Sets a base URL.
    pub fn base(mut self, index: usize, url: impl Into<String>) -> Self {
        if let Some(base) = self.bases.get_mut(index) {
            *base = Some(url.into());
        }
        self
    }

    /// Sets the credential of a security scheme.
    pub fn credential(mut self, index: usize, credential: impl Into<Credential>) -> Self {
        if let Some(slot) = self.credentials.get_mut(index) {
            *slot = Some(credential.into());
        }
        self
    }

    /// Sets timeouts, limits and retries.
    pub fn options(mut self, options: Options) -> Self {
        self.options = options;
        self
    }

    /// Sets another transport than the built-in one.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Builds it.
    ///
    /// At least one base URL is needed. An operation whose own base is missing fails when it is called, before anything is sent, so
    /// a client for the private half of an API needs no public URL.
    pub fn build(self) -> Result<ApiClient, BuildError> {
        let api = self.api;
        let mut bases = Vec::new();
        for (spec, text) in api.bases.iter().zip(&self.bases) {
            let base = text.as_deref().map(|text| BaseUrl::new(spec.name, text, self.options.plain_http));
            bases.push(base.transpose()?);
        }
        if let (Some(first), true) = (api.bases.first(), bases.iter().all(Option::is_none)) {
            return Err(BuildError::new(BuildSubject::Base, first.name, "is not set"));
        }
        let credentials = prepared(api, &self.credentials)?;
        let user_agent = match &self.options.user_agent {
            Some(text) => HeaderValue::from_str(text).map_err(|_| {
                BuildError::new(BuildSubject::Option, "user_agent", "holds characters that a header cannot carry")
            })?,
            None => default_user_agent(api),
        };
        let headers = own_headers(&self.options)?;
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(Http::new(&self.options)?),
        };
        if let Some(journaling) = &self.options.journal {
            journaling.check().map_err(|reason| BuildError::new(BuildSubject::Option, "journal", reason))?;
        }
        let budget = Arc::new(RetryBudget::new(&self.options.retry));
        let account = account_of(self.options.account.as_ref(), &self.credentials);
        let config = ClientConfig {
            api,
            transport,
            bases,
            credentials,
            user_agent,
            headers,
            options: self.options,
            budget,
            account,
            #[cfg(feature = "metrics")]
            metrics: crate::metrics::ClientMetrics::new(),
        };
        Ok(ApiClient { config: Arc::new(config) })
    }
}

fn own_headers(options: &Options) -> Result<HeaderMap, BuildError> {
    let mut headers = HeaderMap::new();
    for (name, value) in &options.headers {
        let (name, value) = headers::of_caller(name, value.expose())
            .map_err(|reason| BuildError::new(BuildSubject::Option, format!("header {name}"), reason))?;
        headers.insert(name, value);
    }
    Ok(headers)
}

impl fmt::Debug for ApiClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiClientBuilder")
            .field("api", &self.api.name)
            .field("credentials", &self.credentials)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}

impl ClientConfig {
    /// The base URL of an operation; empty where it is not set, and the operation cannot be called.
    pub(super) fn base_of(&self, spec: &OperationSpec) -> &str {
        self.bases.get(spec.base).and_then(Option::as_ref).map_or("", BaseUrl::as_str)
    }

    /// Whether the server may have forgotten the idempotency key of an entry, whichever way the clock was set meanwhile.
    pub(super) fn has_forgotten(&self, spec: &OperationSpec, entry: &Entry) -> bool {
        let now = self.options.environment.wall_clock();
        let age = now.duration_since(entry.time()).unwrap_or_else(|ahead| ahead.duration());
        matches!(spec.idempotency, Idempotency::Header(_)) && age > self.options.key_lifetime
    }

    /// The index of a security scheme.
    pub(super) fn scheme_index(&self, key: &str) -> Option<usize> {
        self.api.schemes.iter().position(|scheme| scheme.key == key)
    }
}

/// Credentials in the form in which they travel.
pub(super) fn prepared(
    api: &ApiDescription,
    credentials: &[Option<Credential>],
) -> Result<Vec<Option<Prepared>>, BuildError> {
    let schemes = api.schemes.iter().zip(credentials);
    schemes.map(|(scheme, credential)| credential.as_ref().map(|one| Prepared::new(scheme, one)).transpose()).collect()
}

/// The account by its name, or by the first user name.
pub(super) fn account_of(name: Option<&String>, credentials: &[Option<Credential>]) -> String {
    let named = credentials.iter().flatten().find_map(|credential| match credential {
        Credential::Basic(basic) => Some(basic.username().to_owned()),
        Credential::Bearer(_) | Credential::ApiKey(_) => None,
    });
    name.cloned().or(named).unwrap_or_default()
}

fn default_user_agent(api: &ApiDescription) -> HeaderValue {
    let library = concat!("specie-runtime/", env!("CARGO_PKG_VERSION"));
    HeaderValue::from_str(&format!("{library} ({})", api.name)).unwrap_or(HeaderValue::from_static(library))
}
