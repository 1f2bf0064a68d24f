//! The documents that `init` is given, each as an API that the configuration does not have yet.

use std::path::{Component, Path, PathBuf};

use specie_codegen::names;

use crate::args::Init;
use crate::configuration;
use crate::failure::Failure;
use crate::generate::name_of;
use crate::paths::{real_path, relative};
use crate::project::{Project, not_a_name};
use crate::read;

/// A document that the configuration does not have yet. Paths are relative to the folder of the configuration.
pub(super) struct NewApi {
    pub(super) name: String,
    pub(super) document: PathBuf,
    pub(super) out: PathBuf,
    pub(super) overlays: Overlays,
}

/// What is applied to the document.
pub(super) enum Overlays {
    /// Files that are there.
    There(Vec<PathBuf>),
    /// A file that is written.
    New(PathBuf),
}

impl NewApi {
    /// The overlays, whether they are there or not.
    pub(super) fn overlays(&self) -> &[PathBuf] {
        match &self.overlays {
            Overlays::There(overlays) => overlays,
            Overlays::New(overlay) => std::slice::from_ref(overlay),
        }
    }
}

/// What a run of `init` starts from.
#[derive(Clone, Copy)]
pub(super) struct InitContext<'a> {
    /// The current folder.
    pub(super) here: &'a Path,
    /// The folder of the configuration.
    pub(super) root: &'a Path,
    /// What the configuration says, where there is one.
    pub(super) known: Option<&'a Project>,
    /// The folders whose documents all become crates.
    pub(super) folders: &'a [configuration::Folder],
}

/// The folder for overlays, and the one in its place where the first is a folder of documents.
const OVERLAYS: [&str; 2] = ["specs", "overlays"];

impl InitContext<'_> {
    /// The documents that the arguments name.
    pub(super) fn new_apis(self, arguments: &Init) -> Result<Vec<NewApi>, Failure> {
        let documents: Vec<&PathBuf> = arguments.documents.iter().chain(&arguments.document).collect();
        let of_one = arguments.name.is_some() || arguments.out.is_some() || !arguments.overlay.is_empty();
        if of_one && documents.len() > 1 {
            let several = "`--name`, `--out` and `--overlay` are those of one document";
            return Err(Failure::Usage(format!("{several}\nhelp: run the command once for each document")));
        }
        documents.into_iter().map(|document| self.new_api(arguments, document)).collect()
    }

    fn new_api(self, arguments: &Init, document: &Path) -> Result<NewApi, Failure> {
        if read::is_standard_input(document) {
            return Err(Failure::Usage(
                "the configuration names documents by their files, and standard input is none\n\
                 help: save the document as a file, and name that"
                    .to_owned(),
            ));
        }
        if self.here.join(document).is_dir() {
            return Err(Failure::Usage(format!(
                "{} is a folder\nhelp: name documents in it; `[[folder]]` of the configuration makes a crate of each document of a folder",
                document.display()
            )));
        }
        let name = match &arguments.name {
            Some(name) if names::is_crate_name(name) => name.clone(),
            Some(name) => return Err(Failure::Usage(format!("--name: {}", not_a_name(name)))),
            None => name_of(document),
        };
        self.refuse_known(&name)?;
        let out = match &arguments.out {
            Some(out) => PathBuf::from(relative(self.root, &folded(&self.here.join(out)))),
            None => Path::new("crates").join(&name),
        };
        let overlays = arguments.overlay.iter().map(|overlay| self.within("overlay", overlay));
        let overlays = overlays.collect::<Result<Vec<_>, _>>()?;
        let overlays = if overlays.is_empty() {
            Overlays::New(self.overlay_folder().join(format!("{name}.overlay.yaml")))
        } else {
            Overlays::There(overlays)
        };
        Ok(NewApi { document: self.within("document", document)?, name, out, overlays })
    }

    /// A folder in which an overlay is not taken for one of a document beside it.
    fn overlay_folder(self) -> &'static Path {
        let real = |folder: &Path| real_path(&self.root.join(folder)).ok();
        let is_taken =
            |folder: &str| self.folders.iter().any(|taken| real(taken.documents.get_ref()) == real(Path::new(folder)));
        let [usual, other] = OVERLAYS;
        Path::new(if is_taken(usual) { other } else { usual })
    }

    /// Refuses a name that an API of the configuration has.
    fn refuse_known(self, name: &str) -> Result<(), Failure> {
        let Some(project) = self.known else { return Ok(()) };
        let Some(api) = project.apis().find(|api| api.name == name) else { return Ok(()) };
        let (file, document) = (project.configuration.name, api.document.display());
        Err(Failure::Usage(format!(
            "{file} has an API `{name}` already, of {document}\nhelp: `--name` gives this document another name"
        )))
    }

    /// The path of a file from the folder of the configuration, in which it has to lie.
    fn within(self, what: &str, file: &Path) -> Result<PathBuf, Failure> {
        let path = folded(&self.here.join(file));
        path.strip_prefix(self.root).map(Path::to_owned).map_err(|_| {
            let folder = if self.known.is_some() { "the folder of the configuration" } else { "this folder" };
            Failure::Usage(format!(
                "the {what} lies outside of {folder}; the configuration names it by a path within\n\
                 help: copy it here, or run the command in a folder that both lie in"
            ))
        })
    }
}

/// A path without `.` and `..`, as its text reads: a document that is a link is named by its own name.
fn folded(path: &Path) -> PathBuf {
    let mut folded = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                folded.pop();
            }
            part => folded.push(part),
        }
    }
    folded
}
