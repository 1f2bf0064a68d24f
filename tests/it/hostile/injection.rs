//! What a document says becomes text in the output and nothing else: no item, no attribute, no key of the manifest, no markup.
//!
//! Each hostile text stands in every place of a document at once, and the crate is compared with the crate of a harmless text.

mod documents;
mod markdown;
mod skeleton;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use specie_codegen::diagnostic_formats::{Format, Terminal, render};
use specie_codegen::{Manifest, Options, Package, Program, Strictness, Tree, generate, source::Source};

use super::fuzzing::tame::tame;
use markdown::Markdown;
use skeleton::Names;

/// Texts that would be more than text where somebody forgets to escape them.
const HOSTILE: &[&str] = &[
    "*/ pub struct Evil; /*",
    "*/",
    "\" + evil() + \"",
    "\"#; pub struct Evil; r#\"",
    "\"###",
    "'a'; '",
    "\\",
    "\\\"",
    "one\npub struct Evil;",
    "one\r\npub struct Evil;",
    "one\rpub struct Evil;",
    "\n\n#![allow(warnings)]\n\n",
    "#![allow(warnings)]",
    "#[path = \"/etc/passwd\"] mod evil;",
    "}} pub struct Evil; {{",
    "} pub struct Evil; {",
    "{evil} {0} {:?}",
    "`",
    "``` rust\nevil()\n```",
    "```\nevil()",
    "~~~\nevil()\n",
    "```` a ``` b",
    "    evil();\n\n    evil();",
    "[`std::fs`] [std::fs] [x](std::fs) [x][std::fs]",
    "[evil]: https://evil.example.com",
    "![evil](https://evil.example.com/pixel)",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)> <!-- <b>",
    "<https://evil.example.com/<script>> <javascript:alert(1)>",
    "javascript:alert(1) data:text/html,x",
    "https://evil.example.com/`\"<b>",
    "&lt;script&gt; &#60;script&#62;",
    "# Panics\n\n# Safety\n",
    "text\n====\ntext\n----",
    "| a | b |\n|---|---|\n| <b> | [`x`] |",
    "- [ ] a\n  1. <b>\n     > [x]",
    "[^1]\n\n[^1]: note",
    "\u{202e}desrever\u{202c} \u{2066}isolated\u{2069} \u{200f}",
    "nul \0 bell \u{7} escape \u{1b}[31m delete \u{7f} next \u{85}",
    "\u{2028}pub struct Evil;\u{2029}",
    "\u{feff}\u{e000}\u{10ffff}",
    "hang\u{3164}ul\u{115f} fil\u{1160}lers\u{ffa0} \u{180e} \u{200b}tags\u{e0001}\u{e0065}\u{e0076}\u{e007f}",
    "]]]\n[package]\nname = \"evil\"",
    "\"\nevil = \"yes",
    "'''\nevil = 1",
    "$(evil) `evil` ${EVIL} %EVIL%",
    "include!(\"/etc/hosts\")",
    "${{ secrets.TOKEN }}",
];

/// The crate of a document, which must be without an error.
fn tree(document: &str, what: &str) -> Tree {
    let source = Source::new("hostile.json", document);
    let manifest = Manifest::Standalone { runtime: "version = \"0.1\"".to_owned(), package: Package::default() };
    let generated = generate(
        &source,
        &Options {
            crate_name: "hostile".into(),
            strictness: Strictness::Lenient,
            manifest,
            only: Vec::new(),
            program: Program::Xtask,
        },
    );
    let listing =
        || render(&generated.diagnostics, &source, Format::Human(Terminal { color: false, program: Program::Xtask }));
    tame(&listing()).unwrap_or_else(|what| panic!("{what}"));
    tame(generated.surface.as_deref().unwrap_or_default()).unwrap_or_else(|what| panic!("{what}"));
    generated.tree.unwrap_or_else(|| panic!("{what:?}: {}", listing()))
}

/// A file of a crate of a hostile text, and the same file of the crate of a harmless one.
struct Pair<'a> {
    path: &'a str,
    expected: &'a str,
    found: &'a str,
    /// The crate that it is of.
    tree: &'a Tree,
    /// For messages.
    name: String,
}

