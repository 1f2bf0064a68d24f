//! The `xtask` of a repository: the commands of Specie, which look for the repository's configuration.

use std::process::ExitCode;

fn main() -> ExitCode {
    specie::run(specie::Program::Xtask)
}
