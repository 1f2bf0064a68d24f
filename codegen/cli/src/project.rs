//! The APIs of a repository: where each document is, and which crate it becomes.

mod folder_documents;
mod outputs;

use std::path::{Path, PathBuf};

use specie_codegen::diagnostic::Code;
use specie_codegen::{Gathered, Manifest, Options, Program, Selector, Strictness, names};

use crate::args::Reading;
use crate::configuration::{self, LoadedConfiguration, OwnPackage, Runtime};
use crate::failure::Failure;
use crate::named_paths::{ConfigurationFile, NamedPath};
use crate::paths::{real_path, relative};
use crate::read;
use crate::suggestion::closest;

/// A repository with a configuration.
#[derive(Debug)]
pub(crate) struct Project {
    /// Its folder, without symbolic links.
    pub(crate) root: PathBuf,
    /// The configuration, for messages.
    pub(crate) configuration: ConfigurationFile,
    /// How crates depend on the runtime, as the configuration writes it.
    pub(crate) runtime: Option<Runtime>,
    /// The folders that are written, in the order of the configuration.
    pub(crate) outputs: Vec<Output>,
}

/// A folder that is written.
#[derive(Debug)]
pub(crate) struct Output {
    /// Nothing is written through a link, so it is not followed here.
    pub(crate) folder: PathBuf,
    /// As the configuration writes it.
    pub(crate) shown: String,
    pub(crate) holds: Holds,
    pub(crate) apis: Vec<Api>,
}

/// What stands in a folder that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Holds {
    /// The files of one crate, and what else its owner puts beside them.
    Crate,
    /// A folder for each crate, and nothing else.
    Crates,
}

/// One document and what becomes of it.
#[derive(Clone, Debug)]
pub(crate) struct Api {
    pub(crate) name: String,
    /// Relative to the root.
    pub(crate) document: PathBuf,
    pub(crate) reading: Reading,
    pub(crate) only: Vec<Selector>,
    pub(crate) manifest: Manifest,
    /// What the configuration says of the package itself; nothing where it is said for a whole workspace.
    pub(crate) package: OwnPackage,
    pub(crate) strictness: Strictness,
    pub(crate) allow: Vec<Code>,
    pub(crate) deny: Vec<Code>,
    /// The snapshot of the surface.
    pub(crate) surface: NamedPath,
    /// What the configuration names and a command reads.
    pub(crate) named: Vec<NamedPath>,
}

impl Api {
    /// What to ask of the generator.
    pub(crate) fn options(&self, program: Program) -> Options {
        Options {
            crate_name: self.name.clone(),
            strictness: self.strictness,
            manifest: self.manifest.clone(),
            only: self.only.clone(),
            program,
        }
    }
}

impl Project {
    /// The project that the current folder lies in, with a document at least. `without` is the command that needs no project.
    pub(crate) fn here(program: Program, without: &str) -> Result<Self, Failure> {
        let project = Self::around(program)?.ok_or_else(|| no_configuration(program, without))?;
        project.has_documents()?;
        Ok(project)
    }

    /// Refuses a configuration that names neither a document nor a folder of documents.
    pub(crate) fn has_documents(&self) -> Result<(), Failure> {
        if self.outputs.is_empty() {
            let file = self.configuration.name;
            return Err(Failure::Input(format!("{file}: the configuration names no document\nhelp: {ADD}")));
        }
        Ok(())
    }

    /// The project that the current folder lies in.
    pub(crate) fn around(program: Program) -> Result<Option<Self>, Failure> {
        configuration::around()?.map(|found| Self::of(found, program)).transpose()
    }

    /// The project of a configuration, or all that is wrong with that.
    pub(crate) fn of(found: LoadedConfiguration, program: Program) -> Result<Self, Failure> {
        let mut problems = Vec::new();
        let outputs = outputs::of(&found, &mut problems)?;
        if !problems.is_empty() {
            return Err(Failure::Input(problems.join("\n")));
        }
        let configuration = ConfigurationFile { name: found.file, text: found.text, program };
        let project = Self { root: found.root, configuration, runtime: found.configuration.runtime, outputs };
        project.refuse_missing_folders(&found.configuration.folder)?;
        Ok(project)
    }

