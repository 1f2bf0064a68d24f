//! Documents as users name them on the command line: by the name of an API of the configuration, or by a path.

use std::path::{Path, PathBuf};

use specie_codegen::Gathered;

use crate::args::Reading;
use crate::failure::Failure;
use crate::project::{Api, Project};
use crate::read;

/// Reads the document that a user names, as the configuration says where it is that of an API. Paths are relative to the current folder.
pub(crate) fn gather(
    project: Option<&Project>,
    here: &Path,
    spec: &Path,
    given: &Reading,
) -> Result<Gathered, Failure> {
    if let Some((project, api)) = configured(project, here, spec) {
        return project.gather(here, api, given);
    }
    if let Some(project) = project.filter(|_| is_absent(here, spec)) {
        return Err(neither(project, spec));
    }
    read::gather(here, spec, given)
}

/// Refuses what the configuration names for these documents and is not there.
pub(crate) fn refuse_missing(project: Option<&Project>, here: &Path, specs: &[PathBuf]) -> Result<(), Failure> {
    let Some(project) = project else { return Ok(()) };
    project.refuse_missing(specs.iter().filter_map(|spec| project.named(here, spec)))
}

/// The API of the configuration that a user names.
pub(crate) fn configured<'a>(project: Option<&'a Project>, here: &Path, spec: &Path) -> Option<(&'a Project, &'a Api)> {
    let project = project?;
    project.named(here, spec).map(|api| (project, api))
}

fn is_absent(here: &Path, spec: &Path) -> bool {
    !read::is_standard_input(spec) && here.join(spec).try_exists().is_ok_and(|exists| !exists)
}

/// What is neither an API nor a file may have been meant as either.
fn neither(project: &Project, spec: &Path) -> Failure {
    let (spec, file) = (spec.display(), project.configuration.name);
    let known = match project.names() {
        names if names.is_empty() => "; it has none".to_owned(),
        names => format!("; it has: {names}"),
    };
    Failure::Io(format!("{spec}: there is no such file, and {file} has no API of this name{known}"))
}
