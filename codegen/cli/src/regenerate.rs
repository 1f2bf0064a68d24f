//! `regenerate [API…] [--check]`: from the documents of the configuration to their crates.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use specie_build::{crate_folder, folder, write};
use specie_codegen::drift::{Contents, Drift, compare};
use specie_codegen::source::Source;
use specie_codegen::{Generated, Program};

use crate::args::{Reading, Regenerate};
use crate::failure::Failure;
use crate::printed_problems::{self, Seen};
use crate::project::{Api, Holds, Output, Project};
use crate::report;
use crate::standard_error::say;
use crate::terminal::{Progress, print};

pub(crate) fn run(arguments: &Regenerate, program: Program) -> Result<(), Failure> {
    let project = Project::here(program, "generate DOCUMENT --out DIR")?;
    project.knows(&arguments.apis)?;
    let chosen: Vec<&Api> = project.apis().filter(|api| is_chosen(arguments, &api.name)).collect();
    project.refuse_missing_of_crates(chosen.iter().copied())?;
    let crates = crates(&project, &chosen, program)?;
    let folders = project
        .outputs
        .iter()
        .filter(|output| output.apis.iter().any(|api| is_chosen(arguments, &api.name)) || arguments.apis.is_empty());
    let folders: Vec<Compared<'_>> =
        folders.map(|output| compared(output, &crates, arguments)).collect::<Result<_, _>>()?;
    if arguments.check {
        return check(&folders, program);
    }
    for Compared { output, drift, .. } in &folders {
        write::refuse_to_overwrite(Path::new(&output.shown), drift)?;
    }
    for (at, Compared { output, drift, wanted, .. }) in folders.iter().enumerate() {
        if let Err(failure) = write::apply(&output.folder, drift, wanted) {
            let (written, rest) = folders.split_at(at);
            print(&summary(&of_folders(&chosen, written), written, &crates, program))?;
            return Err(unfinished(failure.into(), rest));
        }
    }
    print(&summary(&chosen, &folders, &crates, program))
}

/// The APIs among the chosen ones that are written to some folders.
fn of_folders<'a>(chosen: &[&'a Api], folders: &[Compared<'_>]) -> Vec<&'a Api> {
    let is_there = |api: &&&Api| folders.iter().any(|folder| folder.output.apis.iter().any(|one| one.name == api.name));
    chosen.iter().filter(is_there).copied().collect()
}

/// Why a folder could not be written, with those that were not reached.
fn unfinished(failure: Failure, rest: &[Compared<'_>]) -> Failure {
    let rest: Vec<String> = rest.iter().skip(1).map(|folder| format!("`{}`", folder.output.shown)).collect();
    let were = if rest.len() == 1 { "was" } else { "were" };
    match failure {
        Failure::Io(said) if !rest.is_empty() => Failure::Io(format!("{said}; {} {were} not reached", rest.join(", "))),
        failure => failure,
    }
}

fn is_chosen(arguments: &Regenerate, name: &str) -> bool {
    arguments.apis.is_empty() || arguments.apis.iter().any(|chosen| chosen == name)
}

/// What was made of one document.
struct Made {
    files: BTreeMap<String, String>,
    /// How many warnings `lint` prints about a document that may have some.
    warnings: usize,
}

/// The crates by their names.
type Crates<'a> = BTreeMap<&'a str, Made>;

/// Every chosen crate, or the listing of all that stands against any.
fn crates<'a>(project: &Project, chosen: &[&'a Api], program: Program) -> Result<Crates<'a>, Failure> {
    let progress = Progress::start("generating");
    let results: Vec<Result<(&Api, Source, Generated), Failure>> = chosen
        .par_iter()
        .map(|api| {
            let gathered = project.gather(&project.root, api, &Reading::default())?;
            let generated = specie_codegen::generate(&gathered, &api.options(program));
            Ok((*api, gathered.source, generated))
        })
        .collect();
    drop(progress);
    let mut crates = Crates::new();
    let mut at_fault = Vec::new();
    let mut seen = Seen::new();
    let mut errors = false;
    for result in results {
        let (api, source, generated) = result?;
        let Generated { tree, diagnostics: mut found, .. } = generated;
        found.level(&api.allow, &api.deny);
        let style = if api.strictness.is_lenient() { report::drop_style(&mut found) } else { 0 };
        if let Some(tree) = tree.filter(|_| !report::is_refused(&found, api.strictness)) {
            crates.insert(&api.name, Made { files: tree.0, warnings: found.warnings() + style });
        } else {
            printed_problems::problems(&found, &source, &mut seen, program);
            errors |= found.has_errors();
            at_fault.push(format!("{} ({})", source.root, printed_problems::tally(&found)));
        }
    }
    if at_fault.is_empty() { Ok(crates) } else { Err(refusal(&at_fault.join(", "), errors)) }
}

