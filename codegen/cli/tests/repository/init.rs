//! `init`: the first documents of a repository, and further ones.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::{BANK, Repository, said};

/// The files of a repository that `init` writes.
const WRITTEN: [&str; 5] =
    ["specie.toml", "specs/bank.overlay.yaml", "specs/shop.overlay.yaml", "tests/specie.rs", "specie-ci.sh"];

fn is_there(repository: &Repository, path: &str) -> bool {
    repository.path().join(path).exists()
}

#[test]
fn init_takes_a_document_of_its_folder_alone() {
    let repository = Repository::new();
    let outside = repository.specie_in("src", &["init", "../vendor/bank.yaml"], 2);
    assert!(outside.contains("the document lies outside of this folder"), "{outside}");
    let absolute = repository.path().canonicalize().expect("a path").join("vendor/bank.yaml");
    repository.specie(&["init", absolute.to_str().expect("a path")], 0);
    assert!(repository.read("specie.toml").contains("document = \"vendor/bank.yaml\"\n"));
    repository.specie(&["regenerate"], 0);
}

#[test]
fn a_document_that_is_wrong_is_repaired_beside_it_before_init() {
    let repository = Repository::new();
    repository.replace("vendor/bank.yaml", "#/components/schemas/Account'", "#/components/schemas/Acount'");
    let init = ["init", "vendor/bank.yaml"];
    let refused = repository.specie(&init, 1);
    assert!(
        refused.contains("help: what the vendor does not correct, an overlay beside it can: vendor/bank.overlay.yaml"),
        "{refused}"
    );
    let overlay = "overlay: 1.0.0\ninfo: {title: Bank, version: '1'}\nactions:\n  - target: $.components.schemas\n    \
        update: {Acount: {type: object}}\n";
    repository.write("vendor/bank.overlay.yaml", overlay);
    repository.specie(&init, 0);
    repository.specie(&["regenerate"], 0);
}

#[test]
fn a_further_document_is_added_behind_what_is_there() {
    let repository = Repository::new();
    repository.specie(&["init", "vendor/bank.yaml"], 0);
    let mine = repository.read("specie.toml") + "# Mine, without a line end";
    repository.write("specie.toml", &mine);
    repository.write("specie-ci.sh", "# Mine, too.\n");
    let test = repository.read("tests/specie.rs");
    // From a folder below, too.
    let said = repository.specie_in("src", &["init", "../vendor/shop.json", "--out", "../clients/shop"], 0);
    assert!(said.starts_with("  added shop to specie.toml\n  wrote specs/shop.overlay.yaml\n"), "{said}");
    assert!(said.contains("specie regenerate\n      writes the crate shop;"), "{said}");
    let configuration = repository.read("specie.toml");
    let added = configuration.strip_prefix(&mine).expect("what was there stays");
    assert_eq!(
        added,
        "\n\n[[api]]\nname = \"shop\"\ndocument = \"vendor/shop.json\"\noverlays = [\"specs/shop.overlay.yaml\"]\nout = \"clients/shop\"\n\
         deny = [\"overlay-target\"]\npackage = { version = \"0.1.0\", publish = false }\n"
    );
    assert_eq!(
        (repository.read("specie-ci.sh").as_str(), repository.read("tests/specie.rs")),
        ("# Mine, too.\n", test)
    );
    repository.specie(&["regenerate"], 0);
    repository.specie(&["surface", "--write"], 0);
    repository.specie(&["surface", "--check"], 0);
    assert!(is_there(&repository, "clients/shop/src/lib.rs") && is_there(&repository, "crates/bank/src/lib.rs"));
}

#[test]
fn several_documents_begin_at_once() {
    let repository = Repository::new();
    // The second one as the option that the first version of the command had.
    let said = repository.specie(&["init", "vendor/bank.yaml", "--document", "vendor/shop.json"], 0);
    let wrote =
        "  wrote specie.toml, specie-ci.sh, specs/bank.overlay.yaml, specs/shop.overlay.yaml, tests/specie.rs\n";
    assert!(said.starts_with(wrote) && said.contains("writes the crates bank, shop; make them members"), "{said}");
    assert!(WRITTEN.iter().all(|path| is_there(&repository, path)));
    repository.specie(&["regenerate"], 0);
    let of_one = repository.specie(&["init", "vendor/bank.yaml", "vendor/shop.json", "--name", "x"], 2);
    assert!(of_one.contains("are those of one document"), "{of_one}");
}

