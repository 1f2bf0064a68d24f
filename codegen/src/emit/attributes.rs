//! Attributes of types: what they derive, and the lints of clippy that they are exempt from.

use proc_macro2::TokenStream;
use quote::quote;

use super::imports::ident;
use crate::rust::{Derives, Lint};

/// The attribute of what a type derives.
pub(super) fn derives(derives: &Derives) -> TokenStream {
    let names = derives.iter().map(|derive| ident(derive.name()));
    quote!(#[derive(#(#names),*)])
}

/// `#[non_exhaustive]`, for a type that it holds for.
pub(super) fn non_exhaustive(holds: bool) -> Option<TokenStream> {
    holds.then(|| quote!(#[non_exhaustive]))
}

/// The attributes that exempt a type from lints of clippy, each with its reason.
pub(super) fn lints(lints: &[Lint]) -> TokenStream {
    let attributes = lints.iter().map(|lint| {
        let (level, name) = (ident(if lint.is_certain() { "expect" } else { "allow" }), ident(lint.name()));
        let reason = lint.reason();
        quote!(#[#level(clippy::#name, reason = #reason)])
    });
    attributes.collect()
}
