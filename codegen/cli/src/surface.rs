//! `surface [SPEC…] [--check | --write]`: the public surface of crates, a dozen lines per operation and type.

mod snapshot;

use std::path::Path;

use specie_codegen::{Gathered, Manifest, Options, Program, Strictness};

use crate::args::{Reading, Surface};
use crate::failure::Failure;
use crate::generate::name_of;
use crate::named_document::Naming;
use crate::paths::current_folder;
use crate::printed_problems::{self, Seen};
use crate::project::{Api, Project};
use crate::standard_error::say;
use crate::terminal::{Progress, print};

use snapshot::Snapshot;

/// The command that needs no configuration.
const WITHOUT: &str = "surface DOCUMENT";

pub(crate) fn run(arguments: &Surface, program: Program) -> Result<(), Failure> {
    if arguments.check || arguments.write {
        return snapshots(arguments, program);
    }
    let here = current_folder()?;
    let project = Project::around(program)?;
    let naming = Naming { project: project.as_ref(), here: &here, program, without: WITHOUT };
    for document in naming.all(&arguments.specs)? {
        let gathered = document.gather(&here, &arguments.reading)?;
        let options = match document.api() {
            Some(api) => api.options(program),
            None => Options {
                crate_name: name_of(document.spec),
                strictness: Strictness::Lenient,
                manifest: Manifest::Workspace,
                only: Vec::new(),
                program,
            },
        };
        print(&of_gathered(&gathered, &options)?)?;
    }
    Ok(())
}

/// Compares or writes the snapshots of the APIs that are named, else of all; nothing is written where one of the documents is at fault.
fn snapshots(arguments: &Surface, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let project = Project::here(program, WITHOUT)?;
    let chosen: Vec<&Api> = if arguments.specs.is_empty() {
        project.apis().collect()
    } else {
        arguments.specs.iter().map(|spec| chosen(&project, &here, spec)).collect::<Result<_, _>>()?
    };
    project.refuse_missing(chosen.iter().copied())?;
    let compared = chosen.into_iter().map(|api| {
        let now = of_gathered(&project.gather(&here, api, &Reading::default())?, &api.options(program))?;
        Snapshot::of(&project, api, now)
    });
    let mut differing = compared.collect::<Result<Vec<_>, _>>()?;
    differing.retain(|snapshot| snapshot.there.as_ref() != Some(&snapshot.now));
    if arguments.write { snapshot::write(&differing) } else { check(&project, &differing, program) }
}

/// Says how snapshots differ from the surfaces as they are now, and which were never written.
fn check(project: &Project, differing: &[Snapshot<'_>], program: Program) -> Result<(), Failure> {
    if differing.is_empty() {
        return Ok(());
    }
    let (mut stale, mut unwritten) = (Vec::new(), Vec::new());
    for snapshot in differing {
        let shown = snapshot.api.surface.path.display();
        match &snapshot.there {
            Some(there) => {
                say(&format!("{shown}\n{}", printed_problems::short_diff(there, &snapshot.now)));
                stale.push(format!("`{shown}`"));
            }
            None => unwritten.push(&snapshot.api.surface),
        }
    }
    project.configuration.list_unwritten(unwritten.iter().copied());
    let quoted: Vec<String> = unwritten.iter().map(|surface| format!("`{}`", surface.path.display())).collect();
    let said = [("there is no", quoted), ("the public surface is not that of", stale)];
    let said =
        said.iter().filter(|(_, files)| !files.is_empty()).map(|(what, files)| format!("{what} {}", files.join(", ")));
    Err(Failure::Input(format!(
        "{}\nhelp: `{} surface --write` takes it as it is now; its diff is what a reviewer reads",
        said.collect::<Vec<_>>().join("; "),
        program.as_str()
    )))
}

fn chosen<'a>(project: &'a Project, here: &Path, spec: &Path) -> Result<&'a Api, Failure> {
    project.named(here, spec).ok_or_else(|| {
        let spec = spec.display().to_string();
        let instead = project.instead_of(&spec);
        Failure::Usage(format!("the configuration has no API `{spec}`, so there is no snapshot of it{instead}"))
    })
}

fn of_gathered(gathered: &Gathered, options: &Options) -> Result<String, Failure> {
    let source = &gathered.source;
    let progress = Progress::start(&format!("reading {}", source.root));
    let generated = specie_codegen::generate(gathered, options);
    drop(progress);
    if options.strictness == Strictness::Strict || generated.diagnostics.has_errors() {
        printed_problems::problems(&generated.diagnostics, source, &mut Seen::new(), options.program);
    }
    generated
        .surface
        .ok_or_else(|| Failure::Input(format!("{} has no surface: it cannot be generated from", source.root)))
}
