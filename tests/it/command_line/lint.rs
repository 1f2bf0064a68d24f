//! `lint`, `explain` and `surface`: what is printed, where, and the exit codes.

use serde_json::Value;

use super::scratch::{Scratch, TINY, misspelt, run};

#[test]
fn a_correct_document_has_no_problems() {
    let scratch = Scratch::new(&[("one.yaml", TINY)]);
    let ran = scratch.run(&["lint", "specs/one.yaml"]).exits(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("  specs/one.yaml  no problems\n", ""));
}

#[test]
fn listings_name_place_and_change() {
    let scratch = Scratch::new(&[("one.yaml", &misspelt())]);
    let ran = scratch.run(&["lint", "specs/one.yaml"]).exits(1);
    assert_eq!(ran.stdout, "");
    let ran =
        ran.says(&["error[unknown-key]", "specs/one.yaml:18:7", "did you mean `required`?", "explain unknown-key"]);
    assert!(!ran.stderr.contains('\u{1b}'), "colour is for terminals");
}

#[test]
fn an_unknown_key_is_an_error_in_specs_and_a_warning_elsewhere() {
    let scratch = Scratch::new(&[]);
    scratch.write("theirs/one.yaml", &misspelt());
    scratch.run(&["lint", "theirs/one.yaml"]).exits(0).says(&["warning[unknown-key]", "theirs/one.yaml:18:7"]);
}

#[test]
fn json_is_an_object_per_line() {
    let scratch = Scratch::new(&[("one.yaml", &misspelt()), ("two.yaml", TINY)]);
    scratch.write("specs/three.yaml", "a: [\n");
    let ran =
        scratch.run(&["lint", "specs/one.yaml", "specs/two.yaml", "specs/three.yaml", "--format", "json"]).exits(1);
    let found: Vec<Value> =
        ran.stdout.lines().map(|line| serde_json::from_str(line).expect("an object per line")).collect();
    assert!(found.len() >= 2, "{ran:#?}");
    let first = &found[0];
    assert_eq!(first["code"], "unknown-key");
    assert_eq!(first["severity"], "error");
    assert_eq!(first["file"], "specs/one.yaml");
    assert_eq!((&first["line"], &first["column"]), (&18.into(), &7.into()));
    for key in ["message", "pointer", "help"] {
        assert!(first[key].is_string(), "{key} in {first}");
    }
    assert_eq!(found[1]["file"], "specs/three.yaml");
}

#[test]
fn annotations_are_what_a_pull_request_shows() {
    let scratch = Scratch::new(&[("one.yaml", &misspelt())]);
    let ran = scratch.run(&["lint", "specs/one.yaml", "--format", "github"]).exits(1);
    assert!(ran.stdout.starts_with("::error file=specs/one.yaml,line=18,"), "{ran:#?}");
}

#[test]
fn lint_takes_codes_and_keeps_quiet_too() {
    let scratch = Scratch::new(&[("one.yaml", &misspelt())]);
    scratch.write("theirs/one.yaml", &misspelt());
    let ran = scratch.run(&["lint", "theirs/one.yaml", "--quiet"]).exits(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
    scratch.run(&["lint", "theirs/one.yaml", "--deny", "unknown-key"]).exits(1).says(&["error[unknown-key]"]);
    let ran = scratch.run(&["lint", "theirs/one.yaml", "--allow", "unknown-key"]).exits(0);
    assert_eq!(ran.stdout, "  theirs/one.yaml  no problems\n");
    // An error is not to be allowed.
    scratch.run(&["lint", "specs/one.yaml", "--allow", "unknown-key"]).exits(1).says(&["error[unknown-key]"]);
}

#[test]
fn usage_is_told_apart_from_input() {
    let scratch = Scratch::new(&[]);
    scratch.run(&["explain"]).exits(2);
    scratch.run(&["lint", "x.yaml", "--format", "xml"]).exits(2).says(&["github"]);
    scratch.run(&["lint", "specs/absent.yaml"]).exits(3).says(&["specs/absent.yaml"]);
    scratch.run(&["unknown"]).exits(2);
    scratch.run(&[]).exits(2);
    scratch.run(&["--help"]).exits(0);
}

#[test]
fn codes_are_explained() {
    let folder = tempfile::tempdir().expect("a folder");
    let ran = run(folder.path(), &["explain", "unknown-key"]).exits(0);
    assert!(ran.stdout.contains("```"), "wrong and right: {ran:#?}");
    run(folder.path(), &["explain", "unknwon-key"]).exits(2).says(&["did you mean `unknown-key`?"]);
}

#[test]
fn the_surface_is_printed() {
    let scratch = Scratch::new(&[("one.yaml", TINY), ("two.yaml", "a: [\n")]);
    let ran = scratch.run(&["surface", "specs/one.yaml"]).exits(0);
    assert!(ran.stdout.contains("Pong") && ran.stdout.contains("/ping"), "{ran:#?}");
    let ran = scratch.run(&["surface", "specs/two.yaml"]).exits(1).says(&["specs/two.yaml"]);
    assert_eq!(ran.stdout, "");
}

#[cfg(unix)]
#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    use std::process::Stdio;
    let scratch = Scratch::new(&[("one.yaml", TINY)]);
    let mut command = super::scratch::command(scratch.path(), &["surface", "specs/one.yaml"]);
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let status = command.stdout(writer).stderr(Stdio::inherit()).status().expect("the program runs");
    assert!(status.success(), "{status}");
}
