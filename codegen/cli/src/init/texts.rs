//! What stands in the files that `init` writes beside the configuration.

use specie_codegen::Program;

use crate::configuration::FILE;
use crate::suppressions;

/// What CI runs, in a file that each CI can run.
pub(super) const CI_SCRIPT: &str = "specie-ci.sh";

pub(super) fn ci_script_text(program: Program) -> String {
    let command = program.as_str();
    format!(
        "#!/bin/sh\n\
         # What CI runs: the crates are what the documents say, and their public surface is the one that was reviewed.\n\
         #\n\
         # For a pull request, TARGET names the branch that it goes into, such as origin/main; the history of both has to be there. What the\n\
         # changes of the documents break is printed, and lets the run fail. Entries of {allow} let changes pass, each with a reason.\n\
         set -eu\n\n\
         {command} regenerate --check\n\
         {command} surface --check\n\
         if [ -n \"${{TARGET:-}}\" ]; then\n\
         \x20   {command} diff --base \"$(git merge-base HEAD \"$TARGET\")\" --format markdown --deny old-clients,rust-clients,review\n\
         fi\n",
        allow = suppressions::FILE
    )
}

/// An overlay that changes nothing yet, and shows how one would.
pub(super) fn overlay_text(name: &str) -> String {
    format!(
        "# What the document of {name} does not say. Each action is applied whenever the crate is generated; one that matches nothing is an error,\n\
         # as `deny` beside `overlays` in {FILE} says.\n\
         overlay: 1.0.0\n\
         info: {{title: What is known of {name} beside its document, version: \"1\"}}\n\
         actions:\n\
         \x20 - target: $.info\n\
         \x20   update: {{}}\n\
         # - target: $.components.schemas.Card.properties.number\n\
         #   update: {{x-specie-sensitive: true}}\n\
         # - target: $.paths['/payouts'].post\n\
         #   update: {{x-specie-idempotency: {{header: Idempotency-Key}}}}\n"
    )
}

/// The test that holds drift and surface.
pub(super) const TEST: &str = "tests/specie.rs";

/// A test that needs nothing but the program.
pub(super) fn test_text(program: Program) -> String {
    let command = program.as_str();
    let (name, before) =
        command.split_once(' ').map_or((command, String::new()), |(name, word)| (name, format!("\"{word}\", ")));
    format!(
        "//! The generated crates are what the documents say, and their public surface is the one that was reviewed.\n\n\
         use std::process::Command;\n\n\
         fn passes(arguments: &[&str]) {{\n\
         \x20   let ran = Command::new(\"{name}\").args(arguments).output();\n\
         \x20   let ran = ran.expect(\"`{command}` is installed\");\n\
         \x20   let said = String::from_utf8_lossy(&ran.stderr);\n\
         \x20   assert!(ran.status.success(), \"{{said}}\");\n\
         }}\n\n\
         #[test]\nfn the_crates_are_up_to_date() {{\n    passes(&[{before}\"regenerate\", \"--check\"]);\n}}\n\n\
         #[test]\nfn the_surface_is_the_reviewed_one() {{\n    passes(&[{before}\"surface\", \"--check\"]);\n}}\n"
    )
}
