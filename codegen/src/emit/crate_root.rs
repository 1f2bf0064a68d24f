//! The root of the crate (`lib.rs`): what it is, how to use it and how to depend on it, and its modules.

use std::fmt::Write as _;

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::source_file::header;
use crate::render;
use crate::rust::Crate;

/// The file's text.
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
    let webhooks = (!krate.webhooks.is_empty()).then(|| {
        quote!(
            pub mod webhooks;
        )
    });
    if krate.operations.is_empty() {
        return quote!(pub mod types; #webhooks);
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
