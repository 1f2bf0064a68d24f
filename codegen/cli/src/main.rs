//! The program `specie`.

use std::process::ExitCode;

/// A document becomes many small values, whose allocation takes a quarter of the time with the allocator of the system.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    specie::run(specie::Program::Specie)
}