/// Says why nothing is written.
pub(crate) fn refusal(at_fault: &str, errors: bool) -> Failure {
    let said = format!("nothing was written; at fault: {at_fault}");
    if errors {
        return Failure::Input(said);
    }
    let why = "documents that are read strictly have no warnings either; what is meant as it stands is allowed there by `x-specie-allow`, with a reason";
    Failure::Input(format!("{said}\nhelp: {why}"))
}

/// A folder beside the files that it should hold.
struct Compared<'a> {
    output: &'a Output,
    wanted: BTreeMap<String, String>,
    found: Contents,
    drift: Drift,
}

fn compared<'a>(output: &'a Output, crates: &Crates<'_>, arguments: &Regenerate) -> Result<Compared<'a>, Failure> {
    let made = output.apis.iter().filter_map(|api| Some((api, crates.get(api.name.as_str())?)));
    match output.holds {
        Holds::Crate => {
            let wanted = made.flat_map(|(_, made)| made.files.clone()).collect();
            let (found, drift) = crate_folder::drift(&output.folder, &wanted)?;
            Ok(Compared { output, wanted, found, drift })
        }
        Holds::Crates => {
            let files = made.flat_map(|(api, made)| {
                made.files.iter().map(|(path, text)| (format!("{}/{path}", api.name), text.clone()))
            });
            let wanted = files.collect();
            let found = folder::read(&output.folder, &|path| is_chosen(arguments, crate_of(path)))?;
            let drift = compare(&wanted, &found);
            Ok(Compared { output, wanted, found, drift })
        }
    }
}

/// The crate that a path in a folder of crates belongs to.
fn crate_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

fn check(folders: &[Compared<'_>], program: Program) -> Result<(), Failure> {
    let stale: Vec<&Compared<'_>> = folders.iter().filter(|folder| !folder.drift.is_empty()).collect();
    if stale.is_empty() {
        return Ok(());
    }
    for Compared { output, wanted, found, drift } in &stale {
        say(&printed_problems::drift(&output.shown, drift, wanted, found));
    }
    let (names, verb) =
        (stale.iter().map(|folder| format!("`{}`", folder.output.shown)), if stale.len() == 1 { "is" } else { "are" });
    let names: Vec<String> = names.collect();
    Err(Failure::Input(format!("{} {verb} out of date\nhelp: run `{} regenerate`", names.join(", "), program.as_str())))
}

/// A line for each crate: what became of it.
fn summary(chosen: &[&Api], folders: &[Compared<'_>], crates: &Crates<'_>, program: Program) -> String {
    let changed = changed(chosen, folders);
    let width = changed.keys().map(|name| name.chars().count()).max().unwrap_or_default();
    let lines = changed.iter().map(|(name, files)| {
        let made = crates.get(name);
        let what = if made.is_some() { printed_problems::count(*files) } else { "removed".to_owned() };
        let warnings = match made.map_or(0, |made| made.warnings) {
            0 => String::new(),
            1 => format!("; 1 warning (`{} lint {name}` says which)", program.as_str()),
            several => format!("; {several} warnings (`{} lint {name}` says which)", program.as_str()),
        };
        format!("  {name:width$}  {what}{warnings}\n")
    });
    lines.collect()
}

/// How many files changed in each crate, those that were removed included.
fn changed<'a>(chosen: &[&'a Api], folders: &'a [Compared<'a>]) -> BTreeMap<&'a str, usize> {
    let mut changed: BTreeMap<&str, usize> = chosen.iter().map(|api| (api.name.as_str(), 0)).collect();
    for Compared { output, drift, .. } in folders {
        for path in drift.keys() {
            let name = match (output.holds, output.apis.first()) {
                (Holds::Crate, Some(api)) => api.name.as_str(),
                _ => crate_of(path),
            };
            *changed.entry(name).or_default() += 1;
        }
    }
    changed
}
