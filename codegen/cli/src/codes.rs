//! The codes of diagnostics, by their names.

use specie_codegen::diagnostic::Code;

use crate::suggestion::closest;

/// The code of a name, or which name may be meant.
pub(crate) fn code(name: &str) -> Result<Code, String> {
    Code::from_name(name).ok_or_else(|| unknown(name))
}

/// Says that there is no such code, and which may be meant.
pub(crate) fn unknown(code: &str) -> String {
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    match closest(code, &codes) {
        Some(known) => format!("there is no code `{code}`; did you mean `{known}`?"),
        None => format!("there is no code `{code}`; the codes are:\n  {}", codes.join("\n  ")),
    }
}
