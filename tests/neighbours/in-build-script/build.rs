//! Generates the module `api` from the document, which is not committed then.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use specie_build::codegen::{GeneratedModule, Manifest, Options, Program, Side, Strictness};

fn main() -> Result<(), Box<dyn Error>> {
    let out = env::var("OUT_DIR")?;
    let folder = Path::new(&out).join("api");
    let module = GeneratedModule::new("crate::api", [Side::Fake]).ok_or("the path of a module")?;
    let options = Options {
        crate_name: "api".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Module(module),
        only: Vec::new(),
        program: Program::Specie,
    };
    let written = specie_build::generate_files(Path::new("../shop.yaml"), &folder, &options)?;
    for file in written.read {
        println!("cargo::rerun-if-changed={}", file.display());
    }
    // A file that is included cannot have documentation of its own, so it names the one that has.
    let root = folder.join("mod.rs");
    let root = root.to_str().ok_or("a folder whose name is text")?;
    let module = format!("#[path = {root:?}]\nmod api;\n");
    fs::write(Path::new(&out).join("api.rs"), module)?;
    Ok(())
}
