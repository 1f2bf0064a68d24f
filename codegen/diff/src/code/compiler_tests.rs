//! Verdicts about code held against the compiler: programs that name every item of an old crate are compiled against a new one.

mod mutations;
mod program;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use specie_codegen::source::Source;
use specie_codegen::{
    ApiAndCrate, Manifest, Options, Package, Program, Strictness, api_and_crate, api_and_document, gather, generate,
};

use super::items::items;
use crate::{Audience, Needs, report};
use mutations::{MUTATIONS, Mutation};

const SPECS: [&str; 4] = ["cublox", "gormic", "omno", "paymega"];

/// A program of a side that is compiled against a crate, and whether it has to compile.
struct Trial {
    package: String,
    compiles: bool,
    about: String,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn options(name: &str) -> Options {
    let runtime = root().join("codegen/runtime").canonicalize().expect("the runtime");
    Options {
        crate_name: name.to_owned(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Standalone {
            runtime: format!("path = {:?}", runtime.to_string_lossy()),
            package: Package::default(),
        },
        only: Vec::new(),
        program: Program::Specie,
    }
}

fn understood(name: &str, document: &Value) -> Option<ApiAndCrate> {
    let (found, _) = api_and_crate(&Source::new("t.json", document.to_string()), &options(name));
    found.filter(|one| one.krate.is_some())
}

/// Writes the crate of a document and a program of each side that names the items of `old`.
fn write(folder: &Path, (spec, name): (&str, &str), document: &Value, old: &ApiAndCrate) {
    let tree = generate(&Source::new("t.json", document.to_string()), &options(spec)).tree.expect("a crate");
    for (path, text) in tree.0 {
        let file = folder.join(name).join(&path);
        fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        // Items are named after the crate, so all crates of a spec have its name until here.
        let text = text.replacen(
            &format!("name = \"{spec}\""),
            &format!("name = \"{name}\""),
            usize::from(path == "Cargo.toml"),
        );
        fs::write(file, text).expect("a file");
    }
    let krate = old.krate.as_ref().expect("a crate");
    let known = items(&old.api, krate, None);
    for (side, text) in [("client", program::client(&known)), ("server", program::server(&known, krate))] {
        let at = folder.join(format!("{side}_{name}"));
        fs::create_dir_all(at.join("src")).expect("folders");
        let runtime = root().join("codegen/runtime").canonicalize().expect("the runtime");
        let manifest = format!(
            "[package]\nname = \"{side}_{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\napi = {{ package = \"{name}\", path = \"../{name}\" }}\nspecie-runtime = {{ path = {:?} }}\n",
            runtime.to_string_lossy()
        );
        fs::write(at.join("Cargo.toml"), manifest).expect("a file");
        fs::write(at.join("src/lib.rs"), text).expect("a file");
    }
}

/// The packages that do not compile, with what the compiler says.
fn refused(folder: &Path) -> (BTreeSet<String>, String) {
    let output = Command::new(env!("CARGO"))
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", root().join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .args(["check", "--workspace", "--lib", "--keep-going", "--quiet", "--color", "never"])
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let lines = said.lines().filter_map(|line| line.strip_prefix("error: could not compile `")?.split('`').next());
    (lines.map(str::to_owned).collect(), said.clone())
}

/// The documents of one spec: as it is, and changed in one way each.
fn trials(folder: &Path, spec: &str, mutations: &[Mutation], trials: &mut Vec<Trial>) {
    let folder_of_specs = root().join("specs");
    let path = folder_of_specs.join(format!("{spec}.yaml"));
    let mut read = |name: &str| fs::read_to_string(name).map_err(|error| error.to_string());
    let gathered = gather(&path.to_string_lossy(), &folder_of_specs.to_string_lossy(), &mut read);
    let document = api_and_document(&gathered, Strictness::Lenient, &[]).0.expect("a document").document;
    let document: Value = serde_json::from_str(&document).expect("JSON");
    let old = understood(spec, &document).expect("a crate");
    let mut add = |name: &str, changed: &Value, needs: [Needs; 2], about: &str| {
        write(folder, (spec, name), changed, &old);
        for (side, needs) in ["client", "server"].iter().zip(needs) {
            let package = format!("{side}_{name}");
            trials.push(Trial { package, compiles: needs < Needs::Major, about: format!("{spec}: {about}") });
        }
    };
    add(&format!("{spec}_same"), &document, [Needs::Nothing; 2], "unchanged");
    for (index, (about, mutate)) in mutations.iter().enumerate() {
        let mut changed = document.clone();
        if mutate(&mut changed).is_none() || changed == document {
            continue;
        }
        let name = format!("{spec}_{index}");
        let Some(new) = understood(spec, &changed) else { continue };
        let found = report(&old, &new);
        let needs =
            Audience::CODE.map(|audience| found.iter().map(|one| one.needs(audience)).max().unwrap_or_default());
        add(&name, &changed, needs, about);
    }
}

#[test]
#[ignore = "compiles a crate and two programs for each of some fifty changes"]
fn the_compiler_says_what_the_verdicts_say() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut all = Vec::new();
    for spec in SPECS {
        trials(folder.path(), spec, MUTATIONS, &mut all);
    }
    let mut manifest = "[workspace]\nresolver = \"3\"\nmembers = [\n".to_owned();
    for trial in &all {
        let _ = writeln!(manifest, "    {:?},", trial.package);
    }
    manifest.push_str("]\n");
    fs::write(folder.path().join("Cargo.toml"), manifest).expect("a file");
    fs::copy(root().join("Cargo.lock"), folder.path().join("Cargo.lock")).expect("the lock");
    let (refused, said) = refused(folder.path());
    let changes = all.len() / 2 - SPECS.len();
    assert!(changes >= 50, "{changes} changes were planted");
    let judged = all.iter().filter(|trial| trial.compiles == refused.contains(&trial.package));
    let wrong: Vec<String> = judged
        .map(|trial| {
            let verdict = if trial.compiles { "compiles" } else { "does not compile" };
            format!("{} was said to be such that it {verdict}: {}", trial.package, trial.about)
        })
        .collect();
    assert!(wrong.is_empty(), "of {changes} changes:\n{}\n{said}", wrong.join("\n"));
    // Otherwise nothing was compiled.
    assert!(!refused.is_empty(), "{said}");
}
