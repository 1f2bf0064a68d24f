//! `init DOCUMENT…`: what a repository needs to begin with documents, or to go on with more, and what to do next.

mod addition;
mod new_api;
mod next_steps;
mod replacement;
mod texts;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use specie_build::write;
use specie_codegen::Program;

use crate::args::{Init, Reading};
use crate::configuration;
use crate::failure::Failure;
use crate::paths::{current_folder, real_path, slashes};
use crate::printed_problems::{self, Seen};
use crate::project::Project;
use crate::terminal::print;
use crate::{read, runtime_source};

use new_api::{InitContext, NewApi, Overlays};
use next_steps::{Written, next_steps};
use replacement::Replacement;
use texts::{CI_SCRIPT, TEST};

pub(crate) fn run(arguments: &Init, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let here = here.canonicalize().map_err(|error| Failure::at(&here, &error))?;
    let before = configuration::around()?;
    let (was_begun, root) = (before.is_some(), before.as_ref().map_or(&here, |found| &found.root));
    let known = before.clone().map(|found| Project::of(found, program)).transpose()?;
    let folders = before.as_ref().map_or(&[][..], |found| &found.configuration.folder);
    let new = InitContext { here: &here, root, known: known.as_ref(), folders }.new_apis(arguments)?;
    for api in &new {
        refuse_claimed(root, api, program)?;
        readable(root, api, program)?;
    }
    let after = addition::added(before.as_ref(), root, &new, program)?;
    let files = files(root, &new, was_begun, program)?;
    let replacement = Replacement::begin(&root.join(after.file), before.as_ref().map(|found| found.text.as_str()))?;
    write::files(root, &files)?;
    replacement.finish(&after.text)?;
    let written = Written { apis: &new, configuration: after.file, was_begun, files: &files, root };
    print(&next_steps(&written, program))
}

fn refuse_claimed(root: &Path, api: &NewApi, program: Program) -> Result<(), Failure> {
    let out = real_path(&root.join(&api.out)).map_err(|error| Failure::at(&api.out, &error))?;
    runtime_source::refuse_claimed(&out, &slashes(&api.out), program)
}

/// Refuses a document that nothing can be generated from, and says why.
fn readable(root: &Path, api: &NewApi, program: Program) -> Result<(), Failure> {
    let overlay = match &api.overlays {
        Overlays::There(overlays) => overlays.clone(),
        Overlays::New(_) => Vec::new(),
    };
    let gathered = read::gather(root, &api.document, &Reading { base: None, overlay })?;
    let mut found = specie_codegen::check(&gathered, specie_codegen::Strictness::Lenient);
    if !found.has_errors() {
        return Ok(());
    }
    found.level(specie_codegen::diagnostic::Code::ALL, &[]);
    let source = &gathered.source;
    printed_problems::problems(&found, source, &mut Seen::new(), program);
    let beside = read::possible_overlays(&api.document).first().map(|overlay| slashes(overlay)).unwrap_or_default();
    Err(Failure::Input(format!(
        "{} cannot be generated from ({}); nothing was written\nhelp: what the vendor does not correct, an overlay beside it can: {beside}; then begin again",
        source.root,
        printed_problems::tally(&found)
    )))
}

/// What is written beside the configuration. A test and a script that are there stay; where the configuration is the first one, they have to
/// be those that would be written.
fn files(root: &Path, new: &[NewApi], was_begun: bool, program: Program) -> Result<BTreeMap<String, String>, Failure> {
    let mut files = BTreeMap::new();
    for api in new {
        let Overlays::New(overlay) = &api.overlays else { continue };
        let path = slashes(overlay);
        let help = format!("`--overlay {path}` takes it as it is");
        if is_to_write(root, &path, &texts::overlay_text(&api.name), &help)? {
            files.insert(path, texts::overlay_text(&api.name));
        }
    }
    for (path, text) in [(TEST, texts::test_text(program)), (CI_SCRIPT, texts::ci_script_text(program))] {
        let help = "move it away and run the command again; what it has can be put back into the file that is written";
        if !(was_begun && root.join(path).exists()) && is_to_write(root, path, &text, help)? {
            files.insert(path.to_owned(), text);
        }
    }
    Ok(files)
}

/// Whether a file has to be written; one that is there with another text is refused.
fn is_to_write(root: &Path, path: &str, text: &str, help: &str) -> Result<bool, Failure> {
    let file = root.join(path);
    match fs::symlink_metadata(&file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(true),
        Err(error) => Err(Failure::at(Path::new(path), &error)),
        Ok(_) if fs::read_to_string(&file).is_ok_and(|there| there == text) => Ok(false),
        Ok(_) => {
            Err(Failure::Input(format!("nothing was written: {path} is there, with a text of its own\nhelp: {help}")))
        }
    }
}
