//! `cargo xtask regenerate [API…] [--check]`: from `specs/` to `generated/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};
use specie_codegen::drift::{Contents, Drift, compare};
use specie_codegen::source::Source;
use specie_codegen::{Generated, Manifest, Options, Strictness, names};

use crate::args::{Reading, Regenerate};
use crate::failure::Failure;
use crate::folder;
use crate::generate::not_a_name;
use crate::listing::{self, Seen};
use crate::project::Checkout;
use crate::read;
use crate::terminal::{Progress, Style, paint, print};
use crate::write::{self, RealDisk};

pub(crate) fn run(arguments: &Regenerate) -> Result<(), Failure> {
    let nowhere = || Failure::Usage("the current folder does not lie in a checkout of Specie".to_owned());
    let checkout = Checkout::around()?.ok_or_else(nowhere)?;
    let apis = chosen(apis(&checkout)?, &arguments.apis)?;
    let wanted = trees(&checkout, &apis)?;
    let concerned = |path: &str| arguments.apis.is_empty() || apis.contains_key(api_of(path));
    let found = folder::read(&checkout.generated(), &concerned)?;
    let drift = compare(&wanted, &found);
    if arguments.check {
        return check(&drift, &wanted, &found);
    }
    listing::refuse_to_overwrite(Path::new("generated"), &drift)?;
    write::apply(&mut RealDisk, &checkout.generated(), &drift, &wanted)?;
    print(&summary(&apis, &drift))
}

/// The APIs of the checkout: the crate's name, and the document in `specs/`.
type Apis = BTreeMap<String, String>;

fn apis(checkout: &Checkout) -> Result<Apis, Failure> {
    let folder = checkout.specs();
    let mut documents = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|error| Failure::at(&folder, &error))? {
        let entry = entry.map_err(|error| Failure::at(&folder, &error))?;
        let name = entry.file_name().to_string_lossy().into_owned();
        // What begins with a dot is an editor's, not a document.
        if is_document(&name) && !name.starts_with('.') && entry.path().is_file() {
            documents.push(name);
        }
    }
    documents.sort();
    let (overlays, documents): (Vec<String>, Vec<String>) =
        documents.into_iter().partition(|name| read::overlaid(Path::new(name)).is_some());
    let apis = named(&documents)?;
    alone(&overlays, &apis)?;
    Ok(apis)
}

/// Refuses overlays that lie beside no document: nothing would read them.
fn alone(overlays: &[String], apis: &Apis) -> Result<(), Failure> {
    let is_alone = |name: &&String| read::overlaid(Path::new(name)).is_none_or(|stem| !apis.contains_key(&stem));
    let alone: Vec<String> = overlays.iter().filter(is_alone).map(|name| format!("specs/{name}")).collect();
    if alone.is_empty() {
        return Ok(());
    }
    Err(Failure::Input(format!(
        "no document for {}\nhelp: an overlay is called like its document, `x.overlay.yaml` beside `x.yaml`",
        alone.join(", ")
    )))
}

fn is_document(name: &str) -> bool {
    matches!(Path::new(name).extension().and_then(|extension| extension.to_str()), Some("yaml" | "yml" | "json"))
}

/// Gives each document the crate name that its own name is, or says what is wrong with all those that cannot have one.
fn named(documents: &[String]) -> Result<Apis, Failure> {
    let mut apis = Apis::new();
    let mut problems = Vec::new();
    for document in documents {
        let stem = Path::new(document).file_stem().unwrap_or_default().to_string_lossy();
        if !names::is_crate_name(&stem) {
            problems.push(format!("specs/{document}: {}", not_a_name(&stem)));
        }
        if let Some(other) = apis.insert(stem.into_owned(), format!("specs/{document}")) {
            problems.push(format!("specs/{document} and {other} would be crates of the same name"));
        }
    }
    if problems.is_empty() {
        Ok(apis)
    } else {
        Err(Failure::Input(format!(
            "{}\nhelp: rename the file; its name without the ending is the name of the crate",
            problems.join("\n")
        )))
    }
}

/// The APIs that the user asks for.
fn chosen(mut apis: Apis, names: &[String]) -> Result<Apis, Failure> {
    if let Some(unknown) = names.iter().find(|name| !apis.contains_key(*name)) {
        let known: Vec<&str> = apis.keys().map(String::as_str).collect();
        return Err(Failure::Usage(format!(
            "there is no document for `{unknown}` in `specs`; there is: {}",
            known.join(", ")
        )));
    }
    apis.retain(|name, _| names.is_empty() || names.contains(name));
    Ok(apis)
}

