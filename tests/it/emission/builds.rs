//! What is emitted for the fixtures compiles, without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use specie_codegen::Tree;

use super::split::divided;
use super::{programs, read_rejections, samples, tree_of, values};
use crate::support::checkout;

/// A workspace of crates, one for each fixture, beside the checkout's runtime. It stays where it is, so that only what changed is
/// built again.
pub(super) static WORKSPACE: LazyLock<PathBuf> = LazyLock::new(workspace);

/// Where cargo builds it.
pub(super) fn target() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("building")
}

fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted");
    let manifest = fs::read_to_string(checkout().join("Cargo.toml")).expect("the manifest");
    let members = manifest.lines().find(|line| line.starts_with("members = ")).expect("the members of the checkout");
    let codegen = format!("path = \"{}/codegen", checkout().display());
    let manifest =
        manifest.replace(members, "members = [\"generated/*\", \"read-rejections\", \"samples\", \"values\"]");
    let manifest = manifest.replace("path = \"codegen", &codegen);
    let lock = fs::read_to_string(checkout().join("Cargo.lock")).expect("the lock file");
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("Cargo.lock"), &lock);
    read_rejections::write_crate(&folder.join("read-rejections"));
    samples::write_crate(&folder.join("samples"));
    values::write_crate(&folder.join("values"));
    let generated = folder.join("generated");
    let mut names = write_fixtures(&generated);
    names.push(exchanges(&generated));
    names.extend(programs::write_crates(&generated));
    for entry in fs::read_dir(&generated).expect("the crates") {
        let entry = entry.expect("a crate");
        if !names.contains(&entry.file_name().to_string_lossy().into_owned()) {
            fs::remove_dir_all(entry.path()).expect("the crate of a fixture that is gone");
        }
    }
    folder
}

/// Fixtures whose crates are built a second time, divided into as many files as they have kinds of items and groups.
const DIVIDED: &[&str] = &["tags", "recursion", "secrets", "union-tagged", "webhooks"];

/// The fixtures, each with the name of its crate, in the order of the names.
pub(super) fn fixtures() -> Vec<(String, PathBuf)> {
    named("accepted", "fixture")
}

/// The documents of a folder of fixtures, each with the name of its crate.
fn named(folder: &str, prefix: &str) -> Vec<(String, PathBuf)> {
    let entries = fs::read_dir(checkout().join("tests/fixtures").join(folder)).expect("the fixtures");
    let paths = entries.map(|entry| entry.expect("a fixture").path());
    let named = paths.map(|path| {
        let stem = path.file_stem().expect("a name").to_string_lossy().replace(['-', '.'], "_");
        (format!("{prefix}_{stem}"), path)
    });
    let mut all: Vec<(String, PathBuf)> = named.collect();
    all.sort();
    all
}

/// Writes the crate of each fixture, also of the documents that are not quite right; returns the names.
fn write_fixtures(folder: &Path) -> Vec<String> {
    fixtures()
        .into_iter()
        .chain(named("repaired", "repaired"))
        .flat_map(|(name, path)| {
            let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
            let text = fs::read_to_string(&path).expect("a fixture");
            write_crate(&folder.join(&name), &tree_of(&name, &text));
            let again = DIVIDED.contains(&stem.as_str()).then(|| format!("{name}_divided"));
            if let Some(again) = &again {
                write_crate(&folder.join(again), &divided(again, &text, 1));
            }
            [Some(name), again].into_iter().flatten()
        })
        .collect()
}

/// Writes the crate whose tests let generated clients and servers speak with each other; returns its name.
fn exchanges(folder: &Path) -> String {
    let name = "exchanges";
    let from = checkout().join("tests/fixtures").join(name);
    for file in ["Cargo.toml", "src/lib.rs", "tests/wire.rs"] {
        write(&folder.join(name).join(file), &fs::read_to_string(from.join(file)).expect("a file of the crate"));
    }
    name.to_owned()
}

/// Writes the files of a crate, and removes those that it no longer has.
pub(super) fn write_crate(folder: &Path, tree: &Tree) {
    for (file, text) in &tree.0 {
        write(&folder.join(file), text);
    }
    let mut waiting = vec![folder.join("src")];
    while let Some(inside) = waiting.pop() {
        for entry in fs::read_dir(&inside).expect("a folder") {
            let path = entry.expect("a file").path();
            let name = path.strip_prefix(folder).expect("a file of the crate").to_string_lossy().replace('\\', "/");
            if path.is_dir() {
                waiting.push(path);
            } else if !tree.0.contains_key(&name) {
                fs::remove_file(path).expect("a file that is no longer written");
            }
        }
    }
}

/// Writes a file unless it is as it should be: cargo builds again what is newer.
pub(super) fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, text).expect("a file");
}

/// Runs a command of cargo in the workspace; gives whether it went well, and all that it said.
fn cargo(arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(&*WORKSPACE)
        .env("CARGO_TARGET_DIR", target())
        .output()
        .expect("cargo runs");
    let said = [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    (output.status.success(), said)
}

/// One test, because both commands write the same workspace.
#[test]
fn what_is_emitted_for_every_fixture_compiles_without_a_warning_and_speaks_with_itself() {
    let (is_good, said) = cargo(&["check", "--workspace", "--all-features"]);
    assert!(is_good && !said.contains("warning"), "{said}");
    let (is_good, said) = cargo(&["test", "--package", "exchanges"]);
    assert!(is_good, "{said}");
}
