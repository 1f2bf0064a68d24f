//! The documents that `diff` compares: two that are named, or one and what it was at a revision.

use std::fs;
use std::path::{Path, PathBuf};

use specie_codegen::{Gathered, Manifest, Options, Program, Strictness};
use specie_diff::Version;

use crate::args::{Diff, Reading};
use crate::failure::Failure;
use crate::generate::name_of;
use crate::named_document::{NamedDocument, Naming};
use crate::{crate_version, git};

/// Two documents that are compared.
#[derive(Clone, Copy)]
pub(super) struct Compared<'a> {
    old: Old<'a>,
    pub(super) new: NamedDocument<'a>,
}

#[derive(Clone, Copy)]
enum Old<'a> {
    /// The new one as it was at a revision.
    At(&'a str),
    Other(NamedDocument<'a>),
}

/// The two documents, and how a crate is made of them.
pub(super) struct Documents {
    pub(super) old: Gathered,
    pub(super) new: Gathered,
    pub(super) options: Options,
    /// The version of the crate of the old document, where there is one.
    pub(super) version: Option<Version>,
}

impl<'a> Compared<'a> {
    /// The pair that a user names; with a revision alone, a pair for each API of the configuration.
    pub(super) fn named(arguments: &'a Diff, naming: Naming<'a>) -> Result<Vec<Self>, Failure> {
        match (&arguments.base, arguments.specs.as_slice()) {
            (Some(revision), specs @ ([] | [_])) => {
                let documents = naming.all(specs)?.into_iter();
                Ok(documents.map(|new| Self { old: Old::At(revision), new }).collect())
            }
            (None, [old, new]) => {
                let [old, new] = [old, new].map(|spec| NamedDocument::of(naming.project, naming.here, spec));
                Ok(vec![Self { old: Old::Other(old?), new: new? }])
            }
            (Some(_), _) => Err(Failure::Usage(
                "with `--base REV`, name one document, or none for all of the configuration".to_owned(),
            )),
            (None, _) => Err(Failure::Usage("name two documents, OLD and NEW, or `--base REV`".to_owned())),
        }
    }

    /// The document of an API of the configuration that was not there at the revision, under this name or another one.
    pub(super) fn new_document(&self) -> Option<&'a Path> {
        let (Old::At(revision), Some((project, api))) = (self.old, self.new.configured) else { return None };
        let document = project.root.join(&api.document);
        let is_new = document.is_file() && matches!(git::earlier(revision, &document), Ok(None));
        is_new.then_some(api.document.as_path())
    }

    /// Reads both.
    pub(super) fn read(
        &self,
        arguments: &Diff,
        Naming { here, program, .. }: Naming<'_>,
    ) -> Result<Documents, Failure> {
        let given = Reading { base: arguments.base_folder.clone(), overlay: Vec::new() };
        let gather = |document: NamedDocument<'_>| document.gather(here, &given);
        let options = options(self.new, program);
        match self.old {
            Old::Other(old) => {
                let version = self.version(&|manifest| fs::read_to_string(manifest).ok());
                Ok(Documents { old: gather(old)?, new: gather(self.new)?, options, version })
            }
            Old::At(revision) => {
                // First, for a document that is not there is not to be looked for at the revision.
                let new = gather(self.new)?;
                let old = self.earlier(revision, &new, &given, here)?;
                let version = self.version(&|manifest| git::show(here, revision, manifest).ok());
                Ok(Documents { old, new, options, version })
            }
        }
    }

    /// The document as it was at a revision, read as the new one is.
    fn earlier(&self, revision: &str, new: &Gathered, given: &Reading, here: &Path) -> Result<Gathered, Failure> {
        let (from, document, reading) = match self.new.configured {
            Some((project, api)) => (project.root.as_path(), api.document.as_path(), api.reading.clone()),
            None => (here, self.new.spec, Reading::default()),
        };
        if given.base.is_none() {
            return git::gather(from, document, &reading, revision);
        }
        // Both documents have the names that this folder gives them.
        let reading = Reading { base: Some(PathBuf::from(&new.source.base)), ..reading };
        git::gather(from, Path::new(&new.source.root), &reading, revision)
    }

    /// The version of the crate that the manifest states, as it is read.
    fn version(&self, read: &dyn Fn(&Path) -> Option<String>) -> Option<Version> {
        let (project, api) = self.new.configured?;
        crate_version::stated(&project.crate_folder(api)?, read)
    }
}

/// How the crate is called, and which operations it has: as the configuration says of the document.
fn options(document: NamedDocument<'_>, program: Program) -> Options {
    let api = document.api();
    Options {
        crate_name: api.map_or_else(|| name_of(document.spec), |api| api.name.clone()),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: api.map(|api| api.only.clone()).unwrap_or_default(),
        program,
    }
}
