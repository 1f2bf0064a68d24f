//! The names that the files of a crate have taken, collected once for all files of a kind.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::{ident, module_tokens};
use crate::rust::{CLIENT_NAMES, CREDENTIAL, Crate, FAKE_CALLS, Operation, SERVER_PARAMETER, Success, fixed_modules};

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
    /// Files of the requests and responses of callbacks, and of their receivers.
    pub(super) callbacks: BTreeSet<&'a str>,
    /// Files of what sends callbacks, which names requests and responses of operations too.
    pub(super) callback_senders: BTreeSet<&'a str>,
    /// Files of the payloads of webhooks.
    pub(super) webhooks: BTreeSet<&'a str>,
    /// Files of what receives and sends webhooks, which define no types.
    pub(super) receivers: BTreeSet<&'a str>,
    /// What the files of the server define.
    pub(super) of_server: OwnNames<'a>,
    /// What the files of the fake define.
    pub(super) of_fake: OwnNames<'a>,
}

impl<'a> Taken<'a> {
    pub(super) fn of(krate: &'a Crate) -> Self {
        let operations = of_operations(&krate.operations);
        let callbacks = of_operations(krate.callbacks.iter().map(|callback| &callback.operation));
        let of_server = OwnNames::of_server(krate);
        Self {
            types: krate.types.iter().map(|item| item.name.as_str()).collect(),
            client: operations.iter().copied().chain(of_client(krate)).collect(),
            server: operations.iter().chain(&of_server.names).copied().collect(),
            callback_senders: operations.union(&callbacks).copied().collect(),
            callbacks,
            webhooks: krate.webhooks.iter().map(|webhook| webhook.type_name.as_str()).collect(),
            receivers: BTreeSet::new(),
            operations,
            of_server,
            of_fake: OwnNames::of_fake(krate),
        }
    }
}

/// The names that the files of the client define.
fn of_client(krate: &Crate) -> impl Iterator<Item = &str> {
    let addresses = || krate.bases.iter().flat_map(|base| &base.addresses);
    let enums = addresses().flat_map(|address| &address.variables).filter_map(|one| one.values.as_ref());
    let enums = enums.map(|values| values.name.as_str());
    let servers = krate.server_enums().map(|servers| servers.name.as_str());
    CLIENT_NAMES.iter().copied().chain(servers).chain(enums).chain(addresses().map(|of| of.name.as_str()))
}

/// The names that operations take in every file that has them all: those of requests, of the enums of their responses and media types, and
/// of the structs of headers and parts.
fn of_operations<'a>(operations: impl IntoIterator<Item = &'a Operation>) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for operation in operations {
        let parts = operation.body.as_ref().and_then(|body| body.parts()).map(|form| &form.structure);
        let headers = operation.response_headers.iter().map(|headers| &headers.structure);
        let structures = headers.chain(parts).chain([&operation.request]);
        for structure in structures {
            names.insert(structure.name.as_str());
            names.extend(structure.companion().map(|of| of.name.as_str()));
        }
        names.extend(operation.errors.as_ref().map(|errors| errors.name.as_str()));
        if let Success::Several(several) = &operation.success {
            names.insert(&several.name);
        }
        names.extend(operation.body.as_ref().and_then(|body| body.choice()).map(|choice| choice.name.as_str()));
    }
    names
}

/// The names that the files of one side define. A type of an operation that is called so is written with its path there.
pub(super) struct OwnNames<'a> {
    /// Where the paths of the crate begin.
    root: &'a str,
    names: BTreeSet<&'a str>,
}

impl<'a> OwnNames<'a> {
    /// The traits, the server and its type parameter.
    fn of_server(krate: &'a Crate) -> Self {
        let traits = krate.layout.server_traits.iter().chain(&krate.layout.tag_traits).map(|of| of.name.as_str());
        let names = [&krate.trait_name, &krate.server_name, CREDENTIAL.name, SERVER_PARAMETER]
            .into_iter()
            .chain(traits)
            .collect();
        Self { root: krate.root(), names }
    }

    /// The fake, the server that it imports, and its record of calls.
    fn of_fake(krate: &'a Crate) -> Self {
        Self { root: krate.root(), names: [&krate.fake_name, &krate.server_name, FAKE_CALLS].into() }
    }

    /// The requests of some operations whose names are free.
    pub(super) fn importable<'o>(&self, operations: &[&'o Operation]) -> BTreeSet<&'o str> {
        let requests = operations.iter().map(|operation| operation.request.name.as_str());
        requests.filter(|name| !self.names.contains(name)).collect()
    }

    /// A type of the operations, by its name or, where these files have the name, its path.
    pub(super) fn operation_type(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        if !self.names.contains(name) {
            return quote!(#ident);
        }
        let operations = module_tokens(self.root, fixed_modules::OPERATIONS);
        quote!(#operations::#ident)
    }
}
