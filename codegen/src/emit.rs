//! A planned crate as a tree of files.
//!
//! One room here per kind of output. Emitters turn values of [`crate::rust`] into token streams, decide nothing and cannot
//! fail: whatever could be wrong with a document was said before. Texts of the document reach the output in two ways only,
//! as string literals and through `docs`, so that none of them can become code.

mod attributes;
mod module_index;
mod reserved_names;
mod rust_types;
mod scope;
mod source_file;

mod docs;

mod callbacks;
mod client;
mod fake;
mod links;
mod operations;
mod server;
mod types;
mod value_paths;
mod webhooks;

mod crate_root;
mod manifest;

#[cfg(test)]
pub(crate) mod fixtures;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use manifest::Manifest;
pub use source_file::MARK;

use crate::rust::{Contents, Crate};
use reserved_names::Taken;

/// A crate's files: paths from its folder, with `/` between their parts, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<String, String>);

/// Writes a crate: every file that it consists of, on all cores.
///
/// The same crate gives the same bytes, on every machine.
#[must_use]
pub fn tree(krate: &Crate, manifest: &Manifest) -> Tree {
    let taken = Taken::of(krate);
    let files = krate.layout.files.par_iter();
    let mut tree: BTreeMap<String, String> =
        files.map(|file| (file.path.clone(), contents(krate, &taken, &file.contents))).collect();
    tree.insert("Cargo.toml".to_owned(), manifest::manifest(krate, manifest));
    Tree(tree)
}

fn contents(krate: &Crate, taken: &Taken<'_>, contents: &Contents) -> String {
    match contents {
        Contents::Root => crate_root::file(krate),
        Contents::Types(part) => types::file(krate, &taken.types, part),
        Contents::Operations(part) => operations::file(krate, &taken.operations, part),
        Contents::Client(part) => client::file(krate, &taken.client, part),
        Contents::Server => server::file(krate, taken),
        Contents::ServerTrait(place) => {
            krate.server_traits.get(*place).map_or_else(String::new, |of| server::trait_file(krate, taken, of))
        }
        Contents::Fake => fake::file(krate, taken),
        Contents::FakeOperations(place) => {
            krate.server_traits.get(*place).map_or_else(String::new, |of| fake::trait_file(krate, taken, of))
        }
        Contents::Rejections => server::rejections_file(krate, &taken.operations),
        Contents::Callbacks(part) => callbacks::file(krate, part),
        Contents::CallbackReceivers(part) => callbacks::receivers_file(krate, part),
        Contents::CallbackSenders(part) => callbacks::senders_file(krate, part),
        Contents::Links(part) => links::file(krate, &taken.operations, part),
        Contents::Webhooks(part) => webhooks::file(krate, part),
        Contents::Receivers(part) => webhooks::receivers_file(krate, part),
        Contents::Senders(part) => webhooks::senders_file(krate, part),
    }
}
