//! Documents as users name them on the command line: by the name of an API of the configuration, or by a path; else those of the configuration.

use std::path::{Path, PathBuf};

use specie_codegen::{Gathered, Program};

use crate::args::Reading;
use crate::failure::Failure;
use crate::project::{Api, Project, no_configuration};
use crate::read;

/// A document that a command reads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedDocument<'a> {
    /// As the user names it; the document of an API that nobody named.
    pub(crate) spec: &'a Path,
    /// The API of the configuration that it is.
    pub(crate) configured: Option<(&'a Project, &'a Api)>,
}

impl<'a> NamedDocument<'a> {
    /// The document that a user names, or that it is neither an API nor a file.
    pub(crate) fn of(project: Option<&'a Project>, here: &Path, spec: &'a Path) -> Result<Self, Failure> {
        let configured = project.and_then(|project| Some((project, project.named(here, spec)?)));
        match project {
            Some(project) if configured.is_none() && is_absent(here, spec) => Err(neither(project, spec)),
            _ => Ok(Self { spec, configured }),
        }
    }

    fn of_api(project: &'a Project, api: &'a Api) -> Self {
        Self { spec: api.document.as_path(), configured: Some((project, api)) }
    }

    /// Reads it, as the configuration says where it is that of an API. Paths are relative to the current folder.
    pub(crate) fn gather(&self, here: &Path, given: &Reading) -> Result<Gathered, Failure> {
        match self.configured {
            Some((project, api)) => project.gather(here, api, given),
            None => read::gather(here, self.spec, given),
        }
    }

    /// The API of the configuration that it is.
    pub(crate) fn api(&self) -> Option<&'a Api> {
        self.configured.map(|(_, api)| api)
    }
}

/// Where documents are named: in which project, in which folder, and which command needs no project.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Naming<'a> {
    pub(crate) project: Option<&'a Project>,
    pub(crate) here: &'a Path,
    pub(crate) program: Program,
    /// The command with a document, as its user types it.
    pub(crate) without: &'a str,
}

impl<'a> Naming<'a> {
    /// The documents that a user names, else all of the configuration. What the configuration names for them and is not there is refused.
    pub(crate) fn all(self, specs: &'a [PathBuf]) -> Result<Vec<NamedDocument<'a>>, Failure> {
        if specs.is_empty() {
            let project = self.configured()?;
            project.refuse_missing(project.apis())?;
            return Ok(project.apis().map(|api| NamedDocument::of_api(project, api)).collect());
        }
        let named = specs.iter().map(|spec| NamedDocument::of(self.project, self.here, spec));
        if let Some(project) = self.project {
            project.refuse_missing(specs.iter().filter_map(|spec| project.named(self.here, spec)))?;
        }
        named.collect()
    }

    /// The document that a user names, else the only one of the configuration.
    pub(crate) fn one(self, spec: Option<&'a Path>) -> Result<NamedDocument<'a>, Failure> {
        if let Some(spec) = spec {
            return NamedDocument::of(self.project, self.here, spec);
        }
        let project = self.configured()?;
        let apis: Vec<&Api> = project.apis().collect();
        if let [api] = apis.as_slice() {
            return Ok(NamedDocument::of_api(project, api));
        }
        let (file, names) = (project.configuration.name, project.names());
        Err(Failure::Usage(format!("no API is named, and {file} has several\nhelp: name one of {names}")))
    }

    /// The project, with a document at least.
    fn configured(self) -> Result<&'a Project, Failure> {
        let project = self.project.ok_or_else(|| no_configuration(self.program, self.without))?;
        project.has_documents()?;
        if project.apis().next().is_none() {
            let file = project.configuration.name;
            return Err(Failure::Input(format!("{file}: there is no document in the folders that it names")));
        }
        Ok(project)
    }
}

fn is_absent(here: &Path, spec: &Path) -> bool {
    !read::is_standard_input(spec) && here.join(spec).try_exists().is_ok_and(|exists| !exists)
}

/// What is neither an API nor a file may have been meant as either: as a file where it is called like one.
fn neither(project: &Project, spec: &Path) -> Failure {
    let is_path = read::has_ending(spec) || spec.components().nth(1).is_some();
    let (spec, file) = (spec.display().to_string(), project.configuration.name);
    let instead = project.instead_of(&spec);
    let said = format!("{spec}: there is no such file, and {file} has no API of this name{instead}");
    if is_path { Failure::Io(said) } else { Failure::Usage(said) }
}
