//! What `init` prints: what was written, and what to do now.

use std::collections::BTreeMap;
use std::path::Path;

use specie_codegen::Program;

use super::new_api::NewApi;
use super::texts::{CI_SCRIPT, TEST};

/// What was written into which configuration, and what to do now.
pub(super) fn next_steps(written: &Written<'_>, program: Program) -> String {
    let command = program.as_str();
    let names: Vec<&str> = written.apis.iter().map(|api| api.name.as_str()).collect();
    let names = names.join(", ");
    let (what, member, it, its) = if written.apis.len() == 1 {
        ("the crate", "make it a member", "it by its path", "its")
    } else {
        ("the crates", "make them members", "them by their paths", "their")
    };
    format!(
        "{}\
         next:\n\
         \x20 {command} regenerate\n\
         \x20     writes {what} {names}; {member} of your workspace, or depend on {it}\n\
         \x20 {command} surface --write\n\
         \x20     {its} public surface, to be committed and reviewed\n\
         {}",
        written.listing(&names),
        if written.files.contains_key(CI_SCRIPT) { in_ci() } else { String::new() }
    )
}

/// What the script for CI does.
fn in_ci() -> String {
    format!(
        "in CI:\n\
         \x20 sh {CI_SCRIPT}\n\
         \x20     fails where a crate or its surface is out of date\n\
         \x20 TARGET=origin/main sh {CI_SCRIPT}\n\
         \x20     of a pull request: also where its changes of the documents break someone\n"
    )
}

/// What `init` has written.
pub(super) struct Written<'a> {
    pub(super) apis: &'a [NewApi],
    /// The name of the configuration.
    pub(super) configuration: &'a str,
    /// Whether there was a configuration before.
    pub(super) was_begun: bool,
    /// What was written beside it.
    pub(super) files: &'a BTreeMap<String, String>,
    /// The folder of the configuration.
    pub(super) root: &'a Path,
}

impl Written<'_> {
    /// The lines that name it.
    fn listing(&self, names: &str) -> String {
        let mut files: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let mut lines = Vec::new();
        if self.was_begun {
            lines.push(format!("  added {names} to {}\n", self.configuration));
        } else {
            files.insert(0, self.configuration);
        }
        if !files.is_empty() {
            lines.push(format!("  wrote {}\n", files.join(", ")));
        }
        if self.files.contains_key(TEST) && !self.root.join("src").is_dir() {
            let package = "the package whose folder holds `tests`; move it there if that is another one";
            lines.push(format!("  {TEST} runs as a test of {package}\n"));
        }
        lines.concat()
    }
}
