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
    assert!(said(&output).contains("write a configuration with `specie init DOCUMENT`"), "{}", said(&output));

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
        assert_eq!(repository.specie(command, 2), expected, "{command:?}");
    }
    let unknown = repository.specie(&["surface", "--check", "nope"], 2);
    assert!(unknown.contains("so there is no snapshot of it; it has: bank, shop"), "{unknown}");
    let unknown = repository.specie(&["regenerate", "nope"], 2);
    assert!(unknown.contains("the configuration has no API `nope`; it has: bank, shop"), "{unknown}");
}

#[test]
fn a_misspelt_name_of_an_api_proposes_the_one_that_is_like_it() {
    let repository = begun();
    for command in [
        &["mock", "bnk"][..],
        &["lint", "bnk"],
        &["generate", "bnk"],
        &["diff", "--base", "HEAD", "bnk"],
        &["surface", "--check", "bnk"],
        &["regenerate", "bnk"],
    ] {
        let said = repository.specie(command, 2);
        assert!(said.ends_with("; did you mean `bank`?\n"), "{command:?}: {said}");
    }
}

/// What is said of a path that the configuration names and that is not there, from the place to the help.
#[track_caller]
fn assert_missing(said: &str, place: &str, fault: &str, help: &str) {
    let head = format!("error[unreadable-file]: cannot read {fault}\n");
    let listing =
        said.split("\n\n").find(|listing| listing.contains(&head) && listing.contains(&format!("─ {place}\n")));
    let listing = listing.unwrap_or_else(|| panic!("{head}{place}\n{said}"));
    assert!(listing.contains(&format!("= help: {help}\n")), "{listing}");
    assert!(listing.contains("= explain: specie explain unreadable-file"), "{listing}");
}

#[test]
fn what_the_configuration_names_and_is_not_there_is_said_at_its_place() {
    let repository = begun();
    let configuration = repository.read("specie.toml");
    let relative = "paths are relative to the folder of specie.toml";
    for (from, to, column, fault) in [
        ("document = \"vendor/bank.yaml\"", "document = \"gone\"", 12, "`gone`: there is no such file"),
        ("document = \"vendor/bank.yaml\"", "document = \"crates\"", 12, "`crates`: it is no file"),
        ("overlays = [\"specs/bank.overlay.yaml\"]", "overlays = [\"gone\"]", 13, "`gone`: there is no such file"),
        ("out = \"crates/bank\"", "out = \"crates/bank\"\nbase = \"gone\"", 8, "`gone`: there is no such folder"),
    ] {
        let wrong = configuration.replacen(from, to, 1);
        let line = wrong.lines().position(|line| to.lines().last() == Some(line)).expect("the line") + 1;
        repository.write("specie.toml", &wrong);
        for command in [&["regenerate"][..], &["lint", "bank"], &["surface", "bank"], &["surface", "--check"]] {
            let said = repository.specie(command, 3);
            assert_missing(&said, &format!("specie.toml:{line}:{column}"), fault, relative);
            assert!(said.ends_with("error: specie.toml names what cannot be read (1 error)\n"), "{said}");
        }
        // It is no concern of the other API.
        repository.specie(&["regenerate", "shop", "--check"], 0);
    }
}

