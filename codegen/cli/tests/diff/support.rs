//! A folder with two documents, and `diff` run in it.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

pub(crate) fn document(required: &str) -> String {
    format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths:\n  /coins:\n    post:\n      requestBody: {{{required} content: {{text/plain: {{schema: {{type: string}}}}}}}}\n      responses: {{'204': {{description: Kept.}}}}\n"
    )
}

/// A folder with an old document and a new one that demands more.
pub(crate) fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("old.yaml"), document("")).expect("a file");
    fs::write(folder.path().join("new.yaml"), document("required: true,")).expect("a file");
    folder
}

/// What the command prints on standard output and on standard error, with its exit code.
pub(crate) fn diff(folder: &Path, arguments: &[&str]) -> (String, String, Option<i32>) {
    let mut specie = Command::new(env!("CARGO_BIN_EXE_specie"));
    let output = specie.current_dir(folder).arg("diff").args(arguments).output().expect("the program runs");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr), output.status.code())
}

/// Commits all that is in the folder, as git holds it then at `HEAD`.
pub(crate) fn commit(folder: &Path) {
    git(folder, &[&["init", "-q"], &["add", "."], &["commit", "-q", "-m", "so"]]);
}

/// Tells git of all that is in the folder.
pub(crate) fn add(folder: &Path) {
    git(folder, &[&["add", "."]]);
}

pub(crate) fn git(folder: &Path, commands: &[&[&str]]) {
    for arguments in commands {
        let mut git = Command::new("git");
        git.current_dir(folder).args(["-c", "user.name=n", "-c", "user.email=e@example.com"]).args(*arguments);
        assert!(git.output().expect("git runs").status.success(), "{arguments:?}");
    }
}
