//! How structs are made: `new`, the companion with the required fields, and a setter for each optional one.

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_macros;
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Argument, Constructor, Derive, Field, Lint, Presence, Struct};

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
