//! How structs are made: `new`, the companion with the required fields, and a setter for each optional one.

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_macros;
use crate::emit::attributes::{derives, lints};
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::Struct;

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
        let (derives, lints) = (derives(&companion.derives), lints(&companion.lints));
        let fields = self.structure.required().map(|field| {
            let (doc, name, ty) = (docs::tokens(&field.brief), ident(&field.name), unit.rust_type(&field.given()));
            quote!(#doc pub #name: #ty)
        });
        Some(quote!(#doc #derives #lints pub struct #name { #(#fields),* }))
    }

    /// The tables of `new` and of the setters.
    pub(in crate::emit) fn tables(&self, unit: &Unit<'_>) -> TokenStream {
        let new = runtime_macros::new(unit, self.structure, self.rest);
        let setters = runtime_macros::setters(unit, self.structure);
        quote!(#new #setters)
    }
}
