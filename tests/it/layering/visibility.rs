//! An item of the generator is as visible as its users need, and no more.
//!
//! That `pub` items can be reached from outside the crate is a lint of the compiler, `unreachable_pub`.

mod uses;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::rust_files;
use crate::support::checkout;
use uses::{Code, Item};

/// The generator without its tests.
pub(super) fn production() -> Code {
    below("codegen/src", super::code)
}

/// The generator.
fn generator() -> Code {
    below("codegen/src", |path| fs::read_to_string(path).unwrap())
}

/// The files of a folder, each as it is read.
fn below(folder: &str, read: impl Fn(&Path) -> String) -> Code {
    let root = checkout().join(folder);
    let file = |path: PathBuf| (path.strip_prefix(&root).unwrap().to_string_lossy().into_owned(), read(&path));
    Code::read(rust_files(folder).into_iter().map(file))
}

fn stage(file: &str) -> &str {
    file.split('/').next().unwrap().trim_end_matches(".rs")
}

/// The folder that a file stands in.
fn folder(file: &str) -> &str {
    file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Whether a file is a folder's own, or stands in it.
fn is_within(file: &str, folder: &str) -> bool {
    file.trim_end_matches(".rs") == folder || file.starts_with(&format!("{folder}/"))
}

/// What is wrong with the visibility of an item, if anything is.
fn fault(code: &Code, item: &Item) -> Option<String> {
    let (own, file) = (folder(&item.file), item.file.as_str());
    let is_missing = match item.reach.as_str() {
        "crate" => !code.is_used(item, |user| stage(user) != stage(file)),
        "super" if own.is_empty() => {
            return Some(format!("{} of {file} is seen by the whole crate: say so", item.name));
        }
        "super" => !code.is_used(item, |user| is_within(user, own)),
        reach => {
            if reach != format!("in crate::{}", stage(file)) {
                return Some(format!("{} of {file} is visible {reach}", item.name));
            }
            !code.is_used(item, |user| stage(user) == stage(file) && !is_within(user, own))
        }
    };
    is_missing
        .then(|| format!("{} of {file} is visible in {}, and no other file there names it", item.name, item.reach))
}

#[test]
fn items_are_no_more_visible_than_their_users_need() {
    let code = generator();
    let count = |wanted: fn(&str) -> bool| code.items().iter().filter(|item| wanted(&item.reach)).count();
    assert!(count(|reach| reach == "crate") > 50);
    assert!(count(|reach| reach == "super") > 300);
    assert!(count(|reach| reach.starts_with("in ")) > 5);
    let faults: Vec<String> = code.items().iter().filter_map(|item| fault(&code, item)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
}

/// The parts that are left when those that name none of the others are taken away, one after the other.
fn in_circles(mut parts: BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    loop {
        let left: BTreeSet<String> = parts.keys().cloned().collect();
        parts.retain(|_, named| named.intersection(&left).next().is_some());
        if parts.len() == left.len() {
            return parts.into_keys().collect();
        }
    }
}

/// Folders of plain data, whose types hold each other as the things do that they stand for: a header of an encoding is a parameter, and
/// a parameter may have content, which has encodings.
const MUTUAL: [&str; 2] = ["api", "rust"];

#[test]
fn parts_of_a_folder_name_each_other_in_one_direction() {
    let code = generator();
    let folders = code.folders();
    assert!(folders.contains("plan") && folders.contains("emit") && folders.contains("lower/schemas"), "{folders:?}");
    let mut circles = BTreeMap::new();
    for folder in folders.iter().filter(|folder| !MUTUAL.contains(&folder.as_str())) {
        let mut parts = code.parts_named(folder);
        // What tests share names all, and is named by all tests.
        parts.retain(|part, _| !["test_crates", "tests"].contains(&part.as_str()));
        let circle = in_circles(parts);
        if !circle.is_empty() {
            circles.insert(folder.clone(), circle);
        }
    }
    assert!(circles.is_empty(), "{circles:#?}");
    assert!(code.parts_named("emit")["server"].contains("reserved_names"));
}

#[test]
fn modules_of_the_runtime_name_each_other_in_one_direction() {
    let code = below("codegen/runtime/src", super::code);
    let mut parts = code.parts_named("");
    parts.remove("lib");
    assert!(parts.len() > 20, "{parts:?}");
    assert!(parts["wire"].contains("param") && parts["fake"].contains("server"), "{parts:?}");
    let circle = in_circles(parts.clone());
    assert!(circle.is_empty(), "{circle:?}: {parts:#?}");
}

#[test]
fn a_circle_is_found_with_what_leads_into_it() {
    let set = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<BTreeSet<_>>();
    let circle = [("a", set(&["b"])), ("b", set(&["a", "c"])), ("d", set(&["a"])), ("e", set(&["c"]))];
    assert_eq!(in_circles(circle.map(|(part, named)| (part.to_owned(), named)).into()), ["a", "b", "d"]);
}

/// The faults of a file `a/b.rs` with this text, beside the files `a.rs`, `a/c.rs` and `d.rs`.
fn faults(text: &str, parent: &str, beside: &str, elsewhere: &str) -> usize {
    let files = [("a.rs", parent), ("a/b.rs", text), ("a/c.rs", beside), ("d.rs", elsewhere)];
    let code = Code::read(files.map(|(file, text)| (file.to_owned(), text.to_owned())));
    code.items().iter().filter_map(|item| fault(&code, item)).count()
}

#[test]
fn only_what_means_the_item_is_a_use() {
    let item = "pub(super) fn name() {}";
    for used in [
        "use super::b::name;",
        "use crate::a::b::{self as other};\nfn f() { other::name() }",
        "use super::b;\nfn f() -> Vec<()> { vec![b::name()] }",
        "use super::b::*;\nfn f() { name() }",
        "fn f() { let g = super::b::name; g() }",
    ] {
        assert_eq!(faults(item, "mod b;\nmod c;", used, ""), 0, "{used}");
    }
    for other in [
        "fn f(name: u8) -> u8 { name }",
        "fn name() {}\nfn f() { name() }",
        "struct S { name: u8 }\nfn f(s: S) -> u8 { s.name }",
        "use crate::d::name;\nfn f() { name() }",
        "// name\nconst TEXT: &str = \"b::name\";",
    ] {
        assert_eq!(faults(item, "mod b;\nmod c;", other, "pub fn name() {}"), 1, "{other}");
    }
}

#[test]
fn a_use_further_away_is_found_through_what_gives_the_item_out() {
    let parent = "mod b;\nmod c;\npub(crate) use b::name as given;";
    assert_eq!(faults("pub(crate) fn name() {}", parent, "", "use crate::a::given;"), 0);
    assert_eq!(faults("pub(crate) fn name() {}", parent, "use super::b::name;", ""), 1);
}

#[test]
fn a_function_may_be_called_as_a_module() {
    let parent = "mod b;\nmod c;\npub(crate) use b::b;";
    assert_eq!(
        faults(
            "pub(super) fn name() {}\npub(crate) fn b() {}",
            parent,
            "use super::b;\nfn f() { b::name() }",
            "use crate::a::b;"
        ),
        0
    );
}

#[test]
fn methods_are_used_by_calls_and_functions_of_types_by_their_path() {
    let text = "pub(super) struct S;\nimpl S { pub(super) fn get(&self) {} pub(super) fn of() -> Self { S } }";
    let parent = "mod b;\nmod c;";
    assert_eq!(faults(text, parent, "use super::b::S;\nfn f(s: &S) { S::of().get() }", ""), 0);
    assert_eq!(faults(text, parent, "struct T;\nimpl T { fn of() {} }\nfn f(get: u8) { T::of(); get }", ""), 2);
}