    /// Refuses folders of documents that are not there. Nobody knows what they would hold, so all else that is not there is said with them.
    fn refuse_missing_folders(&self, written: &[configuration::Folder]) -> Result<(), Failure> {
        let folders: Vec<NamedPath> = written.iter().map(|folder| NamedPath::folder(&folder.documents)).collect();
        if folders.iter().all(|folder| folder.is_there(&self.root)) {
            return Ok(());
        }
        self.configuration.refuse_missing(&self.root, folders.iter().chain(self.apis().flat_map(|api| &api.named)))
    }

    /// Every API.
    pub(crate) fn apis(&self) -> impl Iterator<Item = &Api> {
        self.outputs.iter().flat_map(|output| &output.apis)
    }

    /// The folder that an API is written to.
    pub(crate) fn output_folder(&self, api: &Api) -> Option<PathBuf> {
        let output = self.outputs.iter().find(|output| output.apis.iter().any(|one| one.name == api.name))?;
        Some(match output.holds {
            Holds::Crate => output.folder.clone(),
            Holds::Crates => output.folder.join(&api.name),
        })
    }

    /// The folder of the crate of an API; `None` where it is a module.
    pub(crate) fn crate_folder(&self, api: &Api) -> Option<PathBuf> {
        if matches!(api.manifest, Manifest::Module(_)) { None } else { self.output_folder(api) }
    }

    /// The API that a user names: by its name, or by the path of its document from the current folder.
    pub(crate) fn named(&self, here: &Path, spec: &Path) -> Option<&Api> {
        let real = real_path(&here.join(spec)).ok();
        let document = |api: &Api| real_path(&self.root.join(&api.document)).ok();
        self.apis().find(|api| real.is_some() && document(api) == real).or_else(|| {
            let is_name = !here.join(spec).exists();
            self.apis().find(|api| is_name && spec == Path::new(&api.name))
        })
    }

    /// Reads the document of an API as its configuration says; what the user says beside it, with paths from the current folder, comes
    /// after that.
    pub(crate) fn gather(&self, here: &Path, api: &Api, given: &Reading) -> Result<Gathered, Failure> {
        self.refuse_missing([api])?;
        read::gather(&self.root, &api.document, &self.reading(here, api, given)?)
    }

    /// Refuses what the configuration names for some APIs and is not there.
    pub(crate) fn refuse_missing<'a>(&self, apis: impl IntoIterator<Item = &'a Api>) -> Result<(), Failure> {
        self.configuration.refuse_missing(&self.root, apis.into_iter().flat_map(|api| &api.named))
    }

    /// Refuses what the configuration names for some APIs and is not there, with the runtime that their crates depend on.
    pub(crate) fn refuse_missing_of_crates<'a>(&self, apis: impl IntoIterator<Item = &'a Api>) -> Result<(), Failure> {
        let apis: Vec<&Api> = apis.into_iter().collect();
        let depends = apis.iter().any(|api| matches!(api.manifest, Manifest::Standalone { .. }));
        let folder = self.runtime.as_ref().filter(|_| depends).and_then(|runtime| runtime.path.as_ref());
        let runtime = folder.map(NamedPath::folder);
        self.configuration.refuse_missing(&self.root, apis.into_iter().flat_map(|api| &api.named).chain(&runtime))
    }

    fn reading(&self, here: &Path, api: &Api, given: &Reading) -> Result<Reading, Failure> {
        let from_root = |path: &PathBuf| -> Result<PathBuf, Failure> {
            if here == self.root {
                return Ok(path.clone());
            }
            let real = real_path(&here.join(path)).map_err(|error| Failure::at(path, &error))?;
            Ok(PathBuf::from(relative(&self.root, &real)))
        };
        let mut reading = api.reading.clone();
        if let Some(base) = &given.base {
            reading.base = Some(from_root(base)?);
        }
        for overlay in &given.overlay {
            let overlay = from_root(overlay)?;
            if !reading.overlay.contains(&overlay) {
                reading.overlay.push(overlay);
            }
        }
        Ok(reading)
    }

    /// Refuses names that no API has.
    pub(crate) fn knows(&self, names: &[String]) -> Result<(), Failure> {
        let Some(unknown) = names.iter().find(|name| self.apis().all(|api| api.name != **name)) else {
            return Ok(());
        };
        Err(Failure::Usage(format!("the configuration has no API `{unknown}`{}", self.instead_of(unknown))))
    }

    /// The names of all APIs, for a reader.
    pub(crate) fn names(&self) -> String {
        let names: Vec<&str> = self.apis().map(|api| api.name.as_str()).collect();
        names.join(", ")
    }

    /// What is said behind a name that no API has: the one that may be meant, else all.
    pub(crate) fn instead_of(&self, unknown: &str) -> String {
        let names: Vec<&str> = self.apis().map(|api| api.name.as_str()).collect();
        match closest(unknown, &names) {
            Some(known) => format!("; did you mean `{known}`?"),
            None if names.is_empty() => "; it has none".to_owned(),
            None => format!("; it has: {}", self.names()),
        }
    }
}

