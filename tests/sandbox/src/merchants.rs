//! Merchants: names, and credentials that are made of the seed.

use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

use specie_runtime::Secret;

use crate::chance::Chance;

/// What a merchant calls the APIs with. Made of the seed and the name, so that it is the same in each run.
#[derive(Clone, Debug)]
pub struct Credentials {
    /// Cublox and Paymega: the account, the user name of HTTP Basic.
    pub account_id: String,
    /// Cublox and Paymega: the password of HTTP Basic.
    pub api_key: Secret<String>,
    /// Cublox and Paymega: the key of the public API.
    pub public_key: String,
    /// Cublox and Paymega: what callbacks are signed with.
    pub private_key: Secret<String>,
    /// OMNO: the client of the token endpoint.
    pub client_id: String,
    /// OMNO: its secret.
    pub client_secret: Secret<String>,
    /// Gormic: the value of the header `api-key`.
    pub gormic_key: Secret<String>,
    /// Gormic: the value of the header `organization-id`.
    pub organization_id: String,
}

impl Credentials {
    fn new(chance: Chance, name: &str) -> Self {
        let token = |purpose: &str, length: usize| chance.token(&["credential", name, purpose], length);
        Self {
            account_id: format!("coma_{}", token("account", 16)),
            api_key: token("api key", 43).into(),
            public_key: format!("pk_test_{}", token("public key", 43)),
            private_key: format!("sk_test_{}", token("private key", 43)).into(),
            client_id: format!("sandbox-{name}"),
            client_secret: token("client secret", 32).into(),
            gormic_key: token("gormic key", 40).into(),
            organization_id: format!("org_{}", token("organization", 12)),
        }
    }
}

/// A merchant, with objects and credentials of its own.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its name.
    pub name: String,
    /// What it calls with.
    pub credentials: Credentials,
    /// Whether its calls are answered with 403.
    pub blocked: bool,
    /// Whether its callbacks are held until it takes them again.
    pub paused: bool,
}

/// All merchants of a sandbox.
#[derive(Debug)]
pub struct Merchants {
    chance: Chance,
    accounts: RwLock<BTreeMap<String, Account>>,
}

impl Merchants {
    pub(crate) fn new(chance: Chance) -> Self {
        Self { chance, accounts: RwLock::default() }
    }

    /// The merchant of this name, which is made if there is none.
    pub fn get_or_add(&self, name: &str) -> Account {
        let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
        let make = || Account {
            name: name.to_owned(),
            credentials: Credentials::new(self.chance, name),
            blocked: false,
            paused: false,
        };
        accounts.entry(name.to_owned()).or_insert_with(make).clone()
    }

    /// The merchant of this name, if there is one.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Account> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    /// All of them, by name.
    #[must_use]
    pub fn all(&self) -> Vec<Account> {
        self.accounts.read().unwrap_or_else(PoisonError::into_inner).values().cloned().collect()
    }

    /// The first for which something holds.
    pub fn find(&self, holds: impl Fn(&Account) -> bool) -> Option<Account> {
        let accounts = self.accounts.read().unwrap_or_else(PoisonError::into_inner);
        accounts.values().find(|account| holds(account)).cloned()
    }

    /// Changes a merchant; `false` if there is none of this name.
    pub(crate) fn change(&self, name: &str, change: impl FnOnce(&mut Account)) -> bool {
        let mut accounts = self.accounts.write().unwrap_or_else(PoisonError::into_inner);
        accounts.get_mut(name).map(change).is_some()
    }
}
