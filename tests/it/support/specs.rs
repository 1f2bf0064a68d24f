//! The project's own documents, and what is committed of them.

use std::fs;
use std::path::Path;

use specie_codegen::diagnostic::Diagnostics;
use specie_codegen::diagnostic_formats::{Format, Terminal, render};
use specie_codegen::drift::{Contents, FolderEntry};
use specie_codegen::source::Source;
use specie_codegen::{Program, gather};

use super::checkout;

/// The names of the APIs, from the files in `specs/`.
pub fn names() -> Vec<String> {
    let entries = fs::read_dir(checkout().join("specs")).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = entries
        .filter(|path| path.extension().is_some_and(|extension| extension == "yaml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert!(names.len() >= 4, "{names:?}");
    names
}

/// The document of an API with all files it refers to.
pub fn source(name: &str) -> Source {
    gather(&format!("specs/{name}.yaml"), "specs", &mut |path| {
        fs::read_to_string(checkout().join(path)).map_err(|error| error.to_string())
    })
    .source
}

/// What there is to say about a document, as people see it.
pub fn listing(name: &str, diagnostics: &Diagnostics) -> String {
    render(diagnostics, &source(name), Format::Human(Terminal { color: false, program: Program::Xtask }))
}

/// Everything in `generated/`.
pub fn committed() -> Contents {
    let mut contents = Contents::new();
    collect(&checkout().join("generated"), "", &mut contents);
    contents
}

fn collect(folder: &Path, prefix: &str, contents: &mut Contents) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.map(|entry| entry.unwrap()) {
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{path}/"), contents);
        } else {
            contents.insert(path, FolderEntry::File(fs::read(entry.path()).unwrap()));
        }
    }
}
