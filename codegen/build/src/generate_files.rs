//! For build scripts: one function that reads a document, generates from it and writes the files.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use specie_codegen::Options;
use specie_codegen::diagnostic_formats::{Format, Terminal, render};

use crate::crate_folder;
use crate::failure::Failure;
use crate::paths::current_folder;
use crate::read;
use crate::write;

/// What was written, and what it depends on.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Written {
    /// The document and every file that it or an overlay refers to: what `cargo::rerun-if-changed` is to name.
    pub read: Vec<PathBuf>,
    /// The files of the crate or module, below the folder that was asked for.
    pub files: Vec<PathBuf>,
    /// What there is to say about the document, as lines for a reader; empty where there is nothing.
    pub warnings: String,
}

/// Reads a document, with the overlay beside it and the files that both refer to, and writes what the options ask for into a folder. Paths are
/// relative to the current folder, which of a build script is that of its package. Files that are as they should be are not touched.
///
/// A build script that makes a module of its own crate:
///
/// ```no_run
/// use std::{env, fs, path::Path};
///
/// use specie_build::codegen::{GeneratedModule, Manifest, Options, Program, Side, Strictness};
///
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     let out = env::var("OUT_DIR")?;
///     let folder = Path::new(&out).join("api");
///     let options = Options {
///         crate_name: "api".into(),
///         strictness: Strictness::Lenient,
///         manifest: Manifest::Module(GeneratedModule::new("crate::api", [Side::Client]).ok_or("no path of a module")?),
///         only: Vec::new(),
///         program: Program::Specie,
///     };
///     let written = specie_build::generate_files(Path::new("vendor/api.yaml"), &folder, &options)?;
///     for file in written.read {
///         println!("cargo::rerun-if-changed={}", file.display());
///     }
///     // `include!(concat!(env!("OUT_DIR"), "/api.rs"));` in the crate is the module then.
///     let root = folder.join("mod.rs");
///     let root = root.to_str().ok_or("a folder whose name is text")?;
///     fs::write(Path::new(&out).join("api.rs"), format!("#[path = {root:?}]\nmod api;\n"))?;
///     Ok(())
/// }
/// ```
///
/// # Errors
///
/// Where the document is at fault, with its listing; where something that was not generated stands in the way; where reading or writing fails.
pub fn generate_files(document: &Path, folder: &Path, options: &Options) -> Result<Written, Failure> {
    let here = current_folder()?;
    let gathered = read::gather(&here, document, None, &[])?;
    let generated = specie_codegen::generate(&gathered, options);
    let terminal = Terminal { color: false, program: options.program };
    let said = render(&generated.diagnostics, &gathered.source, Format::Human(terminal));
    let Some(tree) = generated.tree else { return Err(Failure::Input(said)) };
    let (_, drift) = crate_folder::drift(folder, &tree.0)?;
    write::refuse_to_overwrite(folder, &drift)?;
    write::apply(folder, &drift, &tree.0)?;
    Ok(Written {
        read: gathered.source.files.keys().map(Into::into).collect(),
        files: written(folder, &tree.0),
        warnings: said,
    })
}

fn written(folder: &Path, tree: &BTreeMap<String, String>) -> Vec<PathBuf> {
    tree.keys().map(|path| folder.join(path)).collect()
}
