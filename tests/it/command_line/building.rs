//! What cargo makes of it: the command line builds whatever became of `generated/`, and new crates are members that build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::scratch::{Scratch, TINY};
use crate::support::checkout;

/// A copy of what cargo has to see of the checkout, with a new document in `specs/`.
fn copy_of_the_checkout() -> Scratch {
    let scratch = Scratch::new(&[("dropped_in.yaml", TINY)]);
    // The checkout has its configuration in `Cargo.toml`, and a folder has one.
    scratch.remove("specie.toml");
    let files = [
        "Cargo.toml",
        "Cargo.lock",
        "codegen/Cargo.toml",
        "codegen/build/Cargo.toml",
        "codegen/cli/Cargo.toml",
        "codegen/diff/Cargo.toml",
        "codegen/mock/Cargo.toml",
        "xtask/Cargo.toml",
        "xtask/Cargo.lock",
    ];
    for file in files {
        scratch.write(file, &fs::read_to_string(checkout().join(file)).expect("a file"));
    }
    copy(&checkout().join("codegen/runtime"), &scratch.path().join("codegen/runtime"));
    scratch.write("codegen/src/lib.rs", "//! Nothing.\n");
    for package in ["codegen/build", "codegen/cli", "codegen/diff", "codegen/mock", "codegen/postgres", "tests/sandbox"]
    {
        scratch.write(&format!("{package}/src/lib.rs"), "//! Nothing.\n");
    }
    scratch.write("xtask/src/main.rs", "fn main() {}\n");
    scratch.write("tests/Cargo.toml", "[package]\nname = \"specie-tests\"\nedition.workspace = true\n");
    scratch.write("codegen/postgres/Cargo.toml", "[package]\nname = \"specie-postgres\"\nedition.workspace = true\n");
    scratch.write("tests/sandbox/Cargo.toml", "[package]\nname = \"specie-sandbox\"\nedition.workspace = true\n");
    scratch.write("tests/src/lib.rs", "//! Nothing.\n");
    scratch
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("folders");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

fn cargo(scratch: &Scratch, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO"))
        .args(arguments)
        .arg("--offline")
        .current_dir(scratch.path())
        .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("building"))
        .output()
        .expect("cargo runs")
}

#[track_caller]
fn assert_succeeds(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// Makes cargo load the command line and all that it depends on, as every build begins.
fn load_the_command_line(scratch: &Scratch) -> Output {
    cargo(scratch, &["tree", "--quiet", "--manifest-path", "xtask/Cargo.toml"])
}

#[test]
fn the_command_line_builds_while_generated_is_absent_or_damaged() {
    let scratch = copy_of_the_checkout();
    assert_succeeds(&load_the_command_line(&scratch));
    let manifest = "generated/dropped_in/Cargo.toml";
    for damage in ["", "[package\n", "[package]\nname.workspace = true\n"] {
        scratch.write(manifest, damage);
        assert_succeeds(&load_the_command_line(&scratch));
        let root = cargo(&scratch, &["tree", "--quiet"]);
        assert!(!root.status.success(), "the damage is such that cargo refuses the root workspace");
    }
    scratch.write(manifest, "");
    scratch.run(&["regenerate"]).exits(0);
    assert_succeeds(&cargo(&scratch, &["tree", "--quiet"]));
}

#[test]
fn a_dropped_in_document_becomes_a_member_that_builds() {
    let scratch = copy_of_the_checkout();
    scratch.run(&["regenerate"]).exits(0);
    let metadata = cargo(&scratch, &["metadata", "--quiet", "--format-version", "1", "--no-deps"]);
    assert_succeeds(&metadata);
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).expect("JSON");
    let members = metadata["workspace_members"].as_array().expect("members");
    assert!(members.iter().any(|member| member.as_str().is_some_and(|id| id.contains("dropped_in"))), "{members:#?}");
    assert_succeeds(&cargo(&scratch, &["check", "--quiet", "--package", "dropped_in"]));
}

#[test]
fn a_crate_of_its_own_builds_outside_the_checkout() {
    let scratch = Scratch::new(&[]);
    scratch.write("apis/theirs.yaml", TINY);
    scratch.remove("codegen");
    scratch.run(&["generate", "apis/theirs.yaml", "--out", "theirs"]).exits(0);
    // The versions that this checkout was tested with are the ones that are at hand.
    fs::copy(checkout().join("Cargo.lock"), scratch.path().join("theirs/Cargo.lock")).expect("a lock file");
    assert_succeeds(&cargo(&scratch, &["check", "--quiet", "--manifest-path", "theirs/Cargo.toml"]));
}

/// The first command of the README, run in a copy of the checkout without `generated/`, as a newcomer runs it.
#[test]
fn the_first_command_of_the_readme_writes_what_the_checkout_has() {
    let block = readme_block("# Specie\n", "sh");
    let line = block.lines().next().expect("a command");
    let words: Vec<&str> = line.split('#').next().unwrap_or_default().split_whitespace().collect();
    let ["cargo", arguments @ ..] = words.as_slice() else { panic!("{line}") };
    let scratch = Scratch::new(&[]);
    scratch.remove("specie.toml");
    for folder in [".cargo", "codegen", "xtask/src", "specs"] {
        copy(&checkout().join(folder), &scratch.path().join(folder));
    }
    for file in ["Cargo.toml", "Cargo.lock", "xtask/Cargo.toml", "xtask/Cargo.lock"] {
        scratch.write(file, &fs::read_to_string(checkout().join(file)).expect("a file"));
    }
    let ran = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(scratch.path())
        .env("CARGO_NET_OFFLINE", "true")
        // It builds all that it needs, where a newcomer's checkout builds it.
        .env_remove("CARGO_TARGET_DIR")
        .output()
        .expect("cargo runs");
    assert_succeeds(&ran);
    // It compiles for a while, and says so.
    assert!(String::from_utf8_lossy(&ran.stderr).contains("Compiling xtask"), "{ran:?}");
    assert_eq!(files(&scratch.path().join("generated")), files(&checkout().join("generated")));
}

/// The texts of the files in a folder, by their paths.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                waiting.push(entry);
            } else {
                let text = fs::read_to_string(&entry).expect("a text");
                found.insert(entry.strip_prefix(folder).expect("it is in there").to_owned(), text);
            }
        }
    }
    found
}

/// What stands between two lines of the README that fence it, the first time after `before`.
fn readme_block(before: &str, fence: &str) -> String {
    let readme = fs::read_to_string(checkout().join("README.md")).expect("a file");
    let (_, after) = readme.split_once(before).expect("the README has the section");
    let (_, block) = after.split_once(&format!("\n```{fence}\n")).expect("the section has the block");
    block.split_once("\n```").expect("a fence ends").0.to_owned() + "\n"
}
