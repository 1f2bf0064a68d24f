//! A repository with two documents, and the program run in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// Accounts behind a bearer token, under a base path.
pub(crate) const BANK: &str = "\
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
pub(crate) const SHOP: &str = r##"{
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

/// A repository of its own, gone when dropped.
pub(crate) struct Repository {
    folder: TempDir,
}

impl Repository {
    pub(crate) fn new() -> Self {
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

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("folders");
        fs::write(path, text).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("a file")
    }

    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has `{from}`");
        self.write(path, &text.replace(from, to));
    }

    /// Runs the program in a folder of the repository; returns what it printed.
    #[track_caller]
    pub(crate) fn specie_in(&self, folder: &str, arguments: &[&str], code: i32) -> String {
        let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
        let output = command.args(arguments).current_dir(self.path().join(folder)).output().expect("the program runs");
        let said = said(&output);
        assert_eq!(output.status.code(), Some(code), "specie {arguments:?}\n{said}");
        said
    }

    #[track_caller]
    pub(crate) fn specie(&self, arguments: &[&str], code: i32) -> String {
        self.specie_in(".", arguments, code)
    }

    #[track_caller]
    pub(crate) fn git(&self, arguments: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(self.path()).args(["-c", "user.name=t", "-c", "user.email=t@example.com"]).args(arguments);
        let ran = git.output().expect("git runs");
        assert!(ran.status.success(), "{}", said(&ran));
    }

    /// Commits all that is there.
    #[track_caller]
    pub(crate) fn commit(&self) {
        self.git(&["init", "-q"]);
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "-m", "begun"]);
    }

    /// Runs cargo with the versions that this checkout was tested with, which are the ones at hand.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Output {
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

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

pub(crate) fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the checkout").to_owned()
}

/// A repository whose two documents have crates and snapshots.
pub(crate) fn begun() -> Repository {
    let repository = Repository::new();
    let begun = repository.specie(&["init", "vendor/bank.yaml", "--name", "bank"], 0);
    assert!(begun.contains("wrote specie.toml, specie-ci.sh, specs/bank.overlay.yaml, tests/specie.rs"), "{begun}");
    let script = repository.read("specie-ci.sh");
    assert!(script.contains("specie regenerate --check\n"), "{script}");
    // What the target has got since the branch began is no change of the branch.
    assert!(script.contains("specie diff --base \"$(git merge-base HEAD \"$TARGET\")\" --format"), "{script}");
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