#[test]
fn overlays_that_are_there_take_the_place_of_an_empty_one() {
    let repository = Repository::new();
    let overlay = "overlay: 1.0.0\ninfo: {title: Shop, version: '1'}\nactions:\n  - target: $.paths['/orders'].post\n    \
        update: {x-specie-idempotency: {header: Idempotency-Key}}\n";
    repository.write("vendor/corrections.yaml", overlay);
    repository.specie(&["init", "vendor/shop.json", "--overlay", "vendor/corrections.yaml"], 0);
    assert!(repository.read("specie.toml").contains("overlays = [\"vendor/corrections.yaml\"]\n"));
    assert!(!is_there(&repository, "specs"));
    repository.specie(&["regenerate"], 0);
    assert!(repository.read("crates/shop/src/operations.rs").contains("Idempotency-Key"));
    let missing = repository.specie(&["init", "vendor/bank.yaml", "--overlay", "vendor/none.yaml"], 3);
    assert!(missing.contains("vendor/none.yaml"), "{missing}");
}

#[test]
fn what_collides_is_said_and_nothing_is_written() {
    let repository = Repository::new();
    repository.specie(&["init", "vendor/bank.yaml"], 0);
    repository.write("specs/other.overlay.yaml", "");
    let before = repository.read("specie.toml");
    let refused = |arguments: &[&str], code: i32, said: &str| {
        let refused = repository.specie(&[&["init"], arguments].concat(), code);
        assert!(refused.contains(said), "{refused}");
        assert_eq!(repository.read("specie.toml"), before);
        assert!(!is_there(&repository, "specs/shop.overlay.yaml"));
    };
    refused(
        &["vendor/bank.yaml"],
        2,
        "specie.toml has an API `bank` already, of vendor/bank.yaml\nhelp: `--name` gives",
    );
    refused(&["vendor/shop.json", "--name", "bank"], 2, "specie.toml has an API `bank` already");
    let out = "nothing was written: `crates/bank` is the folder of two APIs\nhelp: `--name` and `--out`";
    refused(&["vendor/shop.json", "--out", "crates/bank"], 1, out);
    refused(&["vendor/shop.json", "--out", "crates/bank/src"], 1, "are written into one another");
    let overlay = "nothing was written: specs/other.overlay.yaml is there, with a text of its own\nhelp: `--overlay specs/other.overlay.yaml`";
    refused(&["vendor/shop.json", "--name", "other"], 1, overlay);
    refused(&["vendor/shop.json", "vendor/shop.json"], 1, "nothing was written: two APIs are called `shop`");
    repository.specie(&["init", "vendor/shop.json", "--name", "other", "--overlay", "specs/other.overlay.yaml"], 1);
}

#[test]
fn a_configuration_in_a_manifest_gets_its_entry_there() {
    let repository = Repository::new();
    let manifest = repository.read("Cargo.toml") + "\n[workspace.metadata.specie]\nruntime = \"0.1\" # Mine.\n";
    repository.write("Cargo.toml", &manifest);
    let said = repository.specie(&["init", "vendor/bank.yaml"], 0);
    assert!(said.starts_with("  added bank to Cargo.toml\n"), "{said}");
    let after = repository.read("Cargo.toml");
    assert!(after.starts_with(&manifest) && after.contains("\n[[workspace.metadata.specie.api]]\n"), "{after}");
    assert!(!is_there(&repository, "specie.toml"));
    repository.specie(&["regenerate"], 0);

    fs::remove_file(repository.path().join("Cargo.toml")).expect("a file");
    repository.write("specie.toml", "api = [{ name = \"a\", document = \"vendor/bank.yaml\", out = \"a\" }]\n");
    let refused = repository.specie(&["init", "vendor/shop.json"], 1);
    assert!(
        refused.contains("writes its APIs as a list in brackets") && refused.contains("[[api]]\nname = \"shop\"\n"),
        "{refused}"
    );
}

#[test]
fn an_overlay_stands_where_no_folder_of_documents_takes_it() {
    let repository = Repository::new();
    repository.write("specs/up.yaml", BANK);
    repository.write("specie.toml", "[[folder]]\ndocuments = \"specs\"\nout = \"gen\"\n");
    repository.specie(&["init", "vendor/shop.json"], 0);
    assert!(is_there(&repository, "overlays/shop.overlay.yaml"));
    repository.specie(&["regenerate"], 0);
    assert!(is_there(&repository, "gen/up/src/lib.rs") && is_there(&repository, "crates/shop/src/lib.rs"));
}

