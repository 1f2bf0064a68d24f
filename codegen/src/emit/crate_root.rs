//! The root of the crate (`lib.rs`): what it is, how to use it and how to depend on it, and its modules.

use std::fmt::Write as _;

use proc_macro2::Literal;

use super::source_file::header;
use super::{docs, modules};
use crate::render;
use crate::rust::fixed_docs::{EXAMPLE_HEADING, PACKAGE, PACKAGE_HEADING, PackagePiece};
use crate::rust::{Crate, Modules};

/// The file's text.
pub(super) fn file(krate: &Crate, modules: &Modules) -> String {
    let mut text = format!("// {}\n\n", header(krate));
    inner(&mut text, &docs::lines(&krate.docs));
    if let Some(example) = &krate.example {
        let _ = write!(text, "//!\n//! {EXAMPLE_HEADING}\n//!\n");
        // Without the client there is nothing to compile the example against.
        text.push_str("#![cfg_attr(feature = \"client\", doc = \"```no_run\")]\n");
        text.push_str("#![cfg_attr(not(feature = \"client\"), doc = \"```ignore\")]\n");
        let code = docs::call_example(example) + "```";
        inner(&mut text, &code.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    text.push_str("//!\n");
    inner(&mut text, &docs::lines(&krate.feature_docs));
    text.push_str(&package());
    text.push_str("//!\n");
    inner(&mut text, &docs::lines(&krate.dependency_docs));
    if let Some(limit) = krate.recursion_limit {
        let _ = write!(text, "\n#![recursion_limit = \"{limit}\"]\n");
    }
    text.push('\n');
    text.push_str(&render::items(modules::tokens(modules)));
    text
}

/// The line that cargo completes, under its heading.
fn package() -> String {
    let pieces = PACKAGE.iter().map(|piece| match piece {
        PackagePiece::Words(words) => Literal::string(words).to_string(),
        PackagePiece::Variable(name) => format!("env!({})", Literal::string(name)),
    });
    let pieces: Vec<String> = pieces.collect();
    format!("//!\n//! {PACKAGE_HEADING}\n//!\n#![doc = concat!({})]\n", pieces.join(", "))
}

fn inner(text: &mut String, lines: &[String]) {
    for line in lines {
        text.push_str("//!");
        if !line.is_empty() {
            text.push(' ');
            text.push_str(line);
        }
        text.push('\n');
    }
}
