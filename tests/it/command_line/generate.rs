//! `generate`: a complete crate for any document, in a folder of the user's.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::scratch::{Ran, Scratch, TINY, misspelt, run, run_with_input};
use crate::support::checkout;

/// A folder with a document `tiny.yaml`, outside of any checkout.
fn folder(text: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("tiny.yaml"), text).expect("a file");
    folder
}

fn manifest(folder: &Path) -> toml::Table {
    fs::read_to_string(folder.join("Cargo.toml")).expect("a manifest").parse().expect("TOML")
}

fn generate(folder: &Path, arguments: &[&str]) -> Ran {
    run(folder, &[&["generate", "tiny.yaml"], arguments].concat())
}

#[test]
fn a_crate_of_its_own_is_written() {
    let folder = folder(TINY);
    let ran = generate(folder.path(), &["--out", "out/tiny"]).exits(0);
    assert!(ran.stdout.starts_with("  out/tiny  "), "{ran:#?}");
    let out = folder.path().join("out/tiny");
    let manifest = manifest(&out);
    assert_eq!(manifest["package"]["name"].as_str(), Some("tiny"));
    assert!(!manifest.contains_key("workspace"));
    assert!(out.join("src/lib.rs").is_file());
    // By default the runtime is that of the checkout, by a path that is not absolute.
    let runtime = manifest["dependencies"]["specie-runtime"]["path"].as_str().expect("a path");
    assert!(!Path::new(runtime).is_absolute(), "{runtime}");
    let resolved = out.canonicalize().expect("a path").join(runtime).canonicalize().expect("the runtime");
    assert_eq!(resolved, checkout().join("codegen/runtime").canonicalize().expect("the runtime"));

    let again = generate(folder.path(), &["--out", "out/tiny"]).exits(0);
    assert_eq!(again.stdout, "  out/tiny  unchanged\n");
}

#[test]
fn nothing_in_it_depends_on_where_it_was_generated() {
    let (one, two) = (folder(TINY), folder(TINY));
    let arguments = ["--out", "out", "--runtime", "version = \"0.1\""];
    generate(one.path(), &arguments).exits(0);
    let document = two.path().join("tiny.yaml");
    let out = two.path().join("out");
    let out = out.to_str().expect("a path");
    let absolute = ["generate", document.to_str().expect("a path"), "--out", out, "--runtime", "version = \"0.1\""];
    run(Path::new("/"), &absolute).exits(0);
    for file in ["Cargo.toml", "src/lib.rs", "src/types.rs", "src/client.rs"] {
        let text = fs::read_to_string(two.path().join("out").join(file)).expect("a file");
        assert_eq!(fs::read_to_string(one.path().join("out").join(file)).expect("a file"), text);
        assert!(!text.contains(two.path().to_str().expect("a path")), "{text}");
    }
}

#[test]
fn name_and_runtime_are_what_the_user_says() {
    let folder = folder(TINY);
    let arguments =
        ["--out", "out", "--name", "my_payments", "--runtime", "git = \"https://git.example/specie\", rev = \"1\""];
    generate(folder.path(), &arguments).exits(0);
    let manifest = manifest(&folder.path().join("out"));
    assert_eq!(manifest["package"]["name"].as_str(), Some("my_payments"));
    assert_eq!(manifest["dependencies"]["specie-runtime"]["git"].as_str(), Some("https://git.example/specie"));
}

