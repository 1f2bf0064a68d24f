//! Schemas that are lists of strings: an enum and what the runtime needs to know of it.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs::{self, Doc};
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::{EnumDef, TypeDef, Variant};

/// Everything that belongs to one list of values.
pub(crate) fn string_enum(unit: &Unit<'_>, def: &TypeDef, values: &EnumDef) -> TokenStream {
    let unknown = values.open.then(|| catch_all(values.variants.iter().map(|variant| variant.name.as_str())));
    let declaration = declaration(unit, def, values, unknown);
    let implementation = implementation(unit, def, values, unknown);
    let name = ident(&def.name);
    quote! {
        #declaration
        #implementation
        specie_runtime::string_enum!(#name);
    }
}

/// The variant for what the document does not list.
pub(crate) fn catch_all<'a>(names: impl Iterator<Item = &'a str>) -> &'static str {
    let taken: BTreeSet<&str> = names.collect();
    let free = |wish: &str| !taken.contains(wish);
    ["Unknown", "Unrecognized", "Unlisted"].into_iter().find(|wish| free(wish)).unwrap_or("UnlistedValue")
}

fn declaration(unit: &Unit<'_>, def: &TypeDef, values: &EnumDef, unknown: Option<&str>) -> TokenStream {
    let name = ident(&def.name);
    let doc = Doc::new().document(&def.docs).or(format!("The schema {}.", docs::code(&def.name))).tokens();
    let variants = values.variants.iter().map(|variant| {
        let (doc, name) = (of_variant(variant).tokens(), ident(&variant.name));
        quote!(#doc #name)
    });
    let Some(unknown) = unknown else {
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

/// What a variant stands for on the wire comes first: it is what a reader looks for.
fn of_variant(variant: &Variant) -> Doc {
    Doc::line(docs::code(&variant.wire)).document(&variant.docs)
}

fn implementation(unit: &Unit<'_>, def: &TypeDef, values: &EnumDef, unknown: Option<&str>) -> TokenStream {
    let (name, string_enum) = (ident(&def.name), unit.scope.import("specie_runtime::StringEnum"));
    let option = unit.scope.prelude("Option");
    let wires: Vec<Literal> = values.variants.iter().map(|variant| Literal::string(&variant.wire)).collect();
    let variants: Vec<_> = values.variants.iter().map(|variant| ident(&variant.name)).collect();
    let unknown = unknown.map(ident);
    let as_str = unknown.as_ref().map(|unknown| quote!(Self::#unknown(value) => value.as_str(),));
    let otherwise = unknown.as_ref().map_or_else(
        || quote!(return None),
        |unknown| {
            let unrecognized = unit.scope.import("specie_runtime::Unrecognized");
            quote!(Self::#unknown(#unrecognized::new(name)))
        },
    );
    let is_known = unknown.map(|unknown| {
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
    use crate::ir::{Docs, TypeKind};

    fn emitted(open: bool, wires: &[(&str, &str)]) -> Vec<syn::Item> {
        let variants = wires
            .iter()
            .map(|(name, wire)| Variant { name: (*name).into(), wire: (*wire).into(), docs: Docs::default() })
            .collect();
        let values = EnumDef { variants, open };
        let def = fixtures::definition("Status", TypeKind::Enum(values.clone()));
        items(&fixtures::api(), |unit, _| string_enum(unit, &def, &values))
    }

    #[test]
    fn a_closed_list_takes_nothing_else() {
        let found = emitted(false, &[("Complete", "complete")]);
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
        let found = emitted(true, &[("Unknown", "unknown")]);
        let syn::Item::Enum(declaration) = &found[0] else { panic!("an enum comes first") };
        let variants: Vec<String> = declaration.variants.iter().map(|variant| variant.ident.to_string()).collect();
        assert_eq!(variants, ["Unknown", "Unrecognized"]);
    }

    #[test]
    fn hostile_values_are_only_literals() {
        let found = emitted(true, &[("A", "\"]; */ ` \u{202e}\0\n")]);
        assert_eq!(
            fixtures::names(&found),
            ["enum Status", "impl StringEnum for Status", "specie_runtime :: string_enum"]
        );
    }
}
