//! `cargo xtask generate SPEC --out DIR`: a complete crate for any document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use specie_codegen::diagnostic::Diagnostics;
use specie_codegen::drift::{FolderEntry, State, UNFINISHED, compare, folders_of};
use specie_codegen::source::Source;
use specie_codegen::{Manifest, Options, Strictness, names};

use crate::args::{Format, Generate};
use crate::failure::Failure;
use crate::folder;
use crate::listing;
use crate::project::{Checkout, current_folder, real_path, relative};
use crate::read;
use crate::report;
use crate::terminal::{Progress, Style, paint, print};
use crate::write::{self, RealDisk};

pub(crate) fn run(arguments: &Generate) -> Result<(), Failure> {
    let out = real_path(&arguments.out).map_err(|error| Failure::at(&arguments.out, &error))?;
    let options = options(arguments, &out)?;
    let progress = Progress::start(&format!("generating {}", options.crate_name));
    let gathered = read::gather(&current_folder()?, &arguments.spec, &arguments.reading)?;
    let generated = specie_codegen::generate(&gathered, &options);
    let source = &gathered.source;
    drop(progress);
    let reporting = &arguments.reporting;
    let mut found = generated.diagnostics;
    report::level(&mut found, reporting);
    let style = report::drop_style(&mut found);
    report::in_short(&found, source, reporting)?;
    let refused = || Failure::Input(refusal(source, &found, options.only.is_empty()));
    let tree = generated.tree.filter(|_| !found.has_errors()).ok_or_else(refused)?.0;
    let changed = put(&out, &arguments.out, &tree)?;
    if reporting.quiet || reporting.format != Format::Human {
        return Ok(());
    }
    print(&format!("  {}  {}\n", arguments.out.display(), closing(&listing::count(changed), &found, style)))
}

/// One line with numbers: what was written, and what was said about the document.
fn closing(changed: &str, found: &Diagnostics, style: usize) -> String {
    let warnings = if found.warnings() == 0 { String::new() } else { format!(", {}", listing::tally(found)) };
    let style = match style {
        0 => String::new(),
        count => format!(", {count} more from `cargo xtask lint`"),
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
    format!("{} cannot be generated from ({}); nothing was written{help}", source.root, listing::tally(found))
}

/// What to ask of the generator, or why the command cannot work.
fn options(arguments: &Generate, out: &Path) -> Result<Options, Failure> {
    if let Some(checkout) = Checkout::around_or_own()?.filter(|checkout| checkout.claims(out)) {
        return Err(Failure::Usage(format!(
            "{} lies in the checkout, where cargo would take the crate for a lost member of the workspace\n\
             help: a folder outside {}, or one below its `target`; documents of the checkout itself go to `specs/`, and `cargo xtask regenerate` writes their crates",
            arguments.out.display(),
            checkout.root.display(),
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
    let runtime = match &arguments.runtime {
        Some(requirement) => checked_requirement(requirement)?,
        None => default_requirement(out)?,
    };
    Ok(Options {
        crate_name,
        strictness: Strictness::Lenient,
        manifest: Manifest::Standalone { runtime },
        only: arguments.only.clone(),
    })
}

/// Says what a crate can be called, and what this one could be.
pub(crate) fn not_a_name(name: &str) -> String {
    format!(
        "`{}` cannot name a crate: small letters, digits and `_`, the first one a letter, and no word that Rust or a crate in use has taken; `{}` can",
        name.escape_debug(),
        names::crate_name(name)
    )
}

/// The crate name that a document's own name gives.
pub(crate) fn name_of(document: &Path) -> String {
    names::crate_name(&document.file_stem().unwrap_or_default().to_string_lossy())
}

/// The runtime of the checkout, by its path.
fn default_requirement(out: &Path) -> Result<String, Failure> {
    let none = || {
        Failure::Usage(
            "there is no checkout whose runtime the crate could link\nhelp: name it with --runtime 'path = \"…\"'"
                .to_owned(),
        )
    };
    let checkout = Checkout::around_or_own()?.ok_or_else(none)?;
    Ok(format!("path = {}", toml::Value::from(relative(out, &checkout.runtime()))))
}

/// The keys that say where a dependency comes from; the generator adds the others itself.
const REQUIREMENT: &[&str] = &["branch", "git", "path", "registry", "rev", "tag", "version", "workspace"];

/// A key that the generator writes behind the requirement.
const LAST: &str = "default-features";

/// A requirement is text of the manifest, so it is read as such before it is written there.
fn checked_requirement(requirement: &str) -> Result<String, Failure> {
    let wrong = |why: &str| {
        Failure::Usage(format!("--runtime: {why}\nhelp: as in a manifest: 'version = \"0.1\"' or 'path = \"…\"'"))
    };
    if requirement.contains(['\n', '\r']) {
        return Err(wrong("more than one line"));
    }
    let manifest: toml::Table = format!("runtime = {{ {requirement}, {LAST} = false }}")
        .parse()
        .map_err(|error: toml::de::Error| wrong(error.message()))?;
    let table = manifest.get("runtime").and_then(toml::Value::as_table);
    // Whatever swallows the generator's own key, such as a comment, would swallow it in the manifest too.
    let Some(table) = table.filter(|table| table.len() > 1 && table.contains_key(LAST)) else {
        return Err(wrong("no requirement"));
    };
    match table.keys().find(|key| *key != LAST && !REQUIREMENT.contains(&key.as_str())) {
        Some(key) => Err(wrong(&format!("`{key}` does not say where the runtime comes from"))),
        None => Ok(requirement.trim().to_owned()),
    }
}

/// Writes the crate's files; returns how many changed. `named` is the folder as the user wrote it.
fn put(out: &Path, named: &Path, tree: &BTreeMap<String, String>) -> Result<usize, Failure> {
    let ours = paths_and_folders(tree);
    let found = folder::read(out, &|path| {
        ours.contains(path) || path == "src" || path.starts_with("src/") || path.ends_with(UNFINISHED)
    })?;
    let mut drift = compare(tree, &found);
    // The folder is a user's own: what stands beside the crate's files stays, unless an earlier run wrote it.
    drift.retain(|path, state| match state {
        State::Missing | State::Stale | State::Unfinished => true,
        State::InTheWay => ours.contains(path.as_str()),
        State::Orphaned => {
            matches!(found.get(path), Some(FolderEntry::File(bytes)) if !bytes.is_empty())
        }
    });
    listing::refuse_to_overwrite(named, &drift)?;
    write::apply(&mut RealDisk, out, &drift, tree)?;
    Ok(drift.len())
}

/// Every file of the tree and every folder that one stands in.
fn paths_and_folders(tree: &BTreeMap<String, String>) -> BTreeSet<&str> {
    let files = tree.keys().map(String::as_str);
    files.chain(folders_of(tree)).collect()
}

#[cfg(test)]
mod tests {
    use super::checked_requirement;

    #[test]
    fn requirements_are_what_a_manifest_takes() {
        for good in
            ["version = \"0.1\"", "path = \"../x\"", "git = \"https://x.example\", tag = \"v1\"", " workspace = true "]
        {
            assert_eq!(checked_requirement(good).expect("a requirement"), good.trim());
        }
        let injected = "path = \"x\" }\n[patch.crates-io]\nserde = { path = \"y\"";
        for bad in [
            "",
            "0.1",
            "\"0.1\"",
            "version = 0.1.2",
            "features = [\"x\"]",
            "version = \"1\" } # ",
            "version = \"1\" }, x = { a = 1",
            injected,
        ] {
            assert!(checked_requirement(bad).is_err(), "{bad}");
        }
    }
}
