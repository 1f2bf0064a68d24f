//! A fixture per code: what is said about it, and that nothing is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use specie_codegen::diagnostic::{Code, Diagnostics, Severity, explain};
use specie_codegen::diagnostic_formats::{Format, Terminal, render};
use specie_codegen::source::{FileId, Source};
use specie_codegen::{Manifest, Options, Program, Strictness, check, gather_with_overlays, generate};

use crate::support::checkout;

fn folder() -> PathBuf {
    checkout().join("tests/fixtures/rejected")
}

/// A fixture is a file, or a folder whose root document is called `root`. It is named after its code, and a further one for the
/// same code has a word behind a dot: `yaml-trap.exponent.yaml`. An overlay in the folder is called `root.overlay.yaml`.
fn source(path: &Path) -> Source {
    let base = if path.is_dir() { path.to_owned() } else { folder() };
    let root = if path.is_dir() { root_of(path) } else { path.file_name().unwrap().to_string_lossy().into_owned() };
    let read = |name: &str| fs::read_to_string(base.join(name)).map_err(|error| error.kind().to_string());
    let overlay = "root.overlay.yaml";
    let overlays = if path.join(overlay).exists() { vec![(overlay.to_owned(), read(overlay))] } else { Vec::new() };
    gather_with_overlays(&root, ".", overlays, &mut { read }).source
}

fn root_of(folder: &Path) -> String {
    let names = ["root.yaml", "root.json"];
    let found = names.into_iter().find(|name| folder.join(name).exists());
    found.expect("a folder of fixtures has a root document").to_owned()
}

fn fixtures() -> Vec<(String, Source)> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().map(|path| (name(&path), source(&path))).collect()
}

fn name(path: &Path) -> String {
    let name = if path.is_dir() { path.file_name() } else { path.file_stem() };
    name.unwrap().to_string_lossy().into_owned()
}

/// The code that a fixture is about.
fn code(name: &str) -> &str {
    name.split('.').next().unwrap()
}

/// What is said about a fixture. One about a selection names it in its first line: `# only: tag:refunds`.
fn found(source: &Source) -> Diagnostics {
    match source.text(FileId::ROOT).lines().next().and_then(|line| line.strip_prefix("# only: ")) {
        Some(selector) => {
            let only = vec![selector.parse().unwrap()];
            let (strictness, manifest) = (Strictness::Strict, Manifest::Workspace);
            generate(
                source,
                &Options { crate_name: "fixture".into(), strictness, manifest, only, program: Program::Xtask },
            )
            .diagnostics
        }
        None => check(source, Strictness::Strict),
    }
}

#[test]
fn each_code_has_a_fixture_and_a_page() {
    let fixtures: BTreeSet<String> = fixtures().into_iter().map(|(name, _)| name).collect();
    for code in Code::ALL {
        let name = code.as_str();
        assert!(fixtures.contains(name), "no fixture for `{name}`");
        let page = explain(name).expect("a code has a page");
        for part in [format!("# `{name}`"), "Wrong".into(), "Right".into(), "```".into()] {
            assert!(page.contains(&part), "the page of `{name}` lacks {part}");
        }
    }
    for fixture in fixtures {
        assert!(Code::from_name(code(&fixture)).is_some(), "the fixture `{fixture}` is named after no code");
    }
}

/// One mistake, one diagnostic: a fixture shows its own code and no other.
#[test]
fn one_mistake_gives_one_diagnostic() {
    for (name, source) in fixtures() {
        let found = found(&source);
        let codes: Vec<&str> = found.iter().map(|diagnostic| diagnostic.code.as_str()).collect();
        assert_eq!(
            codes,
            [code(&name)],
            "{name}\n{}",
            render(&found, &source, Format::Human(Terminal { color: false, program: Program::Xtask }))
        );
        for diagnostic in &found {
            assert!(diagnostic.help.is_some(), "`{name}` does not say what to do");
        }
    }
}

#[test]
fn listings_read_as_they_were_reviewed() {
    for (name, source) in fixtures() {
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/diagnostics", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, render(&found(&source), &source, Format::Human(Terminal { color: false, program: Program::Xtask })));
        });
    }
}

/// Documents by others that are not quite right, and mean one thing all the same: each is generated from, and what was read into it is
/// said. A fixture is named after the code.
#[test]
fn documents_by_others_are_read_as_they_are_meant() {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(checkout().join("tests/fixtures/repaired")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() > 5, "{paths:?}");
    for path in paths {
        let name = name(&path);
        let source = Source::new("fixture.yaml", fs::read_to_string(&path).unwrap());
        let options = Options {
            crate_name: "fixture".into(),
            strictness: Strictness::Lenient,
            manifest: Manifest::Workspace,
            only: vec![],
            program: Program::Xtask,
        };
        let generated = generate(&source, &options);
        let listing =
            render(&generated.diagnostics, &source, Format::Human(Terminal { color: false, program: Program::Xtask }));
        let surface = generated.surface.unwrap_or_else(|| panic!("{name}\n{listing}"));
        let codes: BTreeSet<&str> = generated.diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert_eq!(codes, BTreeSet::from([code(&name)]), "{name}\n{listing}");
        insta::with_settings!({ omit_expression => true, snapshot_path => "snapshots/repaired", prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(name, format!("{listing}\n{surface}"));
        });
    }
}

#[test]
fn machines_get_every_field() {
    let (_, source) = fixtures().into_iter().find(|(name, _)| name == "unknown-key").unwrap();
    let found = found(&source);
    let line = render(&found, &source, Format::Json);
    let object: serde_json::Value = serde_json::from_str(line.lines().next().unwrap()).unwrap();
    for key in ["code", "severity", "message", "file", "line", "column", "pointer", "help"] {
        assert!(object.get(key).is_some(), "{key} is missing in {line}");
    }
    assert_eq!(object["severity"], Severity::Error.as_str());
    let annotation = render(&found, &source, Format::GitHub);
    assert!(annotation.starts_with("::error file=") && annotation.contains("line="), "{annotation}");
}
