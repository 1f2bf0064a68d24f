//! `regenerate`: what is absent, damaged, new or left over becomes what the specs say, and nothing else is touched.

use super::scratch::{Scratch, TINY, misspelt};

#[test]
fn an_absent_folder_is_written_and_a_second_run_writes_nothing() {
    let scratch = Scratch::new(&[("one.yaml", TINY), ("two.yml", TINY)]);
    let first = scratch.run(&["regenerate"]).exits(0);
    let written = scratch.files("generated");
    let lines: Vec<&str> = first.stdout.lines().collect();
    let files = written.len() / 2;
    assert_eq!(lines, [format!("  one  {files} files changed"), format!("  two  {files} files changed")]);
    assert_eq!(first.stderr, "");

    let second = scratch.run(&["regenerate"]).exits(0);
    assert_eq!(second.stdout, "  one  unchanged\n  two  unchanged\n");
    assert_eq!(scratch.files("generated"), written, "contents and times");
    let check = scratch.run(&["regenerate", "--check"]).exits(0);
    assert_eq!((check.stdout.as_str(), check.stderr.as_str()), ("", ""));
}

#[test]
fn it_works_from_any_folder_of_the_checkout() {
    let scratch = Scratch::new(&[("one.yaml", TINY)]);
    super::scratch::run(&scratch.path().join("specs"), &["regenerate"]).exits(0);
    let from_specs = scratch.generated();
    scratch.remove("generated");
    scratch.run(&["regenerate"]).exits(0);
    assert_eq!(scratch.generated(), from_specs);
}

#[test]
fn damage_is_named_and_repaired_byte_for_byte() {
    let scratch = Scratch::regenerated(&[("one.yaml", TINY), ("two.yaml", TINY)]);
    let whole = scratch.generated();
    let manifest = scratch.read("generated/one/Cargo.toml");
    scratch.write("generated/one/Cargo.toml", &format!("{manifest}[dependencies\n"));
    scratch.write("generated/one/src/lib.rs", "");
    scratch.remove("generated/one/src/types.rs");
    scratch.write("generated/one/src/.types.rs.77.specie-tmp", "// half of a fi");
    scratch.remove("generated/two");
    let damaged = scratch.files("generated");

    let check = scratch.run(&["regenerate", "--check"]).exits(1);
    let named = check.says(&[
        "generated/one/Cargo.toml  stale\n",
        "    -[dependencies\n",
        "generated/one/src/lib.rs  stale\n",
        "generated/one/src/types.rs  missing\n",
        "generated/one/src/.types.rs.77.specie-tmp  left by an interrupted run\n",
        "generated/two/Cargo.toml  missing\n",
        "cargo xtask regenerate",
    ]);
    assert_eq!(named.stdout, "");
    assert_eq!(scratch.files("generated"), damaged, "--check writes nothing");

    let two = whole.keys().filter(|path| path.starts_with("two/")).count();
    let repair = scratch.run(&["regenerate"]).exits(0);
    assert_eq!(repair.stdout, format!("  one  4 files changed\n  two  {two} files changed\n"));
    assert_eq!(scratch.generated(), whole);
}

#[test]
fn a_changed_spec_changes_only_what_it_says() {
    let scratch = Scratch::regenerated(&[("one.yaml", TINY), ("two.yaml", TINY)]);
    let before = scratch.files("generated");
    scratch.write("specs/one.yaml", &TINY.replace("name: {type: string}", "name: {type: string, description: Whose.}"));
    scratch.run(&["regenerate", "--check"]).exits(1).says(&["generated/one/src/types.rs  stale\n"]);
    scratch.run(&["regenerate"]).exits(0);
    let after = scratch.files("generated");
    let changed: Vec<&str> =
        after.iter().filter(|(path, file)| before.get(*path) != Some(file)).map(|(path, _)| path.as_str()).collect();
    assert_eq!(changed, ["one/src/types.rs"]);
}

#[test]
fn only_the_apis_that_were_named_are_written() {
    let scratch = Scratch::new(&[("one.yaml", TINY), ("two.yaml", "not: OpenAPI\n")]);
    scratch.run(&["regenerate"]).exits(1);
    scratch.run(&["regenerate", "one"]).exits(0);
    assert!(scratch.generated().keys().all(|path| path.starts_with("one/")));
    scratch.run(&["regenerate", "one", "--check"]).exits(0);
    scratch.run(&["regenerate", "three"]).exits(2).says(&["`three`", "one, two"]);
}

#[test]
fn a_removed_spec_leaves_an_orphan_that_is_named_and_removed() {
    let scratch = Scratch::regenerated(&[("one.yaml", TINY), ("two.yaml", TINY)]);
    scratch.remove("specs/two.yaml");
    scratch
        .run(&["regenerate", "--check"])
        .exits(1)
        .says(&["generated/two/Cargo.toml  orphaned\n", "generated/two/src/lib.rs  orphaned\n"]);
    let run = scratch.run(&["regenerate"]).exits(0);
    assert_eq!(run.stdout, "  one  unchanged\n  two  removed\n");
    assert!(!scratch.path().join("generated/two").exists(), "not even the folder is left");
    scratch.run(&["regenerate", "--check"]).exits(0);
}

#[test]
fn nothing_is_written_while_a_spec_is_at_fault() {
    let scratch = Scratch::new(&[("one.yaml", TINY), ("two.yaml", &misspelt()), ("three.yaml", "a: [\n")]);
    scratch.run(&["regenerate"]).exits(1).says(&[
        "specs/two.yaml:18:",
        "specs/three.yaml:",
        "nothing was written",
        "requried",
    ]);
    assert!(scratch.generated().is_empty());
}

#[test]
fn warnings_are_heeded_in_specs() {
    let unused = format!("{TINY}    Unused: {{type: object}}\n");
    let scratch = Scratch::new(&[("one.yaml", &unused)]);
    scratch.run(&["lint", "specs/one.yaml"]).exits(1).says(&["warning["]);
    scratch.run(&["regenerate"]).exits(1).says(&["warning[", "nothing was written"]);
    assert!(scratch.generated().is_empty());
}

#[test]
fn a_document_must_have_the_name_of_a_crate() {
    let scratch = Scratch::new(&[("Two Words.yaml", TINY), ("type.json", TINY), ("x.json", TINY), ("x.yaml", TINY)]);
    scratch.run(&["regenerate"]).exits(1).says(&[
        "specs/Two Words.yaml",
        "specs/type.json",
        "specs/x.yaml and specs/x.json",
        "rename",
    ]);
}

#[test]
fn outside_a_checkout_there_is_nothing_to_regenerate() {
    let folder = tempfile::tempdir().expect("a folder");
    super::scratch::run(folder.path(), &["regenerate"]).exits(2).says(&["checkout"]);
    super::scratch::run(folder.path(), &["regenerate", "--chek"]).exits(2).says(&["--check"]);
}
