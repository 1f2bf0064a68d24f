//! A repository of someone else's, with no path into this checkout but the program: from nothing to crates that are built, called and
//! held against their documents.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Accounts behind a bearer token, under a base path.
const BANK: &str = "\
openapi: 3.0.3
info: {title: Bank, version: \"1\"}
servers: [{url: https://bank.example/api/v1}]
security: [{token: []}]
paths:
  /accounts/{id}:
    get:
      operationId: getAccount
      tags: [accounts]
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        \"200\":
          description: The account.
          content: {application/json: {schema: {$ref: '#/components/schemas/Account'}}}
        \"404\": {description: There is none.}
  /statements:
    get:
      operationId: listStatements
      tags: [statements]
      responses: {\"204\": {description: Nothing yet.}}
components:
  securitySchemes: {token: {type: http, scheme: bearer}}
  schemas:
    Account:
      type: object
      required: [id, balance]
      properties:
        id: {type: string}
        balance: {type: number, format: decimal}
        pin: {type: string}
";

/// A document of another version, whose overlay says what it does not.
const SHOP: &str = r##"{
  "openapi": "3.1.0",
  "info": {"title": "Shop", "version": "2"},
  "paths": {
    "/orders": {
      "post": {
        "operationId": "placeOrder",
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}}},
        "responses": {"201": {"description": "Placed."}}
      }
    }
  },
  "components": {"schemas": {"Order": {"type": "object", "required": ["sku"], "properties": {"sku": {"type": "string"}, "note": {"type": ["string", "null"]}}}}}
}
"##;

const PROGRAM: &str = "\
use bank::fake::Bank;
use bank::types::{Account, AccountRequired};
use bank::{Client, GetAccount};
use specie_runtime::dec;