#[test]
fn names_and_requirements_that_cannot_be_are_refused() {
    let folder = folder(TINY);
    for name in ["", "../x", "My Crate", "std", "2x"] {
        generate(folder.path(), &["--out", "out", "--name", name]).exits(2).says(&["--name"]);
    }
    for requirement in ["0.1", "version = \"1\" }\n[patch.crates-io]", "features = [\"x\"]"] {
        generate(folder.path(), &["--out", "out", "--runtime", requirement]).exits(2).says(&["--runtime"]);
    }
    generate(folder.path(), &[]).exits(2).says(&["--out"]);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn unknown_keys_are_warnings_and_warnings_stop_nothing() {
    let folder = folder(&misspelt());
    generate(folder.path(), &["--out", "out"]).exits(0).says(&["warning[", "tiny.yaml:18:"]);
    assert!(folder.path().join("out/Cargo.toml").is_file());
}

#[test]
fn a_document_at_fault_writes_nothing() {
    let folder = folder(&TINY.replace("schemas/Pong'", "schemas/Pang'"));
    generate(folder.path(), &["--out", "out"]).exits(1).says(&["error[", "tiny.yaml:12:", "nothing was written"]);
    assert!(!folder.path().join("out").exists());
}

#[test]
fn folders_that_the_workspace_would_claim_are_refused() {
    let scratch = Scratch::new(&[("one.yaml", TINY)]);
    for out in ["generated/other", "crates/one", "specs/../one", "target", "."] {
        scratch.run(&["generate", "specs/one.yaml", "--out", out]).exits(2).says(&["checkout", "target"]);
    }
    let configuration = fs::read_to_string(scratch.path().join("specie.toml")).expect("a file");
    scratch.run(&["init", "specs/one.yaml", "--name", "other"]).exits(2).says(&["crates/other lies in the checkout"]);
    assert_eq!(fs::read_to_string(scratch.path().join("specie.toml")).expect("a file"), configuration);
    // The one that the configuration has it written to is a member.
    scratch.run(&["generate", "specs/one.yaml", "--out", "generated/one"]).exits(0);
    scratch.run(&["regenerate", "--check"]).exits(0);
    scratch.run(&["generate", "specs/one.yaml", "--out", "target/one"]).exits(0);
    assert!(scratch.path().join("target/one/Cargo.toml").is_file());
}

#[test]
fn what_the_user_wrote_beside_it_stays() {
    let folder = folder(TINY);
    generate(folder.path(), &["--out", "."]).exits(0);
    let header = "// @generated by cargo xtask regenerate from tiny.yaml.\n";
    fs::write(folder.path().join("src/mine.rs"), "// Mine.\n").expect("a file");
    fs::write(folder.path().join("src/before.rs"), header).expect("a file");
    fs::create_dir_all(folder.path().join("other/src")).expect("a folder");
    fs::write(folder.path().join("other/src/lib.rs"), header).expect("a file");
    generate(folder.path(), &["--out", "."]).exits(0);
    assert!(folder.path().join("src/mine.rs").exists());
    assert!(folder.path().join("other/src/lib.rs").exists(), "another crate's files are not this one's");
    assert!(!folder.path().join("src/before.rs").exists(), "an earlier run's file is gone");
}

#[test]
fn what_the_user_wrote_in_its_place_is_not_replaced() {
    let folder = folder(TINY);
    fs::create_dir(folder.path().join("out")).expect("a folder");
    fs::write(folder.path().join("out/Cargo.toml"), "[package]\n").expect("a file");
    generate(folder.path(), &["--out", "out"]).exits(1).says(&["out/Cargo.toml", "nothing was written"]);
    assert_eq!(fs::read_to_string(folder.path().join("out/Cargo.toml")).expect("a file"), "[package]\n");
    assert!(!folder.path().join("out/src").exists());
}

#[test]
fn failing_to_read_or_write_is_neither_the_inputs_fault_nor_usage() {
    let folder = folder(TINY);
    run(folder.path(), &["generate", "absent.yaml", "--out", "out"]).exits(3).says(&["absent.yaml"]);
    generate(folder.path(), &["--out", "tiny.yaml/out"]).exits(3).says(&["tiny.yaml"]);
}

#[test]
fn references_stay_within_the_base_folder() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir_all(folder.path().join("apis")).expect("a folder");
    let text = TINY.replace("#/components/schemas/Pong", "../shared.yaml#/Pong");
    fs::write(folder.path().join("apis/tiny.yaml"), text).expect("a file");
    fs::write(folder.path().join("shared.yaml"), "Pong: {type: string}\n").expect("a file");
    let arguments = ["generate", "apis/tiny.yaml", "--out", "out"];
    run(folder.path(), &arguments).exits(1).says(&["apis/tiny.yaml:12:"]);
    run(folder.path(), &[&arguments[..], &["--base", "."]].concat()).exits(0);
    run(folder.path(), &[&arguments[..], &["--base", "out"]].concat()).exits(2).says(&["base folder"]);
}

/// Another path beside that of [`TINY`], with a construct that is refused.
fn with_a_refused_operation() -> String {
    let refused = "  /broken:
    get:
      operationId: broken
      responses:
        \"200\":
          description: Never.
          content: {application/json: {schema: {$ref: '#/components/schemas/Nowhere'}}}
components:
";
    TINY.replace("components:\n", refused)
}

#[test]
fn a_selection_leaves_out_what_cannot_be_generated() {
    let folder = folder(&with_a_refused_operation());
    let ran = generate(folder.path(), &["--out", "out"]).exits(1);
    ran.says(&["error[dangling-reference]", "leave the operation out: `--only`", "(1 error", "--overlay"]);
    generate(folder.path(), &["--out", "out", "--only", "GET /pi*"]).exits(0);
    let client = fs::read_to_string(folder.path().join("out/src/client.rs")).expect("a file");
    assert!(client.contains("fn ping") && !client.contains("broken"), "{client}");
    let ran = generate(folder.path(), &["--out", "other", "--only", "pnig", "--only", "tag:x"]).exits(1);
    ran.says(&["error[unmatched-selector]", "did you mean `ping`?", "`tag:x`"]);
    generate(folder.path(), &["--out", "other", "--only", ""]).exits(2).says(&["--only"]);
    assert!(!folder.path().join("other").exists());
}

