//! `explain CODE`.

use similar::get_close_matches;
use specie_codegen::diagnostic::{Code, explain};

use crate::args::Explain;
use crate::failure::Failure;
use crate::terminal::print;

pub(crate) fn run(arguments: &Explain) -> Result<(), Failure> {
    let code = arguments.code.as_str();
    match explain(code) {
        Some(page) => print(&format!("{}\n", page.trim_end())),
        None => Err(Failure::Usage(unknown(code))),
    }
}

/// The code of a name, or which name may be meant.
pub(crate) fn code(name: &str) -> Result<Code, String> {
    Code::from_name(name).ok_or_else(|| unknown(name))
}

/// How like a known word a misspelt one must be to be taken for it.
const SIMILAR: f32 = 0.6;

fn unknown(code: &str) -> String {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    match get_close_matches(code, &codes, 1, SIMILAR).first() {
        Some(known) => format!("there is no code `{code}`; did you mean `{known}`?"),
        None => format!("there is no code `{code}`; the codes are:\n  {}", codes.join("\n  ")),
    }
}
