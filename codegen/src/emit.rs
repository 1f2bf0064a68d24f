//! A planned crate as a tree of files.
//!
//! A file or folder here for each kind of output. Emitters turn values of [`crate::rust`] into token streams, decide nothing and cannot
//! fail: whatever could be wrong with a document was reported before. Texts of the document reach the output in two ways only,
//! as string literals and through `docs`, so that none of them can become code.
//!
//! Names of items and the words of documentation and manifests are values of [`crate::rust`], too. What stands here is the syntax of Rust,
//! and what macros, traits and types of the runtime fix: their names, arguments and methods, and what a macro defines beside that, such as
//! `ROUTES` and `dispatch` of `routes!`.

mod assertions;
mod attributes;
mod imports;
mod module_declarations;
mod rust_types;
mod source_file;

mod docs;

mod callbacks;
mod client;
mod constraints;
mod fake;
mod links;
mod operations;
mod server;
mod types;
mod value_expressions;
mod webhooks;

mod crate_root;
mod manifest;

#[cfg(test)]
pub(crate) mod test_fixtures;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use rayon::prelude::*;

pub use manifest::{Manifest, Package};

use crate::rust::{self, Contents, Crate, FileShare, TakenNames};
use source_file::File;

/// The files of a crate or module: paths from its folder, with `/` between their parts, and texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree(pub BTreeMap<String, String>);

/// Writes a crate: every file that it consists of, on all cores.
///
/// The same crate gives the same bytes, on every machine.
#[must_use]
pub fn tree(krate: &Crate, manifest: &Manifest) -> Tree {
    let taken = TakenNames::of(krate);
    // Files differ much in length: each may go to another core.
    let files = krate.layout.files.par_iter().with_max_len(1);
    let mut tree: BTreeMap<String, String> = files.map(|file| (file.path.clone(), text(krate, &taken, file))).collect();
    if let Some(manifest) = manifest::manifest(krate, manifest) {
        tree.insert("Cargo.toml".to_owned(), manifest);
    }
    tree.insert("rustfmt.toml".to_owned(), manifest::rustfmt(krate));
    Tree(tree)
}

/// The text of a file.
fn text(krate: &Crate, taken: &TakenNames<'_>, of: &rust::File) -> String {
    let mut file = File::new(krate, &of.docs);
    if let Contents::Types(FileShare::Page(_)) | Contents::Operations(FileShare::Page(_)) = of.contents {
        return source_file::page(file);
    }
    file.modules(module_declarations::tokens(&of.modules));
    match &of.contents {
        Contents::Root => crate_root::file(krate, &of.modules),
        Contents::Types(part) => types::file(file, krate, &taken.types, part),
        Contents::Operations(part) => operations::file(file, krate, &taken.operations, part),
        Contents::Client(part) => client::file(file, krate, &taken.client, part),
        Contents::ClientMethods { module, docs } => client::methods_file(file, krate, &taken.client, module, docs),
        Contents::Server(own) => server::file(file, krate, taken, own),
        Contents::ServerTrait(id) => {
            let of = krate.layout.server_trait(*id);
            of.map_or_else(String::new, |of| server::trait_file(file, krate, taken, of))
        }
        Contents::Fake(own) => fake::file(file, krate, taken, own),
        Contents::FakeOperations(id) => {
            let of = krate.layout.server_trait(*id);
            of.map_or_else(String::new, |of| fake::trait_file(file, krate, taken, of))
        }
        Contents::Rejections(part) => server::rejections_file(file, krate, &taken.operations, part),
        Contents::Callbacks(_, part) => callbacks::file(file, krate, &taken.callbacks, part),
        Contents::CallbackReceivers(kind, part) => {
            callbacks::receivers_file(file, krate, &taken.callbacks, (*kind, part))
        }
        Contents::CallbackSenders(kind, part) => {
            callbacks::senders_file(file, krate, &taken.callback_senders, (*kind, part))
        }
        Contents::Links(part) => links::file(file, krate, &taken.operations, part),
        Contents::Webhooks(part) => webhooks::file(file, krate, &taken.webhooks, part),
        Contents::Receivers(part) => webhooks::receivers_file(file, krate, &taken.receivers, part),
        Contents::Senders(part) => webhooks::senders_file(file, krate, &taken.receivers, part),
    }
}
