//! A planned crate as a tree of files.
//!
//! One room here per kind of output. Emitters turn values of [`crate::rust`] into token streams, decide nothing and cannot
//! fail: whatever could be wrong with a document was said before. Texts of the document reach the output in two ways only,
//! as string literals and through `docs`, so that none of them can become code.

mod files;
mod rust_types;
mod scope;

mod docs;

mod client;
mod operations;
mod server;
mod types;
mod webhooks;

mod crate_root;
mod manifest;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use files::MARK;
pub use manifest::Manifest;

use crate::rust::{Contents, Crate};

/// A crate's files: paths from its folder, with `/` between their parts, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<String, String>);

/// Writes a crate: every file that it consists of, on all cores.
///
/// The same crate gives the same bytes, on every machine.
#[must_use]
pub fn tree(krate: &Crate, manifest: &Manifest) -> Tree {
    let files = krate.layout.files.par_iter();
    let mut tree: BTreeMap<String, String> =
        files.map(|file| (file.path.to_owned(), contents(krate, &file.contents))).collect();
    tree.insert("Cargo.toml".to_owned(), manifest::manifest(krate, manifest));
    Tree(tree)
}

fn contents(krate: &Crate, contents: &Contents) -> String {
    match contents {
        Contents::Root => crate_root::file(krate),
        Contents::Types(ids) => types::file(krate, ids),
        Contents::Operations(places) => operations::file(krate, places),
        Contents::Client(places) => client::file(krate, places),
        Contents::ClientCalls(places) => client::calls_file(krate, places),
        Contents::Server(places) => server::file(krate, places),
        Contents::ServerCalls(places) => server::calls_file(krate, places),
        Contents::Webhooks(places) => webhooks::file(krate, places),
        Contents::Receivers(places) => webhooks::receivers_file(krate, places),
        Contents::Senders(places) => webhooks::senders_file(krate, places),
    }
}
