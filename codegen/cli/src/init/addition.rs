//! The configuration with more APIs. They are added behind its text, so all that stands in it stays.

use std::path::Path;

use specie_codegen::Program;

use super::new_api::NewApi;
use crate::configuration::{self, FILE, LoadedConfiguration};
use crate::failure::Failure;
use crate::paths::slashes;
use crate::project::Project;

/// The configuration with entries for new APIs, or what stands against them.
pub(super) fn added(
    before: Option<&LoadedConfiguration>,
    root: &Path,
    new: &[NewApi],
    program: Program,
) -> Result<LoadedConfiguration, Failure> {
    let file = before.map_or(FILE, |found| found.file);
    let entries: Vec<String> = new.iter().map(|api| entry(api, file)).collect();
    let entries = entries.join("\n");
    let text = match before {
        None => format!("{}\n{entries}", head(program)),
        Some(found) if found.text.trim().is_empty() => entries.clone(),
        Some(found) => format!("{}\n\n{entries}", found.text.trim_end()),
    };
    let mut after = configuration::with_text(root, file, text).map_err(|_| {
        Failure::Input(format!(
            "nothing was written: {file} writes its APIs as a list in brackets, behind which nothing can be added\n\
             help: write each as lines, as this one, and run the command again:\n{entries}"
        ))
    })?;
    after.coming = new.iter().flat_map(NewApi::overlays).cloned().collect();
    // What the configuration may not say is said where it is read, and there alone.
    Project::of(after.clone(), program).map_err(|failure| {
        Failure::Input(format!(
            "nothing was written: {failure}\nhelp: `--name` and `--out` give one document another name and another folder"
        ))
    })?;
    Ok(after)
}

fn head(program: Program) -> String {
    let program = program.as_str();
    format!(
        "# Which OpenAPI document becomes which crate. `{program} regenerate` writes the crates, `{program} regenerate --check` is for CI.\n"
    )
}

/// The lines of an API, as they stand in a file of its own or in a manifest.
fn entry(api: &NewApi, file: &str) -> String {
    let quoted = |path: &Path| toml::Value::from(slashes(path)).to_string();
    let overlays: Vec<String> = api.overlays().iter().map(|overlay| quoted(overlay)).collect();
    let table = if file == FILE { "api" } else { "workspace.metadata.specie.api" };
    format!(
        "[[{table}]]\nname = {}\ndocument = {}\noverlays = [{}]\nout = {}\ndeny = [\"overlay-target\"]\npackage = {{ version = \"0.1.0\", publish = false }}\n",
        toml::Value::from(api.name.as_str()),
        quoted(&api.document),
        overlays.join(", "),
        quoted(&api.out)
    )
}
