//! The names of modules and crates, which are those of files and folders as well.

use super::casing::{code_point, value_name};
use super::casing_words::snake;
use crate::rust_identifiers::is_keyword;

/// A module's name, which is its file's as well: ASCII in `snake_case`, never a keyword, a crate that generated code names, or what
/// Windows takes for a device. rustc looks for no file of a module whose name is not ASCII (E0754).
///
/// ```
/// use specie_codegen::names::module_name;
/// assert_eq!(module_name("Load Balancer Actions"), "load_balancer_actions");
/// assert_eq!(module_name(".."), "dot_dot");
/// assert_eq!(module_name("mod"), "mod_");
/// assert_eq!(module_name("支付"), "u652f_u4ed8");
/// ```
#[must_use]
pub fn module_name(text: &str) -> String {
    let is_told = text.chars().any(|c| c.is_ascii_alphanumeric());
    let is_spelled = !is_told && text.chars().any(char::is_alphanumeric);
    let ascii: String = text
        .chars()
        .map(|c| match c {
            _ if is_spelled => format!("{} ", code_point(c)),
            _ if c.is_ascii() => c.to_string(),
            _ => " ".to_owned(),
        })
        .collect();
    let mut name = value_name(&ascii);
    name.truncate(MODULE_LENGTH);
    let mut name = name.trim_end_matches('_').to_owned();
    if is_reserved(&name) {
        name.push('_');
    }
    name
}

/// The length of a module's name in bytes, so that paths stay short enough for every file system.
const MODULE_LENGTH: usize = 48;

/// Whether a name can be a crate's: what cargo and rustc both take as it is.
#[must_use]
pub fn is_crate_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    let starts_well = bytes.next().is_some_and(|byte| byte.is_ascii_lowercase());
    starts_well
        && name.len() <= 64
        && bytes.all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
        && !is_reserved(name)
}

/// Whether cargo, rustc, Windows or the project itself has another meaning for a name.
fn is_reserved(name: &str) -> bool {
    let numbered = name.strip_suffix(|c: char| matches!(c, '1'..='9'));
    is_keyword(name) || CRATES.contains(&name) || DEVICES.contains(&name) || matches!(numbered, Some("com" | "lpt"))
}

/// Crates that come with the compiler, that generated code and its tests name, and that the project consists of.
#[rustfmt::skip]
const CRATES: &[&str] = &[
    "alloc", "core", "proc_macro", "serde", "serde_json", "specie_codegen", "specie_runtime", "specie_tests", "std", "test", "tokio",
    "xtask",
];

/// Files that Windows takes for devices, whatever folder they are in; `com1` to `lpt9` as well.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// A crate name made from a file's stem: `My API v2` becomes `my_api_v2`.
#[must_use]
pub fn crate_name(stem: &str) -> String {
    let ascii: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let mut name = snake(&ascii);
    name.truncate(60);
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        name.insert_str(0, "api_");
    }
    if is_reserved(&name) {
        name.push_str("_api");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_names_are_made_and_checked() {
        assert_eq!(crate_name("My API v2"), "my_api_v2");
        assert_eq!(crate_name("2checkout"), "api_2checkout");
        assert_eq!(crate_name("core"), "core_api");
        assert!(is_crate_name("omno"));
        assert!(is_crate_name("com0") && is_crate_name("lpt10") && is_crate_name("console"));
        for reserved in
            ["std", "try", "tokio", "serde_json", "proc_macro", "specie_tests", "xtask", "con", "com1", "lpt9"]
        {
            assert!(!is_crate_name(reserved), "{reserved}");
            assert!(is_crate_name(&crate_name(reserved)), "{reserved}");
        }
        for bad in ["", "Omno", "../x", "a-b", "1a", "é", "com¹", "con.rs"] {
            assert!(!is_crate_name(bad), "{bad}");
        }
    }
}
