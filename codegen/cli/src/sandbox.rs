//! `sandbox`: builds the sandbox and becomes it. It is not linked: it depends on `generated/`, without which this program builds.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::process::Command;

use specie_codegen::Program;

use crate::args::Sandbox;
use crate::failure::Failure;
use crate::runtime;
use crate::terminal::print;

pub(crate) fn run(arguments: &Sandbox, program: Program) -> Result<(), Failure> {
    let checkout = runtime::checkout()?
        .ok_or_else(|| Failure::Usage("the sandbox is part of a checkout of Specie; run this in one".into()))?;
    // Where the sandbox that runs leaves its base URLs and credentials.
    let environment = checkout.join("target").join("sandbox.env");
    if arguments.arguments.first().is_some_and(|first| first == "env") {
        return match fs::read_to_string(&environment) {
            Ok(text) => print(&text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Failure::Usage(format!("no sandbox runs; start one with `{} sandbox`", program.as_str())))
            }
            Err(error) => Err(Failure::at(&environment, &error)),
        };
    }
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.current_dir(&checkout).args(["run", "--quiet", "--package", "specie-sandbox", "--"]);
    command.arg("--env-file").arg(&environment).args(&arguments.arguments);
    let status = command.status().map_err(|error| Failure::Io(format!("cargo: {error}")))?;
    match status.code() {
        Some(0) => Ok(()),
        Some(2) => Err(Failure::Usage("the sandbox did not take its arguments".into())),
        _ => Err(Failure::Io(format!("the sandbox ended with {status}"))),
    }
}