#[test]
fn what_the_next_command_would_not_read_is_not_written() {
    let repository = Repository::new();
    for folder in ["specs", "overlays"] {
        repository.write(&format!("{folder}/{folder}.yaml"), BANK);
    }
    let folders = ["specs", "overlays"]
        .map(|folder| format!("[[folder]]\ndocuments = \"{folder}\"\nout = \"generated-{folder}\"\n"))
        .concat();
    repository.write("specie.toml", &folders);
    let refused = repository.specie(&["init", "vendor/shop.json"], 1);
    assert!(refused.contains("nothing was written: no document for overlays/shop.overlay.yaml"), "{refused}");
    assert!(!is_there(&repository, "overlays/shop.overlay.yaml") && !is_there(&repository, "tests"));
    assert_eq!(repository.read("specie.toml"), folders);
}

#[test]
fn standard_input_is_no_document_of_a_configuration() {
    let repository = Repository::new();
    let refused = repository.specie(&["init", "-"], 2);
    assert!(refused.contains("standard input is none\nhelp: save the document as a file"), "{refused}");
    assert!(!is_there(&repository, "specie.toml"));
}

#[test]
fn a_folder_is_no_document() {
    let repository = Repository::new();
    for folder in ["vendor", "."] {
        let refused = repository.specie(&["init", folder], 2);
        assert!(refused.starts_with(&format!("error: {folder} is a folder\nhelp: name documents in it")), "{refused}");
        assert!(!refused.contains("overlay"), "{refused}");
    }
}

#[test]
fn of_runs_at_once_each_is_written_or_refused() {
    let repository = Repository::new();
    repository.specie(&["init", "vendor/bank.yaml"], 0);
    let names: Vec<String> = (0..8).map(|number| format!("api{number}")).collect();
    let start = |name: &String| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
        command.args(["init", "vendor/shop.json", "--name", name]).current_dir(repository.path());
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("the program runs")
    };
    let running: Vec<_> = names.iter().map(start).collect();
    let ended = running.into_iter().map(|run| run.wait_with_output().expect("it ends"));
    let ended: Vec<_> = ended.collect();
    let configuration = repository.read("specie.toml");
    for (name, output) in names.iter().zip(ended) {
        let is_written = configuration.contains(&format!("name = \"{name}\"\n"));
        assert_eq!(output.status.code(), Some(i32::from(!is_written)), "{name}: {}", said(&output));
        let is_refused =
            said(&output).contains("was changed meanwhile, or is being changed\nhelp: run the command again");
        assert!(is_written || is_refused, "{name}: {}", said(&output));
    }
    assert!(configuration.contains("name = \"api"), "one of them comes first: {configuration}");
    repository.specie(&["regenerate"], 0);
}

#[test]
fn what_an_earlier_init_has_written_stays() {
    let repository = Repository::new();
    let init = ["init", "vendor/bank.yaml"];
    repository.specie(&init, 0);
    fs::remove_file(repository.path().join("specie.toml")).expect("a file");
    let said = repository.specie(&init, 0);
    assert!(said.starts_with("  wrote specie.toml\n"), "{said}");
    fs::remove_file(repository.path().join("specie.toml")).expect("a file");
    repository.write("specie-ci.sh", "# Mine.\n");
    let refused = repository.specie(&init, 1);
    assert!(
        refused.contains("nothing was written: specie-ci.sh is there, with a text of its own\nhelp: move it"),
        "{refused}"
    );
    assert!(!is_there(&repository, "specie.toml"));
}

#[cfg(unix)]
#[test]
fn a_link_to_the_configuration_stays_one() {
    use std::os::unix::fs::symlink;

    let repository = Repository::new();
    repository.write("mine/specie.toml", "# Mine.\n");
    let link = repository.path().join("specie.toml");
    symlink("mine/specie.toml", &link).expect("a link");
    repository.specie(&["init", "vendor/bank.yaml"], 0);
    assert!(link.is_symlink() && repository.read("mine/specie.toml").starts_with("# Mine.\n\n[[api]]\n"));
    repository.specie(&["regenerate"], 0);

    fs::remove_file(repository.path().join("mine/specie.toml")).expect("a file");
    for command in [&["init", "vendor/shop.json"][..], &["regenerate"]] {
        let dangling = repository.specie(command, 3);
        assert!(dangling.contains("specie.toml: this is a link to a file that is not there"), "{dangling}");
    }
    fs::remove_file(&link).expect("a link");
    fs::create_dir(&link).expect("a folder");
    let folder = repository.specie(&["init", "vendor/shop.json"], 3);
    assert!(folder.contains("specie.toml: this is a folder, not a file"), "{folder}");
}