#[tokio::test]
async fn an_account_is_read() {
    let fake = Bank::new().get_account(|request| async move {
        Ok(Account::new(AccountRequired { id: request.id, balance: dec!(10.00) }))
    });
    let client = Client::builder().transport(fake.in_process()).token(\"secret\").build().expect(\"a client\");
    let account = client.get_account(\"a1\").await.expect(\"an account\");
    assert_eq!(account.balance, dec!(10.00));
    assert_eq!(fake.calls().get_account(), [GetAccount::new(\"a1\")]);
}
";

/// A repository of its own, gone when dropped.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Self {
        let repository = Self { folder: tempfile::tempdir().expect("a folder") };
        repository.write(
            "Cargo.toml",
            "[package]\nname = \"mine\"\nedition = \"2021\"\n\n[workspace]\nmembers = [\"crates/*\"]\n",
        );
        repository.write("src/lib.rs", "//! Mine.\n");
        repository.write("vendor/bank.yaml", BANK);
        repository.write("vendor/shop.json", SHOP);
        repository
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("a file")
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has `{from}`");
        self.write(path, &text.replace(from, to));
    }

    /// Runs the program in a folder of the repository; returns what it printed.
    #[track_caller]
    fn specie_in(&self, folder: &str, arguments: &[&str], code: i32) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
        let output = command.args(arguments).current_dir(self.path().join(folder)).output().expect("the program runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(code), "specie {arguments:?}\n{said}");
        said
    }

    #[track_caller]
    fn specie(&self, arguments: &[&str], code: i32) -> String {
        self.specie_in(".", arguments, code)
    }

    /// Runs cargo with the versions that this checkout was tested with, which are the ones at hand.
    fn cargo(&self, arguments: &[&str]) -> Output {
        let lock = checkout().join("Cargo.lock");
        fs::copy(lock, self.path().join("Cargo.lock")).expect("a lock file");
        Command::new(env!("CARGO"))
            .args(arguments)
            .current_dir(self.path())
            .env("CARGO_TARGET_DIR", Path::new(env!("CARGO_TARGET_TMPDIR")).join("building"))
            .output()
            .expect("cargo runs")
    }
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the checkout").to_owned()
}

/// A repository whose two documents have crates and snapshots.
fn begun() -> Repository {
    let repository = Repository::new();
    let begun = repository.specie(&["init", "--document", "vendor/bank.yaml", "--name", "bank"], 0);
    assert!(begun.contains("wrote specie.toml, specs/bank.overlay.yaml, tests/specie.rs, specie-ci.sh"), "{begun}");
    let script = repository.read("specie-ci.sh");
    assert!(script.contains("specie regenerate --check\n"), "{script}");
    // What the target has got since the branch began is no change of the branch.
    assert!(script.contains("specie diff --base \"$(git merge-base HEAD \"$TARGET\")\" bank"), "{script}");
    let configuration = repository.read("specie.toml");
    let shop = "\n[[api]]\nname = \"shop\"\ndocument = \"vendor/shop.json\"\nout = \"crates/shop\"\n\
        overlays = [\"specs/shop.overlay.yaml\"]\npackage = { version = \"2.1.0\", license = \"LicenseRef-Mine\" }\n";
    repository.write("specie.toml", &(configuration + shop));
    let overlay = "overlay: 1.0.0\ninfo: {title: Shop, version: '1'}\nactions:\n  - target: $.paths['/orders'].post\n    \
        update: {x-specie-idempotency: {header: Idempotency-Key}}\n";
    repository.write("specs/shop.overlay.yaml", overlay);
    repository.specie(&["regenerate"], 0);
    repository.specie(&["surface", "--write"], 0);
    repository
}

#[test]
fn the_first_crates_are_written_checked_and_formatted() {
    let repository = begun();
    repository.specie(&["regenerate", "--check"], 0);
    repository.specie_in("src", &["regenerate", "--check"], 0);
    repository.specie(&["surface", "--check"], 0);
    let manifest = repository.read("crates/shop/Cargo.toml");
    assert!(
        manifest.contains("version = \"2.1.0\"\n") && manifest.contains("license = \"LicenseRef-Mine\"\n"),
        "{manifest}"
    );
    assert!(manifest.starts_with("# @generated by specie from vendor/shop.json.\n"), "{manifest}");
    assert!(repository.read("specs/shop.surface.txt").contains("Idempotency-Key"));
    assert!(!repository.read("crates/bank/Cargo.toml").contains("license"), "the licence is its owner's to choose");

    let formatted =
        repository.cargo(&["fmt", "--check", "--package", "mine", "--package", "bank", "--package", "shop"]);
    assert!(formatted.status.success(), "{}", said(&formatted));
}

#[test]
fn as_many_warnings_are_counted_as_lint_prints() {
    let repository = begun();
    let counted = repository.specie(&["regenerate", "bank"], 0);
    let printed = repository.specie(&["lint", "bank"], 0);
    let printed = printed.lines().filter(|line| line.starts_with("warning[")).count();
    let noun = if printed == 1 { "warning" } else { "warnings" };
    assert!(printed > 0 && counted.contains(&format!("; {printed} {noun} (`specie lint bank`")), "{counted}");
}

#[test]
fn a_changed_document_is_drift_and_another_surface() {
    let repository = begun();
    repository.replace("vendor/bank.yaml", "required: [id, balance]", "required: [id, balance, pin]");
    let drift = repository.specie(&["regenerate", "--check"], 1);
    assert!(drift.contains("crates/bank/src/types.rs  stale"), "{drift}");
    assert!(drift.contains("`crates/bank` is out of date") && drift.contains("run `specie regenerate`"), "{drift}");
    let surface = repository.specie(&["surface", "--check"], 1);
    assert!(surface.contains("+  pin: Secret<String>,") && surface.contains("specs/bank.surface.txt"), "{surface}");
    repository.specie(&["regenerate", "bank"], 0);
    repository.specie(&["surface", "--write", "bank"], 0);
    repository.specie(&["regenerate", "--check"], 0);
    repository.specie(&["surface", "--check"], 0);
}

#[cfg(unix)]
#[test]
fn the_script_for_ci_fails_with_what_it_runs() {
    let repository = begun();
    let run = || {
        let program = Path::new(env!("CARGO_BIN_EXE_specie")).parent().expect("a folder");
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = std::env::join_paths([program.to_owned()].into_iter().chain(std::env::split_paths(&path)));
        let mut command = Command::new("sh");
        command
            .arg("specie-ci.sh")
            .current_dir(repository.path())
            .env("PATH", path.expect("folders"))
            .env_remove("TARGET");
        command.output().expect("a shell runs")
    };
    let passed = run();
    assert!(passed.status.success(), "{}", said(&passed));
    repository.replace("vendor/bank.yaml", "required: [id, balance]", "required: [id, balance, pin]");
    let failed = run();
    assert_eq!(failed.status.code(), Some(1), "{}", said(&failed));
    assert!(said(&failed).contains("`crates/bank` is out of date"), "{}", said(&failed));
}

#[test]
fn a_message_that_nobody_reads_changes_no_exit_code() {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
    let status = command.args(["explain", "no-such-code"]).stderr(writer).status().expect("the program runs");
    assert_eq!(status.code(), Some(2));
}

#[test]
fn a_document_that_is_new_or_moved_has_a_diff() {
    let repository = begun();
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command.current_dir(repository.path()).args(["-c", "user.name=t", "-c", "user.email=t@example.com"]);
        let ran = command.args(arguments).output().expect("git runs");
        assert!(ran.status.success(), "{}", said(&ran));
    };
    git(&["init", "-q"]);
    git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
    let added = repository.specie(&["diff", "--base", "HEAD", "bank"], 0);
    assert!(added.contains("`vendor/bank.yaml` is new"), "{added}");
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "begun"]);
    git(&["mv", "vendor/bank.yaml", "vendor/moved.yaml"]);
    repository.replace("specie.toml", "vendor/bank.yaml", "vendor/moved.yaml");
    repository.replace("vendor/moved.yaml", "required: [id, balance]", "required: [id]");
    let moved = repository.specie(&["diff", "--base", "HEAD", "bank"], 1);
    assert!(moved.contains("property-became-optional"), "{moved}");
    let unknown = repository.specie(&["diff", "--base", "nowhere", "bank"], 3);
    assert!(unknown.contains("nowhere"), "{unknown}");
}

