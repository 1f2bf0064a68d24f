//! `generate SPEC --out DIR`: a complete crate for any document.

use std::collections::BTreeMap;
use std::path::Path;

use specie_codegen::diagnostic::Diagnostics;
use specie_codegen::drift::{Contents, Drift};
use specie_codegen::source::Source;
use specie_codegen::{Manifest, Module, Options, Package, Program, Strictness, names};

use crate::args::{Format, Generate};
use crate::crate_folder;
use crate::failure::Failure;
use crate::paths::{current_folder, real_path};
use crate::printed_problems;
use crate::project::not_a_name;
use crate::read;
use crate::report;
use crate::runtime_requirement;
use crate::runtime_source;
use crate::terminal::{Progress, Style, paint, print};
use crate::write::{self, RealDisk};

pub(crate) fn run(arguments: &Generate, program: Program) -> Result<(), Failure> {
    let out = real_path(&arguments.out).map_err(|error| Failure::at(&arguments.out, &error))?;
    let options = options(arguments, &out, program)?;
    let progress = Progress::start(&format!("generating {}", options.crate_name));
    let gathered = read::gather(&current_folder()?, &arguments.spec, &arguments.reading)?;
    let (tree, mut found) = specie_codegen::files(&gathered, &options);
    let source = &gathered.source;
    drop(progress);
    let reporting = &arguments.reporting;
    report::level(&mut found, reporting);
    let style = report::drop_style(&mut found);
    report::in_short(&found, source, reporting, program)?;
    let refused = || Failure::Input(refusal(source, &found, options.only.is_empty()));
    let tree = tree.filter(|_| !found.has_errors()).ok_or_else(refused)?.0;
    let (there, drift) = crate_folder::drift(&out, &tree)?;
    if arguments.check {
        return check(&arguments.out, &drift, &tree, &there);
    }
    printed_problems::refuse_to_overwrite(&arguments.out, &drift)?;
    write::apply(&mut RealDisk, &out, &drift, &tree)?;
    if reporting.quiet || reporting.format != Format::Human {
        return Ok(());
    }
    let closing = closing(&printed_problems::count(drift.len()), &found, style, program);
    print(&format!("  {}  {closing}\n", arguments.out.display()))
}

fn check(named: &Path, drift: &Drift, wanted: &BTreeMap<String, String>, found: &Contents) -> Result<(), Failure> {
    if drift.is_empty() {
        return Ok(());
    }
    let folder = named.display().to_string();
    eprint!("{}", printed_problems::drift(&folder, drift, wanted, found));
    let help = paint(Style::Help, "help");
    Err(Failure::Input(format!("`{folder}` is out of date\n{help}: run the same command without --check")))
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
        format!(
            "\n{}: correct the document, repair it by an overlay (`--overlay`), or generate a part of it (`--only`)",
            paint(Style::Help, "help")
        )
    } else {
        String::new()
    };
    format!("{} cannot be generated from ({}); nothing was written{help}", source.root, printed_problems::tally(found))
}

/// What to ask of the generator, or why the command cannot work.
fn options(arguments: &Generate, out: &Path, program: Program) -> Result<Options, Failure> {
    if arguments.module.is_none() && runtime_source::is_claimed(out) {
        return Err(Failure::Usage(format!(
            "{} lies in the checkout of Specie, where cargo would take the crate for a lost member of the workspace\n\
             help: a folder outside of it, or one below its `target`; documents of the checkout itself go to `specs/`, and `{} regenerate` writes their crates",
            arguments.out.display(),
            program.as_str(),
        )));
    }
    let crate_name = match &arguments.name {
        Some(name) if names::is_crate_name(name) => name.clone(),
        Some(name) => return Err(Failure::Usage(format!("--name: {}", not_a_name(name)))),
        None if read::is_standard_input(&arguments.spec) => {
            return Err(Failure::Usage(
                "standard input has no name for the crate\nhelp: give it one with --name".to_owned(),
            ));
        }
        None => name_of(&arguments.spec),
    };
    Ok(Options {
        crate_name,
        strictness: Strictness::Lenient,
        manifest: manifest(arguments, out)?,
        only: arguments.only.clone(),
        program,
    })
}

/// A crate of its own, or a module in one.
fn manifest(arguments: &Generate, out: &Path) -> Result<Manifest, Failure> {
    if let Some(path) = &arguments.module {
        let module = Module::new(path, arguments.side.iter().copied());
        return module.map(Manifest::Module).ok_or_else(|| Failure::Usage(format!("--module: {}", not_a_module(path))));
    }
    let runtime = match &arguments.runtime {
        Some(written) => runtime_requirement::checked(written).map_err(|why| {
            Failure::Usage(format!("--runtime: {why}\nhelp: as in a manifest: 'version = \"0.1\"' or 'path = \"…\"'"))
        })?,
        None => runtime_source::of_this_program(out)?,
    };
    Ok(Manifest::Standalone { runtime, package: package(arguments, out)? })
}

/// Says what the path of a module is.
pub(crate) fn not_a_module(path: &str) -> String {
    format!("`{}` is no path of a module from the root of its crate on, such as `crate::api`", path.escape_debug())
}

/// The package as the arguments say, else as the manifest that is there already says, else a first version.
fn package(arguments: &Generate, out: &Path) -> Result<Package, Failure> {
    let there = kept(out)?;
    Ok(Package {
        version: arguments.package_version.clone().unwrap_or(there.version),
        license: arguments.license.clone().or(there.license),
        publish: arguments.publish || there.publish,
    })
}

/// What the manifest of an earlier run says of its package, which its owner may have changed since.
fn kept(out: &Path) -> Result<Package, Failure> {
    let file = out.join("Cargo.toml");
    let default = Package::default();
    if !file.is_file() {
        return Ok(default);
    }
    let text = std::fs::read_to_string(&file).map_err(|error| Failure::at(&file, &error))?;
    // A manifest that is no TOML is damaged, and written anew.
    let manifest: toml::Table = text.parse().unwrap_or_default();
    let Some(package) = manifest.get("package").and_then(toml::Value::as_table) else {
        return Ok(default);
    };
    let text = |key: &str| package.get(key).and_then(toml::Value::as_str).map(str::to_owned);
    Ok(Package {
        version: text("version").unwrap_or(default.version),
        license: text("license"),
        publish: package.get("publish").and_then(toml::Value::as_bool) != Some(false),
    })
}

/// The crate name that a document's own name gives.
pub(crate) fn name_of(document: &Path) -> String {
    names::crate_name(&document.file_stem().unwrap_or_default().to_string_lossy())
}
