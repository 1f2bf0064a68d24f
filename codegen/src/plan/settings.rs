//! What a plan needs to know beside the API.

use crate::Program;
use crate::rust::{ExampleRoot, GeneratedModule, Side};
use crate::strictness::Strictness;

/// What is known beside an API.
#[derive(Clone, Copy, Debug)]
pub struct Settings<'a> {
    /// The crate's name.
    pub crate_name: &'a str,
    /// Where the code stands, if it is no crate but a module in one.
    pub module: Option<&'a GeneratedModule>,
    /// The document's path as the user knows it.
    pub spec_path: &'a str,
    /// The program that writes the crate.
    pub program: Program,
    /// How strictly the document was read.
    pub strictness: Strictness,
}

impl Settings<'_> {
    /// Where the paths of links begin.
    pub(super) fn root(&self) -> &str {
        self.module.map_or("crate", GeneratedModule::path)
    }

    /// Where the paths of examples begin.
    pub(super) fn example_root(&self) -> ExampleRoot {
        match self.module {
            Some(module) => ExampleRoot::Module(module.path().to_owned()),
            None => ExampleRoot::Crate(self.crate_name.to_owned()),
        }
    }

    /// Whether there is a client.
    pub(super) fn has_client(&self) -> bool {
        self.module.is_none_or(|module| module.has(Side::Client))
    }
}
