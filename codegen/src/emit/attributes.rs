//! Attributes of types: what they derive, and the lints that they answer.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use crate::rust::{Derives, Lint};

/// The attribute of what a type derives.
pub(super) fn derives(derives: &Derives) -> TokenStream {
    let names = derives.iter().map(|derive| ident(derive.name()));
    quote!(#[derive(#(#names),*)])
}

/// The attributes that answer lints of clippy.
pub(super) fn lints(lints: &[Lint]) -> TokenStream {
    let attributes = lints.iter().map(|lint| match lint {
        Lint::ExcessiveBools => {
            quote!(#[expect(clippy::struct_excessive_bools, reason = "the fields are the document's")])
        }
        Lint::LargeVariant => {
            quote!(#[allow(clippy::large_enum_variant, reason = "the variants are the document's")])
        }
    });
    attributes.collect()
}
