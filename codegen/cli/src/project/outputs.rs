//! The folders that a configuration has written, and their crates.

use std::ops::Range;
use std::path::{Path, PathBuf};

use specie_codegen::{GeneratedModule, Manifest, Strictness, names};
use toml::Spanned;

use super::{Api, Holds, Output, folder_documents, not_a_module, not_a_name};
use crate::args::Reading;
use crate::configuration::{self, LoadedConfiguration, OwnPackage};
use crate::failure::Failure;
use crate::named_paths::NamedPath;
use crate::paths::{real_path, slashes};
use crate::runtime_requirement;
use crate::runtime_source;

/// Every folder, in the order of the configuration; what it may not say becomes a problem.
pub(super) fn of(found: &LoadedConfiguration, problems: &mut Vec<String>) -> Result<Vec<Output>, Failure> {
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
fn single(
    found: &LoadedConfiguration,
    written: &configuration::Api,
    problems: &mut Vec<String>,
) -> Result<Output, Failure> {
    let out = real_path(&found.root.join(&written.out)).map_err(|error| Failure::at(&written.out, &error))?;
    let name = written.name.get_ref();
    if !names::is_crate_name(name) {
        problems.push(format!("{}: {}", found.file, not_a_name(name)));
    }
    let manifest = match module(written) {
        None => manifest(&written.package, requirement(found, &written.package, &out, problems)?, &out)?,
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
fn module(written: &configuration::Api) -> Option<Result<GeneratedModule, String>> {
    let Some(path) = &written.module else {
        return (!written.sides.is_empty()).then(|| Err("`sides` are those of a `module`".to_owned()));
    };
    let module = GeneratedModule::new(path, written.sides.iter().map(|side| side.0));
    Some(module.ok_or_else(|| format!("`module`: {}", not_a_module(path))))
}

/// Every document of a folder.
fn folder(
    found: &LoadedConfiguration,
    written: &configuration::Folder,
    problems: &mut Vec<String>,
) -> Result<Output, Failure> {
    let out = real_path(&found.root.join(&written.out)).map_err(|error| Failure::at(&written.out, &error))?;
    let named = folder_documents::named(found, written.documents.get_ref(), problems)?;
    let runtime = requirement(found, &written.package, &out.join("crate"), problems)?;
    let apis = named.into_iter().map(|(name, document)| {
        Ok(Api {
            surface: default_surface(&name, written.documents.span()),
            named: Vec::new(),
            manifest: manifest(&written.package, runtime.clone(), &out.join(&name))?,
            name,
            document,
            reading: Reading::default(),
            only: Vec::new(),
            package: own(&written.package),
            strictness: strictness(written.strict),
            allow: Vec::new(),
            deny: Vec::new(),
        })
    });
    let apis = apis.collect::<Result<_, Failure>>()?;
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

/// The manifest of a crate in `out`: what the configuration does not state of the package stays as it is there.
fn manifest(package: &configuration::Package, runtime: Option<String>, out: &Path) -> Result<Manifest, Failure> {
    Ok(match (package, runtime) {
        (configuration::Package::Own(package), Some(runtime)) => {
            Manifest::Standalone { runtime, package: package.or_as_it_is_in(out)? }
        }
        _ => Manifest::Workspace,
    })
}

/// How a crate in `out` depends on the runtime; `None` where its workspace says so.
fn requirement(
    found: &LoadedConfiguration,
    package: &configuration::Package,
    out: &Path,
    problems: &mut Vec<String>,
) -> Result<Option<String>, Failure> {
    if matches!(package, configuration::Package::Workspace(_)) {
        return Ok(None);
    }
    let requirement = match &found.configuration.runtime {
        None => runtime_source::of_this_program(out)?,
        Some(written) => {
            runtime_requirement::configured(&written.requirement, &found.root, out).unwrap_or_else(|why| {
                problems.push(format!("{}: `runtime`: {why}", found.file));
                String::new()
            })
        }
    };
    Ok(Some(requirement))
}

/// Two APIs of one name or one snapshot, and folders that hold each other.
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
    problems.extend(shared_folders(outputs));
    problems
}

/// Folders that are one or hold each other, wherever links lead.
fn shared_folders(outputs: &[Output]) -> Vec<String> {
    let real = |output: &Output| real_path(&output.folder).unwrap_or_else(|_| output.folder.clone());
    let folders: Vec<(PathBuf, &str)> = outputs.iter().map(|output| (real(output), output.shown.as_str())).collect();
    let mut problems = Vec::new();
    for (at, (one, shown)) in folders.iter().enumerate() {
        for (other, other_shown) in folders.iter().skip(at + 1) {
            if one == other && shown == other_shown {
                problems.push(format!("`{shown}` is the folder of two APIs"));
            } else if one == other {
                problems.push(format!("`{shown}` and `{other_shown}` are one folder, of two APIs"));
            } else if one.starts_with(other) || other.starts_with(one) {
                problems.push(format!("`{shown}` and `{other_shown}` are written into one another"));
            }
        }
    }
    problems
}
