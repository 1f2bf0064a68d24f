//! The macro that holds the documentation of many parameters, `shared_docs!`, and references to it.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::docs;
use crate::emit::imports::{ident, written};
use crate::rust::{Crate, Field, fixed_docs};

/// The documentation of a parameter: a reference to what many have, or its own.
pub(super) fn of(field: &Field) -> TokenStream {
    match field.shared_docs() {
        Some(name) => {
            let name = ident(name);
            quote!(#[doc = shared_docs!(#name)])
        }
        None => docs::tokens(&field.docs),
    }
}

/// The macro; nothing where nothing is shared.
///
/// Formatters do not lay out the rules of a macro, so the text is laid out here.
pub(super) fn macro_text(krate: &Crate) -> String {
    if krate.shared_docs.is_empty() {
        return String::new();
    }
    let mut text = format!("/// {}\nmacro_rules! shared_docs {{\n", fixed_docs::SHARED_DOCS);
    for shared in &krate.shared_docs {
        let lines = docs::lines(&shared.docs);
        let _ = writeln!(text, "    ({}) => {{", written(&shared.name));
        for (place, line) in lines.iter().enumerate() {
            let literal = Literal::string(line).to_string();
            let inner = literal.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or_default();
            // A line that continues a literal loses the spaces before its text.
            let spaced = inner.strip_prefix(' ').map(|rest| format!("\\x20{rest}"));
            let inner = spaced.as_deref().unwrap_or(inner);
            let (open, close) =
                (if place == 0 { "\"" } else { " " }, if place + 1 == lines.len() { "\"" } else { "\\n\\" });
            let _ = writeln!(text, "        {open}{inner}{close}");
        }
        text.push_str("    };\n");
    }
    text.push_str("}\n");
    text
}
