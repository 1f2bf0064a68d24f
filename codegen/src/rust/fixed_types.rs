//! The types, constants and parameters that are called the same in every crate.

use super::{Base, Derive, Derives, Scheme};

/// A type that is called the same in every crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FixedType {
    /// Its name.
    pub name: &'static str,
    /// Whether variants may be added: `#[non_exhaustive]`.
    pub is_non_exhaustive: bool,
    derives: &'static [Derive],
}

impl FixedType {
    /// What it derives.
    #[must_use]
    pub fn derives(&self) -> Derives {
        Derives::of(self.derives)
    }
}

/// The types that are called the same in every crate, of those that a document decides on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FixedTypes {
    /// Those of the client.
    pub client: Vec<FixedType>,
    /// Those of the server.
    pub server: Vec<FixedType>,
}

impl FixedTypes {
    /// Those of a crate: none without operations, an enum of servers where the document declares several, and credentials where an
    /// operation names a security scheme.
    #[must_use]
    pub fn of(has_operations: bool, bases: &[Base], schemes: &[Scheme]) -> Self {
        if !has_operations {
            return Self::default();
        }
        let has_credentials = !schemes.is_empty();
        let servers = bases.iter().any(|base| base.server_method().is_some()).then_some(SERVER);
        let credentials = has_credentials.then_some(CREDENTIALS);
        Self {
            client: [CLIENT, CLIENT_BUILDER].into_iter().chain(servers).chain(credentials).collect(),
            server: has_credentials.then_some(CREDENTIAL).into_iter().collect(),
        }
    }

    /// Whether callers present credentials, which clients set and servers check.
    #[must_use]
    pub fn have_credentials(&self) -> bool {
        self.server.contains(&CREDENTIAL)
    }
}

/// The client.
pub const CLIENT: FixedType =
    FixedType { name: "Client", is_non_exhaustive: false, derives: &[Derive::Clone, Derive::Debug] };

/// The builder of the client.
pub const CLIENT_BUILDER: FixedType =
    FixedType { name: "ClientBuilder", is_non_exhaustive: false, derives: &[Derive::Clone, Derive::Debug] };

/// The credentials of one caller.
pub const CREDENTIALS: FixedType =
    FixedType { name: "Credentials", is_non_exhaustive: false, derives: &[Derive::Clone, Derive::Debug] };

/// The functions that the credentials of one caller have in every crate, beside a method for each scheme.
pub const CREDENTIALS_METHODS: &[&str] = &["account", "new"];

/// What the builder's method for a base URL without a name of its own is called.
pub const BASE_URL: &str = "base_url";

/// The method of the builder that chooses one of the document's own servers.
pub const SERVER_METHOD: &str = "server";

/// The methods that the builder has in every crate, and [`SERVER_METHOD`].
pub const CLIENT_BUILDER_METHODS: &[&str] = &["build", "options", "transport", SERVER_METHOD, "clone"];

/// The enum of the servers that the document declares.
pub const SERVER: FixedType = FixedType {
    name: "Server",
    is_non_exhaustive: true,
    derives: &[Derive::Clone, Derive::Copy, Derive::Debug, Derive::PartialEq, Derive::Eq, Derive::Hash],
};

/// The enum of what callers present to the server.
pub const CREDENTIAL: FixedType = FixedType {
    name: "Credential",
    is_non_exhaustive: true,
    derives: &[Derive::Clone, Derive::Debug, Derive::PartialEq],
};

/// The names beside the client that nothing made of a document may take.
pub const CLIENT_NAMES: &[&str] = &[CLIENT.name, CLIENT_BUILDER.name, CREDENTIALS.name, SERVER.name];

/// The constant with what the document shows of responses, which fakes give.
pub const FAKE_SAMPLES: &str = "SAMPLES";

/// The record of the calls that a fake has taken.
pub const FAKE_CALLS: &str = "Calls";

/// The type parameter of the server: the type that handles its requests.
pub const SERVER_PARAMETER: &str = "T";

/// The constant that client and server share besides the operations.
pub const DESCRIPTION: &str = "DESCRIPTION";

/// The type parameter of the receiver of a callback: what its handler returns.
pub const RECEIVER_PARAMETER: &str = "F";
