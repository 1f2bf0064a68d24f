//! The credentials of one of several callers that share a client.

use std::fmt;
use std::sync::Arc;

use http::header::AUTHORIZATION;

use super::{Call, Invoke};
use crate::client::api_client::{ApiClient, ClientConfig, account_of, prepared};
use crate::client::credentials::Credential;
use crate::client::request::build_error::{BuildError, BuildSubject};
use crate::operation::{ApiDescription, SchemeKind};

/// The credentials of one of several callers that share a client, for [`Call::credentials`]; a generated `Credentials` makes them.
///
/// Cloning is cheap. A source of tokens that is among them keeps its own token: hold one value for each caller, and it is asked for once.
#[derive(Clone)]
#[must_use]
pub struct CallerCredentials {
    api: &'static ApiDescription,
    /// By index of the security scheme.
    credentials: Vec<Option<Credential>>,
    account: Option<String>,
}

impl CallerCredentials {
    /// Starts without any.
    pub fn new(api: &'static ApiDescription) -> Self {
        Self { api, credentials: api.schemes.iter().map(|_| None).collect(), account: None }
    }

    /// Sets the credential of a security scheme, by its index in the [`ApiDescription`].
    pub fn credential(mut self, index: usize, credential: impl Into<Credential>) -> Self {
        if let Some(slot) = self.credentials.get_mut(index) {
            *slot = Some(credential.into());
        }
        self
    }

    /// Names the account that they are of: a client with a journal needs it, unless they hold a user name (HTTP Basic).
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.account = Some(name.into());
        self
    }

    /// A client with these credentials and no others; transport, options and the budget of retries stay shared.
    fn applied_to(&self, client: &ClientConfig) -> Result<ClientConfig, BuildError> {
        if self.api.name != client.api.name || self.api.schemes.len() != client.api.schemes.len() {
            let reason = "are those of another API";
            return Err(BuildError::new(BuildSubject::Option, "credentials", reason));
        }
        let account = account_of(self.account.as_ref(), &self.credentials);
        if account.is_empty() && client.options.journal.is_some() {
            let reason =
                "is not set in the credentials of the call: a journal keeps the operations of each caller apart by it";
            return Err(BuildError::new(BuildSubject::Option, "account", reason));
        }
        let credentials = prepared(self.api, &self.credentials)?;
        let mut headers = client.headers.clone();
        // They would stand for the credentials of this caller.
        headers.remove(AUTHORIZATION);
        for scheme in self.api.schemes {
            if let SchemeKind::ApiKeyHeader(name) = scheme.kind {
                headers.remove(name);
            }
        }
        Ok(ClientConfig { credentials, headers, account, ..client.clone() })
    }
}

impl<O: Invoke> Call<O> {
    /// Sends the call, with all its attempts, pages and lookups, with these credentials instead of those of the client.
    ///
    /// None of the client's own credentials is sent, also where these lack one, and neither is a header of
    /// [`Options::header`](crate::client::Options::header) that carries one. Connections, options and the budget of retries are shared. A client with a
    /// journal needs the name of the account, so that the operations of one caller are never taken for those of another.
    pub fn credentials(mut self, credentials: impl Into<CallerCredentials>) -> Self {
        match credentials.into().applied_to(&self.client.config) {
            Ok(config) => self.client = ApiClient { config: Arc::new(config) },
            Err(error) => self.request = self.request.and(Err(error)),
        }
        self
    }
}

impl fmt::Debug for CallerCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallerCredentials")
            .field("api", &self.api.name)
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
