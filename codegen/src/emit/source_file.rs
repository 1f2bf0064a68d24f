//! Files: a header, imports, and items that are emitted independently of each other.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use rayon::prelude::*;

use super::docs;
use super::imports::{self, ImportScope, Imports};
use super::rust_types::Unit;
use crate::printable::is_printable;
use crate::render;
use crate::rust::{Crate, Docs, fixed_modules};

/// Formatted items and what they import.
pub(super) struct FormattedItems<'a> {
    text: String,
    imports: Imports,
    siblings: BTreeSet<&'a str>,
}

impl<'a> FormattedItems<'a> {
    /// What `emit` writes, with what it imports.
    pub(super) fn one(
        krate: &'a Crate,
        taken: &'a BTreeSet<&'a str>,
        among_types: bool,
        emit: impl FnOnce(&Unit<'a>) -> TokenStream,
    ) -> Self {
        let unit = Unit { krate, scope: ImportScope::new(krate.root(), taken), among_types };
        let tokens = emit(&unit);
        let (imports, siblings) = unit.scope.into_imports();
        Self { text: render::items(tokens), imports, siblings }
    }

    /// The same for each of several values, on all cores.
    pub(super) fn each<T: Sync>(
        krate: &'a Crate,
        taken: &'a BTreeSet<&'a str>,
        among_types: bool,
        of: &[T],
        emit: impl Fn(&Unit<'a>, &T) -> TokenStream + Sync,
    ) -> Vec<Self> {
        of.par_iter().map(|one| Self::one(krate, taken, among_types, |unit| emit(unit, one))).collect()
    }
}

/// A file of Rust.
pub(super) struct File<'a> {
    root: &'a str,
    head: String,
    macros: String,
    before_imports: String,
    uses: String,
    imports: Imports,
    siblings: BTreeSet<&'a str>,
    body: Vec<String>,
}

impl<'a> File<'a> {
    /// A file with its header and its documentation.
    pub(super) fn new(krate: &'a Crate, docs: &Docs) -> Self {
        let mut file = Self {
            root: krate.root(),
            head: format!("// {}\n\n", header(krate)),
            macros: String::new(),
            before_imports: String::new(),
            uses: String::new(),
            imports: Imports::default(),
            siblings: BTreeSet::new(),
            body: Vec::new(),
        };
        file.docs(&docs::lines(docs));
        file
    }

    fn docs(&mut self, lines: &[String]) {
        for line in lines {
            self.head.push_str(format!("//! {line}").trim_end());
            self.head.push('\n');
        }
    }

    /// Adds items that stand above the imports.
    pub(super) fn modules(&mut self, tokens: TokenStream) {
        self.before_imports.push_str(&render::items(tokens));
    }

    /// Adds macros for the file and the modules below it; they stand above both.
    pub(super) fn macros(&mut self, text: &str) {
        self.macros.push_str(text);
    }

    /// Adds imports from the crate itself.
    pub(super) fn uses(&mut self, uses: &[TokenStream]) {
        self.uses.push_str(&render::items(uses.iter().cloned().collect()));
    }

    /// Writes these items behind those that are there, in this order.
    pub(super) fn parts(&mut self, parts: impl IntoIterator<Item = FormattedItems<'a>>) {
        for part in parts {
            self.imports.extend(part.imports);
            self.siblings.extend(part.siblings);
            if !part.text.is_empty() {
                self.body.push(part.text);
            }
        }
    }

    /// Imports the types of the document that its parts name and that it does not define.
    pub(super) fn uses_types(&mut self, defined: &BTreeSet<&str>) {
        let foreign: Vec<&str> = self.siblings.iter().filter(|name| !defined.contains(*name)).copied().collect();
        self.uses(&imports::use_own(self.root, fixed_modules::TYPES, &foreign));
    }

    /// The file's text.
    pub(super) fn finish(self) -> String {
        let mut groups: Vec<String> = imports::uses(self.root, &self.imports)
            .into_iter()
            .map(|group| render::items(group.into_iter().collect()))
            .collect();
        // Imports from the crate itself are one group, wherever they were found.
        if let Some(own) = groups.last_mut() {
            own.insert_str(0, &self.uses);
        }
        let sections = [self.head, self.macros, self.before_imports].into_iter().chain(groups).chain(self.body);
        let sections: Vec<String> = sections.filter(|section| !section.is_empty()).collect();
        with_escapes(sections.join("\n"))
    }
}

/// Writes invisible characters as escapes. They can occur in string literals only: documentation and names have none.
fn with_escapes(text: String) -> String {
    let is_shown = |char: char| matches!(char, ' '..='~' | '\n') || is_printable(char);
    if text.is_ascii() || text.chars().all(is_shown) {
        return text;
    }
    text.chars().map(|char| if is_shown(char) { char.to_string() } else { char.escape_unicode().to_string() }).collect()
}

/// A page of an index: a file that only rustdoc reads, with the names that its links name.
pub(super) fn page(mut file: File<'_>) -> String {
    file.modules(quote!(
        use super::*;
    ));
    file.finish()
}

/// The first line of every file, without the comment's mark.
pub(super) fn header(krate: &Crate) -> String {
    let path = docs::plain(&krate.spec_path);
    format!("{} from {path}.", krate.program.origin())
}

#[cfg(test)]
mod tests {
    use crate::emit;
    use crate::emit::test_fixtures;

    #[test]
    fn what_is_invisible_is_an_escape_in_literals_and_no_part_of_documentation() {
        let krate =
            test_fixtures::schemas("E: {type: string, description: \"a\\u3164b\", enum: [\"c\\u3164\\u1160é\"]}");
        let text = emit::tree(&krate, &emit::Manifest::Workspace).0["src/types.rs"].clone();
        assert!(text.contains("\"c\\u{3164}\\u{1160}é\""), "{text}");
        assert!(text.contains("a\u{fffd}b"), "{text}");
        assert!(!text.contains(['\u{3164}', '\u{1160}']), "{text}");
    }
}
