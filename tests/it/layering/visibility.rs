//! An item of the generator is as visible as its users need, and no more.
//!
//! That `pub` items can be reached from outside the crate is a lint of the compiler, `unreachable_pub`.

use std::fs;

use super::uses::{Code, Item};

/// The generator, with its tests.
fn generator() -> Code {
    Code::below("codegen/src", |path| fs::read_to_string(path).unwrap())
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
