//! Attributes of types: what they derive, and the lints of clippy that they are exempt from.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::ident;
use crate::rust::{Derives, Lint};

/// The attribute of what a type derives.
pub(super) fn derives(derives: &Derives) -> TokenStream {
    let names = derives.iter().map(|derive| ident(derive.name()));
    quote!(#[derive(#(#names),*)])
}

/// The attributes that exempt a type from lints of clippy, each with its reason.
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
