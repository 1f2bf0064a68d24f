//! Objects with further properties of one type beside the known ones (`additionalProperties` beside `properties`).
//!
//! serde's `flatten` would buffer them and lose digits of numbers, so both directions are written out.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::members::Member;
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::{Presence, TypeDef, TypeRef};

/// The field that keeps the further properties.
pub(crate) fn rest_name(members: &[Member<'_>]) -> String {
    let mut name = "rest".to_owned();
    while members.iter().any(|member| member.name == name) {
        name.insert_str(0, "the_");
    }
    name
}

/// `Serialize` and `Deserialize` of an object that keeps further properties.
pub(crate) fn serde(
    unit: &Unit<'_>,
    def: &TypeDef,
    members: &[Member<'_>],
    rest: &str,
    value: &TypeRef,
) -> TokenStream {
    let serialize = serialize(unit, def, members, rest);
    let deserialize = deserialize(unit, def, members, rest, value);
    quote!(#serialize #deserialize)
}

fn serialize(unit: &Unit<'_>, def: &TypeDef, members: &[Member<'_>], rest: &str) -> TokenStream {
    let (name, rest, result) = (ident(&def.name), ident(rest), unit.scope.prelude("Result"));
    let (serialize, serializer) = (unit.scope.import("serde::Serialize"), unit.scope.import("serde::Serializer"));
    let object = unit.scope.import("specie_runtime::open_object::Writer");
    let fields = members.iter().map(|member| {
        let (method, key, field) = (ident(method(member.presence)), Literal::string(member.wire), ident(member.name));
        quote!(object.#method(#key, &self.#field)?;)
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

fn deserialize(unit: &Unit<'_>, def: &TypeDef, members: &[Member<'_>], rest: &str, _value: &TypeRef) -> TokenStream {
    let (name, rest, result) = (ident(&def.name), ident(rest), unit.scope.prelude("Result"));
    let (deserialize, deserializer) =
        (unit.scope.import("serde::Deserialize"), unit.scope.import("serde::Deserializer"));
    let object = unit.scope.import("specie_runtime::open_object::Reader");
    let fields = members.iter().map(|member| {
        let (method, key, field) = (ident(method(member.presence)), Literal::string(member.wire), ident(member.name));
        quote!(#field: object.#method(#key)?)
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
pub(crate) fn method(presence: Presence) -> &'static str {
    match presence {
        Presence::Required => "required",
        Presence::RequiredNullable => "nullable",
        Presence::Optional => "optional",
        Presence::Patch => "patch",
        Presence::Maybe => "maybe",
    }
}
