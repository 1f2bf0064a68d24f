//! Declarations of modules, and what a file re-exports of them.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::ident;
use crate::rust::{Condition, ModuleDeclaration, Modules, Reach, Reexport};

/// All declarations of a file, then its re-exports.
pub(super) fn tokens(modules: &Modules) -> TokenStream {
    let (declared, reexports) = (modules.declared.iter().map(declaration), modules.reexports.iter().map(reexport));
    quote!(#(#declared)* #(#reexports)*)
}

fn declaration(of: &ModuleDeclaration) -> TokenStream {
    let (condition, reach, name) = (condition(of.condition), reach(of.reach), ident(&of.name));
    quote!(#condition #reach mod #name;)
}

fn reexport(of: &Reexport) -> TokenStream {
    let (condition, reach, module) = (condition(of.condition), reach(of.reach), ident(&of.module));
    let names = of.names.as_ref().map(|names| names.iter().map(|name| ident(name)).collect::<Vec<_>>());
    match names.as_deref() {
        None => quote!(#condition #reach use #module::*;),
        Some([only]) => quote!(#condition #reach use #module::#only;),
        Some(names) => quote!(#condition #reach use #module::{#(#names),*};),
    }
}

fn reach(reach: Reach) -> Option<TokenStream> {
    match reach {
        Reach::Private => None,
        Reach::Crate => Some(quote!(pub(crate))),
        Reach::Public => Some(quote!(pub)),
    }
}

fn condition(condition: Condition) -> Option<TokenStream> {
    let condition = match condition {
        Condition::Always => return None,
        Condition::Client => quote!(feature = "client"),
        Condition::Server => quote!(feature = "server"),
        Condition::Fake => quote!(feature = "fake"),
        Condition::ClientOrServer => quote!(any(feature = "client", feature = "server")),
        Condition::ClientAndServer => quote!(all(feature = "client", feature = "server")),
        Condition::Rustdoc => quote!(doc),
    };
    Some(quote!(#[cfg(#condition)]))
}