#[test]
fn a_surface_replaces_no_other_text() {
    let repository = begun();
    let configuration = repository.read("specie.toml");
    repository.write("kept.txt", "mine\n");
    repository
        .write("specie.toml", &configuration.replace("name = \"bank\"", "name = \"bank\"\nsurface = \"kept.txt\""));
    let refused = repository.specie(&["surface", "--write", "bank"], 1);
    assert!(refused.contains("kept.txt") && refused.contains("is not replaced"), "{refused}");
    assert_eq!(repository.read("kept.txt"), "mine\n");
    let both = configuration
        .replace("name = \"bank\"", "name = \"bank\"\nsurface = \"one.txt\"")
        .replace("name = \"shop\"", "name = \"shop\"\nsurface = \"one.txt\"");
    repository.write("specie.toml", &both);
    let refused = repository.specie(&["surface", "--write"], 1);
    assert!(refused.contains("`bank` and `shop` have one `surface`"), "{refused}");
}

#[test]
fn a_document_that_is_wrong_changes_nothing() {
    let repository = begun();
    let before = repository.read("crates/bank/src/types.rs");
    repository.replace("vendor/bank.yaml", "'#/components/schemas/Account'", "'#/components/schemas/Acount'");
    let refused = repository.specie(&["regenerate"], 1);
    assert!(refused.contains("vendor/bank.yaml:14:") && refused.contains("nothing was written"), "{refused}");
    assert!(refused.contains("specie explain"), "the command that its reader can type: {refused}");
    assert_eq!(repository.read("crates/bank/src/types.rs"), before);
}

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

/// What stands between the fences of a language, in their order.
fn blocks<'a>(page: &'a str, language: &str) -> Vec<&'a str> {
    let opened = page.split("```").skip(1).step_by(2);
    opened.filter_map(|block| block.strip_prefix(language)?.strip_prefix('\n')).collect()
}

#[test]
fn the_guide_shows_what_becomes_of_its_document() {
    let page = fs::read_to_string(checkout().join("codegen/book/src/vendor.md")).expect("the chapter");
    let repository = Repository::new();
    let [document, overlay] = blocks(&page, "yaml")[..] else { panic!("a document and an overlay") };
    repository.write("shop.yaml", document);
    repository.write("shop.overlay.yaml", overlay);
    let [shown] = blocks(&page, "text")[..] else { panic!("what the program says") };
    let commands: Vec<&str> = shown.split("$ specie ").skip(1).collect();
    assert_eq!(commands.len(), 2, "{shown}");
    for (command, code) in commands.into_iter().zip([1, 0]) {
        let (arguments, expected) = command.split_once('\n').expect("a command and what it says");
        let arguments: Vec<&str> = arguments.split(' ').collect();
        assert_eq!(repository.specie(&arguments, code).trim_end(), expected.trim_end());
    }
}

