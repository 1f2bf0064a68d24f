//! Documents that are made to exhaust their reader end in correct output or in a diagnostic, within 10 s and 1 GB.
//!
//! The limits are the system's, set for the program as it starts: 10 s of processor time, which other work on the machine does not use
//! up, and 1 GiB of memory of its own. Where the system knows no such limits, only the clock is watched.

mod documents;
mod limited;
mod many;
mod references;

use std::fs;

use limited::limited;

/// One document, and what has to come of it.
pub struct Case {
    /// For messages; the files' names begin with it.
    pub name: &'static str,
    pub files: Vec<(String, String)>,
    pub end: End,
}

/// How a run has to end.
pub enum End {
    /// With a crate, whatever warnings there are.
    Crate,
    /// With an error of this code.
    Error(&'static str),
}

impl Case {
    /// One YAML document.
    pub fn new(name: &'static str, text: String, end: End) -> Self {
        Self { name, files: vec![("hostile.yaml".to_owned(), text)], end }
    }

    /// One JSON document.
    pub fn json(name: &'static str, text: String, end: End) -> Self {
        Self { name, files: vec![("hostile.json".to_owned(), text)], end }
    }

    fn run(&self) {
        let folder = tempfile::tempdir().expect("a folder");
        for (file, text) in &self.files {
            fs::write(folder.path().join(file), text).expect("a file");
        }
        let document = self.files[0].0.as_str();
        let arguments = ["generate", document, "--out", "out", "--name", "hostile", "--runtime", "version = \"0.1\""];
        let ran = limited(folder.path(), &arguments);
        let listing: String = ran.stderr.chars().take(2000).collect();
        println!("{}: {:.1} s, {} MiB on disk", self.name, ran.seconds, size(folder.path()) >> 20);
        assert!(!ran.stderr.contains("panicked"), "{}: {listing}", self.name);
        let out = folder.path().join("out");
        match self.end {
            End::Crate => {
                assert_eq!(ran.code, Some(0), "{}: {listing}", self.name);
                assert!(out.join("src/lib.rs").is_file(), "{}", self.name);
                parses(&out.join("src/types.rs"), self.name);
            }
            End::Error(code) => {
                assert_eq!(ran.code, Some(1), "{}: {listing}", self.name);
                assert!(ran.stderr.contains(&format!("error[{code}]")), "{}: no `{code}` in {listing}", self.name);
                assert!(!out.exists(), "{}", self.name);
            }
        }
    }
}

fn parses(path: &std::path::Path, name: &str) {
    if let Ok(text) = fs::read_to_string(path) {
        assert!(syn::parse_file(&text).is_ok(), "{name}: {} is not Rust", path.display());
    }
}

fn size(folder: &std::path::Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .map(
            |entry| {
                if entry.path().is_dir() { size(&entry.path()) } else { entry.metadata().map_or(0, |meta| meta.len()) }
            },
        )
        .sum()
}

#[test]
fn aliases_that_multiply() {
    documents::aliases().iter().for_each(Case::run);
}

#[test]
fn nesting_ten_thousand_deep() {
    documents::nesting().iter().for_each(Case::run);
}

#[test]
fn a_million_keys() {
    documents::million().iter().for_each(Case::run);
}

#[test]
fn keys_texts_and_numbers_of_a_megabyte() {
    documents::megabytes().iter().for_each(Case::run);
}

#[test]
fn huge_bounds_and_expressions_that_backtrack() {
    documents::constraints().iter().for_each(Case::run);
}

#[test]
fn references_without_end() {
    references::circles().iter().for_each(Case::run);
}

#[test]
fn references_that_multiply() {
    references::multiplying().iter().for_each(Case::run);
}

#[test]
fn much_of_everything() {
    many::wide().iter().for_each(Case::run);
}

#[test]
fn chains_as_long_as_the_document() {
    many::chains().iter().for_each(Case::run);
}

#[test]
fn a_little_that_stands_for_much() {
    many::multiplied().iter().for_each(Case::run);
}
