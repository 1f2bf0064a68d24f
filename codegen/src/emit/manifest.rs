//! `Cargo.toml`.

use std::fmt::Write as _;

use super::docs;
use super::source_file::header;
use crate::rust::{Crate, EDITION, GeneratedModule, PATTERN_FEATURE, RUNTIME, RUST_VERSION};

/// Where generated code stands, which decides what its manifest says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Manifest {
    /// A member of the workspace that holds the runtime: versions and lints are the workspace's.
    Workspace,
    /// A crate of its own.
    Standalone {
        /// The requirement on the runtime as it stands between the braces: `version = "0.1"`, `path = "../runtime"`.
        runtime: String,
        /// What the manifest says of the package itself.
        package: Package,
    },
    /// No crate, but a module in one: its files have no manifest.
    Module(GeneratedModule),
}

impl Manifest {
    /// The module, if the code is one.
    pub(crate) const fn module(&self) -> Option<&GeneratedModule> {
        match self {
            Self::Module(module) => Some(module),
            Self::Workspace | Self::Standalone { .. } => None,
        }
    }
}

/// What the owner of a crate says of its package.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Package {
    /// The version of the crate, as [SemVer](https://semver.org) writes it.
    pub version: String,
    /// An SPDX expression; a manifest without one claims no licence.
    pub license: Option<String>,
    /// Whether `cargo publish` takes the crate.
    pub publish: bool,
}

impl Default for Package {
    /// Version 0.1.0, which is not published and states no licence.
    fn default() -> Self {
        Self { version: "0.1.0".to_owned(), license: None, publish: false }
    }
}

/// The manifest's text; a module has none.
pub(super) fn manifest(krate: &Crate, kind: &Manifest) -> Option<String> {
    let header = header(krate);
    let name = toml_string(&krate.name);
    let description = toml_string(docs::plain(&krate.description).trim());
    let features = features(krate);
    let (package, dependencies, lints) = match kind {
        Manifest::Workspace => (WORKSPACE_PACKAGE.to_owned(), workspace_dependency(krate), WORKSPACE_LINTS),
        Manifest::Module(_) => return None,
        Manifest::Standalone { runtime, package } => {
            (standalone_package(package), standalone_dependency(krate, runtime), "")
        }
    };
    Some(format!(
        "# {header}\n\n\
         [package]\nname = {name}\ndescription = {description}\n{package}\n\
         [features]\n{features}\n\
         [dependencies]\n{dependencies}{lints}"
    ))
}

const WORKSPACE_PACKAGE: &str = "version.workspace = true\nedition.workspace = true\nrust-version.workspace = true\n\
    license.workspace = true\npublish.workspace = true\n";

fn workspace_dependency(krate: &Crate) -> String {
    if krate.has_patterns {
        format!("{RUNTIME} = {{ workspace = true, features = [\"{PATTERN_FEATURE}\"] }}\n")
    } else {
        format!("{RUNTIME}.workspace = true\n")
    }
}

const WORKSPACE_LINTS: &str = "\n[lints]\nworkspace = true\n";

fn standalone_package(package: &Package) -> String {
    let Package { version, license, publish } = package;
    let version = toml_string(version);
    let license = license.as_ref().map(|license| format!("license = {}\n", toml_string(license))).unwrap_or_default();
    let publish = if *publish { "" } else { "publish = false\n" };
    format!("version = {version}\nedition = \"{EDITION}\"\nrust-version = \"{RUST_VERSION}\"\n{license}{publish}")
}

/// `rustfmt.toml`: the files are formatted as they are, whatever the settings of the workspace around them.
pub(super) fn rustfmt(krate: &Crate) -> String {
    format!("# {}\n\ndisable_all_formatting = true\n", header(krate))
}

fn standalone_dependency(krate: &Crate, runtime: &str) -> String {
    let runtime = docs::plain(runtime);
    let runtime = runtime.trim();
    let patterns = if krate.has_patterns { format!(", features = [\"{PATTERN_FEATURE}\"]") } else { String::new() };
    format!("{RUNTIME} = {{ {runtime}{patterns} }}\n")
}

/// The features, those that are on by default first.
fn features(krate: &Crate) -> String {
    let names =
        |features: &[&str]| -> String { features.iter().map(|name| toml_string(name)).collect::<Vec<_>>().join(", ") };
    let defaults: Vec<&str> = krate.features.iter().filter(|one| one.is_default).map(|one| one.name).collect();
    let mut text = format!("default = [{}]\n", names(&defaults));
    for feature in krate.features {
        let _ = writeln!(text, "# {}\n{} = [{}]", feature.comment, feature.name, names(feature.enables));
    }
    text
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
    use crate::emit::test_fixtures;

    #[test]
    fn titles_are_only_strings() {
        let krate = test_fixtures::titled(r#"A \"quoted\"\n[package]\\ \u202etitle"#, "paths: {}\n");
        let text = manifest(&krate, &Manifest::Workspace).expect("a crate has one");
        let description = text.lines().find(|line| line.starts_with("description")).unwrap_or_default();
        assert_eq!(
            description,
            "description = \"A \\\"quoted\\\" [package]\\\\ \u{fffd}title: types, client and server.\""
        );
        assert_eq!(text.matches("[package]").count(), 2);
    }

    #[test]
    fn a_crate_of_its_own_names_everything_itself() {
        let runtime = "version = \"0.1\"".to_owned();
        let package = Package { version: "2.0.0".into(), license: Some("LicenseRef-Own".into()), publish: true };
        let text = manifest(&test_fixtures::krate("paths: {}\n"), &Manifest::Standalone { runtime, package })
            .expect("a crate has one");
        assert!(!text.contains("workspace") && !text.contains("publish"), "{text}");
        assert!(text.contains("version = \"2.0.0\"\n") && text.contains("license = \"LicenseRef-Own\"\n"), "{text}");
        assert!(text.contains("specie-runtime = { version = \"0.1\" }\n"), "{text}");
    }
}
