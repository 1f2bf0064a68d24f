//! The built program, and small checkouts to run it in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;
use std::time::SystemTime;

use tempfile::TempDir;

use crate::support::checkout;

/// What the manifest of this checkout says of its documents.
const CONFIGURATION: &str =
    "[[folder]]\ndocuments = \"specs\"\nout = \"generated\"\npackage = \"workspace\"\nstrict = true\n";

/// A document without a fault, for a crate of any name.
pub(crate) const TINY: &str = "\
openapi: 3.0.3
info: {title: Tiny, version: \"1\"}
paths:
  /ping:
    get:
      operationId: ping
      responses:
        \"200\":
          description: It is there.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pong'}
        \"503\": {description: It is not.}
components:
  schemas:
    Pong:
      type: object
      required: [name]
      properties:
        name: {type: string}
";

/// The same document with a key that OpenAPI does not know.
pub(crate) fn misspelt() -> String {
    TINY.replace("required: [name]", "requried: [name]")
}

/// The program, built once, and optimized: the hostile documents have ten seconds of a processor.
pub(crate) fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        let built = Command::new(env!("CARGO"))
            .args(["build", "--release", "--manifest-path", "xtask/Cargo.toml"])
            .args(["--message-format", "json-render-diagnostics"])
            .current_dir(checkout())
            .output()
            .expect("cargo runs");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        let messages = String::from_utf8(built.stdout).expect("JSON");
        let mut executables = messages.lines().filter_map(|line| {
            let message: serde_json::Value = serde_json::from_str(line).ok()?;
            message["executable"].as_str().map(PathBuf::from)
        });
        executables.next_back().expect("an executable")
    })
}

/// What a run of the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Ran {
    fn new(output: Output) -> Self {
        Self {
            code: output.status.code().expect("it was not killed"),
            stdout: String::from_utf8(output.stdout).expect("text"),
            stderr: String::from_utf8(output.stderr).expect("text"),
        }
    }

    /// Asserts the exit code, showing what was printed.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{self:#?}");
        self
    }

    /// Asserts that standard error contains each of the texts.
    #[track_caller]
    pub(crate) fn says(self, texts: &[&str]) -> Self {
        for text in texts {
            assert!(self.stderr.contains(text), "no `{text}` in {self:#?}");
        }
        self
    }
}

/// Runs the program in a folder.
pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Ran {
    Ran::new(command(folder, arguments).output().expect("the program runs"))
}

/// Runs the program in a folder with a text on its standard input.
pub(crate) fn run_with_input(folder: &Path, arguments: &[&str], input: &str) -> Ran {
    let file = folder.join(".input");
    fs::write(&file, input).expect("a file");
    let input = fs::File::open(&file).expect("a file");
    Ran::new(command(folder, arguments).stdin(input).output().expect("the program runs"))
}

/// The program, ready to run in a folder.
pub(crate) fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(program());
    command.args(arguments).current_dir(folder);
    command
}

/// A folder that looks like a checkout to the program, gone when dropped.
#[derive(Debug)]
pub(crate) struct Scratch {
    folder: TempDir,
}

impl Scratch {
    /// A checkout with these documents in `specs/`.
    pub(crate) fn new(specs: &[(&str, &str)]) -> Self {
        let scratch = Self { folder: tempfile::tempdir().expect("a folder") };
        scratch.write("codegen/runtime/Cargo.toml", "");
        scratch.write("codegen/cli/Cargo.toml", "");
        scratch.write("specie.toml", CONFIGURATION);
        scratch.write("specs/README.md", "Not a document.\n");
        for (name, text) in specs {
            scratch.write(&format!("specs/{name}"), text);
        }
        scratch
    }

    /// A checkout with these documents, regenerated.
    pub(crate) fn regenerated(specs: &[(&str, &str)]) -> Self {
        let scratch = Self::new(specs);
        scratch.run(&["regenerate"]).exits(0);
        scratch
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

    pub(crate) fn remove(&self, path: &str) {
        let path = self.path().join(path);
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        removed.expect("something to remove");
    }

    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        run(self.path(), arguments)
    }

    /// Every file below a folder of the checkout, with its text and the time of its last change.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
        let root = self.path().join(folder);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            let Ok(entries) = fs::read_dir(&folder) else {
                continue;
            };
            for entry in entries {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let name = path.strip_prefix(&root).expect("below the root");
                    let modified = fs::metadata(&path).and_then(|meta| meta.modified()).expect("a time");
                    let name = name.to_str().expect("a name").replace('\\', "/");
                    files.insert(name, (fs::read(&path).expect("a file"), modified));
                }
            }
        }
        files
    }

    /// The texts of the files below `generated/`.
    pub(crate) fn generated(&self) -> BTreeMap<String, Vec<u8>> {
        self.files("generated").into_iter().map(|(path, (bytes, _))| (path, bytes)).collect()
    }
}
