//! Schemas that are objects: a struct with serde's derives, its constructors, and its check.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::construction::{Construction, lints};
use super::{checks, open_objects};
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Derive, Derives, Field, Object, Presence};

/// Everything that belongs to one object schema.
pub(super) fn object(unit: &Unit<'_>, object: &Object, checked: bool) -> TokenStream {
    let construction = Construction {
        structure: &object.structure,
        rest: object.rest.as_ref().map(|rest| {
            let (name, map) = (ident(&rest.name), unit.scope.import("std::collections::BTreeMap"));
            quote!(#name: #map::new(),)
        }),
    };
    let declaration = declaration(unit, object);
    let companion = construction.companion(unit);
    let inherent = construction.inherent(unit);
    let serde = object.rest.as_ref().map(|rest| open_objects::serde(unit, &object.structure, rest));
    let check = checked.then(|| checks::of_object(unit, object));
    quote!(#declaration #companion #inherent #serde #check)
}

fn declaration(unit: &Unit<'_>, object: &Object) -> TokenStream {
    let structure = &object.structure;
    let (doc, name) = (docs::tokens(&structure.docs), ident(&structure.name));
    let derives = derives(unit, &structure.derives);
    let deny = object.denies_unknown.then(|| quote!(#[serde(deny_unknown_fields)]));
    let lints = lints(&structure.lints);
    let fields = structure.fields.iter().map(|of| field(unit, of, structure.derives.has(Derive::Serde)));
    let rest = object.rest.as_ref().map(|rest| {
        let (name, ty) = (ident(&rest.name), unit.map_of(&rest.value));
        quote! {
            /// Properties beyond those that the document names.
            pub #name: #ty,
        }
    });
    quote! {
        #doc
        #derives
        #deny
        #lints
        #[non_exhaustive]
        pub struct #name { #(#fields,)* #rest }
    }
}

fn derives(unit: &Unit<'_>, derives: &Derives) -> TokenStream {
    let hash = derives.has(Derive::Hash).then(|| quote!(, Eq, Hash));
    let default = derives.has(Derive::Default).then(|| quote!(, Default));
    let serde = derives.has(Derive::Serde).then(|| {
        let (serialize, deserialize) = (unit.scope.import("serde::Serialize"), unit.scope.import("serde::Deserialize"));
        quote!(, #serialize, #deserialize)
    });
    quote!(#[derive(Clone, Debug #default, PartialEq #hash #serde)])
}

/// One public field, with the attribute that gives it its meaning on the wire.
fn field(unit: &Unit<'_>, field: &Field, with_serde: bool) -> TokenStream {
    let doc = docs::tokens(&field.docs);
    let attribute = with_serde.then(|| serde_attribute(unit, field));
    let (name, ty) = (ident(&field.name), unit.rust_type(&field.stored()));
    quote!(#doc #attribute pub #name: #ty)
}

/// `#[serde(…)]`: the wire name where it differs, and what absence and null mean.
fn serde_attribute(unit: &Unit<'_>, field: &Field) -> TokenStream {
    let rename = (field.name != field.wire).then(|| {
        let wire = Literal::string(&field.wire);
        quote!(#[serde(rename = #wire)])
    });
    let mut parts = Vec::new();
    let mut skip = |path: String| {
        parts.push(quote!(default));
        parts.push(quote!(skip_serializing_if = #path));
    };
    match field.presence {
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

    use super::{TokenStream, object};
    use crate::emit::fixtures::{self, items, printed};
    use crate::rust::ItemKind;

    fn emitted(payment: &str) -> Vec<syn::Item> {
        items(&fixtures::schemas(&format!("Payment: {payment}")), |unit| {
            let ItemKind::Object(found) = &unit.krate.types[0].kind else { return TokenStream::new() };
            object(unit, found, false)
        })
    }

    #[test]
    fn presence_decides_type_and_attribute() {
        let found = emitted(
            "{type: object, required: [id, type], properties: {id: {type: string}, type: {type: number, nullable: true}, \
             note: {type: string}, ref: {type: string, nullable: true}}}",
        );
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
        let found = emitted("{type: object, required: [id], properties: {id: {type: string}}}");
        let expected: syn::Item = parse_quote! {
            impl Payment {
                /// Creates a value from its required field, `id`.
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
        let found = emitted("{type: object, properties: {check: {type: boolean}}}");
        let expected: syn::Item = parse_quote! {
            impl Payment {
                /// Creates a value without any field.
                #[must_use]
                pub fn new() -> Self {
                    Self::default()
                }
                /// Sets `check`.
                #[must_use]
                pub fn with_check(mut self, value: bool) -> Self {
                    self.check = Some(value);
                    self
                }
            }
        };
        assert_eq!(printed(&found[1]), printed(&expected));
    }
}