/// The crates of one document with a harmless text and with each hostile one, made once.
struct Crates {
    harmless: Tree,
    hostile: Vec<(&'static str, Tree)>,
}

impl Crates {
    fn of(document: fn(&str) -> String, harmless: &str) -> Self {
        let hostile = HOSTILE.iter().map(|text| (*text, tree(&document(text), text))).collect();
        Self { harmless: tree(&document(harmless), harmless), hostile }
    }
}

static TEXTS: LazyLock<Crates> = LazyLock::new(|| Crates::of(documents::with_texts, "some harmless words"));
static NAMES: LazyLock<Crates> = LazyLock::new(|| Crates::of(documents::with_names, "harmless name!"));
static VALUES: LazyLock<Crates> = LazyLock::new(|| Crates::of(documents::with_values, "harmless value!"));

/// Runs a check over the files of a harmless and of every hostile crate.
fn compare(crates: &Crates, check: impl Fn(&Pair<'_>)) {
    let expected = &crates.harmless.0;
    for (text, tree) in &crates.hostile {
        assert_eq!(expected.keys().collect::<Vec<_>>(), tree.0.keys().collect::<Vec<_>>(), "{text:?}");
        for (path, found) in &tree.0 {
            let name = format!("{path}, of {text:?}");
            tame(found).unwrap_or_else(|what| panic!("{what} in {name}"));
            check(&Pair { path, expected: &expected[path], found, tree, name });
        }
    }
}

/// Compares the Rust of a harmless and of every hostile crate.
fn assert_same_items(crates: &Crates, names: Names) {
    compare(crates, |pair| {
        if is_rust(pair.path) {
            skeleton::assert_same(pair.expected, pair.found, names, &pair.name);
        }
    });
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

#[test]
fn texts_are_no_code() {
    assert_same_items(&TEXTS, Names::Same);
}

#[test]
fn names_are_no_code() {
    assert_same_items(&NAMES, Names::Differ);
}

#[test]
fn values_are_no_code() {
    assert_same_items(&VALUES, Names::Differ);
}

#[test]
fn texts_and_names_are_no_keys_of_the_manifest() {
    for crates in [&*TEXTS, &*NAMES, &*VALUES] {
        compare(crates, |pair| {
            if pair.path == "Cargo.toml" {
                let [expected, found] =
                    [pair.expected, pair.found].map(|text| text.parse::<toml::Table>().expect("a manifest"));
                assert_eq!(keys(&expected), keys(&found), "{}", pair.name);
                assert_eq!(found["package"]["name"].as_str(), Some("hostile"), "{}", pair.name);
                assert_eq!(expected["dependencies"], found["dependencies"], "{}", pair.name);
            }
        });
    }
}

/// The paths of all keys.
fn keys(table: &toml::Table) -> Vec<String> {
    let mut keys = Vec::new();
    for (key, value) in table {
        keys.push(key.clone());
        keys.extend(value.as_table().into_iter().flat_map(self::keys).map(|inner| format!("{key}.{inner}")));
    }
    keys
}

#[test]
fn documentation_shows_text_as_text() {
    for crates in [&*TEXTS, &*NAMES, &*VALUES] {
        compare(crates, |pair| {
            if is_rust(pair.path) {
                let (expected, found) = (Markdown::of(pair.expected), Markdown::of(pair.found));
                assert_no_markup(&expected, &found, &pair.name);
                let declared = declared(pair.tree);
                for item in found.items.difference(&expected.items) {
                    assert!(is_own(item, &declared), "{}: a link to {item}", pair.name);
                }
            }
        });
    }
}

/// Asserts that nothing is markup that is not markup with a harmless text too.
fn assert_no_markup(expected: &Markdown, found: &Markdown, name: &str) {
    assert_eq!(found.html, Vec::<String>::new(), "{name}");
    assert_eq!(found.images, Vec::<String>::new(), "{name}");
    let new: Vec<_> = found.headings.difference(&expected.headings).collect();
    assert!(new.is_empty(), "{name}: headings {new:?}");
    let new: Vec<_> = found.languages.difference(&expected.languages).filter(|language| *language != "text").collect();
    assert!(new.is_empty(), "{name}: code blocks of {new:?}");
    for address in found.addresses.difference(&expected.addresses) {
        assert!(address.starts_with("https://evil.example.com"), "{name}: {address}");
    }
}

/// The names of all items of a crate.
fn declared(tree: &Tree) -> BTreeSet<&str> {
    let words = tree.0.values().flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '_'));
    let mut declared = BTreeSet::new();
    let mut last = "";
    for word in words.filter(|word| !word.is_empty()) {
        if matches!(last, "struct" | "enum" | "trait" | "mod" | "type" | "fn") {
            declared.insert(word);
        }
        last = word;
    }
    declared
}

/// Whether a link leads to an item of the crate: the text is part of the items' names, so links to them differ.
fn is_own(link: &str, declared: &BTreeSet<&str>) -> bool {
    let path = link.trim_matches('`').trim_start_matches("crate::types::").trim_start_matches("Self::");
    let owner = path.split("::").next().unwrap_or_default();
    declared.contains(owner) && path.chars().all(|c| c.is_alphanumeric() || c == '_' || c == ':')
}

#[test]
fn text_is_still_there() {
    // What is shown is what the document says, not less.
    for (text, shown) in [
        ("*/ pub struct Evil; /*", "*/ pub struct Evil; /*"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("[`std::fs`] x", "[std::fs] x"),
        ("}} #![allow(warnings)] {{", "}} #![allow(warnings)] {{"),
        ("nul \0 end", "nul \u{fffd} end"),
    ] {
        let tree = tree(&documents::with_texts(text), text);
        let texts = Markdown::of(&tree.0["src/types.rs"]).text;
        assert!(texts.contains(shown), "{text:?} is not in {texts}");
    }
}
