//! What the configuration says, and what is wrong with it.

use std::process::Command;

use crate::support::{Repository, begun, said};

#[test]
fn a_selection_and_levels_of_the_configuration_hold() {
    let repository = begun();
    repository.replace("specie.toml", "name = \"bank\"", "name = \"bank\"\nonly = [\"tag:statements\"]");
    repository.specie(&["regenerate"], 0);
    assert!(!repository.read("crates/bank/src/client.rs").contains("get_account"));
    repository.replace("specie.toml", "only = [\"tag:statements\"]\n", "");
    repository.replace(
        "specie.toml",
        "deny = [\"overlay-target\"]",
        "deny = [\"overlay-target\", \"secret-not-marked\"]",
    );
    let denied = repository.specie(&["regenerate"], 1);
    assert!(denied.contains("error[secret-not-marked]"), "{denied}");
    let denied = repository.specie(&["generate", "vendor/bank.yaml", "--out", "target/bank"], 1);
    assert!(denied.contains("error[secret-not-marked]") && denied.contains("nothing was written"), "{denied}");
}

#[test]
fn what_is_wrong_with_the_configuration_is_told_at_once() {
    let repository = begun();
    let nowhere = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
    let output = command.arg("regenerate").current_dir(nowhere.path()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("`specie init` writes one"), "{}", said(&output));

    repository.replace("specie.toml", "crates/shop", "crates/bank/nested");
    repository.replace("specie.toml", "name = \"shop\"", "name = \"bank\"");
    let wrong = repository.specie(&["regenerate"], 1);
    assert!(wrong.contains("two APIs are called `bank`") && wrong.contains("into one another"), "{wrong}");
    repository.write("specie.toml", "[[api]]\nname = \"bank\"\ndocumnt = \"x\"\n");
    let wrong = repository.specie(&["lint", "bank"], 1);
    assert!(wrong.contains("specie.toml") && wrong.contains("documnt") && wrong.contains("line 3"), "{wrong}");
    repository.specie(&["init", "--document", "vendor/bank.yaml"], 1);
}

#[test]
fn init_takes_a_document_of_its_folder_alone() {
    let repository = Repository::new();
    let outside = repository.specie_in("src", &["init", "--document", "../vendor/bank.yaml"], 2);
    assert!(outside.contains("the document lies outside of this folder"), "{outside}");
    let absolute = repository.path().canonicalize().expect("a path").join("vendor/bank.yaml");
    repository.specie(&["init", "--document", absolute.to_str().expect("a path")], 0);
    assert!(repository.read("specie.toml").contains("document = \"vendor/bank.yaml\"\n"));
    repository.specie(&["regenerate"], 0);
}

#[test]
fn a_configuration_without_documents_says_what_to_add() {
    let repository = Repository::new();
    repository.write("specie.toml", "");
    for command in [&["regenerate"][..], &["regenerate", "--check"], &["surface", "--check"]] {
        let empty = repository.specie(command, 1);
        assert!(empty.contains("specie.toml: the configuration names no document"), "{empty}");
        assert!(empty.contains("help: add an `[[api]]` with `name`, `document` and `out`"), "{empty}");
    }
    repository.specie(&["lint", "vendor/bank.yaml"], 0);
}

#[test]
fn what_is_neither_an_api_nor_a_file_is_said_to_be_neither() {
    let repository = begun();
    let expected = "error: nope: there is no such file, and specie.toml has no API of this name; it has: bank, shop\n";
    let commands = [
        &["lint", "nope"][..],
        &["surface", "nope"],
        &["mock", "nope"],
        &["generate", "nope", "--out", "x"],
        &["diff", "nope", "bank"],
        &["diff", "--base", "HEAD", "nope"],
    ];
    for command in commands {
        assert_eq!(repository.specie(command, 3), expected, "{command:?}");
    }
    let unknown = repository.specie(&["surface", "--check", "nope"], 2);
    assert!(unknown.contains("so there is no snapshot of it; it has: bank, shop"), "{unknown}");
}

#[test]
fn what_the_configuration_names_and_is_not_there_is_said_with_its_key() {
    let repository = begun();
    let configuration = repository.read("specie.toml");
    for (from, to, key) in [
        ("document = \"vendor/bank.yaml\"", "document = \"gone\"", "`document` of `bank`"),
        ("overlays = [\"specs/bank.overlay.yaml\"]", "overlays = [\"gone\"]", "`overlays` of `bank`"),
        ("name = \"bank\"", "name = \"bank\"\nbase = \"gone\"", "`base` of `bank`"),
    ] {
        repository.write("specie.toml", &configuration.replace(from, to));
        for command in [&["regenerate"][..], &["lint", "bank"], &["surface", "--check"]] {
            let gone = repository.specie(command, 3);
            assert!(gone.starts_with("error: gone: "), "{gone}");
            assert!(gone.ends_with(&format!("help: {key} in specie.toml names it\n")), "{gone}");
        }
    }
    repository.write("specie.toml", "[[folder]]\ndocuments = \"gone\"\nout = \"x\"\n");
    let gone = repository.specie(&["regenerate"], 3);
    assert!(gone.ends_with("help: `documents` of a `[[folder]]` in specie.toml names it\n"), "{gone}");
}

