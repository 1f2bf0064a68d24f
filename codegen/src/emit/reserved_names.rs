//! The names that the files of a crate have taken, collected once for all files of a kind.

use std::collections::BTreeSet;

use super::server::OwnNames;
use super::{client, operations};
use crate::rust::Crate;

/// The names that each kind of file has taken.
pub(super) struct Taken<'a> {
    /// Files of types.
    pub(super) types: BTreeSet<&'a str>,
    /// Files of operations and of calls.
    pub(super) operations: BTreeSet<&'a str>,
    /// Files of the client.
    pub(super) client: BTreeSet<&'a str>,
    /// Files of the server.
    pub(super) server: BTreeSet<&'a str>,
    /// What the files of the server define.
    pub(super) of_server: OwnNames<'a>,
}

impl<'a> Taken<'a> {
    pub(super) fn of(krate: &'a Crate) -> Self {
        let operations = operations::names(krate);
        let of_server = OwnNames::of(krate);
        Self {
            types: krate.types.iter().map(|item| item.name.as_str()).collect(),
            client: operations.iter().copied().chain(client::own_names(krate)).collect(),
            server: operations.iter().copied().chain(of_server.all()).collect(),
            operations,
            of_server,
        }
    }
}
