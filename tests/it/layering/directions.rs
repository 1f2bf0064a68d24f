//! The modules of a crate stand in the order in which its root lists them, and no parts of a folder name each other in a circle.
//!
//! Paths are followed to what they mean, through imports in groups and through what a module gives out.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use super::declared;
use super::uses::Code;
use crate::support::checkout;

type Parts = BTreeMap<String, BTreeSet<String>>;

/// The code of a folder of sources without its tests.
pub(super) fn production(folder: &str) -> Code {
    Code::below(folder, super::code)
}

/// A crate, and the parts of its folders that hold each other.
struct Crate {
    sources: &'static str,
    mutual: &'static [(&'static str, &'static [&'static str])],
}

impl Crate {
    const fn new(sources: &'static str) -> Self {
        Self { sources, mutual: &[] }
    }

    fn code(&self) -> Code {
        let code = production(self.sources);
        match self.sources {
            // The path that webhooks had before, for crates that were generated then.
            "codegen/runtime/src" => code.without("server.rs", "webhook"),
            _ => code,
        }
    }
}

/// The parts of `api` that hold each other, and those that name one of them.
const FACTS: &[&str] = &[
    "body",
    "enumeration",
    "object",
    "operation",
    "parameter",
    "part_count",
    "response",
    "schema",
    "schema_visitor",
    "schema_visitor_mut",
    "union",
];

/// All crates that a user builds, but for generated ones.
const CRATES: [Crate; 7] = [
    // Plain data, whose types hold each other as the things do that they stand for: a header of an encoding is a parameter, and a parameter
    // may have content, which has encodings.
    Crate { sources: "codegen/src", mutual: &[("api", FACTS)] },
    Crate::new("codegen/runtime/src"),
    Crate::new("codegen/build/src"),
    Crate::new("codegen/cli/src"),
    // What proves that values are refused reads the documents' schemas a second time, as JSON, on purpose: the comparison of the schemas that
    // were read once cannot prove itself right.
    Crate::new("codegen/diff/src"),
    Crate::new("codegen/mock/src"),
    Crate::new("codegen/postgres/src"),
];

/// The parts that are left when those that name none of the others are taken away, one after the other.
fn in_circles(mut parts: Parts) -> Vec<String> {
    loop {
        let left: BTreeSet<String> = parts.keys().cloned().collect();
        parts.retain(|_, named| named.intersection(&left).next().is_some());
        if parts.len() == left.len() {
            return parts.into_keys().collect();
        }
    }
}

/// A folder and the file of its name are one part, as they are one module: the file calls what its parts declare, and they share what it
/// declares.
#[test]
fn parts_of_a_folder_name_each_other_in_one_direction() {
    let (mut circles, mut known) = (BTreeMap::new(), BTreeMap::new());
    for one in CRATES {
        let code = one.code();
        let mutual = one.mutual.iter().map(|(folder, parts)| (format!("{}/{folder}", one.sources), named_parts(parts)));
        known.extend(mutual);
        for folder in code.folders().into_iter().chain([String::new()]) {
            let mut parts = code.parts_named(&folder);
            // The roots of the library and of the program give out what all the others make.
            parts.retain(|part, _| !folder.is_empty() || !["lib", "main"].contains(&part.as_str()));
            let circle = in_circles(parts);
            if !circle.is_empty() {
                circles.insert(format!("{}/{folder}", one.sources), circle);
            }
        }
    }
    assert_eq!(circles, known);
}

fn named_parts(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|&part| part.to_owned()).collect()
}

/// What is seen of the folders, so that a circle would be.
#[test]
fn arrows_within_folders_are_seen() {
    let generator = production("codegen/src");
    assert!(generator.folders().is_superset(&["plan", "emit", "lower/schemas"].map(str::to_owned).into()));
    assert!(generator.parts_named("emit")["server"].contains("source_file"));
    let runtime = production("codegen/runtime/src");
    let top = runtime.parts_named("");
    assert!(top["wire"].contains("param") && top["fake"].contains("server") && top["webhook"].contains("client"));
    assert!(runtime.parts_named("client")["call"].contains("journal"));
    assert!(runtime.parts_named("server")["service"].contains("incoming"));
    assert!(runtime.parts_named("decode")["every_fault"].contains("decoding_mode"));
    let files = [("a.rs", "use crate::{b::{self, C}, d as e};"), ("b.rs", "pub struct C;"), ("d.rs", "pub fn f() {}")];
    let code = Code::read(files.map(|(file, text)| (file.to_owned(), text.to_owned())));
    assert_eq!(code.parts_named("")["a"], ["b", "d"].map(str::to_owned).into());
}

#[test]
fn a_circle_is_found_with_what_leads_into_it() {
    let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    let circle = [("a", set(&["b"])), ("b", set(&["a", "c"])), ("d", set(&["a"])), ("e", set(&["c"]))];
    assert_eq!(in_circles(circle.map(|(part, named)| (part.to_owned(), named)).into()), ["a", "b", "d"]);
}

/// The modules that a root lists, in the groups that empty lines make.
fn groups(root: &str) -> Vec<Vec<&str>> {
    let mut groups = vec![Vec::new()];
    for line in root.lines() {
        match (declared(line), groups.last_mut()) {
            (Some(module), Some(group)) => group.push(module),
            (None, _) if line.is_empty() => groups.push(Vec::new()),
            _ => {}
        }
    }
    groups.retain(|group| !group.is_empty());
    groups
}

/// What each module names that stands in a later group.
fn named_below(groups: &[Vec<&str>], named: &Parts) -> Vec<String> {
    let mut found = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        let below: Vec<&str> = groups[at + 1..].iter().flatten().copied().collect();
        for module in group {
            let names = named.get(*module).into_iter().flatten().filter(|name| below.contains(&name.as_str()));
            found.extend(names.map(|name| format!("{module} names {name}")));
        }
    }
    found
}

#[test]
fn modules_name_only_modules_of_their_group_and_of_groups_above() {
    for one in CRATES {
        let root = fs::read_to_string(checkout().join(one.sources).join("lib.rs")).unwrap();
        let groups = groups(&root);
        assert!(groups.iter().flatten().count() > 6, "{}: {groups:?}", one.sources);
        let below = named_below(&groups, &one.code().parts_named(""));
        assert!(below.is_empty(), "lib.rs of {} lists below: {below:#?}", one.sources);
    }
}

#[test]
fn what_stands_in_a_later_group_is_named_below() {
    let root = "mod a;\n#[cfg(test)]\npub mod b;\n\n// More.\npub(crate) mod c;\n\nfn f() {}\n";
    assert_eq!(groups(root), [vec!["a", "b"], vec!["c"]]);
    let named = [("a", "c"), ("b", "a"), ("c", "b")].map(|(one, other)| (one.to_owned(), [other.to_owned()].into()));
    assert_eq!(named_below(&groups(root), &named.into()), ["a names c"]);
}
