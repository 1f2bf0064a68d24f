//! The names that the files of a crate have taken, collected once for all files of a kind.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use super::{client, operations};
use crate::rust::{CREDENTIAL, Crate, Operation};

/// The names that each kind of file has taken.
pub(super) struct Taken<'a> {
    /// Files of types.
    pub(super) types: BTreeSet<&'a str>,
    /// Files of operations, of rejections and of the fake.
    pub(super) operations: BTreeSet<&'a str>,
    /// Files of the client.
    pub(super) client: BTreeSet<&'a str>,
    /// Files of the server.
    pub(super) server: BTreeSet<&'a str>,
    /// What the files of the server define.
    pub(super) of_server: OwnNames<'a>,
    /// What the files of the fake define.
    pub(super) of_fake: OwnNames<'a>,
}

impl<'a> Taken<'a> {
    pub(super) fn of(krate: &'a Crate) -> Self {
        let operations = operations::names(krate);
        let of_server = OwnNames::of_server(krate);
        Self {
            types: krate.types.iter().map(|item| item.name.as_str()).collect(),
            client: operations.iter().copied().chain(client::own_names(krate)).collect(),
            server: operations.iter().chain(&of_server.0).copied().collect(),
            operations,
            of_server,
            of_fake: OwnNames::of_fake(krate),
        }
    }
}

/// The names that the files of one side define. A type of an operation that is called so is written with its path there.
pub(super) struct OwnNames<'a>(BTreeSet<&'a str>);

impl<'a> OwnNames<'a> {
    /// The traits, the server, and `T`, its type parameter.
    fn of_server(krate: &'a Crate) -> Self {
        let traits = krate.server_traits.iter().map(|of| of.name.as_str());
        Self([&krate.trait_name, &krate.server_name, CREDENTIAL.name, "T"].into_iter().chain(traits).collect())
    }

    /// The fake, the server that it imports, and its record of calls.
    fn of_fake(krate: &'a Crate) -> Self {
        Self([&krate.fake_name, &krate.server_name, "Calls"].into())
    }

    /// The requests of some operations whose names are free.
    pub(super) fn importable<'o>(&self, operations: &[&'o Operation]) -> BTreeSet<&'o str> {
        let requests = operations.iter().map(|operation| operation.request.name.as_str());
        requests.filter(|name| !self.0.contains(name)).collect()
    }

    /// A type of the operations, by its name or, where these files have the name, its path.
    pub(super) fn operation_type(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        if self.0.contains(name) { quote!(crate::operations::#ident) } else { quote!(#ident) }
    }
}
