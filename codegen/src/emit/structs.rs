//! Schemas that are objects: a struct with serde's derives, its constructors, and its check.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, Doc};
use super::members::{self, Member};
use super::rust_types::Unit;
use super::scope::ident;
use super::setters::{Construction, excessive_bools};
use super::{checks, notes, open_objects};
use crate::ir::{Presence, StructDef, TypeDef, TypeId};

/// Everything that belongs to one object schema.
pub(crate) fn structure(unit: &Unit<'_>, id: TypeId, def: &TypeDef, object: &StructDef) -> TokenStream {
    let members: Vec<Member<'_>> = object.fields.iter().map(members::of_field).collect();
    let rest = open_objects::rest_name(&members);
    let construction = Construction {
        name: &def.name,
        required: unit.context.required_name(id),
        members: &members,
        rest: object.rest.as_ref().map(|_| {
            let map = unit.scope.import("std::collections::BTreeMap");
            (rest.as_str(), quote!(#map::new()))
        }),
        derives: derives(def, None),
    };
    let declaration = declaration(unit, def, object, &construction);
    let companion = construction.companion(unit);
    let inherent = construction.inherent(unit);
    let serde = object.rest.as_ref().map(|value| open_objects::serde(unit, def, &members, &rest, value));
    let check = unit.context.is_checked(id).then(|| {
        let rest = object.rest.as_ref().map(|value| (rest.as_str(), value));
        checks::of_struct(unit, &def.name, &members, rest)
    });
    quote!(#declaration #companion #inherent #serde #check)
}

fn declaration(unit: &Unit<'_>, def: &TypeDef, object: &StructDef, construction: &Construction<'_>) -> TokenStream {
    let name = ident(&def.name);
    let doc = Doc::new().document(&def.docs).or(format!("The schema {}.", docs::code(&def.name))).tokens();
    let with_serde = object.rest.is_none().then_some(unit);
    let derives = derives_with_default(def, with_serde, construction.is_default());
    // Only servers read what only clients send, and they are strict.
    let closed = object.closed && !def.usage.sent_by_server && object.rest.is_none();
    let deny = closed.then(|| quote!(#[serde(deny_unknown_fields)]));
    let bools = excessive_bools(construction.members.iter());
    let fields = construction.members.iter().map(|member| field(unit, member, object.rest.is_none()));
    let rest = object.rest.as_ref().map(|value| {
        let (name, ty) = (ident(construction.rest.as_ref().map_or("", |(name, _)| name)), unit.map_of(value));
        quote! {
            /// Properties beyond those that the document names.
            pub #name: #ty,
        }
    });
    quote! {
        #doc
        #derives
        #deny
        #bools
        #[non_exhaustive]
        pub struct #name { #(#fields,)* #rest }
    }
}

fn derives(def: &TypeDef, with_serde: Option<&Unit<'_>>) -> TokenStream {
    derives_with_default(def, with_serde, false)
}

fn derives_with_default(def: &TypeDef, with_serde: Option<&Unit<'_>>, default: bool) -> TokenStream {
    let hashable = def.hashable.then(|| quote!(, Eq, Hash));
    let default = default.then(|| quote!(, Default));
    let serde = with_serde.map(|unit| {
        let (serialize, deserialize) = (unit.scope.import("serde::Serialize"), unit.scope.import("serde::Deserialize"));
        quote!(, #serialize, #deserialize)
    });
    quote!(#[derive(Clone, Debug #default, PartialEq #hashable #serde)])
}

/// One public field, with the attribute that gives it its meaning on the wire.
fn field(unit: &Unit<'_>, member: &Member<'_>, with_serde: bool) -> TokenStream {
    let doc = notes::of_member(unit.context, member).or(format!("{}.", docs::code(member.wire))).tokens();
    let attribute = with_serde.then(|| serde_attribute(unit, member));
    let (name, ty) = (ident(member.name), unit.field_type(member));
    quote!(#doc #attribute pub #name: #ty)
}

/// `#[serde(…)]`: the wire name where it differs, and what absence and null mean.
fn serde_attribute(unit: &Unit<'_>, member: &Member<'_>) -> TokenStream {
    let rename = (member.name != member.wire).then(|| {
        let wire = Literal::string(member.wire);
        quote!(#[serde(rename = #wire)])
    });
    let mut parts = Vec::new();
    let mut skip = |path: String| {
        parts.push(quote!(default));
        parts.push(quote!(skip_serializing_if = #path));
    };
    match member.presence {
        Presence::Required => {}
        Presence::RequiredNullable => {
            let with = unit.scope.import_text("specie_runtime::serde_with::nullable");
            parts.push(quote!(deserialize_with = #with));
        }
        Presence::Optional => {
            skip(format!("{}::is_none", unit.scope.prelude_text("Option")));
            let with = unit.scope.import_text("specie_runtime::serde_with::present");
            parts.push(quote!(deserialize_with = #with));
        }
        Presence::Patch => skip(format!("{}::is_keep", unit.scope.import_text("specie_runtime::Patch"))),
        Presence::Maybe => skip(format!("{}::is_absent", unit.scope.import_text("specie_runtime::Maybe"))),
    }
    let presence = (!parts.is_empty()).then(|| quote!(#[serde(#(#parts),*)]));
    quote!(#rename #presence)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, field, items, printed};
    use crate::ir::{TypeKind, TypeRef};

    fn emitted(fields: Vec<crate::ir::Field>) -> Vec<syn::Item> {
        let mut api = fixtures::api();
        api.types.push(fixtures::structure("Payment", fields));
        items(&api, |unit, api| {
            let TypeKind::Struct(object) = &api.types[0].kind else { return TokenStream::new() };
            structure(unit, TypeId(0), &api.types[0], object)
        })
    }

    #[test]
    fn presence_decides_type_and_attribute() {
        let found = emitted(vec![
            field("id", TypeRef::String, Presence::Required),
            field("type", TypeRef::Decimal, Presence::RequiredNullable),
            field("note", TypeRef::String, Presence::Optional),
            field("ref", TypeRef::String, Presence::Maybe),
        ]);
        let expected: syn::Item = parse_quote! {
            /// The schema `Payment`.
            #[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
            #[non_exhaustive]
            pub struct Payment {
                /// `id`.
                pub id: String,
                /// `type`.
                #[serde(deserialize_with = "nullable")]
                pub r#type: Option<Decimal>,
                /// `note`.
                #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
                pub note: Option<String>,
                /// `ref`.
                #[serde(default, skip_serializing_if = "Maybe::is_absent")]
                pub r#ref: Maybe<String>,
            }
        };
        assert_eq!(printed(&found[0]), printed(&expected));
        assert_eq!(fixtures::names(&found), ["struct Payment", "struct PaymentRequired", "impl Payment"]);
    }

    #[test]
    fn one_required_field_is_given_directly() {
        let found = emitted(vec![field("id", TypeRef::String, Presence::Required)]);
        let expected: syn::Item = parse_quote! {
            impl Payment {
                /// One with its required field, `id`.
                #[must_use]
                pub fn new(id: impl Into<String>) -> Self {
                    Self { id: id.into(), }
                }
            }
        };
        assert_eq!(printed(&found[1]), printed(&expected));
    }

    #[test]
    fn nothing_required_has_a_default() {
        let found = emitted(vec![field("clone", TypeRef::Bool, Presence::Optional)]);
        let expected: syn::Item = parse_quote! {
            impl Payment {
                /// One in which every field is absent.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
                /// Sets `clone`.
                #[must_use]
                pub fn with_clone(mut self, value: bool) -> Self {
                    self.clone = Some(value);
                    self
                }
            }
        };
        assert_eq!(printed(&found[1]), printed(&expected));
    }
}
