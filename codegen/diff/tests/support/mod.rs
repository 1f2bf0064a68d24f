//! How the tests of this folder read documents.

use specie_codegen::source::Source;
use specie_codegen::{ApiAndCrate, Manifest, Options, Program, Strictness, api_and_crate};

/// A document as `diff` reads it; one that cannot be read fails the test, with the problems and what it is of.
pub(crate) fn understood(source: &Source, of: &str) -> ApiAndCrate {
    let options = Options {
        crate_name: "t".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Specie,
    };
    let (found, diagnostics) = api_and_crate(source, &options);
    let problems = || diagnostics.iter().map(|one| one.message.as_str()).collect::<Vec<_>>().join("; ");
    found.unwrap_or_else(|| panic!("{of}: {}", problems()))
}
