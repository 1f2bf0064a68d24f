//! How structs are made: `new`, the companion with the required fields, and a setter for each optional one.

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_macros;
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Derive, Lint, Struct};

/// A struct that is about to get its constructors.
pub(in crate::emit) struct Construction<'a> {
    /// The struct.
    pub(in crate::emit) structure: &'a Struct,
    /// The field that keeps further properties.
    pub(in crate::emit) rest: Option<&'a str>,
}

impl Construction<'_> {
    /// The companion, if `new` takes one.
    pub(in crate::emit) fn companion(&self, unit: &Unit<'_>) -> Option<TokenStream> {
        let companion = self.structure.companion.as_ref()?;
        let (doc, name) = (docs::tokens(&companion.docs), ident(&companion.name));
        let hash = companion.derives.has(Derive::Hash).then(|| quote!(, Eq, Hash));
        let copy = companion.derives.has(Derive::Copy).then(|| quote!(#[derive(Copy)]));
        let lints = lints(&companion.lints);
        let fields = self.structure.required().map(|field| {
            let (doc, name, ty) = (docs::tokens(&field.brief), ident(&field.name), unit.rust_type(&field.given()));
            quote!(#doc pub #name: #ty)
        });
        let compared = companion.derives.has(Derive::PartialEq).then(|| quote!(, PartialEq));
        Some(quote!(#doc #[derive(Clone, Debug #compared #hash)] #copy #lints pub struct #name { #(#fields),* }))
    }

    /// The tables of `new` and of the setters.
    pub(in crate::emit) fn tables(&self, unit: &Unit<'_>) -> TokenStream {
        let new = runtime_macros::new(unit, self.structure, self.rest);
        let setters = runtime_macros::setters(unit, self.structure);
        quote!(#new #setters)
    }
}

/// The attributes that answer lints of clippy.
pub(in crate::emit) fn lints(lints: &[Lint]) -> TokenStream {
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