#[test]
fn all_that_is_not_there_is_said_at_once_and_nothing_is_written() {
    let repository = begun();
    let client = "crates/shop/src/client.rs";
    repository.replace("vendor/shop.json", "placeOrder", "buy");
    let before = repository.read(client);
    repository.replace("specie.toml", "\"vendor/bank.yaml\"", "\"vendor/bnak.yaml\"");
    repository.replace("specie.toml", "\"specs/shop.overlay.yaml\"", "\"specs/shop.overlay.yaml\", \"far/away.yaml\"");
    for command in
        [&["regenerate"][..], &["lint", "bank", "shop"], &["surface", "bank", "shop"], &["surface", "--write"]]
    {
        let said = repository.specie(command, 3);
        assert!(
            said.contains("cannot read `vendor/bnak.yaml`") && said.contains("cannot read `far/away.yaml`"),
            "{said}"
        );
        assert!(said.contains("= help: did you mean `vendor/bank.yaml`?\n"), "{said}");
        assert!(said.ends_with("(2 errors)\n"), "{said}");
    }
    assert_eq!(repository.read(client), before);
    // So are folders of documents.
    let folder = "[[folder]]\ndocuments = \"nowhere\"\nout = \"generated\"\n";
    let configuration = repository.read("specie.toml");
    repository.write("specie.toml", &format!("{configuration}\n{folder}"));
    let said = repository.specie(&["regenerate"], 3);
    let line = configuration.lines().count() + 3;
    let fault = "`nowhere`: there is no such folder";
    assert_missing(&said, &format!("specie.toml:{line}:13"), fault, "paths are relative to the folder of specie.toml");
    assert!(said.ends_with("(3 errors)\n"), "{said}");
    assert!(!repository.path().join("generated").exists());
    // A configuration in a manifest has its places there.
    std::fs::remove_file(repository.path().join("specie.toml")).expect("a file");
    repository.write(
        "Cargo.toml",
        "[workspace]\n\n[[workspace.metadata.specie.folder]]\ndocuments = \"nowhere\"\nout = \"x\"\n",
    );
    let said = repository.specie(&["regenerate"], 3);
    assert_missing(&said, "Cargo.toml:4:13", fault, "paths are relative to the folder of Cargo.toml");
}

#[test]
fn problems_of_the_configuration_have_the_format_of_all_others() {
    let repository = begun();
    repository.replace("specie.toml", "\"vendor/bank.yaml\"", "\"vendor/bnak.yaml\"");
    let last = "error: specie.toml names what cannot be read (1 error)\n";
    for command in [&["lint"][..], &["generate", "bank"], &["mock", "bank"]] {
        let json = repository.specie(&[command, &["--format", "json"]].concat(), 3);
        assert!(json.starts_with("{\"code\":\"unreadable-file\",\"severity\":\"error\",\"message\":"), "{json}");
        assert!(
            json.contains("\"file\":\"specie.toml\",\"line\":") && json.ends_with(&format!("}}\n{last}")),
            "{json}"
        );
    }
    let github = repository.specie(&["lint", "--format", "github"], 3);
    assert!(github.starts_with("::error file=specie.toml,line=") && github.ends_with(last), "{github}");
}

#[test]
fn snapshots_that_were_never_written_are_said_at_their_places() {
    let repository = begun();
    repository.replace("specie.toml", "name = \"shop\"", "name = \"shop\"\nsurface = \"public/shop.txt\"");
    std::fs::remove_file(repository.path().join("specs/bank.surface.txt")).expect("a file");
    let said = repository.specie(&["surface", "--check"], 1);
    let configuration = repository.read("specie.toml");
    let place = |line: &str, column: usize| {
        let line = configuration.lines().position(|known| known == line).expect("the line") + 1;
        format!("specie.toml:{line}:{column}")
    };
    let help = "`specie surface --write` writes it, for a reviewer to read";
    assert_missing(&said, &place("name = \"bank\"", 8), "`specs/bank.surface.txt`: there is no such file", help);
    let shop = place("surface = \"public/shop.txt\"", 11);
    assert_missing(&said, &shop, "`public/shop.txt`: there is no such file", help);
    assert!(
        said.contains("error: there is no `specs/bank.surface.txt`, `public/shop.txt`\nhelp: `specie surface --write`"),
        "{said}"
    );
    repository.specie(&["surface", "--write"], 0);
    repository.specie(&["surface", "--check"], 0);
}

