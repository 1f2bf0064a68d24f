//! `Cargo.toml`: a fixed text with its fields filled in.

use std::fmt::Write as _;

use super::docs;
use super::source_file::header;
use crate::rust::Crate;

/// Where a generated crate stands, which decides what its manifest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manifest {
    /// A member of the workspace that holds the runtime: versions and lints are the workspace's.
    Workspace,
    /// A crate of its own.
    Standalone {
        /// The requirement on the runtime as it stands between the braces: `version = "0.1"`, `path = "../runtime"`.
        runtime: String,
    },
}

/// The manifest's text.
pub(super) fn manifest(krate: &Crate, kind: &Manifest) -> String {
    let header = header(&krate.spec_path);
    let name = toml_string(&krate.name);
    let description = toml_string(&description(krate));
    let fake = if krate.operations.is_empty() { "" } else { FAKE_FEATURE };
    let (package, dependencies, lints) = match kind {
        Manifest::Workspace => (WORKSPACE_PACKAGE, workspace_dependency(krate).to_owned(), WORKSPACE_LINTS),
        Manifest::Standalone { runtime } => (STANDALONE_PACKAGE, standalone_dependency(krate, runtime), ""),
    };
    format!(
        "# {header}\n\n\
         [package]\nname = {name}\ndescription = {description}\n{package}\n\
         [features]\ndefault = [\"client\", \"server\"]\n\
         # A client of the API.\nclient = [\"specie-runtime/client\"]\n\
         # The API's server trait, as a tower service.\nserver = [\"specie-runtime/server\"]\n{fake}\n\
         [dependencies]\n{dependencies}{lints}"
    )
}

const FAKE_FEATURE: &str = "# A fake of the API for tests.\nfake = [\"client\", \"server\"]\n";

const WORKSPACE_PACKAGE: &str = "version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\n\
    license.workspace = true\npublish.workspace = true\n";

const fn workspace_dependency(krate: &Crate) -> &'static str {
    if krate.has_patterns {
        "specie-runtime = { workspace = true, features = [\"pattern\"] }\n"
    } else {
        "specie-runtime.workspace = true\n"
    }
}

const WORKSPACE_LINTS: &str = "\n[lints]\nworkspace = true\n";

const STANDALONE_PACKAGE: &str = "version = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.88\"\n\
    license = \"MIT OR Apache-2.0\"\npublish = false\n";

fn standalone_dependency(krate: &Crate, runtime: &str) -> String {
    let runtime = docs::plain(runtime);
    let runtime = runtime.trim();
    let patterns = if krate.has_patterns { ", features = [\"pattern\"]" } else { "" };
    format!("specie-runtime = {{ {runtime}{patterns} }}\n")
}

/// What the crate is, on one line.
fn description(krate: &Crate) -> String {
    let title = docs::plain(&krate.title);
    let title = title.trim();
    let title = if title.is_empty() { &krate.name } else { title };
    format!("{title}: types, client and server.")
}

/// A basic string of TOML 1.0 on one line.
fn toml_string(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                // Writing to a string does not fail.
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures;

    #[test]
    fn titles_are_only_strings() {
        let krate = fixtures::titled(r#"A \"quoted\"\n[package]\\ \u202etitle"#, "paths: {}\n");
        let text = manifest(&krate, &Manifest::Workspace);
        let description = text.lines().find(|line| line.starts_with("description")).unwrap_or_default();
        assert_eq!(
            description,
            "description = \"A \\\"quoted\\\" [package]\\\\ \u{fffd}title: types, client and server.\""
        );
        assert_eq!(text.matches("[package]").count(), 2);
    }

    #[test]
    fn a_crate_of_its_own_names_everything_itself() {
        let text =
            manifest(&fixtures::krate("paths: {}\n"), &Manifest::Standalone { runtime: "version = \"0.1\"".into() });
        assert!(!text.contains("workspace"), "{text}");
        assert!(text.contains("specie-runtime = { version = \"0.1\" }\n"), "{text}");
    }
}
