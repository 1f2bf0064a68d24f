//! The table, held against the grammar and against what is generated.

mod examples;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Severity};
use crate::grammar::{Kind, Version};
use crate::source::Source;
use crate::strictness::Strictness;
use crate::{Generated, Manifest, Options, Program, generate};
use examples::Example;
use table::{FormatRow, Row};

fn of(document: &str) -> Generated {
    let options = Options {
        crate_name: "tiny".into(),
        strictness: Strictness::Lenient,
        manifest: Manifest::Workspace,
        only: Vec::new(),
        program: Program::Xtask,
    };
    generate(&Source::new("tiny.yaml", document), &options)
}

/// The objects of the specification, each once. Two kinds of flows have the same keys.
fn objects() -> BTreeMap<&'static str, Kind> {
    let maps = [Kind::Paths, Kind::Responses, Kind::Callback, Kind::SecurityRequirement, Kind::ExternalDocs];
    let kinds = Kind::ALL.iter().copied().chain(maps).chain([Kind::DeviceFlow]);
    kinds.map(|kind| (kind.name(), kind)).collect()
}

/// What the table says of the versions that have a key.
fn since(kind: Kind, key: &str) -> &'static str {
    let first = [(Version::V30, "3.0"), (Version::V31, "3.1"), (Version::V32, "3.2")];
    let is_in = |version: Version| kind.field(key, version).is_some();
    if !is_in(Version::V32) {
        return "3.0 only";
    }
    first.into_iter().find(|(version, _)| is_in(*version)).map_or("", |(_, words)| words)
}

#[test]
fn the_table_has_the_keys_of_the_grammar() {
    let rows = table::rows();
    let objects = objects();
    let named: BTreeSet<&str> = rows.iter().map(|row| row.object.as_str()).collect();
    assert_eq!(named, objects.keys().copied().collect());
    for (name, kind) in objects {
        let stated: Vec<&Row> = rows.iter().filter(|row| row.object == name).collect();
        let stated_keys: Vec<&str> = stated.iter().filter_map(|row| row.key.as_deref()).collect();
        let stated_set: BTreeSet<&str> = stated_keys.iter().copied().collect();
        assert_eq!(stated_keys.len(), stated_set.len(), "{name} has a row twice");
        let known: BTreeSet<&str> = kind.object().fields.iter().map(|field| field.name).collect();
        assert_eq!(stated_set, known, "the keys of {name}");
        // An object without keys of its own has one row, for those that the document chooses.
        assert_eq!(stated.len() - stated_keys.len(), usize::from(known.is_empty()), "the rows of {name}");
        for row in stated {
            if let (Some(key), false) = (&row.key, kind == Kind::DeviceFlow) {
                assert_eq!(row.since, since(kind, key), "{name}, {key}");
            }
        }
    }
}

/// The codes in the words of a row: no other word in code font has a hyphen, but extensions.
fn in_words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split('`').skip(1).step_by(2);
    words.filter(|word| word.contains('-') && !word.contains(' ') && !word.starts_with("x-"))
}

#[test]
fn every_code_in_the_table_exists() {
    let rows = table::rows();
    let stated = rows.iter().flat_map(|row| row.codes.iter().map(String::as_str).chain(in_words(&row.text)));
    let codes: BTreeSet<&str> = stated.collect();
    assert!(codes.contains("unchecked-keyword") && codes.contains("link-target"));
    for code in codes {
        assert!(Code::from_name(code).is_some(), "`{code}`");
    }
}

/// Codes that say that less is generated than the document says.
const LOSSES: &[Code] = &[
    Code::FurtherMediaType,
    Code::HeaderNotAParameter,
    Code::InterimResponse,
    Code::BodilessResponse,
    Code::MisplacedReference,
    Code::NotGenerated,
    Code::ResponseAsBytes,
    Code::UncheckedKeyword,
    Code::UnsupportedMediaType,
    Code::UnsupportedParameter,
    Code::UnsupportedSecurity,
    Code::UnsupportedVersion,
    Code::ValuesNotChecked,
];

fn losses(generated: &Generated) -> BTreeSet<&'static str> {
    let lost = generated.diagnostics.iter().filter(|found| LOSSES.contains(&found.code));
    lost.map(|found| found.code.as_str()).collect()
}

/// Holds a row against a document with its key and one without it.
fn misfit(row: &Row, example: &Example) -> Option<String> {
    let (with, without) = (of(&example.with()), of(&example.without()));
    let errors: Vec<&str> = with
        .diagnostics
        .iter()
        .filter(|found| found.severity == Severity::Error && !LOSSES.contains(&found.code))
        .map(|found| found.message.as_str())
        .collect();
    if !errors.is_empty() {
        return Some(format!("the example is wrong: {errors:?}"));
    }
    let lost = losses(&with);
    if let Some(unsaid) = lost.iter().find(|code| !row.codes.iter().any(|stated| stated == *code)) {
        return Some(format!("`{unsaid}` is reported, which the table does not say"));
    }
    let Some(tree) = with.tree else {
        return (!row.text.contains("efused")).then(|| "it is refused, which the table does not say".to_owned());
    };
    let is_same = without.tree.is_some_and(|other| other.0 == tree.0);
    let is_left = row.text.starts_with("Nothing");
    match (is_same, is_left) {
        (true, false) if lost.is_empty() => Some("nothing depends on it, and nothing is said".to_owned()),
        (false, true) => Some("the crate depends on it, and the table says that it does not".to_owned()),
        _ => None,
    }
}

#[test]
fn rows_say_what_becomes_of_their_keys() {
    let mut wrong = Vec::new();
    for row in table::rows() {
        let Some(key) = &row.key else { continue };
        let is_of_row = |example: &&Example| example.object == row.object && example.key == key;
        let mut shown = examples::ALL.iter().copied().flatten().filter(is_of_row).peekable();
        if shown.peek().is_none() {
            wrong.push(format!("{}, {key}: there is no example", row.object));
        }
        wrong.extend(shown.filter_map(|example| Some(format!("{}, {key}: {}", row.object, misfit(&row, example)?))));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A code stands in a row because some document with the key has it.
#[test]
fn rows_name_no_code_that_is_never_reported() {
    for row in table::rows() {
        for code in &row.codes {
            let is_shown = |example: &&Example| {
                example.object == row.object
                    && row.key.as_deref().is_none_or(|key| example.key == key)
                    && of(&example.with()).diagnostics.iter().any(|found| found.code.as_str() == code)
            };
            let mut all = examples::ALL.iter().copied().flatten().chain(examples::LOST);
            assert!(all.any(|example| is_shown(&example)), "{}, {:?}: `{code}`", row.object, row.key);
        }
    }
}

#[test]
fn formats_have_the_types_of_the_table() {
    for FormatRow { stated_type, format, rust } in table::formats() {
        let format = format.map(|format| format!(", format: {format}")).unwrap_or_default();
        let text = format!(
            "openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
            Thing: {{type: object, required: [a], properties: {{a: {{type: {stated_type}{format}}}, b: {{type: string}}}}}}\n"
        );
        let tree = of(&text).tree.expect("the document is valid");
        let types = &tree.0["src/types.rs"];
        assert!(types.contains(&format!("    pub a: {rust},\n")), "{stated_type}{format}: {types}");
    }
}
