//! The command line of Specie in this checkout, and the only code that writes `generated/`.

use std::process::ExitCode;

use specie::Program;

fn main() -> ExitCode {
    specie::run(Program::Xtask)
}
