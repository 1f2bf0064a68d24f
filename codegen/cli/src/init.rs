//! `init --document FILE`: what a repository needs to begin with, and what to do next.

use std::fs;
use std::path::{Component, Path, PathBuf};

use specie_codegen::{Program, names};

use crate::args::{Init, Reading};
use crate::configuration::{self, FILE};
use crate::failure::Failure;
use crate::generate::name_of;
use crate::paths::{current_folder, slashes};
use crate::printed_problems::{self, Seen};
use crate::project::not_a_name;
use crate::terminal::print;
use crate::{read, suppressions};

pub(crate) fn run(arguments: &Init, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let name = match &arguments.name {
        Some(name) if names::is_crate_name(name) => name.clone(),
        Some(name) => return Err(Failure::Usage(format!("--name: {}", not_a_name(name)))),
        None => name_of(&arguments.document),
    };
    if configuration::in_folder(&here)?.is_some() {
        return Err(Failure::Usage(format!(
            "this folder has a configuration\nhelp: add an `[[api]]` of the name `{name}` to it, then `{} regenerate {name}`",
            program.as_str()
        )));
    }
    let document = within(&here, &arguments.document).ok_or_else(|| {
        let outside = "the document lies outside of this folder; the configuration names it by a path within";
        Failure::Usage(format!("{outside}\nhelp: copy it here, or run the command in a folder that both lie in"))
    })?;
    readable(&here, document, program)?;
    let files = files(document, arguments.out.as_deref(), &name, program);
    if let Some((path, _)) = files.iter().find(|(path, _)| here.join(path).exists()) {
        return Err(Failure::Input(format!("nothing was written: {} is there", path.display())));
    }
    for (path, text) in &files {
        let file = here.join(path);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::at(folder, &error))?;
        }
        fs::write(&file, text).map_err(|error| Failure::at(path, &error))?;
    }
    let written: Vec<String> = files.iter().map(|(path, _)| slashes(path)).collect();
    print(&next(&written, &name, &here, program))
}

/// Refuses a document that nothing can be generated from, and says why.
fn readable(here: &Path, document: &Path, program: Program) -> Result<(), Failure> {
    let gathered = read::gather(here, document, &Reading::default())?;
    let mut found = specie_codegen::check(&gathered, specie_codegen::Strictness::Lenient);
    if !found.has_errors() {
        return Ok(());
    }
    found.level(specie_codegen::diagnostic::Code::ALL, &[]);
    let source = &gathered.source;
    printed_problems::problems(&found, source, &mut Seen::new(), program);
    let beside = read::possible_overlays(document).first().map(|overlay| slashes(overlay)).unwrap_or_default();
    Err(Failure::Input(format!(
        "{} cannot be generated from ({}); nothing was written\nhelp: what the vendor does not correct, an overlay beside it can: {beside}; then begin again",
        source.root,
        printed_problems::tally(&found)
    )))
}

/// The path of a document from the folder that it lies in or below; `None` where it leads out of that.
fn within<'a>(here: &Path, document: &'a Path) -> Option<&'a Path> {
    let path = if document.is_absolute() { document.strip_prefix(here).ok()? } else { document };
    path.components().all(|part| part != Component::ParentDir).then_some(path)
}

fn files(document: &Path, out: Option<&Path>, name: &str, program: Program) -> Vec<(PathBuf, String)> {
    let out = out.map_or_else(|| Path::new("crates").join(name), Path::to_owned);
    let overlay = Path::new("specs").join(format!("{name}.overlay.yaml"));
    vec![
        (PathBuf::from(FILE), configuration_text(document, name, &overlay, &out, program)),
        (overlay, overlay_text(name)),
        (Path::new("tests").join("specie.rs"), test_text(program)),
        (PathBuf::from(CI_SCRIPT), ci_script_text(name, program)),
    ]
}

/// What CI runs, in a file that each CI can run.
const CI_SCRIPT: &str = "specie-ci.sh";

fn ci_script_text(name: &str, program: Program) -> String {
    let command = program.as_str();
    format!(
        "#!/bin/sh\n\
         # What CI runs: the crates are what the documents say, and their public surface is the one that was reviewed.\n\
         #\n\
         # For a pull request, TARGET names the branch that it goes into, such as origin/main; the history of both has to be there. What the\n\
         # changes of the document break is printed, and lets the run fail. Entries of {allow} let changes pass, each with a reason.\n\
         set -eu\n\n\
         {command} regenerate --check\n\
         {command} surface --check\n\
         if [ -n \"${{TARGET:-}}\" ]; then\n\
         \x20   {command} diff --base \"$(git merge-base HEAD \"$TARGET\")\" {name} --format markdown --deny old-clients,rust-clients,review\n\
         fi\n",
        allow = suppressions::FILE
    )
}

fn configuration_text(document: &Path, name: &str, overlay: &Path, out: &Path, program: Program) -> String {
    let text = |path: &Path| toml::Value::from(slashes(path)).to_string();
    let program = program.as_str();
    format!(
        "# Which OpenAPI document becomes which crate. `{program} regenerate` writes the crates, `{program} regenerate --check` is for CI.\n\n\
         [[api]]\nname = {}\ndocument = {}\noverlays = [{}]\nout = {}\ndeny = [\"overlay-target\"]\npackage = {{ version = \"0.1.0\", publish = false }}\n",
        toml::Value::from(name),
        text(document),
        text(overlay),
        text(out)
    )
}

fn overlay_text(name: &str) -> String {
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

/// A test that needs nothing but the program.
fn test_text(program: Program) -> String {
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

/// What was written, and what to do now.
fn next(written: &[String], name: &str, here: &Path, program: Program) -> String {
    let command = program.as_str();
    let test = if here.join("src").is_dir() {
        String::new()
    } else {
        "  tests/specie.rs runs as a test of the package whose folder holds `tests`; move it there if that is another one\n".to_owned()
    };
    format!(
        "  wrote {}\n{test}\
         next:\n\
         \x20 {command} regenerate\n\
         \x20     writes the crate {name}; make it a member of your workspace, or depend on it by its path\n\
         \x20 {command} surface --write\n\
         \x20     its public surface, to be committed and reviewed\n\
         in CI:\n\
         \x20 sh {CI_SCRIPT}\n\
         \x20     fails where a crate or its surface is out of date\n\
         \x20 TARGET=origin/main sh {CI_SCRIPT}\n\
         \x20     of a pull request: also where its changes of the document break someone\n",
        written.join(", "),
    )
}