/// Says that there is no configuration, and what to do: the command that needs none, or the one that writes one.
pub(crate) fn no_configuration(program: Program, without: &str) -> Failure {
    let (command, file, manifest) = (program.as_str(), configuration::FILE, configuration::MANIFEST);
    Failure::Usage(format!(
        "no configuration found: neither this folder nor one above it has a `{file}`, or a `{manifest}` with `[workspace.metadata.specie]`\n\
         help: name a document (`{command} {without}`), or write a configuration with `{command} init DOCUMENT`"
    ))
}

/// What to write into a configuration that names no document.
const ADD: &str = "add an `[[api]]` with `name`, `document` and `out`, or a `[[folder]]` with `documents` and `out`";

/// Says what the path of a module is.
pub(crate) fn not_a_module(path: &str) -> String {
    format!("`{}` is no path of a module from the root of its crate on, such as `crate::api`", path.escape_debug())
}

/// Says what a crate can be called, and what this one could be.
pub(crate) fn not_a_name(name: &str) -> String {
    format!(
        "`{}` cannot name a crate: small letters, digits and `_`, the first one a letter, and no word that Rust or a crate in use has taken; `{}` can",
        name.escape_debug(),
        names::crate_name(name)
    )
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use specie_codegen::{Manifest, Program, Strictness};
    use toml::Spanned;

    use super::{Api, Project};
    use crate::args::Reading;
    use crate::configuration::OwnPackage;
    use crate::named_paths::{ConfigurationFile, NamedPath};

    #[test]
    fn what_a_user_says_comes_after_the_configuration() {
        let api = Api {
            name: "up".to_owned(),
            document: "specs/up.yaml".into(),
            reading: Reading { base: Some("specs".into()), overlay: vec!["own.yaml".into()] },
            only: Vec::new(),
            manifest: Manifest::Workspace,
            package: OwnPackage::default(),
            strictness: Strictness::Lenient,
            allow: Vec::new(),
            deny: Vec::new(),
            surface: NamedPath::file(&Spanned::new(0..0, "up.txt".into())),
            named: Vec::new(),
        };
        let configuration = ConfigurationFile { name: "specie.toml", text: String::new(), program: Program::Specie };
        let project = Project { root: PathBuf::from("/repository"), configuration, runtime: None, outputs: Vec::new() };
        let reading = |here: &str, given: &Reading| project.reading(Path::new(here), &api, given).expect("a reading");
        assert_eq!(reading("/repository", &Reading::default()), api.reading);
        let given = Reading { base: None, overlay: vec!["own.yaml".into(), "more.yaml".into()] };
        let expected = Reading { base: Some("specs".into()), overlay: vec!["own.yaml".into(), "more.yaml".into()] };
        assert_eq!(reading("/repository", &given), expected);
        let given = Reading { base: Some("..".into()), overlay: vec!["more.yaml".into()] };
        let expected = Reading { base: Some(".".into()), overlay: vec!["own.yaml".into(), "below/more.yaml".into()] };
        assert_eq!(reading("/repository/below", &given), expected);
    }
}
