//! The root of the crate (`lib.rs`): what it is, how to use it and how to depend on it, and its modules.

use std::fmt::Write as _;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::source_file::header;
use super::{docs, module_declarations};
use crate::render;
use crate::rust::fixed_docs::{EXAMPLE_HEADING, PACKAGE, PACKAGE_HEADING, PackagePiece};
use crate::rust::{Crate, ExampleRoot, MODULE_LINTS, Modules, RootAttribute, RuntimeVersions};

/// The file's text.
pub(super) fn file(krate: &Crate, modules: &Modules) -> String {
    let mut text = format!("// {}\n\n", header(krate));
    inner(&mut text, &docs::lines(&krate.docs));
    if let Some(example) = &krate.example {
        let _ = write!(text, "//!\n//! {EXAMPLE_HEADING}\n//!\n{}", fence(&example.example.root));
        let code = docs::call_example(example) + "```";
        inner(&mut text, &code.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    text.push_str("//!\n");
    if krate.module.is_none() {
        inner(&mut text, &docs::lines(&krate.layout.feature_docs));
        text.push_str(&package());
        text.push_str("//!\n");
    }
    inner(&mut text, &docs::lines(&krate.dependency_docs));
    text.push_str(&krate.root_attribute().map(attribute).unwrap_or_default());
    text.push('\n');
    text.push_str(&render::items(items(krate, modules)));
    text
}

/// The opening fence of the example of a call.
const fn fence(root: &ExampleRoot) -> &'static str {
    match root {
        // Without the client there is nothing to compile the example against.
        ExampleRoot::Crate(_) => {
            "#![cfg_attr(feature = \"client\", doc = \"```no_run\")]\n\
             #![cfg_attr(not(feature = \"client\"), doc = \"```ignore\")]\n"
        }
        ExampleRoot::Module(_) => "//! ```ignore\n",
    }
}

fn attribute(stated: RootAttribute) -> String {
    match stated {
        RootAttribute::ModuleLints => module_lints(),
        RootAttribute::RecursionLimit(limit) => format!("\n#![recursion_limit = \"{limit}\"]\n"),
    }
}

/// The lints that the code of a module is exempt from.
fn module_lints() -> String {
    let lines =
        MODULE_LINTS.iter().map(|(lints, reason)| format!("#![allow({}, reason = \"{reason}\")]\n", lints.join(", ")));
    format!("\n{}", lines.collect::<String>())
}

/// The check of the runtime, and the modules.
fn items(krate: &Crate, modules: &Modules) -> TokenStream {
    let (check, modules) = (runtime_check(&krate.runtime_versions), module_declarations::tokens(modules));
    quote!(#check #modules)
}

/// The check that the runtime is one that the code is written for.
fn runtime_check(versions: &RuntimeVersions) -> TokenStream {
    let (from, before) = (Literal::string(&versions.from), Literal::string(&versions.before));
    quote!(specie_runtime::written_for! { from: #from, before: #before })
}

/// The line of a manifest that depends on the crate, with the name and version that cargo gives to rustc.
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
