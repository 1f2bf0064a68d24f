//! The names that the files of a crate have taken, and what follows from them: which items from elsewhere are written by their name and
//! which with their path.

use std::collections::BTreeSet;

use super::{CLIENT_NAMES, CRATE_ROOT, CREDENTIAL, Crate, FAKE_CALLS, Operation, Prelude, SERVER_PARAMETER, Success};
use crate::rust_identifiers::last_segment;

/// The names that each kind of file has taken.
#[derive(Clone, Debug)]
pub struct TakenNames<'a> {
    /// Files of types.
    pub types: BTreeSet<&'a str>,
    /// Files of operations, of rejections and of the fake.
    pub operations: BTreeSet<&'a str>,
    /// Files of the client.
    pub client: BTreeSet<&'a str>,
    /// Files of the server.
    pub server: BTreeSet<&'a str>,
    /// Files of the requests and responses of callbacks, and of their receivers.
    pub callbacks: BTreeSet<&'a str>,
    /// Files of what sends callbacks, which names requests and responses of operations too.
    pub callback_senders: BTreeSet<&'a str>,
    /// Files of the payloads of webhooks.
    pub webhooks: BTreeSet<&'a str>,
    /// Files of what receives and sends webhooks, which define no types.
    pub receivers: BTreeSet<&'a str>,
    /// What the files of the server define.
    pub of_server: OwnNames<'a>,
    /// What the files of the fake define.
    pub of_fake: OwnNames<'a>,
}

impl<'a> TakenNames<'a> {
    /// Those of a crate.
    #[must_use]
    pub fn of(krate: &'a Crate) -> Self {
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
#[derive(Clone, Debug)]
pub struct OwnNames<'a> {
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

    /// Where the paths of the crate begin.
    #[must_use]
    pub const fn root(&self) -> &'a str {
        self.root
    }

    /// Whether a type of the operations is written by its name alone in these files.
    #[must_use]
    pub fn is_free(&self, name: &str) -> bool {
        !self.names.contains(name)
    }

    /// The requests of some operations that these files import.
    #[must_use]
    pub fn imported_requests<'o>(&self, operations: &[&'o Operation]) -> BTreeSet<&'o str> {
        let requests = operations.iter().map(|operation| operation.request.name.as_str());
        requests.filter(|name| self.is_free(name)).collect()
    }
}

/// Which items from elsewhere a file writes by their name alone.
#[derive(Clone, Copy, Debug)]
pub struct NameScope<'a> {
    /// Where the paths of the own crate begin.
    pub root: &'a str,
    /// Names that the file itself defines or imports from its own crate.
    pub taken: &'a BTreeSet<&'a str>,
}

impl NameScope<'_> {
    /// Whether the file imports the item behind a path, such as `specie_runtime::Decimal`: its name is free.
    #[must_use]
    pub fn imports(&self, path: &str) -> bool {
        !self.taken.contains(last_segment(path))
    }

    /// Whether a name of Rust's prelude means what it says. The edition of a crate is known, that of the crate around a module is not.
    #[must_use]
    pub fn has_prelude(&self, of: Prelude) -> bool {
        let is_there = self.root == CRATE_ROOT || of.is_in_every_edition();
        is_there && !self.taken.contains(of.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_schema_has_taken_has_its_path() {
        let taken = BTreeSet::from(["Option", "Decimal"]);
        let scope = NameScope { root: "crate::api", taken: &taken };
        assert!(!scope.imports("specie_runtime::Decimal") && scope.imports("specie_runtime::Maybe"));
        assert!(!scope.has_prelude(Prelude::Option) && scope.has_prelude(Prelude::Vec));
    }

    #[test]
    fn what_later_editions_have_in_the_prelude_has_its_path_in_a_module() {
        let taken = BTreeSet::new();
        let has = |root| NameScope { root, taken: &taken }.has_prelude(Prelude::Future);
        assert!(has("crate") && !has("crate::api"));
    }
}
