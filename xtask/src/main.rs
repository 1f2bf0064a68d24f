//! The command line of Specie in this checkout, and the only code that writes `generated/`.

use std::process::ExitCode;

use specie::Program;

/// A document becomes many small values, whose allocation takes a quarter of the time with the allocator of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    specie::run(Program::Xtask)
}
