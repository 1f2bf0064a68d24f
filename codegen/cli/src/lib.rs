//! The command line of Specie: reads OpenAPI documents, hands them to the generator as text, and puts the crates that come back on the
//! disk.
//!
//! A repository has the commands by installing the program `specie`, or by an `xtask` of its own that is one line:
//!
//! ```no_run
//! fn main() -> std::process::ExitCode {
//!     specie::run(specie::Program::Xtask)
//! }
//! ```
//!
//! What is generated from which document stands in `specie.toml`, or in `[workspace.metadata.specie]` of the root `Cargo.toml`; [`configuration`]
//! lists the keys.

#![forbid(unsafe_code)]
#![deny(unreachable_pub)]

mod args;
mod codes;
mod crate_version;
mod denials;
mod failure;
mod printed_problems;
mod standard_error;
mod suggestion;
mod terminal;

// What commands share: what the repository says, where the runtime is, what is read, what is said about it.
pub mod configuration;
mod git;
mod named_document;
mod named_paths;
mod paths;
mod project;
mod read;
mod report;
mod runtime_requirement;
mod runtime_source;

// Commands.
mod completions;
mod corpus;
mod diff;
mod explain;
mod generate;
mod init;
mod lint;
mod mock;
mod regenerate;
mod sandbox;
mod suppressions;
mod surface;

use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use specie_codegen::Program;

use crate::args::{Arguments, Command};

/// Does what the arguments of this process ask for, and returns the exit code: 0 done, 1 the input is at fault or out of date, 2 usage,
/// 3 reading or writing failed.
#[must_use]
pub fn run(program: Program) -> ExitCode {
    let matches = Arguments::command().bin_name(program.as_str()).get_matches();
    let arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let done = match arguments.command {
        Command::Init(arguments) => init::run(&arguments, program),
        Command::Regenerate(arguments) => regenerate::run(&arguments, program),
        Command::Generate(arguments) => report::ended(generate::run(&arguments, program), &arguments.reporting),
        Command::Lint(arguments) => report::ended(lint::run(&arguments, program), &arguments.reporting),
        Command::Explain(arguments) => explain::run(&arguments, program),
        Command::Surface(arguments) => surface::run(&arguments, program),
        Command::Diff(arguments) => diff::run(&arguments, program),
        Command::Mock(arguments) => report::ended(mock::run(&arguments, program), &arguments.reporting),
        Command::Sandbox(arguments) => sandbox::run(&arguments, program),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Completions(arguments) => completions::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
