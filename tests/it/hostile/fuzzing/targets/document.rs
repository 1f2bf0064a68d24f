//! Documents to crates: whatever a document describes, what is written is Rust, is inside its folder, and is the same every time.

use specie_codegen::diagnostic_formats::{Format, render};
use specie_codegen::{Generated, Manifest, Options, Package, Program, Strictness, generate};

use super::super::dice::Dice;
use super::super::tame::tame;
use super::super::{Target, lines, mutation, seeds};
use super::text::source;
use super::{gist, reached};

pub static TARGET: Target = Target { name: "document", seeds: seeds::trees, mutate, run };

fn mutate(dice: &mut Dice, input: &[u8], other: &[u8]) -> Vec<u8> {
    if dice.once_in(3) {
        return super::invented::document(dice);
    }
    if dice.once_in(10) {
        return lines::lines(dice, input, other);
    }
    mutation::document(dice, input, other)
}

fn run(input: &[u8]) -> Result<u64, String> {
    let source = source(input);
    let manifest = Manifest::Standalone { runtime: "version = \"0.1\"".to_owned(), package: Package::default() };
    let options = Options {
        crate_name: "fuzzed".to_owned(),
        strictness: Strictness::Lenient,
        manifest,
        only: Vec::new(),
        program: Program::Xtask,
    };
    let (one, other) = (generate(&source, &options), generate(&source, &options));
    let listing = |generated: &Generated| render(&generated.diagnostics, &source, Format::Json);
    if one.tree != other.tree || one.surface != other.surface || listing(&one) != listing(&other) {
        return Err("two runs differ".to_owned());
    }
    if one.tree.is_some() == one.diagnostics.has_errors() {
        return Err("there is a tree and an error, or neither".to_owned());
    }
    let mut size = 0;
    for (path, text) in one.tree.iter().flat_map(|tree| &tree.0) {
        check_file(path, text)?;
        size += text.matches("pub ").count();
    }
    tame(one.surface.as_deref().unwrap_or_default())?;
    let mut kinds: Vec<(&str, String)> =
        one.diagnostics.iter().map(|found| (found.code.as_str(), gist(&found.message))).collect();
    kinds.sort_unstable();
    kinds.dedup();
    kinds.truncate(3);
    Ok(reached((kinds, size / 8)))
}

fn check_file(path: &str, text: &str) -> Result<(), String> {
    if path.split('/').any(|part| matches!(part, "" | "." | "..")) || path.contains(['\\', ':']) {
        return Err(format!("`{path}` leaves its folder"));
    }
    tame(text).map_err(|what| format!("{what} in {path}"))?;
    if path.ends_with(".toml") {
        return text.parse::<toml::Table>().map(drop).map_err(|error| format!("{path} is not TOML: {error}"));
    }
    let file = syn::parse_file(text).map_err(|error| format!("{path} is not Rust: {error}"))?;
    // An API of nothing has no types.
    if file.items.is_empty() && path != "src/types.rs" { Err(format!("{path} is empty")) } else { Ok(()) }
}