#[test]
fn a_folder_of_the_runtime_that_is_not_there_is_said_at_its_place() {
    let repository = begun();
    let configuration = repository.read("specie.toml");
    let relative = "paths are relative to the folder of specie.toml";
    for (written, place) in [
        ("runtime = { path = \"gone/runtime\" }\n", "specie.toml:1:20"),
        ("[runtime]\npath = \"gone/runtime\"\n\n", "specie.toml:2:8"),
    ] {
        repository.write("specie.toml", &format!("{written}{configuration}"));
        for command in [&["regenerate"][..], &["regenerate", "--check"], &["generate", "bank", "--out", "target/bank"]]
        {
            let said = repository.specie(command, 3);
            assert_missing(&said, place, "`gone/runtime`: there is no such folder", relative);
            assert!(said.ends_with("error: specie.toml names what cannot be read (1 error)\n"), "{said}");
        }
        // What writes no crate needs no runtime.
        repository.specie(&["lint", "bank"], 0);
        repository.specie(&["surface", "--check"], 0);
        let other = ["generate", "bank", "--out", "target/bank", "--runtime", "version = \"0.1\""];
        repository.specie(&other, 0);
    }
    repository.write("vendor/gone.yaml", "");
    repository.replace("specie.toml", "\"vendor/bank.yaml\"", "\"vendor/none.yaml\"");
    let both = repository.specie(&["regenerate"], 3);
    assert!(both.ends_with("(2 errors)\n"), "{both}");
    repository.write("specie.toml", &format!("runtime = 1\n{configuration}"));
    let wrong = repository.specie(&["regenerate"], 1);
    assert!(wrong.contains("line 1") && wrong.contains("a version, or a table such as"), "{wrong}");
}

#[test]
fn a_folder_of_the_runtime_on_the_command_line_has_to_be_there() {
    let repository = Repository::new();
    repository.write("vendor/runtime/Cargo.toml", "");
    let generate = |path: &str, code: i32| {
        let runtime = format!("path = \"{path}\"");
        repository.specie(&["generate", "vendor/bank.yaml", "--out", "crates/bank", "--runtime", &runtime], code)
    };
    let refused = generate("../gone", 3);
    assert!(refused.contains("--runtime: cannot read `../gone`: there is no such folder\nhelp: "), "{refused}");
    assert!(!repository.path().join("crates").exists());
    // From the crate on, which is not there yet.
    generate("../../vendor/runtime", 0);
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
fn what_the_configuration_does_not_state_of_a_package_stays_as_it_is() {
    let repository = begun();
    repository.replace("specie.toml", "package = { version = \"0.1.0\", publish = false }\n", "");
    repository.write("documents/theirs.yaml", crate::support::BANK);
    let folder = "\n[[folder]]\ndocuments = \"documents\"\nout = \"generated\"\n";
    repository.write("specie.toml", &(repository.read("specie.toml") + folder));
    repository.specie(&["regenerate"], 0);
    for manifest in ["crates/bank/Cargo.toml", "generated/theirs/Cargo.toml"] {
        let by_hand = "version = \"2.0.0\"\nlicense = \"MIT\"\n";
        repository.replace(manifest, "version = \"0.1.0\"\n", by_hand);
        repository.replace(manifest, "publish = false\n", "");
        repository.specie(&["regenerate"], 0);
        let after = repository.read(manifest);
        let keys = ["version = \"2.0.0\"\n", "license = \"MIT\"\n"];
        assert!(keys.iter().all(|key| after.contains(key)) && !after.contains("publish"), "{after}");
    }
    // What it states is written.
    repository.replace("crates/shop/Cargo.toml", "version = \"2.1.0\"", "version = \"4.0.0\"");
    let stale = repository.specie(&["regenerate", "--check"], 1);
    assert!(stale.contains("+version = \"2.1.0\""), "{stale}");
}

#[cfg(unix)]
#[test]
fn folders_that_are_one_through_a_link_are_refused() {
    let repository = begun();
    std::os::unix::fs::symlink("crates", repository.path().join("elsewhere")).expect("a link");
    repository.replace("specie.toml", "out = \"crates/shop\"", "out = \"elsewhere/bank\"");
    let refused = repository.specie(&["regenerate"], 1);
    assert!(refused.contains("`crates/bank` and `elsewhere/bank` are one folder, of two APIs"), "{refused}");
    repository.replace("specie.toml", "elsewhere/bank", "elsewhere/bank/src");
    let refused = repository.specie(&["regenerate"], 1);
    assert!(refused.contains("are written into one another"), "{refused}");
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
