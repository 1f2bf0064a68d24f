//! What cannot be read, by the same exit code in every command.

use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

use crate::support::{Repository, begun, said};

/// Runs the program with an input; returns what it prints and its exit code.
fn with_input(repository: &Repository, arguments: &[&str], input: &[u8]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_specie"));
    command.args(arguments).current_dir(repository.path());
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = piped.spawn().expect("the program runs");
    running.stdin.take().expect("its input").write_all(input).expect("written");
    let output = running.wait_with_output().expect("it ends");
    (said(&output), output.status.code())
}

#[test]
fn a_folder_and_bytes_are_no_documents() {
    let repository = begun();
    fs::write(repository.path().join("bytes.yaml"), b"openapi: \xff").expect("a file");
    for (document, why) in [("vendor", "it is not a file"), ("bytes.yaml", "it is not UTF-8 text from byte 9 on")] {
        for command in [
            &["lint", document][..],
            &["surface", document],
            &["mock", document],
            &["generate", document, "--out", "x"],
        ] {
            let refused = repository.specie(command, 3);
            assert!(refused.ends_with(&format!("error: {document}: {why}\n")), "{command:?}: {refused}");
        }
    }
    let refused = with_input(&repository, &["lint", "-"], b"openapi: \xff");
    assert_eq!(refused, ("error: stdin: it is not UTF-8 text from byte 9 on\n".to_owned(), Some(3)));
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_as_a_file_is() {
    let repository = Repository::new();
    let program = env!("CARGO_BIN_EXE_specie");
    let script = format!("mkfifo pipe && (cat vendor/bank.yaml > pipe &) && {program} lint pipe");
    let output = Command::new("sh").arg("-c").arg(script).current_dir(repository.path()).output().expect("it runs");
    assert!(output.status.success() && said(&output).starts_with("  pipe  2 warnings\n"), "{}", said(&output));
}