/// The chapter goes on where the README ends: its document is the one that stands there.
#[test]
fn the_chapter_about_repositories_shows_what_is_printed() {
    let page = |path: &str| fs::read_to_string(checkout().join(path)).expect("a page");
    let (readme, chapter) = (page("README.md"), page("codegen/book/src/repository.md"));
    let repository = Repository::new();
    repository.write("vendor/bank.yaml", blocks(&readme, "yaml").first().expect("a document"));
    let commands =
        blocks(&chapter, "sh").into_iter().flat_map(str::lines).filter_map(|line| line.strip_prefix("specie "));
    let printed: String = commands.map(|line| repository.specie(&line.split(' ').collect::<Vec<_>>(), 0)).collect();
    let shown = blocks(&chapter, "text");
    let (begins, ends) = shown.first().and_then(|shown| shown.split_once("…\n")).expect("what is printed");
    assert!(printed.starts_with(begins), "{printed}");
    assert!(printed.contains(ends), "{printed}");
    assert!(repository.path().join("src/bank/client.rs").exists(), "the module of the last command");
}

/// Copies a folder with all that is in it.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a file");
        }
    }
}

/// What the README shows of a change of a spec, in a copy of the specs.
#[test]
fn the_five_steps_of_the_readme_show_what_is_printed() {
    let repository = Repository::new();
    let root = checkout();
    copy(&root.join("specs"), &repository.path().join("specs"));
    repository.write("Cargo.toml", &fs::read_to_string(root.join("Cargo.toml")).expect("the manifest"));
    repository.specie(&["regenerate"], 0);
    let spec = repository.read("specs/cublox.yaml");
    let (before, customer) = spec.split_once("\n    Customer:\n").expect("the schema");
    let customer = customer.replacen("required: [reference_id]", "required: [reference_id, phone]", 1);
    repository.write("specs/cublox.yaml", &format!("{before}\n    Customer:\n{customer}"));

    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    for (command, code) in [("regenerate", 0), ("surface --check", 1)] {
        let head = format!("   $ cargo xtask {command}\n");
        let (_, shown) = readme.split_once(&head).expect("the command is shown");
        let (shown, _) = shown.split_once("   ```").expect("the block ends");
        let shown: String = shown.lines().flat_map(|line| [line.strip_prefix("   ").unwrap_or(line), "\n"]).collect();
        let printed = repository.specie(&command.split(' ').collect::<Vec<_>>(), code);
        assert_eq!(printed.replace("`specie ", "`cargo xtask "), shown, "{command}");
    }
}

#[test]
fn a_test_against_the_fake_builds_and_passes() {
    let repository = begun();
    let runtime = checkout().join("codegen/runtime").display().to_string();
    let manifest = repository.read("Cargo.toml");
    let dependencies = format!(
        "\n[dev-dependencies]\nbank = {{ path = \"crates/bank\", features = [\"fake\"] }}\nspecie-runtime = {{ path = {runtime:?} }}\n\
         tokio = {{ version = \"1\", features = [\"macros\", \"rt\"] }}\n"
    );
    repository.write("Cargo.toml", &(manifest + &dependencies));
    repository.write("tests/accounts.rs", PROGRAM);
    let tested = repository.cargo(&["test", "--quiet", "--offline", "--test", "accounts"]);
    assert!(tested.status.success(), "{}", said(&tested));
}

#[test]
fn a_crate_for_another_runtime_ends_the_build_with_a_sentence() {
    let repository = begun();
    let check = ["check", "--offline", "--package", "bank", "--no-default-features"];
    let fitting = repository.cargo(&check);
    assert!(fitting.status.success(), "{}", said(&fitting));
    repository.replace(
        "crates/bank/src/lib.rs",
        "from: \"0.1.0\", before: \"0.2.0\"",
        "from: \"1000.2.0\", before: \"1001.0.0\"",
    );
    let other = repository.cargo(&check);
    let said = said(&other);
    let sentence = "this code was generated for specie-runtime 1000.2.0 or later, before 1001.0.0; depend on such a version, or generate the \
        code again with the version that is there";
    assert!(!other.status.success() && said.contains(sentence) && said.contains("src/lib.rs:"), "{said}");
    assert_eq!(said.matches("error[").count(), 1, "nothing else is wrong: {said}");
}

#[test]
fn the_program_says_its_version_and_completes() {
    let repository = Repository::new();
    assert_eq!(repository.specie(&["--version"], 0), format!("specie {}\n", env!("CARGO_PKG_VERSION")));
    assert!(repository.specie(&["completions", "bash"], 0).contains("regenerate"));
    assert!(repository.specie(&["--help"], 0).contains("init"));
}