#[test]
fn overlays_repair_a_document_in_their_order() {
    let folder = folder(&with_a_refused_operation());
    let overlay = |name: &str, action: &str| {
        let text = format!("overlay: 1.1.0\ninfo: {{title: T, version: '1'}}\nactions:\n  - {action}\n");
        fs::write(folder.path().join(name), text).expect("a file");
    };
    overlay("remove.yaml", "{target: \"$.paths['/broken']\", remove: true}");
    overlay("name.yaml", "{target: $.paths.*.get, update: {x-specie-name: knock}}");
    let arguments = ["--out", "out", "--overlay", "remove.yaml", "--overlay", "name.yaml", "--deny", "overlay-target"];
    generate(folder.path(), &arguments).exits(0);
    let client = fs::read_to_string(folder.path().join("out/src/client.rs")).expect("a file");
    assert!(client.contains("fn knock"), "{client}");
    // The one beside the document is applied first, so that nothing is left for the other.
    overlay("tiny.overlay.yaml", "{target: \"$.paths['/broken']\", remove: true}");
    generate(folder.path(), &arguments).exits(1).says(&["error[overlay-target]", "remove.yaml:4:"]);
    overlay("name.yaml", "{target: $.paths.*.get, update: {responses: 5}}");
    generate(folder.path(), &["--out", "out", "--overlay", "name.yaml"])
        .exits(1)
        .says(&["error[overlay-mismatch]", "name.yaml:4:"]);
    generate(folder.path(), &["--out", "out", "--overlay", "absent.yaml"]).exits(3).says(&["absent.yaml"]);
}

#[test]
fn warnings_are_grouped_and_counted() {
    let keys = "        a: {type: string, pattern: '(?=a)'}\n".to_owned()
        + "        b: {type: string, pattern: '(?=b)'}\n"
        + "        c: {type: string, pattern: '(?=c)'}\n"
        + "        d: {type: string, pattern: '(?=d)'}\n"
        + "        e: {type: string, pattern: '(?=e)'}\n";
    let folder = folder(&format!("{TINY}{keys}"));
    let ran = generate(folder.path(), &["--out", "out"]).exits(0);
    let ran = ran.says(&["warning[unchecked-keyword]: ", "tiny.yaml:21:", "… and 2 more", "explain unchecked-keyword"]);
    assert!(!ran.stderr.contains("tiny.yaml:24:"), "{ran:#?}");
    assert!(ran.stdout.ends_with("5 warnings\n"), "{ran:#?}");
}

#[test]
fn a_caller_chooses_what_is_said_and_what_is_refused() {
    let folder = folder(&misspelt());
    let ran = generate(folder.path(), &["--out", "out", "--allow", "unknown-key"]).exits(0);
    assert!(ran.stderr.is_empty(), "{ran:#?}");
    let ran = generate(folder.path(), &["--out", "out", "--quiet"]).exits(0);
    assert!(ran.stderr.is_empty() && ran.stdout.is_empty(), "{ran:#?}");
    let denied = ["--out", "denied", "--deny", "unknown-key", "--allow", "unknown-key", "--quiet"];
    generate(folder.path(), &denied).exits(1).says(&["error[unknown-key]", "nothing was written"]);
    assert!(!folder.path().join("denied").exists());
    let ran = generate(folder.path(), &["--out", "out", "--format", "json"]).exits(0);
    let found: serde_json::Value = serde_json::from_str(&ran.stdout).expect("one object and nothing else");
    assert_eq!((found["code"].as_str(), ran.stderr.as_str()), (Some("unknown-key"), ""));
    generate(folder.path(), &["--out", "out", "--allow", "unknwon-key"]).exits(2).says(&["did you mean `unknown-key`"]);
}

#[test]
fn style_is_for_lint() {
    let folder = folder(&TINY.replace("name: {type: string}", "amount: {type: number}"));
    let ran = generate(folder.path(), &["--out", "out"]).exits(0);
    assert!(!ran.stderr.contains("number-without-format"), "{ran:#?}");
    assert!(ran.stdout.contains("from `cargo xtask lint`"), "{ran:#?}");
    run(folder.path(), &["lint", "tiny.yaml"]).exits(0).says(&["warning[number-without-format]"]);
    generate(folder.path(), &["--out", "denied", "--deny", "number-without-format"]).exits(1);
}

#[test]
fn standard_input_is_a_document() {
    let folder = folder("");
    let arguments = ["generate", "-", "--out", "out"];
    run_with_input(folder.path(), &arguments, TINY).exits(2).says(&["--name"]);
    run_with_input(folder.path(), &[&arguments[..], &["--name", "piped"]].concat(), TINY).exits(0);
    assert_eq!(manifest(&folder.path().join("out"))["package"]["name"].as_str(), Some("piped"));
    let ran = run_with_input(folder.path(), &["lint", "-"], "asyncapi: 3.0.0\n").exits(1);
    ran.says(&["error[not-openapi]: this is an AsyncAPI document", "stdin:1:1"]);
}
