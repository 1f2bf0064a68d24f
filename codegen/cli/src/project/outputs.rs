//! The folders that a configuration has written, and their crates.

use std::ops::Range;
use std::path::Path;

use specie_codegen::{Manifest, OutputModule, Package, Strictness, names};
use toml::Spanned;

use super::{Api, Holds, Output, folder_documents, not_a_module, not_a_name};
use crate::args::Reading;
use crate::configuration::{self, Found, OwnPackage};
use crate::failure::Failure;
use crate::named_paths::NamedPath;
use crate::paths::{real_path, slashes};
use crate::runtime_requirement;
use crate::runtime_source;

/// Every folder, in the order of the configuration; what it may not say becomes a problem.
pub(super) fn of(found: &Found, problems: &mut Vec<String>) -> Result<Vec<Output>, Failure> {
    let mut outputs = Vec::new();
    for written in &found.configuration.folder {
        outputs.push(folder(found, written, problems)?);
    }
    for written in &found.configuration.api {
        outputs.push(single(found, written, problems)?);
    }
    problems.extend(clashes(&outputs));
    Ok(outputs)
}

/// One document of the configuration.
fn single(found: &Found, written: &configuration::Api, problems: &mut Vec<String>) -> Result<Output, Failure> {
    let out = real_path(&found.root.join(&written.out)).map_err(|error| Failure::at(&written.out, &error))?;
    let name = written.name.get_ref();
    if !names::is_crate_name(name) {
        problems.push(format!("{}: {}", found.file, not_a_name(name)));
    }
    let manifest = match module(written) {
        None => manifest(found, &written.package, &out, problems)?,
        Some(module) => module.map_or_else(
            |why| {
                problems.push(format!("{}: `{name}`: {why}", found.file));
                Manifest::Workspace
            },
            Manifest::Module,
        ),
    };
    let overlays = written.overlays.iter();
    let named = [NamedPath::file(&written.document)].into_iter();
    let named = named.chain(written.base.as_ref().map(NamedPath::folder)).chain(overlays.clone().map(NamedPath::file));
    let api = Api {
        name: name.clone(),
        document: written.document.get_ref().clone(),
        reading: Reading {
            base: written.base.as_ref().map(|base| base.get_ref().clone()),
            overlay: overlays.map(|overlay| overlay.get_ref().clone()).collect(),
        },
        only: written.only.iter().map(|selector| selector.0.clone()).collect(),
        manifest,
        package: own(&written.package),
        strictness: strictness(written.strict),
        allow: written.allow.iter().map(|code| code.0).collect(),
        deny: written.deny.iter().map(|code| code.0).collect(),
        surface: written.surface.as_ref().map_or_else(|| default_surface(name, written.name.span()), NamedPath::file),
        named: named.collect(),
    };
    Ok(Output {
        folder: found.root.join(&written.out),
        shown: slashes(&written.out),
        holds: Holds::Crate,
        apis: vec![api],
    })
}

/// The module that an API is to be, where it is no crate.
fn module(written: &configuration::Api) -> Option<Result<OutputModule, String>> {
    let Some(path) = &written.module else {
        return (!written.sides.is_empty()).then(|| Err("`sides` are those of a `module`".to_owned()));
    };
    let module = OutputModule::new(path, written.sides.iter().map(|side| side.0));
    Some(module.ok_or_else(|| format!("`module`: {}", not_a_module(path))))
}

/// Every document of a folder.
fn folder(found: &Found, written: &configuration::Folder, problems: &mut Vec<String>) -> Result<Output, Failure> {
    let out = real_path(&found.root.join(&written.out)).map_err(|error| Failure::at(&written.out, &error))?;
    let named = folder_documents::named(&found.root, written.documents.get_ref(), problems)?;
    let manifest = manifest(found, &written.package, &out.join("crate"), problems)?;
    let apis = named.into_iter().map(|(name, document)| Api {
        surface: default_surface(&name, written.documents.span()),
        named: Vec::new(),
        name,
        document,
        reading: Reading::default(),
        only: Vec::new(),
        manifest: manifest.clone(),
        package: own(&written.package),
        strictness: strictness(written.strict),
        allow: Vec::new(),
        deny: Vec::new(),
    });
    let apis = apis.collect();
    Ok(Output { folder: found.root.join(&written.out), shown: slashes(&written.out), holds: Holds::Crates, apis })
}

fn own(package: &configuration::Package) -> OwnPackage {
    match package {
        configuration::Package::Own(own) => own.clone(),
        configuration::Package::Workspace(_) => OwnPackage::default(),
    }
}

fn strictness(strict: bool) -> Strictness {
    if strict { Strictness::Strict } else { Strictness::Lenient }
}

/// The snapshot whose path comes from a name; the place is the one that the name comes from.
fn default_surface(name: &str, place: Range<usize>) -> NamedPath {
    NamedPath::file(&Spanned::new(place, Path::new("specs").join(format!("{name}.surface.txt"))))
}

fn manifest(
    found: &Found,
    package: &configuration::Package,
    out: &Path,
    problems: &mut Vec<String>,
) -> Result<Manifest, Failure> {
    let configuration::Package::Own(package) = package else {
        return Ok(Manifest::Workspace);
    };
    let default = Package::default();
    let package = Package {
        version: package.version.clone().unwrap_or(default.version),
        license: package.license.clone(),
        publish: package.publish,
    };
    let runtime = match &found.configuration.runtime {
        None => runtime_source::of_this_program(out)?,
        Some(written) => {
            runtime_requirement::configured(&written.requirement, &found.root, out).unwrap_or_else(|why| {
                problems.push(format!("{}: `runtime`: {why}", found.file));
                String::new()
            })
        }
    };
    Ok(Manifest::Standalone { runtime, package })
}

/// Two APIs of one name, and folders that hold each other.
fn clashes(outputs: &[Output]) -> Vec<String> {
    let mut problems = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    for api in outputs.iter().flat_map(|output| &output.apis) {
        if seen.contains(&api.name.as_str()) {
            problems.push(format!("two APIs are called `{}`", api.name));
        }
        seen.push(&api.name);
    }
    let mut surfaces: Vec<&Api> = Vec::new();
    for api in outputs.iter().flat_map(|output| &output.apis) {
        let path = &api.surface.path;
        if let Some(other) = surfaces.iter().find(|other| other.surface.path == *path && other.name != api.name) {
            problems.push(format!("`{}` and `{}` have one `surface`: {}", other.name, api.name, path.display()));
        }
        surfaces.push(api);
    }
    for (at, one) in outputs.iter().enumerate() {
        for other in outputs.iter().skip(at + 1) {
            if one.folder == other.folder {
                problems.push(format!("`{}` is the folder of two APIs", one.shown));
            } else if one.folder.starts_with(&other.folder) || other.folder.starts_with(&one.folder) {
                problems.push(format!("`{}` and `{}` are written into one another", one.shown, other.shown));
            }
        }
    }
    problems
}
