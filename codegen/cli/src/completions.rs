//! `specie completions SHELL`.

use clap::CommandFactory as _;

use crate::args::{Arguments, Completions};
use crate::failure::Failure;
use crate::terminal::print;

/// The program that shells complete; an alias of cargo's is nothing that they know.
const COMPLETED: &str = "specie";

pub(crate) fn run(arguments: &Completions) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), COMPLETED, &mut script);
    print(&String::from_utf8_lossy(&script))
}
