//! The root of the crate (`lib.rs`) or of the module (`mod.rs`): what it is, how to use it and how to depend on it, and its modules.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::module::{Module, Side};
use super::source_file::header;
use crate::render;
use crate::rust::Crate;

/// The root of a module in a crate of the user's own.
pub(super) fn of_module(krate: &Crate, module: &Module) -> String {
    let mut text = format!("// {}\n\n", header(krate));
    inner(&mut text, &about_module(krate, module));
    if let (Some(example), true) = (&krate.example, module.sides().any(|side| side == Side::Client)) {
        text.push_str("//!\n//! # Example\n//!\n//! ```\n");
        let code = docs::call_example(example) + "```";
        inner(&mut text, &code.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    text.push_str("//!\n");
    inner(&mut text, &module_docs(krate, module));
    text.push_str(MODULE_LINTS);
    text.push_str(&render::items(modules(krate)));
    text
}

/// What a crate says of itself, in the words of a module.
fn about_module(krate: &Crate, module: &Module) -> Vec<String> {
    let mut lines = docs::lines(&krate.docs);
    if let Some(title) = lines.iter_mut().find(|line| line.ends_with(": types, client and server.")) {
        *title = title.replace(": types, client and server.", &format!(": {}.", parts(module)));
    }
    let source = "- this crate is generated from ";
    if let Some(line) = lines.iter_mut().find(|line| line.starts_with(source)) {
        *line = line.replace(source, "- this module is generated from ");
    }
    lines
}

/// What a module consists of: `types`, `types, client and server`.
fn parts(module: &Module) -> String {
    let mut parts = vec!["types"];
    parts.extend(module.sides().map(Side::as_str));
    match parts.split_last() {
        Some((last, first)) if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => parts.concat(),
    }
}

/// What the crate around a module has to say.
fn module_docs(krate: &Crate, module: &Module) -> Vec<String> {
    let sides = module.sides().filter(|side| *side != Side::Fake);
    let name = module.path().rsplit("::").next().unwrap_or_default();
    let mut features: Vec<String> = sides.map(|side| format!("\"{}\"", side.as_str())).collect();
    features.extend(krate.has_patterns.then(|| "\"pattern\"".to_owned()));
    let mut lines = vec![
        "# In its crate".to_owned(),
        String::new(),
        format!("It depends on `specie-runtime` with `features = [{}]`, and names the module as", features.join(", ")),
        format!("`#[rustfmt::skip] mod {name};`, so that `cargo fmt` leaves the files as they are."),
    ];
    if let Some(limit) = krate.recursion_limit {
        lines.push(String::new());
        lines.push(
            "Some of its types contain each other by so many ways that the crate has to say at its top:".to_owned(),
        );
        lines.push(format!("`#![recursion_limit = \"{limit}\"]`."));
    }
    lines
}

/// What the lints of a crate would say of code that it does not use, or that it does not give out.
const MODULE_LINTS: &str = "
#![allow(dead_code, unreachable_pub, unused_imports, reason = \"a crate need not use all of the API, nor give it out\")]
#![allow(clippy::missing_errors_doc, clippy::module_name_repetitions, reason = \"errors are described on their types\")]

";

/// The root of a crate.
pub(super) fn file(krate: &Crate) -> String {
    let mut text = format!("// {}\n\n", header(krate));
    inner(&mut text, &docs::lines(&krate.docs));
    if let Some(example) = &krate.example {
        text.push_str("//!\n//! # Example\n//!\n");
        // Without the client there is nothing to compile the example against.
        text.push_str("#![cfg_attr(feature = \"client\", doc = \"```no_run\")]\n");
        text.push_str("#![cfg_attr(not(feature = \"client\"), doc = \"```ignore\")]\n");
        let code = docs::call_example(example) + "```";
        inner(&mut text, &code.lines().map(str::to_owned).collect::<Vec<_>>());
    }
    text.push_str("//!\n");
    inner(&mut text, &docs::lines(&krate.feature_docs));
    text.push_str(PACKAGE_DOCS);
    text.push_str("//!\n");
    inner(&mut text, &docs::lines(&krate.dependency_docs));
    if let Some(limit) = krate.recursion_limit {
        let _ = write!(text, "\n#![recursion_limit = \"{limit}\"]\n");
    }
    text.push('\n');
    text.push_str(&render::items(modules(krate)));
    text
}

/// The check that the runtime is one that the code is written for: from the generator's own version on, before the next one that may break
/// it. Cargo's rule: the first number, or the second where the first is 0.
fn runtime_check() -> TokenStream {
    let [from, before] = range(env!("CARGO_PKG_VERSION"));
    quote!(specie_runtime::written_for! { from: #from, before: #before })
}

fn range(version: &str) -> [String; 2] {
    let release = version.split(['-', '+']).next().unwrap_or(version);
    let mut numbers = release.split('.').map(|number| number.parse::<u64>().unwrap_or(0));
    let (major, minor) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    let before = if major == 0 { format!("0.{}.0", minor + 1) } else { format!("{}.0.0", major + 1) };
    [release.to_owned(), before]
}

/// Version, MSRV and licence as cargo knows them, so that they are never out of date.
const PACKAGE_DOCS: &str = "\
//!
//! # Depending on it
//!
#![doc = concat!(\"This is version \", env!(\"CARGO_PKG_VERSION\"), \", for Rust \", env!(\"CARGO_PKG_RUST_VERSION\"), \" or later, under \", env!(\"CARGO_PKG_LICENSE\"), \".\")]
";

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

fn modules(krate: &Crate) -> TokenStream {
    let check = runtime_check();
    let webhooks = (!krate.webhooks.is_empty()).then(|| {
        quote!(
            pub mod webhooks;
        )
    });
    if krate.operations.is_empty() {
        return quote!(#check pub mod types; #webhooks);
    }
    let callbacks = (!krate.callbacks.is_empty()).then(|| {
        quote!(
            #[cfg(any(feature = "client", feature = "server"))]
            pub mod callbacks;
        )
    });
    let links = (!krate.links.is_empty()).then(|| {
        quote!(
            #[cfg(any(feature = "client", feature = "server"))]
            pub mod links;
        )
    });
    let credentials = (!krate.schemes.is_empty()).then(|| quote!(, Credentials));
    let server = krate.bases.iter().any(|base| !base.choices.is_empty()).then(|| quote!(, Server));
    quote! {
        #check
        #callbacks
        #[cfg(feature = "client")]
        pub mod client;
        #[cfg(feature = "fake")]
        pub mod fake;
        #links
        #[cfg(any(feature = "client", feature = "server"))]
        pub mod operations;
        #[cfg(feature = "server")]
        pub mod server;
        pub mod types;
        #webhooks
        #[cfg(feature = "client")]
        pub use client::{Client, ClientBuilder #credentials #server};
        #[cfg(any(feature = "client", feature = "server"))]
        pub use operations::*;
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn a_crate_fits_runtimes_up_to_the_next_that_may_break_it() {
        for (version, expected) in [
            ("0.1.0", ["0.1.0", "0.2.0"]),
            ("0.1.7", ["0.1.7", "0.2.0"]),
            ("1.4.2", ["1.4.2", "2.0.0"]),
            ("0.3.0-beta.2", ["0.3.0", "0.4.0"]),
        ] {
            assert_eq!(range(version), expected);
        }
    }
}
