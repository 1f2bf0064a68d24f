//! What a document says becomes text in the output and nothing else: no item, no attribute, no key of the manifest, no markup.
//!
//! Each hostile text stands in every place of a document at once, and the crate is compared with the crate of a harmless text.

mod documents;
mod markdown;
mod skeleton;

use specie_codegen::listing::{Format, render};
use specie_codegen::{Dialect, Manifest, Options, Tree, generate, source::Source};

use super::fuzzing::tame::tame;
use markdown::Markdown;

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
    "`", "``` rust\nevil()\n```", "```\nevil()", "~~~\nevil()\n", "```` a ``` b",
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
    "]]]\n[package]\nname = \"evil\"",
    "\"\nevil = \"yes",
    "'''\nevil = 1",
    "$(evil) `evil` ${EVIL} %EVIL%",
    "include!(\"/etc/passwd\")",
    "${{ secrets.TOKEN }}",
];

/// The crate of a document, which must be without an error.
fn tree(document: &str, what: &str) -> Tree {
    let source = Source::new("hostile.json", document);
    let manifest = Manifest::Standalone { runtime: "version = \"0.1\"".to_owned() };
    let generated = generate(&source, &Options { crate_name: "hostile".into(), dialect: Dialect::Lenient, manifest });
    let listing = || render(&generated.diagnostics, &source, Format::Human { color: false });
    tame(&listing()).unwrap_or_else(|what| panic!("{what}"));
    tame(generated.surface.as_deref().unwrap_or_default()).unwrap_or_else(|what| panic!("{what}"));
    generated.tree.unwrap_or_else(|| panic!("{what:?}: {}", listing()))
}

/// Runs a check over the files of a harmless and of every hostile crate.
fn compare(document: fn(&str) -> String, harmless: &str, check: impl Fn(&str, &str, &str, &str)) {
    let expected = tree(&document(harmless), harmless);
    for text in HOSTILE {
        let found = tree(&document(text), text);
        assert_eq!(expected.0.keys().collect::<Vec<_>>(), found.0.keys().collect::<Vec<_>>(), "{text:?}");
        for (path, content) in &found.0 {
            tame(content).unwrap_or_else(|what| panic!("{what} in {path}, of {text:?}"));
            check(path, &expected.0[path], content, text);
        }
    }
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

#[test]
fn texts_are_no_code() {
    compare(documents::with_texts, "some harmless words", |path, expected, found, text| {
        if is_rust(path) {
            skeleton::assert_same(expected, found, skeleton::Names::Same, &format!("{path}, of {text:?}"));
        }
    });
}

#[test]
fn names_are_no_code() {
    compare(documents::with_names, "harmless name!", |path, expected, found, text| {
        if is_rust(path) {
            skeleton::assert_same(expected, found, skeleton::Names::Differ, &format!("{path}, of {text:?}"));
        }
    });
}

#[test]
fn values_are_no_code() {
    compare(documents::with_values, "harmless value!", |path, expected, found, text| {
        if is_rust(path) {
            skeleton::assert_same(expected, found, skeleton::Names::Differ, &format!("{path}, of {text:?}"));
        }
    });
}

#[test]
fn texts_and_names_are_no_keys_of_the_manifest() {
    for document in [documents::with_texts, documents::with_names, documents::with_values] {
        compare(document, "harmless name!", |path, expected, found, text| {
            if path == "Cargo.toml" {
                let [expected, found] = [expected, found].map(|text| text.parse::<toml::Table>().expect("a manifest"));
                assert_eq!(keys(&expected), keys(&found), "{text:?}");
                assert_eq!(found["package"]["name"].as_str(), Some("hostile"), "{text:?}");
                assert_eq!(expected["dependencies"], found["dependencies"], "{text:?}");
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
    for document in [documents::with_texts, documents::with_names, documents::with_values] {
        compare(document, "harmless name!", |path, expected, found, text| {
            if is_rust(path) {
                let (expected, found) = (Markdown::of(expected), Markdown::of(found));
                let name = format!("{path}, of {text:?}");
                assert_eq!(found.html, Vec::<String>::new(), "{name}");
                assert!(found.items.is_subset(&expected.items), "{name}: {:?}", found.items.difference(&expected.items));
                assert!(found.languages.iter().all(|language| language == "text" || expected.languages.contains(language)), "{name}: {:?}", found.languages);
                for address in found.addresses.difference(&expected.addresses) {
                    assert!(address.starts_with("https://evil.example.com"), "{name}: {address}");
                }
                assert!(found.images.is_empty() && found.headings.is_subset(&expected.headings), "{name}: {:?} {:?}", found.images, found.headings);
            }
        });
    }
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
