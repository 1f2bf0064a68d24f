//! What `generate` asks of the generator: what the arguments say, else what the configuration says of the document, else what is usual.

use std::path::Path;

use specie_codegen::{GeneratedModule, Manifest, Options, Package, Program, Strictness, names};

use super::name_of;
use super::out::Out;
use crate::args::Generate;
use crate::configuration::OwnPackage;
use crate::failure::Failure;
use crate::named_document::NamedDocument;
use crate::project::{Api, not_a_module, not_a_name};
use crate::read;
use crate::runtime_requirement;
use crate::runtime_source;

/// What to ask of the generator for a folder, or why the command cannot work.
pub(super) fn of(
    arguments: &Generate,
    document: NamedDocument<'_>,
    out: &Out,
    program: Program,
) -> Result<Options, Failure> {
    let api = document.api();
    let only = if arguments.only.is_empty() { api.map(|api| api.only.clone()) } else { None };
    Ok(Options {
        crate_name: crate_name(arguments, document)?,
        strictness: api.map_or(Strictness::Lenient, |api| api.strictness),
        manifest: manifest(arguments, document, out, program)?,
        only: only.unwrap_or_else(|| arguments.only.clone()),
        program,
    })
}

fn crate_name(arguments: &Generate, document: NamedDocument<'_>) -> Result<String, Failure> {
    match (&arguments.name, document.api()) {
        (Some(name), _) if names::is_crate_name(name) => Ok(name.clone()),
        (Some(name), _) => Err(Failure::Usage(format!("--name: {}", not_a_name(name)))),
        (None, Some(api)) => Ok(api.name.clone()),
        (None, None) if read::is_standard_input(document.spec) => {
            Err(Failure::Usage("standard input has no name for the crate\nhelp: give it one with --name".to_owned()))
        }
        (None, None) => Ok(name_of(document.spec)),
    }
}

/// A crate of its own, a module in one, or what the configuration has there.
fn manifest(
    arguments: &Generate,
    document: NamedDocument<'_>,
    out: &Out,
    program: Program,
) -> Result<Manifest, Failure> {
    if let Some(path) = &arguments.module {
        let module = GeneratedModule::new(path, arguments.side.iter().copied());
        return module.map(Manifest::Module).ok_or_else(|| Failure::Usage(format!("--module: {}", not_a_module(path))));
    }
    if let Some((project, api)) = document.configured
        && !is_of_crate(arguments)
        && (out.is_configured || matches!(api.manifest, Manifest::Module(_)))
    {
        project.refuse_missing_of_crates([api])?;
        return Ok(api.manifest.clone());
    }
    runtime_source::refuse_claimed(&out.folder, &out.shown, program)?;
    let runtime = runtime(arguments, document, &out.folder)?;
    Ok(Manifest::Standalone { runtime, package: package(arguments, document.api(), &out.folder)? })
}

/// Whether the arguments say what only a crate has.
const fn is_of_crate(arguments: &Generate) -> bool {
    let Generate { runtime, package_version, license, publish, .. } = arguments;
    runtime.is_some() || package_version.is_some() || license.is_some() || *publish
}

fn runtime(arguments: &Generate, document: NamedDocument<'_>, out: &Path) -> Result<String, Failure> {
    if let Some(written) = &arguments.runtime {
        let requirement = runtime_requirement::checked(written).map_err(|why| {
            Failure::Usage(format!("--runtime: {why}\nhelp: as in a manifest: 'version = \"0.1\"' or 'path = \"…\"'"))
        })?;
        return match runtime_requirement::missing_folder(&requirement, out) {
            None => Ok(requirement),
            Some(folder) => Err(Failure::Io(format!(
                "--runtime: cannot read `{folder}`: there is no such folder\nhelp: a path is relative to the folder of the crate, as in a manifest"
            ))),
        };
    }
    let Some((project, api)) = document.configured else { return runtime_source::of_this_program(out) };
    project.refuse_missing_of_crates([api])?;
    match &project.runtime {
        Some(runtime) => runtime_requirement::configured(&runtime.requirement, &project.root, out)
            .map_err(|why| Failure::Input(format!("`runtime` of the configuration: {why}"))),
        None => runtime_source::of_this_program(out),
    }
}

/// The package as the arguments say, else as the configuration does, else as the manifest that is there already, else a first version.
fn package(arguments: &Generate, api: Option<&Api>, out: &Path) -> Result<Package, Failure> {
    let stated = api.map(|api| api.package.clone()).unwrap_or_default();
    let said = OwnPackage {
        version: arguments.package_version.clone().or(stated.version),
        license: arguments.license.clone().or(stated.license),
        publish: arguments.publish.then_some(true).or(stated.publish),
    };
    said.or_as_it_is_in(out)
}
