//! How structs are made: `new`, the companion with the required fields, and a setter for each optional one.

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_macros;
use crate::emit::attributes::{derives, lints};
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Argument, Constructor, Field, Presence, Struct};

/// A struct that is about to get its constructors.
pub(in crate::emit) struct Construction<'a> {
    /// The struct.
    pub(in crate::emit) structure: &'a Struct,
    /// The first value of the field that keeps further properties: `rest: BTreeMap::new(),`.
    pub(in crate::emit) rest: Option<TokenStream>,
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

    /// `impl` with `new`, and the setters.
    pub(in crate::emit) fn inherent(&self, unit: &Unit<'_>) -> TokenStream {
        let name = ident(&self.structure.name);
        let new = self.new_function(unit);
        let setters = runtime_macros::setters(unit, self.structure);
        quote!(impl #name { #new } #setters)
    }

    fn new_function(&self, unit: &Unit<'_>) -> TokenStream {
        match &self.structure.constructor {
            Constructor::Empty => quote! {
                /// Creates a value without any field.
                #[must_use]
                pub fn new() -> Self { Self::default() }
            },
            Constructor::One { argument, docs, .. } => {
                let (doc, name) = (docs::tokens(docs), ident(&argument.name));
                let (ty, value) = taken(unit, argument);
                let fields = self.fields(unit, |_| value.clone());
                quote! {
                    #doc
                    #[must_use]
                    pub fn new(#name: #ty) -> Self { Self { #fields } }
                }
            }
            Constructor::Several { docs } => {
                let doc = docs::tokens(docs);
                let required = ident(self.structure.companion.as_ref().map_or("", |companion| &companion.name));
                let fields = self.fields(unit, |field| {
                    let name = ident(&field.name);
                    quote!(required.#name)
                });
                quote! {
                    #doc
                    #[must_use]
                    pub fn new(required: #required) -> Self { Self { #fields } }
                }
            }
        }
    }

    /// The fields of the struct literal in `new`.
    fn fields(&self, unit: &Unit<'_>, given: impl Fn(&Field) -> TokenStream) -> TokenStream {
        let fields = self.structure.fields.iter().map(|field| {
            let name = ident(&field.name);
            if !field.presence.is_required() {
                let absent = unit.absent(field.presence);
                return quote!(#name: #absent,);
            }
            let value = boxed(unit, field, given(field));
            if name == value.to_string() { quote!(#name,) } else { quote!(#name: #value,) }
        });
        let rest = &self.rest;
        quote!(#(#fields)* #rest)
    }
}

/// The type of an argument, and the value that it becomes.
fn taken(unit: &Unit<'_>, argument: &Argument) -> (TokenStream, TokenStream) {
    let (name, ty) = (ident(&argument.name), unit.rust_type(&argument.ty));
    if !argument.into {
        return (ty, quote!(#name));
    }
    let into = unit.scope.prelude("Into");
    (quote!(impl #into<#ty>), quote!(#name.into()))
}

/// `Box::new(value)` where a field is boxed.
fn boxed(unit: &Unit<'_>, field: &Field, value: TokenStream) -> TokenStream {
    if !field.boxed {
        return value;
    }
    let boxes = unit.scope.prelude("Box");
    match field.presence {
        Presence::Required | Presence::Optional => quote!(#boxes::new(#value)),
        Presence::RequiredNullable | Presence::Patch | Presence::Maybe => quote!(#value.map(#boxes::new)),
    }
}
