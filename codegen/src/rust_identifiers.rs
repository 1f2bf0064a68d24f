//! Identifiers of Rust: which are keywords, in all editions, strict and reserved (The Rust Reference, "Keywords"), and the last one of a path.

/// Keywords that are identifiers when they are written raw, such as `r#type`.
#[rustfmt::skip]
const RAW: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where",
    "while", "yield",
];

/// Keywords that start paths and can never be identifiers.
const PATH_STARTS: &[&str] = &["crate", "self", "Self", "super"];

/// Whether a name is a keyword.
pub(crate) fn is_keyword(name: &str) -> bool {
    is_written_raw(name) || PATH_STARTS.contains(&name)
}

/// Whether a name is an identifier only when it is written raw.
pub(crate) fn is_written_raw(name: &str) -> bool {
    // None is longer.
    name.len() <= 8 && RAW.contains(&name)
}

/// The last segment of a path of Rust: `Decimal` of `specie_runtime::Decimal`.
pub(crate) fn last_segment(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}
