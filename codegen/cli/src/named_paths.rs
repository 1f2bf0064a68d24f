//! What the configuration names and has to be there, and what is said where it is not.

use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use specie_codegen::Program;
use specie_codegen::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use specie_codegen::source::{FileId, Source, Span};
use toml::Spanned;

use crate::failure::{Failure, Listing};
use crate::paths::slashes;
use crate::printed_problems::{self, Seen};
use crate::suggestion::closest;

/// A path that the configuration names, relative to its folder.
#[derive(Clone, Debug)]
pub(crate) struct NamedPath {
    pub(crate) path: PathBuf,
    /// The bytes of the configuration that name it, or what its own name comes from.
    place: Range<usize>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    File,
    Folder,
}

impl NamedPath {
    pub(crate) fn file(written: &Spanned<PathBuf>) -> Self {
        Self::of(written, Kind::File)
    }

    pub(crate) fn folder(written: &Spanned<PathBuf>) -> Self {
        Self::of(written, Kind::Folder)
    }

    fn of(written: &Spanned<PathBuf>, kind: Kind) -> Self {
        Self { path: written.get_ref().clone(), place: written.span(), kind }
    }

    pub(crate) fn is_there(&self, root: &Path) -> bool {
        self.fault(root).is_none()
    }

    /// Whether it is there, readable or not.
    fn is_of_its_kind(&self, root: &Path) -> bool {
        fs::metadata(root.join(&self.path)).is_ok_and(|found| match self.kind {
            Kind::File => found.is_file(),
            Kind::Folder => found.is_dir(),
        })
    }

    /// Why it cannot be read; `None` where it can be.
    fn fault(&self, root: &Path) -> Option<String> {
        let path = root.join(&self.path);
        // A pipe is not opened, it could wait for ever.
        let is_kind = fs::metadata(&path).and_then(|found| match self.kind {
            Kind::File if found.is_file() => fs::File::open(&path).map(|_| true),
            Kind::Folder if found.is_dir() => fs::read_dir(&path).map(|_| true),
            _ => Ok(false),
        });
        let kind = match self.kind {
            Kind::File => "file",
            Kind::Folder => "folder",
        };
        match is_kind {
            Ok(true) => None,
            Ok(false) => Some(format!("it is no {kind}")),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Some(format!("there is no such {kind}")),
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Some("it may not be read".to_owned()),
            Err(error) => Some(error.to_string()),
        }
    }

    /// The path beside it whose name is like its own.
    fn similar(&self, root: &Path) -> Option<PathBuf> {
        let folder = self.path.parent()?;
        let name = self.path.file_name()?.to_str()?;
        let entries = fs::read_dir(root.join(folder)).ok()?.flatten();
        let entries = entries.filter(|entry| entry.path().is_dir() == (self.kind == Kind::Folder));
        let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.retain(|other| other != name);
        names.sort();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        closest(name, &names).map(|name| folder.join(name))
    }
}

/// The text of a configuration, in which problems have their places.
#[derive(Debug)]
pub(crate) struct ConfigurationFile {
    /// Its name, relative to the root.
    pub(crate) name: &'static str,
    pub(crate) text: String,
    /// Whose commands the reader can type.
    pub(crate) program: Program,
}

impl ConfigurationFile {
    /// Refuses what is not there, all at once and each where it is named.
    pub(crate) fn refuse_missing<'a>(
        &self,
        root: &Path,
        named: impl IntoIterator<Item = &'a NamedPath>,
    ) -> Result<(), Failure> {
        let mut problems = Diagnostics::new();
        for path in named {
            let Some(fault) = path.fault(root) else { continue };
            problems.push(unreadable(path, &fault, self.instead_of(path, root)));
        }
        if problems.is_empty() {
            return Ok(());
        }
        problems.sort();
        let last = format!("{} names what cannot be read ({})", self.name, printed_problems::tally(&problems));
        let configuration = Source::new(self.name, self.text.as_str());
        Err(Failure::Listed(Box::new(Listing { problems, configuration, program: self.program, last })))
    }

    /// What may be done about a path that cannot be read. What is there and may not be read is meant as it is named.
    fn instead_of(&self, path: &NamedPath, root: &Path) -> Option<String> {
        if path.is_of_its_kind(root) {
            return None;
        }
        let relative = format!("paths are relative to the folder of {}", self.name);
        Some(path.similar(root).map_or(relative, |other| format!("did you mean `{}`?", slashes(&other))))
    }

    /// Lists the snapshots of surfaces that were not written yet.
    pub(crate) fn list_unwritten<'a>(&self, snapshots: impl IntoIterator<Item = &'a NamedPath>) {
        let help = format!("`{} surface --write` writes it, for a reviewer to read", self.program.as_str());
        let mut problems = Diagnostics::new();
        for path in snapshots {
            problems.push(unreadable(path, "there is no such file", Some(help.clone())));
        }
        problems.sort();
        let source = Source::new(self.name, self.text.as_str());
        printed_problems::problems(&problems, &source, &mut Seen::new(), self.program);
    }
}

/// A path that cannot be read, at the place that names it.
fn unreadable(path: &NamedPath, fault: &str, help: Option<String>) -> Diagnostic {
    let byte = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    let span = Span { file: FileId::ROOT, start: byte(path.place.start), end: byte(path.place.end) };
    let message = format!("cannot read `{}`: {fault}", slashes(&path.path));
    let mut problem = Diagnostic::new(Code::UnreadableFile, Severity::Error, message, span);
    if let Some(help) = help {
        problem.help(help);
    }
    problem
}

#[cfg(test)]
mod tests {
    use std::fs;

    use specie_codegen::Program;
    use toml::Spanned;

    use super::{ConfigurationFile, NamedPath};

    #[test]
    fn another_path_is_proposed_for_one_that_is_not_there() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("bank.yaml"), "").expect("a file");
        let configuration = ConfigurationFile { name: "specie.toml", text: String::new(), program: Program::Specie };
        let named = |path: &str| NamedPath::file(&Spanned::new(0..0, path.into()));
        let instead = |path: &str| configuration.instead_of(&named(path), folder.path());
        assert_eq!(instead("bnak.yaml").as_deref(), Some("did you mean `bank.yaml`?"));
        assert_eq!(instead("x").as_deref(), Some("paths are relative to the folder of specie.toml"));
        // Where it may not be read, that is what is wrong.
        assert_eq!(instead("bank.yaml"), None);
    }
}
