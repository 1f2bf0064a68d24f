//! The public API of each crate in plain lines, beside its spec: what a change of a spec is reviewed by.

use std::fs;

use specie_codegen::{Manifest, Options, Program, Strictness, generate};

use crate::support::{checkout, specs};

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
        let reviewed = fs::read_to_string(checkout().join(format!("specs/{name}.surface.txt"))).unwrap_or_default();
        let differs = surface.lines().zip(reviewed.lines()).find(|(is, was)| is != was);
        assert!(
            surface == reviewed,
            "the surface is not that of specs/{name}.surface.txt, from {differs:?} on: `cargo xtask surface --check` shows how, \
             `cargo xtask surface --write` takes it"
        );
    }
}
