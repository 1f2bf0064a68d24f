//! The documents of a folder, each named after its file.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use specie_codegen::names;

use super::not_a_name;
use crate::configuration::LoadedConfiguration;
use crate::failure::Failure;
use crate::paths::real_path;
use crate::read;

/// The documents of a folder by the names of their crates; a document without one, and an overlay without a document, is a problem.
pub(super) fn named(
    found: &LoadedConfiguration,
    folder: &Path,
    problems: &mut Vec<String>,
) -> Result<BTreeMap<String, PathBuf>, Failure> {
    let (overlays, documents): (Vec<PathBuf>, Vec<PathBuf>) =
        files(found, folder)?.into_iter().partition(|file| read::overlaid(file).is_some());
    let apis = crate_names(&documents, problems);
    alone(&overlays, &apis, problems);
    Ok(apis)
}

/// The documents and overlays of a folder, relative to the root, with those that come with the configuration.
fn files(found: &LoadedConfiguration, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let real = |folder: &Path| real_path(&found.root.join(folder)).ok();
    let comes_here = |file: &&PathBuf| file.parent().is_some_and(|parent| real(parent) == real(folder));
    let mut files: Vec<PathBuf> = found.coming.iter().filter(comes_here).cloned().collect();
    // A folder that is not there has none, which is refused when all is known.
    for entry in fs::read_dir(found.root.join(folder)).into_iter().flatten() {
        let entry = entry.map_err(|error| Failure::at(folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // What begins with a dot is an editor's, not a document.
        if read::has_ending(Path::new(&name)) && !name.starts_with('.') && entry.path().is_file() {
            files.push(folder.join(name));
        }
    }
    files.sort();
    files.dedup();
    Ok(files)
}

/// Gives each document the crate name that its own name is, or says what is wrong with all those that cannot have one.
fn crate_names(documents: &[PathBuf], problems: &mut Vec<String>) -> BTreeMap<String, PathBuf> {
    const HELP: &str = "help: rename the file; its name without the ending is the name of the crate";
    let mut apis: BTreeMap<String, PathBuf> = BTreeMap::new();
    for document in documents {
        let stem = document.file_stem().unwrap_or_default().to_string_lossy();
        if !names::is_crate_name(&stem) {
            problems.push(format!("{}: {}\n{HELP}", document.display(), not_a_name(&stem)));
        }
        if let Some(other) = apis.insert(stem.into_owned(), document.clone()) {
            problems.push(format!(
                "{} and {} would be crates of the same name\n{HELP}",
                document.display(),
                other.display()
            ));
        }
    }
    apis
}

/// Refuses overlays that lie beside no document: nothing would read them.
fn alone(overlays: &[PathBuf], apis: &BTreeMap<String, PathBuf>, problems: &mut Vec<String>) {
    let is_alone = |name: &&PathBuf| read::overlaid(name).is_none_or(|stem| !apis.contains_key(&stem));
    for overlay in overlays.iter().filter(is_alone) {
        problems.push(format!(
            "no document for {}\nhelp: an overlay is called like its document, `x.overlay.yaml` beside `x.yaml`",
            overlay.display()
        ));
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::crate_names;

    #[test]
    fn all_bad_names_are_told_at_once() {
        let documents: Vec<PathBuf> = ["Bad.yaml", "my-api.yaml", "type.yml", "x.json", "x.yaml"]
            .iter()
            .map(|name| PathBuf::from("specs").join(name))
            .collect();
        let mut problems = Vec::new();
        crate_names(&documents, &mut problems);
        let text = problems.join("\n");
        for expected in [
            "specs/Bad.yaml: `Bad`",
            "specs/my-api.yaml: `my-api`",
            "`my_api` can",
            "specs/type.yml: `type`",
            "specs/x.yaml and specs/x.json",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }
}
