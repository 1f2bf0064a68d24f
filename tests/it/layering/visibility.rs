//! An item of the generator is as visible as its users need, and no more.
//!
//! That `pub` items can be reached from outside the crate is a lint of the compiler, `unreachable_pub`.

use std::collections::BTreeMap;
use std::fs;

use super::rust_files;
use crate::support::checkout;

/// A function, constant or table that is visible within the crate.
struct Item {
    /// The file, below `codegen/src`.
    file: String,
    /// What stands in the parentheses: `crate`, `super` or `in crate::emit`.
    reach: String,
    name: String,
}

/// The text of each file, by its path below `codegen/src`.
fn texts() -> BTreeMap<String, String> {
    let root = checkout().join("codegen/src");
    let read = |path: std::path::PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        (path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), code.join("\n"))
    };
    rust_files("codegen/src").into_iter().map(read).collect()
}

/// The item that a line declares. Types are left out, because a type is as visible as the functions that take it.
fn item(file: &str, line: &str) -> Option<Item> {
    // What is further in is text of generated code.
    let declared = line.strip_prefix("    ").unwrap_or(line).strip_prefix("pub(")?;
    let (reach, rest) = declared.split_once(") ")?;
    let rest = rest.strip_prefix("const fn ").or_else(|| rest.strip_prefix("fn "));
    let rest = rest.or_else(|| declared.split_once(") const ").map(|(_, rest)| rest));
    let name: String = rest?.chars().take_while(|one| one.is_alphanumeric() || *one == '_').collect();
    Some(Item { file: file.to_owned(), reach: reach.to_owned(), name })
}

fn items(texts: &BTreeMap<String, String>) -> Vec<Item> {
    texts.iter().flat_map(|(file, text)| text.lines().filter_map(|line| item(file, line))).collect()
}

fn stage(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The folder that a file stands in.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn names(text: &str, name: &str) -> bool {
    text.split(|one: char| !one.is_alphanumeric() && one != '_').any(|word| word == name)
}

/// Whether another file that fits names an item.
fn is_named(texts: &BTreeMap<String, String>, item: &Item, fits: impl Fn(&str) -> bool) -> bool {
    texts.iter().any(|(file, text)| *file != item.file && fits(file) && names(text, &item.name))
}

#[test]
fn what_the_crate_sees_is_named_by_another_stage() {
    let texts = texts();
    let found = items(&texts);
    let seen: Vec<&Item> = found.iter().filter(|item| item.reach == "crate").collect();
    assert!(seen.len() > 50, "{}", seen.len());
    for item in seen {
        let is_used = is_named(&texts, item, |file| stage(file) != stage(&item.file));
        assert!(is_used, "{} of {} is named by its own stage alone", item.name, item.file);
    }
}

#[test]
fn what_a_stage_sees_is_named_by_another_of_its_folders() {
    let texts = texts();
    let found = items(&texts);
    let seen: Vec<&Item> = found.iter().filter(|item| item.reach.starts_with("in ")).collect();
    assert!(seen.len() > 5, "{}", seen.len());
    for item in seen {
        assert_eq!(item.reach, format!("in crate::{}", stage(&item.file)), "{} of {}", item.name, item.file);
        let own = folder(&item.file);
        let is_outside = |file: &str| {
            let is_own = file.trim_end_matches(".rs") == own || file.starts_with(&format!("{own}/"));
            stage(file) == stage(&item.file) && !is_own
        };
        assert!(is_named(&texts, item, is_outside), "{} of {} is named in {own} alone", item.name, item.file);
    }
}

#[test]
fn what_a_folder_sees_is_named_by_another_of_its_files() {
    let texts = texts();
    let found = items(&texts);
    let seen: Vec<&Item> = found.iter().filter(|item| item.reach == "super").collect();
    assert!(seen.len() > 300, "{}", seen.len());
    for item in seen {
        let own = folder(&item.file);
        assert_ne!(own, "", "{} of {} is seen by the whole crate: say so", item.name, item.file);
        let is_beside = |file: &str| file.trim_end_matches(".rs") == own || file.starts_with(&format!("{own}/"));
        assert!(is_named(&texts, item, is_beside), "{} of {} is named by no file beside it", item.name, item.file);
    }
}
