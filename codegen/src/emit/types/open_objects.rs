//! Objects with further properties of one type beside the known ones (`additionalProperties` beside `properties`).
//!
//! serde's `flatten` would buffer them and lose digits of numbers, so both directions are written out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Presence, Rest, Struct};

/// `Serialize` and `Deserialize` of an object that keeps further properties.
pub(super) fn serde(unit: &Unit<'_>, structure: &Struct, rest: &Rest) -> TokenStream {
    let serialize = serialize(unit, structure, &rest.name);
    let deserialize = deserialize(unit, structure, &rest.name);
    quote!(#serialize #deserialize)
}

fn serialize(unit: &Unit<'_>, structure: &Struct, rest: &str) -> TokenStream {
    let (name, rest, result) = (ident(&structure.name), ident(rest), unit.scope.prelude("Result"));
    let (serialize, serializer) = (unit.scope.import("serde::Serialize"), unit.scope.import("serde::Serializer"));
    let object = unit.scope.import("specie_runtime::open_object::Writer");
    let fields = structure.fields.iter().map(|field| {
        let (method, key, name) = (ident(method(field.presence)), Literal::string(&field.wire), ident(&field.name));
        quote!(object.#method(#key, &self.#name)?;)
    });
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> #result<S::Ok, S::Error> {
                let mut object = #object::new(serializer)?;
                #(#fields)*
                object.rest(&self.#rest)
            }
        }
    }
}

fn deserialize(unit: &Unit<'_>, structure: &Struct, rest: &str) -> TokenStream {
    let (name, rest, result) = (ident(&structure.name), ident(rest), unit.scope.prelude("Result"));
    let (deserialize, deserializer) =
        (unit.scope.import("serde::Deserialize"), unit.scope.import("serde::Deserializer"));
    let object = unit.scope.import("specie_runtime::open_object::Reader");
    let fields = structure.fields.iter().map(|field| {
        let (method, key, name) = (ident(method(field.presence)), Literal::string(&field.wire), ident(&field.name));
        quote!(#name: object.#method(#key)?)
    });
    quote! {
        impl<'de> #deserialize<'de> for #name {
            fn deserialize<D: #deserializer<'de>>(deserializer: D) -> #result<Self, D::Error> {
                let mut object = #object::read(deserializer)?;
                Ok(Self { #(#fields,)* #rest: object.rest()? })
            }
        }
    }
}

/// How the runtime calls a presence, in bodies as well as here.
pub(in crate::emit) fn method(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::RequiredNullable => "nullable",
        Presence::Optional => "optional",
        Presence::Patch => "patch",
        Presence::Maybe => "maybe",
    }
}
