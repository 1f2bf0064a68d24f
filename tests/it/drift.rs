//! The committed crates are what the specs say: what `cargo xtask regenerate --check` finds, plain `cargo test` finds.

use std::collections::BTreeMap;

use specie_codegen::drift::compare;
use specie_codegen::{Manifest, Options, Program, Strictness, generate};

use crate::support::specs;

#[test]
fn generated_is_what_the_specs_say() {
    let mut wanted = BTreeMap::new();
    for name in specs::names() {
        let options = Options {
            crate_name: name.clone(),
            strictness: Strictness::Strict,
            manifest: Manifest::Workspace,
            only: Vec::new(),
            program: Program::Xtask,
        };
        let generated = generate(&specs::source(&name), &options);
        assert!(generated.diagnostics.is_empty(), "{}", specs::listing(&name, &generated.diagnostics));
        let tree = generated.tree.expect("a document without an error has a tree");
        wanted.extend(tree.0.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
    }
    let drift = compare(&wanted, &specs::committed());
    let changed: Vec<String> = drift.iter().map(|(path, state)| format!("{path}: {}", state.as_str())).collect();
    assert!(changed.is_empty(), "run `cargo xtask regenerate`; these differ:\n{}", changed.join("\n"));
}