#[test]
fn a_requirement_of_the_runtime_that_cargo_refuses_is_refused() {
    let repository = begun();
    let configuration = repository.read("specie.toml");
    repository.write("specie.toml", &format!("runtime = \"abc\"\n{configuration}"));
    let refused = repository.specie(&["regenerate"], 1);
    assert!(refused.contains("specie.toml: `runtime`: `abc` is no requirement of a version"), "{refused}");
}

#[test]
fn a_version_set_by_hand_is_kept_by_generate() {
    let repository = Repository::new();
    let generate = ["generate", "vendor/bank.yaml", "--out", "crates/bank"];
    repository.specie(&generate, 0);
    repository.replace("crates/bank/Cargo.toml", "version = \"0.1.0\"", "version = \"2.0.0\"");
    repository.specie(&[&generate[..], &["--check"]].concat(), 0);
    repository.specie(&[&generate[..], &["--license", "MIT"]].concat(), 0);
    let manifest = repository.read("crates/bank/Cargo.toml");
    assert!(manifest.contains("version = \"2.0.0\"") && manifest.contains("license = \"MIT\""), "{manifest}");
    let stale = repository.specie(&[&generate[..], &["--package-version", "2.0.1", "--check"]].concat(), 1);
    assert!(stale.contains("+version = \"2.0.1\""), "{stale}");
}

#[test]
fn a_version_that_cargo_refuses_is_refused() {
    let repository = begun();
    repository.replace("specie.toml", "version = \"2.1.0\"", "version = \"2.1\"");
    let refused = repository.specie(&["regenerate"], 1);
    assert!(refused.contains("`version` (such as `0.1.0`)") && refused.contains("at line "), "{refused}");
    let refused =
        repository.specie(&["generate", "vendor/bank.yaml", "--out", "crates/one", "--package-version", "abc"], 2);
    assert!(refused.contains("`abc` is no version of a package"), "{refused}");
    assert!(!repository.path().join("crates/one").exists());
}

#[test]
fn generate_takes_from_the_configuration_what_the_arguments_do_not_say() {
    let repository = begun();
    // What `regenerate` wrote is what it writes, from any folder.
    repository.specie(&["generate", "vendor/shop.json", "--out", "crates/shop", "--check"], 0);
    repository.specie_in("vendor", &["generate", "shop.json", "--out", "../crates/shop", "--check"], 0);
    repository.specie(&["generate", "shop", "--out", "target/shop"], 0);
    let manifest = repository.read("target/shop/Cargo.toml");
    assert!(
        manifest.contains("version = \"2.1.0\"\n") && manifest.contains("license = \"LicenseRef-Mine\"\n"),
        "{manifest}"
    );
    assert!(repository.read("target/shop/src/operations.rs").contains("Idempotency-Key"));

    // The arguments win.
    let other = ["--name", "other", "--package-version", "3.0.0", "--runtime", "version = \"9\""];
    repository.specie(&[&["generate", "shop", "--out", "target/other"], &other[..]].concat(), 0);
    let manifest = repository.read("target/other/Cargo.toml");
    for stated in ["name = \"other\"", "version = \"3.0.0\"", "specie-runtime = { version = \"9\" }"] {
        assert!(manifest.contains(&format!("{stated}\n")), "{manifest}");
    }

    repository.replace(
        "specie.toml",
        "document = \"vendor/bank.yaml\"",
        "document = \"vendor/bank.yaml\"\nonly = [\"getAccount\"]\nmodule = \"crate::bank\"\nsides = [\"server\"]",
    );
    let generate = ["generate", "bank", "--out", "src/bank"];
    repository.specie(&generate, 0);
    assert!(repository.read("src/bank/server.rs").contains("use crate::bank::operations::{DESCRIPTION, GetAccount};"));
    assert!(!repository.path().join("src/bank/client.rs").exists());
    let all = [&generate[..], &["--only", "listStatements", "--module", "crate::bank", "--side", "client"]].concat();
    repository.specie(&all, 0);
    assert!(
        repository.read("src/bank/client.rs").contains("use crate::bank::operations::{DESCRIPTION, ListStatements};")
    );
    assert!(!repository.path().join("src/bank/server.rs").exists());
}
