//! `generate SPEC --out DIR`: a complete crate for any document.

mod options;

use std::collections::BTreeMap;
use std::path::Path;

use specie_build::{crate_folder, write};
use specie_codegen::diagnostic::Diagnostics;
use specie_codegen::drift::{Contents, Drift};
use specie_codegen::source::Source;
use specie_codegen::{Program, emit, names};

use crate::args::{Format, Generate};
use crate::failure::Failure;
use crate::named_document;
use crate::paths::{current_folder, real_path};
use crate::printed_problems;
use crate::project::{Api, Project};
use crate::read;
use crate::regenerate;
use crate::report;
use crate::standard_error::say;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &Generate, program: Program) -> Result<(), Failure> {
    let out = real_path(&arguments.out).map_err(|error| Failure::at(&arguments.out, &error))?;
    let here = current_folder()?;
    let project = project(arguments, program)?;
    let configured = named_document::configured(project.as_ref(), &here, &arguments.spec);
    let options = options::of(arguments, configured, &out, program)?;
    let progress = Progress::start(&format!("generating {}", options.crate_name));
    let gathered = named_document::gather(project.as_ref(), &here, &arguments.spec, &arguments.reading)?;
    let gathered = report::parsed(gathered, &arguments.reporting);
    let (krate, mut found) = specie_codegen::planned(&gathered, &options);
    let tree = krate.as_ref().map(|krate| emit::tree(krate, &options.manifest));
    // The process ends soon: to free its many parts before would take longer.
    std::mem::forget(krate);
    let source = &gathered.source;
    drop(progress);
    let reporting = &arguments.reporting;
    if let Some((_, Api { allow, deny, .. })) = configured {
        found.level(allow, deny);
    }
    report::level(&mut found, reporting);
    let is_strict = !options.strictness.is_lenient();
    let style = if is_strict { 0 } else { report::drop_style(&mut found) };
    report::in_short(&found, &gathered, reporting, program)?;
    let refused = || {
        if is_strict && !found.has_errors() {
            return regenerate::refusal(&format!("{} ({})", source.root, printed_problems::tally(&found)), false);
        }
        Failure::Input(refusal(source, &found, options.only.is_empty()))
    };
    let is_refused = found.has_errors() || (is_strict && !found.is_empty());
    let tree = tree.filter(|_| !is_refused).ok_or_else(refused)?.0;
    let (there, drift) = crate_folder::drift(&out, &tree)?;
    if arguments.check {
        return check(&arguments.out, &drift, &tree, &there);
    }
    write::refuse_to_overwrite(&arguments.out, &drift)?;
    write::apply(&out, &drift, &tree)?;
    if reporting.quiet || reporting.format != Format::Human {
        return Ok(());
    }
    let closing = closing(&printed_problems::count(drift.len()), &found, style, program);
    print(&format!("  {}  {closing}\n", arguments.out.display()))
}

/// The project around this folder. One whose configuration has errors says nothing of the document, which may be none of its own.
fn project(arguments: &Generate, program: Program) -> Result<Option<Project>, Failure> {
    if read::is_standard_input(&arguments.spec) {
        return Ok(None);
    }
    match Project::around(program) {
        Err(Failure::Input(_)) => {
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

fn check(named: &Path, drift: &Drift, wanted: &BTreeMap<String, String>, found: &Contents) -> Result<(), Failure> {
    if drift.is_empty() {
        return Ok(());
    }
    let folder = named.display().to_string();
    say(&printed_problems::drift(&folder, drift, wanted, found));
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

fn refusal(source: &Source, found: &Diagnostics, is_whole: bool) -> String {
    let help = if is_whole {
        "\nhelp: correct the document, repair it by an overlay (`--overlay`), or generate a part of it (`--only`)"
    } else {
        ""
    };
    format!("{} cannot be generated from ({}); nothing was written{help}", source.root, printed_problems::tally(found))
}

/// The crate name that a document's own name gives.
pub(crate) fn name_of(document: &Path) -> String {
    names::crate_name(&document.file_stem().unwrap_or_default().to_string_lossy())
}
