//! The intermediate representation as a tree of files: a complete crate.
//!
//! One file here per kind of output. Emitters turn values of [`crate::ir`] into token streams and cannot fail: whatever
//! could be wrong with a document was said before. Texts of the document reach the output in two ways only, as string
//! literals and through `docs`, so that none of them can become code.

mod accessors;
mod aliases;
mod branches;
mod checks;
mod client;
mod client_calls;
mod context;
mod conversions;
mod docs;
mod enums;
mod envelopes;
mod errors;
mod facts;
mod files;
mod lib_rs;
mod manifest;
mod members;
mod notes;
mod open_objects;
mod operation_docs;
mod operations_rs;
mod outputs;
mod paging;
mod reconcile;
mod requests;
mod rust_types;
mod samples;
mod scope;
mod server;
mod server_calls;
mod setters;
mod sizes;
mod structs;
mod types_rs;
mod unions;
mod webhook_receivers;
mod webhook_senders;
mod webhooks;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use manifest::Manifest;

use crate::ir::Api;
use context::Context;

/// A crate's files: paths from its folder, with `/` between their parts, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<String, String>);

/// Writes a crate: every file that it consists of, on all cores.
///
/// The same API gives the same bytes, on every machine.
#[must_use]
pub fn tree(api: &Api, manifest: &Manifest) -> Tree {
    let context = Context::new(api);
    let mut files: Vec<(&str, Writer)> = vec![("src/lib.rs", lib_rs::file), ("src/types.rs", types_rs::file)];
    if !api.operations.is_empty() {
        files.extend(OPERATION_FILES);
    }
    if !api.webhooks.is_empty() {
        files.extend(WEBHOOK_FILES);
    }
    let mut tree: BTreeMap<String, String> =
        files.into_par_iter().map(|(path, write)| (path.to_owned(), write(&context))).collect();
    tree.insert("Cargo.toml".to_owned(), manifest::manifest(api, manifest));
    Tree(tree)
}

type Writer = fn(&Context<'_>) -> String;

/// The files that only an API with webhooks has.
const WEBHOOK_FILES: [(&str, Writer); 3] = [
    ("src/webhooks.rs", webhooks::file),
    ("src/webhooks/receive.rs", webhook_receivers::file),
    ("src/webhooks/send.rs", webhook_senders::file),
];

/// The files that only an API with operations has.
const OPERATION_FILES: [(&str, Writer); 5] = [
    ("src/operations.rs", operations_rs::file),
    ("src/client.rs", client::file),
    ("src/client/calls.rs", client::calls_file),
    ("src/server.rs", server::file),
    ("src/server/calls.rs", server::calls_file),
];
