//! The public API of each crate in plain lines: what a change of a spec is reviewed by.

use specie_codegen::{Manifest, Options, Program, Strictness, generate};

use crate::support::specs;

#[test]
fn the_public_api_is_the_one_that_was_reviewed() {
    for name in specs::names() {
        let options = Options {
            crate_name: name.clone(),
            strictness: Strictness::Strict,
            manifest: Manifest::Workspace,
            only: Vec::new(),
            program: Program::Xtask,
        };
        let generated = generate(&specs::source(&name), &options);
        let surface = generated.surface.expect("a document without an error has a surface");
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/surface", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, surface);
        });
    }
}
