//! The command line of Specie, and the only code that writes `generated/`.
//!
//! The generator itself does no I/O: the commands here read documents, hand them over as text, and put the tree of files that comes back
//! on the disk (`regenerate`, `generate`) or print what was found (`lint`, `surface`, `explain`, `corpus`).

mod args;
mod failure;
mod terminal;

// Commands.
mod corpus;
mod explain;
mod generate;
mod lint;
mod regenerate;
mod sandbox;
mod surface;

// What they share: where things are, what is read, what is said about it.
mod project;
mod read;
mod report;

// From a tree of files to a folder on the disk.
mod folder;
mod listing;
mod write;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Arguments, Command};

/// A document becomes many small values, whose allocation takes a quarter of the time with the allocator of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Regenerate(arguments) => regenerate::run(&arguments),
        Command::Generate(arguments) => generate::run(&arguments),
        Command::Lint(arguments) => lint::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Surface(arguments) => surface::run(&arguments),
        Command::Corpus(arguments) => corpus::run(&arguments),
        Command::Sandbox(arguments) => sandbox::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
