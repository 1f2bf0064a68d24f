//! What a repository says about its documents and crates: `specie.toml`, or `[workspace.metadata.specie]` of a root `Cargo.toml`.
//!
//! Commands look for it in the current folder and those above, as cargo does for its own. All paths in it are relative to its folder.
//!
//! ```toml
//! # How crates depend on `specie-runtime`: a version, or a table as in a manifest. By default the source that the program was installed from.
//! runtime = { git = "https://example.com/specie", rev = "0a1b2c" }
//!
//! [[api]]
//! name = "up"                              # the name of the crate
//! document = "vendor/up.json"
//! out = "crates/up"                        # the folder of the crate
//! # All others may be left out.
//! base = "vendor"                          # the folder that references may not leave; by default the document's own
//! overlays = ["specs/up.overlay.yaml"]     # applied in this order, after the one beside the document
//! only = ["tag:Accounts", "POST /webhooks"]
//! # What this does not state stays as the manifest of the crate has it.
//! package = { version = "2.0.0", license = "LicenseRef-Proprietary", publish = false }
//! strict = false                           # true: unknown keys are errors, and no warning is let pass
//! allow = ["unchecked-keyword"]            # warnings that are dropped
//! deny = ["response-as-bytes"]             # warnings that are errors
//! surface = "specs/up.surface.txt"         # the snapshot that `surface --check` compares with; this is the default
//!
//! # No crate, but a module of one, whose `Cargo.toml` has the runtime with the features of the sides.
//! [[api]]
//! name = "bank"
//! document = "vendor/bank.yaml"
//! out = "crates/shop/src/bank"
//! module = "crate::bank"
//! sides = ["client"]                       # of `client`, `server` and `fake`; the types are always there
//!
//! # Every document of a folder, each named after its file; the folder of the crates has nothing else.
//! [[folder]]
//! documents = "specs"
//! out = "generated"
//! package = "workspace"                    # version, licence and lints are those of the workspace
//! strict = true
//! ```

mod package;
mod runtime;

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use specie_codegen::diagnostic::Code;
use specie_codegen::{Selector, Side};
use toml::Spanned;

use crate::codes;
use crate::failure::Failure;
use crate::paths::current_folder;

pub(crate) use package::OwnPackage;
pub(crate) use runtime::Runtime;

/// The name of the file.
pub(crate) const FILE: &str = "specie.toml";

/// The name of the manifest that may have the same in a table.
pub(crate) const MANIFEST: &str = "Cargo.toml";

/// A configuration as it is written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Configuration {
    pub(crate) runtime: Option<Runtime>,
    #[serde(default)]
    pub(crate) api: Vec<Api>,
    #[serde(default)]
    pub(crate) folder: Vec<Folder>,
}

/// One document and its crate.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Api {
    pub(crate) name: Spanned<String>,
    pub(crate) document: Spanned<PathBuf>,
    pub(crate) out: PathBuf,
    pub(crate) base: Option<Spanned<PathBuf>>,
    #[serde(default)]
    pub(crate) overlays: Vec<Spanned<PathBuf>>,
    #[serde(default)]
    pub(crate) only: Vec<Parsed<Selector>>,
    #[serde(default)]
    pub(crate) package: Package,
    /// The path of a module, where it is no crate.
    pub(crate) module: Option<String>,
    #[serde(default)]
    pub(crate) sides: Vec<Parsed<Side>>,
    #[serde(default)]
    pub(crate) strict: bool,
    #[serde(default)]
    pub(crate) allow: Vec<Parsed<Code>>,
    #[serde(default)]
    pub(crate) deny: Vec<Parsed<Code>>,
    pub(crate) surface: Option<Spanned<PathBuf>>,
}

/// A folder of documents and the folder of their crates.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Folder {
    pub(crate) documents: Spanned<PathBuf>,
    pub(crate) out: PathBuf,
    #[serde(default)]
    pub(crate) package: Package,
    #[serde(default)]
    pub(crate) strict: bool,
}

/// What the manifest of a crate says of its package.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged, expecting = "`\"workspace\"`, or a table of `version` (such as `0.1.0`), `license` and `publish`")]
pub(crate) enum Package {
    Workspace(Workspace),
    Own(OwnPackage),
}

impl Default for Package {
    fn default() -> Self {
        Self::Own(OwnPackage::default())
    }
}

/// The word `workspace`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Workspace {
    Workspace,
}

/// A value that stands in the file as a text with a grammar of its own.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String", bound = "T: FromText")]
pub(crate) struct Parsed<T: FromText>(pub(crate) T);

/// What a text of the configuration can be read as.
pub(crate) trait FromText: Sized {
    fn from_text(text: &str) -> Result<Self, String>;
}

