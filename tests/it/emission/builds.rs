//! What is emitted for the fixtures compiles, without a warning.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::tree_of;
use crate::support::checkout;

/// A workspace of crates, one for each fixture, beside the checkout's runtime. It stays where it is, so that only what changed is
/// built again.
fn workspace() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("accepted");
    let manifest = fs::read_to_string(checkout().join("Cargo.toml")).expect("the manifest");
    let members = "members = [\"codegen\", \"codegen/runtime\", \"generated/*\", \"tests\"]";
    assert!(manifest.contains(members), "the manifest of the checkout lists its members");
    let codegen = format!("path = \"{}/codegen", checkout().display());
    let manifest = manifest.replace(members, "members = [\"generated/*\"]").replace("path = \"codegen", &codegen);
    let lock = fs::read_to_string(checkout().join("Cargo.lock")).expect("the lock file");
    write(&folder.join("Cargo.toml"), &manifest);
    write(&folder.join("Cargo.lock"), &lock);
    let generated = folder.join("generated");
    let names = fixtures(&generated);
    for entry in fs::read_dir(&generated).expect("the crates") {
        let entry = entry.expect("a crate");
        if !names.contains(&entry.file_name().to_string_lossy().into_owned()) {
            fs::remove_dir_all(entry.path()).expect("the crate of a fixture that is gone");
        }
    }
    folder
}

/// Writes the crate of each fixture; returns the names.
fn fixtures(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(checkout().join("tests/fixtures/accepted")).expect("the fixtures");
    let paths = entries.map(|entry| entry.expect("a fixture").path());
    paths
        .map(|path| {
            let stem = path.file_stem().expect("a name").to_string_lossy().replace('-', "_");
            let name = format!("fixture_{stem}");
            let tree = tree_of(&name, &fs::read_to_string(&path).expect("a fixture"));
            for (file, text) in &tree.0 {
                write(&folder.join(&name).join(file), text);
            }
            name
        })
        .collect()
}

/// Writes a file unless it is as it should be: cargo builds again what is newer.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).is_ok_and(|old| old == text) {
        return;
    }
    fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
    fs::write(path, text).expect("a file");
}

#[test]
fn what_is_emitted_for_every_fixture_compiles_without_a_warning() {
    let output = Command::new(env!("CARGO"))
        .args(["check", "--workspace", "--quiet", "--offline"])
        .current_dir(workspace())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("building"))
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !said.contains("warning"), "{said}");
}
