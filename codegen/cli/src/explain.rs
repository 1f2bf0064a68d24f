//! `explain CODE`.

use specie_codegen::Program;
use specie_codegen::diagnostic::explain;
use specie_diff::Rule;

use crate::args::Explain;
use crate::codes::unknown;
use crate::failure::Failure;
use crate::terminal::print;

pub(crate) fn run(arguments: &Explain, program: Program) -> Result<(), Failure> {
    let code = arguments.code.as_str();
    if let Some(page) = explain(code) {
        return print(&format!("{}\n", page.trim_end()));
    }
    if Rule::of_id(code).is_some() {
        let command = program.as_str();
        return Err(Failure::Usage(format!(
            "`{code}` is no code of a problem, but a rule of `diff`\nhelp: `{command} diff --explain {code}` says what it means"
        )));
    }
    Err(Failure::Usage(unknown(code)))
}
