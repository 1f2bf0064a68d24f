//! Schemas that are lists of strings: an enum and what the runtime needs to know of it.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::Enum;

/// Everything that belongs to one list of values.
pub(super) fn string_enum(unit: &Unit<'_>, name: &str, values: &Enum) -> TokenStream {
    let declaration = declaration(unit, name, values);
    let implementation = implementation(unit, name, values);
    let name = ident(name);
    quote! {
        #declaration
        #implementation
        specie_runtime::string_enum!(#name);
    }
}

fn declaration(unit: &Unit<'_>, name: &str, values: &Enum) -> TokenStream {
    let (doc, name) = (docs::tokens(&values.docs), ident(name));
    let variants = values.variants.iter().map(|variant| {
        let (doc, name) = (docs::tokens(&variant.docs), ident(&variant.name));
        quote!(#doc #name)
    });
    let Some(unknown) = &values.unknown else {
        return quote! {
            #doc
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum #name { #(#variants),* }
        };
    };
    let (unknown, unrecognized) = (ident(unknown), unit.scope.import("specie_runtime::Unrecognized"));
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the document does not list; it is sent back unchanged.
            #unknown(#unrecognized),
        }
    }
}

fn implementation(unit: &Unit<'_>, name: &str, values: &Enum) -> TokenStream {
    let (name, string_enum) = (ident(name), unit.scope.import("specie_runtime::StringEnum"));
    let option = unit.scope.prelude("Option");
    let wires: Vec<Literal> = values.variants.iter().map(|variant| Literal::string(&variant.wire)).collect();
    let variants: Vec<_> = values.variants.iter().map(|variant| ident(&variant.name)).collect();
    let unknown = values.unknown.as_deref().map(ident);
    let as_str = unknown.as_ref().map(|unknown| quote!(Self::#unknown(value) => value.as_str(),));
    let otherwise = unknown.as_ref().map_or_else(
        || quote!(return None),
        |unknown| {
            let unrecognized = unit.scope.import("specie_runtime::Unrecognized");
            quote!(Self::#unknown(#unrecognized::new(name)))
        },
    );
    let is_known = unknown.filter(|_| !values.allows_others).map(|unknown| {
        quote! {
            fn is_known(&self) -> bool { !matches!(self, Self::#unknown(_)) }
        }
    });
    quote! {
        impl #string_enum for #name {
            const NAMES: &'static [&'static str] = &[#(#wires),*];
            fn as_str(&self) -> &str {
                match self { #(Self::#variants => #wires,)* #as_str }
            }
            fn from_name(name: &str) -> #option<Self> {
                Some(match name { #(#wires => Self::#variants,)* _ => #otherwise, })
            }
            #is_known
        }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, items, printed};
    use crate::rust::{Crate, ItemKind};

    fn emitted(krate: &Crate) -> Vec<syn::Item> {
        items(krate, |unit| {
            let ItemKind::Enum(values) = &unit.krate.types[0].kind else { return TokenStream::new() };
            string_enum(unit, "Status", values)
        })
    }

    #[test]
    fn a_closed_list_takes_nothing_else() {
        let found = emitted(&fixtures::schemas("Status: {type: string, enum: [complete]}"));
        let declaration: syn::Item = parse_quote! {
            /// The schema `Status`.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum Status {
                /// `complete`
                Complete
            }
        };
        let implementation: syn::Item = parse_quote! {
            impl StringEnum for Status {
                const NAMES: &'static [&'static str] = &["complete"];
                fn as_str(&self) -> &str {
                    match self {
                        Self::Complete => "complete",
                    }
                }
                fn from_name(name: &str) -> Option<Self> {
                    Some(match name {
                        "complete" => Self::Complete,
                        _ => return None,
                    })
                }
            }
        };
        assert_eq!(printed(&found[0]), printed(&declaration));
        assert_eq!(printed(&found[1]), printed(&implementation));
        assert_eq!(printed(&found[2]), "specie_runtime::string_enum!(Status);\n");
    }

    #[test]
    fn an_open_list_keeps_what_it_does_not_know() {
        let found = emitted(&fixtures::sent("Status", "Status: {type: string, enum: [unknown]}"));
        let syn::Item::Enum(declaration) = &found[0] else { panic!("an enum comes first") };
        let variants: Vec<String> = declaration.variants.iter().map(|variant| variant.ident.to_string()).collect();
        assert_eq!(variants, ["Unknown2", "Unknown"]);
    }

    #[test]
    fn hostile_values_are_only_literals() {
        let found = emitted(&fixtures::sent("Status", r#"Status: {type: string, enum: ["\"]; */ ` \u202e\0\n"]}"#));
        assert_eq!(
            fixtures::names(&found),
            ["enum Status", "impl StringEnum for Status", "specie_runtime :: string_enum"]
        );
    }
}
