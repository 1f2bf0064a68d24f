//! `generate [SPEC] [--out DIR]`: a complete crate for any document.

mod options;
mod out;

use std::collections::BTreeMap;
use std::path::Path;

use specie_build::{crate_folder, write};
use specie_codegen::diagnostic::Diagnostics;
use specie_codegen::drift::{Contents, Drift};
use specie_codegen::source::Source;
use specie_codegen::{Options, Program, emit, names};

use crate::args::{Format, Generate};
use crate::failure::Failure;
use crate::named_document::Naming;
use crate::paths::current_folder;
use crate::printed_problems;
use crate::project::{Api, Project};
use crate::read;
use crate::regenerate;
use crate::report;
use crate::standard_error::say;
use crate::terminal::{Progress, print};

use out::Out;

pub(crate) fn run(arguments: &Generate, program: Program) -> Result<(), Failure> {
    let here = current_folder()?;
    let project = project(arguments, program)?;
    let naming = Naming { project: project.as_ref(), here: &here, program, without: "generate DOCUMENT --out DIR" };
    let document = naming.one(arguments.spec.as_deref())?;
    let out = Out::of(arguments, document, &here)?;
    let options = options::of(arguments, document, &out, program)?;
    let progress = Progress::start(&format!("generating {}", options.crate_name));
    let gathered = report::parsed(document.gather(&here, &arguments.reading)?, &arguments.reporting);
    let (krate, mut found) = specie_codegen::planned(&gathered, &options);
    let tree = krate.as_ref().map(|krate| emit::tree(krate, &options.manifest));
    // The process ends soon: to free its many parts before, and those of the documents below, would take longer.
    std::mem::forget(krate);
    drop(progress);
    let style = levelled(&mut found, arguments, document.api(), &options);
    report::in_short(&found, &gathered, &arguments.reporting, program)?;
    let is_refused = report::is_refused(&found, options.strictness);
    let tree = tree.filter(|_| !is_refused).ok_or_else(|| refusal(&gathered.source, &found, &options))?.0;
    std::mem::forget(gathered);
    let (there, drift) = crate_folder::drift(&out.folder, &tree)?;
    if arguments.check {
        return check(&out.shown, &drift, &tree, &there);
    }
    write::refuse_to_overwrite(Path::new(&out.shown), &drift)?;
    write::apply(&out.folder, &drift, &tree)?;
    if arguments.reporting.quiet || arguments.reporting.format != Format::Human {
        return Ok(());
    }
    let closing = closing(&printed_problems::count(drift.len()), &found, style, program);
    print(&format!("  {}  {closing}\n", out.shown))
}

/// Takes the problems as the configuration and the arguments say; returns how many warnings about style are not shown.
fn levelled(found: &mut Diagnostics, arguments: &Generate, api: Option<&Api>, options: &Options) -> usize {
    report::level(found, api, &arguments.reporting);
    if options.strictness.is_lenient() { report::drop_style(found) } else { 0 }
}

/// The project around this folder. One whose configuration has errors says nothing of the document, which may be none of its own.
fn project(arguments: &Generate, program: Program) -> Result<Option<Project>, Failure> {
    if arguments.spec.as_deref().is_some_and(read::is_standard_input) {
        return Ok(None);
    }
    match Project::around(program) {
        Err(Failure::Input(_)) if arguments.spec.is_some() && arguments.out.is_some() => {
            if !arguments.reporting.quiet && arguments.reporting.format == Format::Human {
                say(&format!(
                    "note: the configuration has errors, so it is not used here; `{} regenerate` lists them\n",
                    program.as_str()
                ));
            }
            Ok(None)
        }
        other => other,
    }
}

fn check(folder: &str, drift: &Drift, wanted: &BTreeMap<String, String>, found: &Contents) -> Result<(), Failure> {
    if drift.is_empty() {
        return Ok(());
    }
    say(&printed_problems::drift(folder, drift, wanted, found));
    Err(Failure::Input(format!("`{folder}` is out of date\nhelp: run the same command without --check")))
}

/// One line with numbers: what was written, and what was said about the document.
fn closing(changed: &str, found: &Diagnostics, style: usize, program: Program) -> String {
    let warnings = if found.warnings() == 0 { String::new() } else { format!(", {}", printed_problems::tally(found)) };
    let style = match style {
        0 => String::new(),
        1 => format!("; 1 more warning from `{} lint`", program.as_str()),
        count => format!("; {count} more warnings from `{} lint`", program.as_str()),
    };
    format!("{changed}{warnings}{style}")
}

fn refusal(source: &Source, found: &Diagnostics, options: &Options) -> Failure {
    let tally = printed_problems::tally(found);
    if !options.strictness.is_lenient() && !found.has_errors() {
        return regenerate::refusal(&format!("{} ({tally})", source.root), false);
    }
    let help = if options.only.is_empty() {
        "\nhelp: correct the document, repair it by an overlay (`--overlay`), or generate a part of it (`--only`)"
    } else {
        ""
    };
    Failure::Input(format!("{} cannot be generated from ({tally}); nothing was written{help}", source.root))
}

/// The crate name that a document's own name gives.
pub(crate) fn name_of(document: &Path) -> String {
    names::crate_name(&document.file_stem().unwrap_or_default().to_string_lossy())
}