impl FromText for Selector {
    fn from_text(text: &str) -> Result<Self, String> {
        text.parse().map_err(|error| format!("`{text}`: {error}"))
    }
}

impl FromText for Side {
    fn from_text(text: &str) -> Result<Self, String> {
        text.parse()
    }
}

impl FromText for Code {
    fn from_text(text: &str) -> Result<Self, String> {
        codes::code(text)
    }
}

impl<T: FromText> TryFrom<String> for Parsed<T> {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        T::from_text(&text).map(Self)
    }
}

/// A configuration and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct LoadedConfiguration {
    /// The folder that it is for, without symbolic links.
    pub(crate) root: PathBuf,
    /// The file's name, for messages.
    pub(crate) file: &'static str,
    /// What stands in it.
    pub(crate) text: String,
    pub(crate) configuration: Configuration,
    /// Files that are not there yet and are written with it, relative to the folder.
    pub(crate) coming: Vec<PathBuf>,
}

/// The configuration of the current folder or the nearest one above that has any.
pub(crate) fn around() -> Result<Option<LoadedConfiguration>, Failure> {
    let here = current_folder()?;
    let here = here.canonicalize().map_err(|error| Failure::at(&here, &error))?;
    for folder in here.ancestors() {
        if let Some(found) = in_folder(folder)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// The configuration of a folder itself.
pub(crate) fn in_folder(folder: &Path) -> Result<Option<LoadedConfiguration>, Failure> {
    let (file, manifest) = (folder.join(FILE), folder.join(MANIFEST));
    let own = match text_of(&file)? {
        Some(text) => Some(LoadedConfiguration {
            root: folder.to_owned(),
            file: FILE,
            configuration: parsed(&file, &text)?,
            text,
            coming: Vec::new(),
        }),
        None => None,
    };
    let table = match text_of(&manifest)? {
        Some(text) => in_manifest(&manifest, &text)?.map(|configuration| LoadedConfiguration {
            root: folder.to_owned(),
            file: MANIFEST,
            configuration,
            text,
            coming: Vec::new(),
        }),
        None => None,
    };
    if own.is_some() && table.is_some() {
        return Err(Failure::Input(format!(
            "{} and `[workspace.metadata.specie]` of {} are two configurations of one folder\nhelp: move what both say into one of them",
            file.display(),
            manifest.display()
        )));
    }
    Ok(own.or(table))
}

/// A configuration whose file has another text; the file itself is not looked at.
pub(crate) fn with_text(root: &Path, file: &'static str, text: String) -> Result<LoadedConfiguration, Failure> {
    let path = root.join(file);
    let configuration =
        if file == FILE { parsed(&path, &text)? } else { in_manifest(&path, &text)?.unwrap_or_default() };
    Ok(LoadedConfiguration { root: root.to_owned(), file, text, configuration, coming: Vec::new() })
}

/// The text of a file; `None` where nothing has its name.
pub(crate) fn text_of(file: &Path) -> Result<Option<String>, Failure> {
    let Ok(named) = fs::symlink_metadata(file) else { return Ok(None) };
    let wrong = |what: &str| Err(Failure::Io(format!("{}: {what}", file.display())));
    match fs::metadata(file) {
        Ok(meta) if meta.is_file() => {}
        Ok(meta) if meta.is_dir() => return wrong("this is a folder, not a file"),
        Ok(_) => return wrong("this is not a file"),
        Err(_) if named.is_symlink() => {
            return wrong("this is a link to a file that is not there or cannot be reached");
        }
        Err(error) => return Err(Failure::at(file, &error)),
    }
    fs::read_to_string(file).map(Some).map_err(|error| Failure::at(file, &error))
}

fn parsed(file: &Path, text: &str) -> Result<Configuration, Failure> {
    toml::from_str(text).map_err(|error| wrong(file, &error))
}

/// A manifest as far as it matters here; everything else in it is cargo's.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    workspace: Option<ManifestWorkspace>,
}

#[derive(Debug, Default, Deserialize)]
struct ManifestWorkspace {
    metadata: Option<Metadata>,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata {
    specie: Option<Configuration>,
}

fn in_manifest(file: &Path, text: &str) -> Result<Option<Configuration>, Failure> {
    // A manifest that is broken elsewhere is cargo's to complain about, as long as nothing here is for this program.
    if !(text.contains("metadata") && text.contains("specie")) {
        return Ok(None);
    }
    let manifest: Manifest = toml::from_str(text).map_err(|error| wrong(file, &error))?;
    Ok(manifest.workspace.and_then(|workspace| workspace.metadata).and_then(|metadata| metadata.specie))
}

/// The library's message has the line and column.
fn wrong(file: &Path, error: &toml::de::Error) -> Failure {
    Failure::Input(format!("{}: {}", file.display(), error.to_string().trim_end()))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Package, in_folder};
    use crate::failure::Failure;

    fn written(name: &str, text: &str) -> Result<Option<super::LoadedConfiguration>, Failure> {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join(name), text).expect("a file");
        in_folder(folder.path())
    }

    #[test]
    fn a_file_of_its_own_and_a_table_of_the_manifest_say_the_same() {
        let api = "name = \"up\"\ndocument = \"vendor/up.json\"\nout = \"crates/up\"\nonly = [\"tag:Accounts\"]\n";
        let own = written("specie.toml", &format!("[[api]]\n{api}")).expect("read").expect("found");
        let manifest = format!("[workspace]\nmembers = []\n[[workspace.metadata.specie.api]]\n{api}");
        let table = written("Cargo.toml", &manifest).expect("read").expect("found");
        for found in [own, table] {
            let api = found.configuration.api.first().expect("an API");
            assert_eq!((api.name.get_ref().as_str(), api.only.len(), api.strict), ("up", 1, false));
            assert!(
                matches!(&api.package, Package::Own(package) if package.version.is_none() && package.publish.is_none())
            );
        }
        let nested = format!("[workspace.metadata]\nspecie = {{ api = [{{ {} }}] }}\n", api.trim().replace('\n', ", "));
        assert!(written("Cargo.toml", &nested).expect("read").is_some());
        assert!(written("Cargo.toml", "[package]\nname = \"x\"\n").expect("read").is_none());
        assert!(written("other.toml", "").expect("read").is_none());
    }

    #[test]
    fn the_folder_of_the_runtime_has_its_place_in_both() {
        for (name, text) in [
            ("specie.toml", "runtime = { path = \"there\" }\n"),
            ("specie.toml", "runtime.path = \"there\"\n"),
            ("Cargo.toml", "[workspace.metadata.specie.runtime]\npath = \"there\"\n"),
        ] {
            let found = written(name, text).expect("read").expect("found");
            let runtime = found.configuration.runtime.expect("a runtime");
            let path = runtime.path.expect("a path");
            assert_eq!(found.text.get(path.span()), Some("\"there\""), "{text}");
            assert_eq!(runtime.requirement.get("path").and_then(toml::Value::as_str), Some("there"));
        }
        let version = written("specie.toml", "runtime = \"0.1\"\n").expect("read").expect("found");
        assert!(version.configuration.runtime.is_some_and(|runtime| runtime.path.is_none()));
        assert!(written("specie.toml", "runtime = true\n").is_err());
    }

    #[test]
    fn two_configurations_of_one_folder_are_refused() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("specie.toml"), "").expect("a file");
        fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"x\"\n").expect("a file");
        assert!(in_folder(folder.path()).expect("one configuration").is_some());
        fs::write(folder.path().join("Cargo.toml"), "[workspace.metadata.specie]\nruntime = \"0.1\"\n")
            .expect("a file");
        let failure = in_folder(folder.path()).expect_err("two configurations").to_string();
        assert!(failure.contains("specie.toml and `[workspace.metadata.specie]` of "), "{failure}");
        assert!(failure.contains("Cargo.toml"), "{failure}");
    }

    #[test]
    fn the_example_of_the_documentation_is_read() {
        let docs = include_str!("configuration.rs").lines().map_while(|line| line.strip_prefix("//!"));
        let example: Vec<&str> = docs.map(str::trim_start).skip_while(|line| *line != "```toml").skip(1).collect();
        let example = example.join("\n");
        let (example, _) = example.split_once("```").expect("the fence ends");
        let found = written("specie.toml", example).expect("read").expect("found");
        let configuration = found.configuration;
        assert_eq!((configuration.api.len(), configuration.folder.len()), (2, 1));
        assert!(matches!(configuration.folder.first().map(|one| &one.package), Some(Package::Workspace(_))));
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        for (text, said) in [
            ("[[api]]\nname = \"up\"\ndocumnt = \"x\"\n", "line 3"),
            ("[[api]]\nname = 1\n", "line 2"),
            (
                "[[api]]\nname = \"up\"\ndocument = \"x\"\nout = \"y\"\nallow = [\"unknown-kee\"]\n",
                "did you mean `unknown-key`?",
            ),
            ("[[folder]]\ndocuments = \"x\"\nout = \"y\"\npackage = \"mine\"\n", "`\"workspace\"`, or a table"),
        ] {
            let failure = written("specie.toml", text).expect_err("a failure");
            assert!(matches!(&failure, Failure::Input(message) if message.contains(said)), "{failure:?}");
        }
    }
}
