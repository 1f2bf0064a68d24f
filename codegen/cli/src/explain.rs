//! `explain CODE`.

use specie_codegen::diagnostic::explain;

use crate::args::Explain;
use crate::codes::unknown;
use crate::failure::Failure;
use crate::terminal::print;

pub(crate) fn run(arguments: &Explain) -> Result<(), Failure> {
    let code = arguments.code.as_str();
    match explain(code) {
        Some(page) => print(&format!("{}\n", page.trim_end())),
        None => Err(Failure::Usage(unknown(code))),
    }
}
