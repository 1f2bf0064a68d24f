//! `sandbox`: the program that it becomes.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Command, Stdio};

#[test]
fn whoever_ends_the_command_ends_the_sandbox() {
    let folder = tempfile::tempdir().expect("a folder");
    // It stands for cargo, says which process it is, and what it is told to run.
    let cargo = folder.path().join("cargo");
    fs::write(&cargo, "#!/bin/sh\necho $$ \"$@\"\nexit 7\n").expect("a file");
    fs::set_permissions(&cargo, fs::Permissions::from_mode(0o755)).expect("a program");
    let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
    command.args(["sandbox", "cublox", "--seed", "3"]).env("CARGO", &cargo).current_dir(folder.path());
    let command = command.stdout(Stdio::piped()).spawn().expect("the program runs");
    let process = command.id().to_string();
    let output = command.wait_with_output().expect("it ends");
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.starts_with(&format!("{process} run --package specie-sandbox -- --env-file ")), "{said}");
    assert!(said.ends_with(" cublox --seed 3\n"), "{said}");
    assert_eq!(output.status.code(), Some(7));
}
