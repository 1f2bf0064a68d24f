//! The codes of diagnostics, by their names.

use similar::get_close_matches;
use specie_codegen::diagnostic::Code;

/// The code of a name, or which name may be meant.
pub(crate) fn code(name: &str) -> Result<Code, String> {
    Code::from_name(name).ok_or_else(|| unknown(name))
}

/// How like a known word a misspelt one must be to be taken for it.
const SIMILAR: f32 = 0.6;

/// Says that there is no such code, and which may be meant.
pub(crate) fn unknown(code: &str) -> String {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    match get_close_matches(code, &codes, 1, SIMILAR).first() {
        Some(known) => format!("there is no code `{code}`; did you mean `{known}`?"),
        None => format!("there is no code `{code}`; the codes are:\n  {}", codes.join("\n  ")),
    }
}