/// The crate that a path in `generated/` belongs to.
fn api_of(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

/// Every file of every crate, or the listing of all that stands against it.
fn trees(checkout: &Checkout, apis: &Apis) -> Result<BTreeMap<String, String>, Failure> {
    let progress = Progress::start("generating");
    let results: Vec<Result<(&str, Source, Generated), Failure>> =
        apis.par_iter().map(|(name, document)| tree(checkout, name, document)).collect();
    drop(progress);
    let mut files = BTreeMap::new();
    let mut at_fault = Vec::new();
    let mut seen = Seen::new();
    let mut errors = false;
    for result in results {
        let (name, source, generated) = result?;
        listing::problems(&generated.diagnostics, &source, &mut seen);
        errors |= generated.diagnostics.has_errors();
        match generated.tree {
            // A warning in `specs/` is to be heeded, or allowed at its place with a reason.
            Some(tree) if generated.diagnostics.is_empty() => {
                files.extend(tree.0.into_iter().map(|(path, text)| (format!("{name}/{path}"), text)));
            }
            _ => at_fault.push(format!("{} ({})", source.root, listing::tally(&generated.diagnostics))),
        }
    }
    if at_fault.is_empty() { Ok(files) } else { Err(refusal(&at_fault.join(", "), errors)) }
}

/// Says why nothing is written.
fn refusal(at_fault: &str, errors: bool) -> Failure {
    let said = format!("nothing was written; at fault: {at_fault}");
    if errors {
        return Failure::Input(said);
    }
    let help = paint(Style::Help, "help");
    let why = "`specs` has no warnings either; what is meant as it stands is allowed there by `x-specie-allow`, with a reason";
    Failure::Input(format!("{said}\n{help}: {why}"))
}

fn tree<'a>(checkout: &Checkout, name: &'a str, document: &str) -> Result<(&'a str, Source, Generated), Failure> {
    let gathered = read::gather(&checkout.root, Path::new(document), &Reading::default())?;
    let options = Options {
        crate_name: name.to_owned(),
        strictness: Strictness::Strict,
        manifest: Manifest::Workspace,
        only: Vec::new(),
    };
    let generated = specie_codegen::generate(&gathered, &options);
    Ok((name, gathered.source, generated))
}

fn check(drift: &Drift, wanted: &BTreeMap<String, String>, found: &Contents) -> Result<(), Failure> {
    if drift.is_empty() {
        return Ok(());
    }
    eprint!("{}", listing::drift("generated", drift, wanted, found));
    let help = paint(Style::Help, "help");
    Err(Failure::Input(format!("`generated` is out of date\n{help}: run `cargo xtask regenerate`")))
}

/// A line for each crate: what became of it.
fn summary(apis: &Apis, drift: &Drift) -> String {
    let mut changed: BTreeMap<&str, usize> = apis.keys().map(|name| (name.as_str(), 0)).collect();
    for path in drift.keys() {
        *changed.entry(api_of(path)).or_default() += 1;
    }
    let width = changed.keys().map(|name| name.chars().count()).max().unwrap_or_default();
    let lines = changed.iter().map(|(name, files)| {
        let what = if apis.contains_key(*name) { listing::count(*files) } else { "removed".to_owned() };
        format!("  {name:width$}  {what}\n")
    });
    lines.collect()
}

#[cfg(test)]
mod tests {
    use specie_codegen::drift::State;

    use super::{Apis, chosen, named, summary};

    fn documents(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn all_bad_names_are_told_at_once() {
        let failure =
            named(&documents(&["Bad.yaml", "my-api.yaml", "type.yml", "x.json", "x.yaml"])).expect_err("a failure");
        let text = failure.to_string();
        for expected in [
            "specs/Bad.yaml: `Bad`",
            "specs/my-api.yaml: `my-api`",
            "`my_api` can",
            "specs/type.yml: `type`",
            "specs/x.yaml and specs/x.json",
        ] {
            assert!(text.contains(expected), "{text}");
        }
    }

    #[test]
    fn only_apis_that_exist_can_be_chosen() {
        let apis = named(&documents(&["a.yaml", "b.json"])).expect("names");
        assert_eq!(chosen(apis.clone(), &[]).expect("all"), apis);
        assert_eq!(
            chosen(apis.clone(), &documents(&["b"])).expect("one"),
            Apis::from([("b".to_owned(), "specs/b.json".to_owned())])
        );
        assert!(chosen(apis, &documents(&["c"])).is_err());
    }

    #[test]
    fn the_summary_has_a_line_for_each_crate() {
        let apis = named(&documents(&["long_name.yaml", "x.json"])).expect("names");
        let drift = [("long_name/a", State::Stale), ("long_name/b", State::Orphaned), ("old/c", State::Orphaned)];
        let drift = drift.map(|(path, state)| (path.to_owned(), state)).into();
        assert_eq!(
            summary(&apis, &drift),
            "  long_name  2 files changed\n  old        removed\n  x          unchanged\n"
        );
    }
}
