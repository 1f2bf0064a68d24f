//! Addresses with variables: types that a setter of a base URL takes.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::attributes::{derives, non_exhaustive};
use crate::emit::docs;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{AddressValues, AddressVariable, Prelude, ServerUrl, fixed_docs};

/// The types of an address: itself, and the enums of its variables' values.
pub(super) fn address(unit: &Unit<'_>, address: &ServerUrl) -> TokenStream {
    let (doc, name) = (docs::tokens(&address.docs), ident(&address.name));
    let (from, string) = (unit.scope.prelude(Prelude::From), unit.scope.prelude(Prelude::String));
    let fields = address.variables.iter().map(|variable| {
        let (field, ty) = (ident(&variable.name), ty(unit, variable));
        quote!(#field: #ty)
    });
    let defaults = address.variables.iter().map(default);
    let setters = address.variables.iter().map(|variable| setter(unit, variable));
    let enums = address.variables.iter().filter_map(|variable| variable.values.as_ref()).map(values);
    let template = Literal::string(&template(address));
    let arguments = address.pieces.iter().filter_map(|(_, id)| address.variable(*id)).map(|variable| {
        let field = ident(&variable.name);
        if variable.values.is_some() { quote!(address.#field.as_str()) } else { quote!(address.#field) }
    });
    let (new_doc, unused) = (docs::fixed(fixed_docs::ADDRESS_NEW), fixed_docs::ADDRESS_UNUSED);
    let (default, derives) = (unit.scope.prelude(Prelude::Default), derives(&address.derives));
    quote! {
        #doc
        #derives
        #[must_use = #unused]
        pub struct #name { #(#fields),* }

        impl #name {
            #new_doc
            pub fn new() -> Self { Self { #(#defaults),* } }
            #(#setters)*
        }

        impl #default for #name {
            fn default() -> Self { Self::new() }
        }

        impl #from<#name> for #string {
            fn from(address: #name) -> Self { format!(#template, #(#arguments),*) }
        }

        #(#enums)*
    }
}

/// The text of the format string, in which each `{}` stands for a variable.
fn template(address: &ServerUrl) -> String {
    let texts = address.pieces.iter().map(|(text, _)| text).chain([&address.end]);
    texts.map(|text| escaped(text)).collect::<Vec<_>>().join("{}")
}

fn escaped(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

fn ty(unit: &Unit<'_>, variable: &AddressVariable) -> TokenStream {
    match &variable.values {
        Some(values) => {
            let name = ident(&values.name);
            quote!(#name)
        }
        None => unit.scope.prelude(Prelude::String),
    }
}

fn default(variable: &AddressVariable) -> TokenStream {
    let field = ident(&variable.name);
    if let Some(values) = &variable.values {
        let (values, variant) = (ident(&values.name), ident(&values.default));
        return quote!(#field: #values::#variant);
    }
    let default = Literal::string(&variable.default);
    quote!(#field: #default.to_owned())
}

fn setter(unit: &Unit<'_>, variable: &AddressVariable) -> TokenStream {
    let (doc, name, ty) = (docs::tokens(&variable.docs), ident(&variable.name), ty(unit, variable));
    if variable.values.is_some() {
        return quote! {
            #doc
            pub fn #name(mut self, value: #ty) -> Self {
                self.#name = value;
                self
            }
        };
    }
    let into = unit.scope.prelude(Prelude::Into);
    quote! {
        #doc
        pub fn #name(mut self, value: impl #into<#ty>) -> Self {
            self.#name = value.into();
            self
        }
    }
}

fn values(values: &AddressValues) -> TokenStream {
    let (doc, name) = (docs::tokens(&values.docs), ident(&values.name));
    let variants = values.variants.iter().map(|one| {
        let (doc, name) = (docs::tokens(&one.docs), ident(&one.variant));
        quote!(#doc #name)
    });
    let arms = values.variants.iter().map(|one| {
        let (name, value) = (ident(&one.variant), Literal::string(&one.value));
        quote!(Self::#name => #value,)
    });
    let (derives, open) = (derives(&values.derives), non_exhaustive(AddressValues::IS_NON_EXHAUSTIVE));
    let text_doc = docs::fixed(fixed_docs::ADDRESS_VALUE);
    quote! {
        #doc
        #derives
        #open
        pub enum #name { #(#variants),* }

        impl #name {
            #text_doc
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { #(#arms)* }
            }
        }
    }
}
