//! Schemas that are lists of strings or integers: an enum and what the runtime needs to know of it.

use proc_macro2::TokenStream;
use quote::quote;

use super::runtime_macros;
use crate::emit::attributes::{derives, non_exhaustive};
use crate::emit::docs;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{Enum, fixed_docs};

/// The enum of listed values with its table.
pub(super) fn listed_values(unit: &Unit<'_>, name: &str, values: &Enum) -> TokenStream {
    let declaration = declaration(unit, name, values);
    let table = runtime_macros::listed_values(name, values);
    quote!(#declaration #table)
}

fn declaration(unit: &Unit<'_>, name: &str, values: &Enum) -> TokenStream {
    let (doc, derives, name) = (docs::tokens(&values.docs), derives(&values.derives), ident(name));
    let variants = values.variants.iter().map(|variant| {
        let (doc, name) = (docs::tokens(&variant.docs), ident(&variant.name));
        quote!(#doc #name)
    });
    let unknown = values.unknown.as_deref().map(|unknown| {
        let (unknown, own_doc) = (ident(unknown), docs::fixed(fixed_docs::UNLISTED_VALUE));
        let value = unit.spelled(&values.values.unlisted_spelling());
        quote!(#own_doc #unknown(#value),)
    });
    let open = non_exhaustive(values.is_non_exhaustive());
    quote! {
        #doc
        #derives
        #open
        pub enum #name { #(#variants,)* #unknown }
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::{Crate, ItemKind};

    fn emitted(krate: &Crate) -> Vec<syn::Item> {
        items(krate, |unit| {
            let ItemKind::Enum(values) = &unit.krate.types[0].kind else { return TokenStream::new() };
            listed_values(unit, "Status", values)
        })
    }

    #[test]
    fn a_closed_list_takes_nothing_else() {
        let found = emitted(&test_fixtures::schemas("Status: {type: string, enum: [complete]}"));
        let declaration: syn::Item = parse_quote! {
            /// The schema `Status`.
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
            pub enum Status {
                /// `complete`
                Complete
            }
        };
        assert_eq!(printed(&found[0]), printed(&declaration));
        assert_eq!(printed(&found[1]), "specie_runtime::string_enum!(Status { Complete = \"complete\" });\n");
    }

    #[test]
    fn the_variant_for_what_is_not_listed_leaves_a_listed_value_its_name() {
        let found = emitted(&test_fixtures::sent("Status", "Status: {type: string, enum: [unknown]}"));
        let syn::Item::Enum(declaration) = &found[0] else { panic!("an enum comes first") };
        let variants: Vec<String> = declaration.variants.iter().map(|variant| variant.ident.to_string()).collect();
        assert_eq!(variants, ["Unknown", "Unlisted"]);
    }

    #[test]
    fn integers_are_listed_by_their_names() {
        let found = emitted(&test_fixtures::sent(
            "Status",
            "Status: {type: integer, enum: [-1, 0, 10, -2000000], x-enum-varnames: [Odd, type, ''], x-enum-descriptions: [Never seen.]}",
        ));
        let declaration: syn::Item = parse_quote! {
            /// The schema `Status`.
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            #[non_exhaustive]
            pub enum Status {
                /// `-1`
                ///
                /// Never seen.
                Odd,
                /// `0`
                Type,
                /// `10`
                N10,
                /// `-2000000`
                Minus2000000,
                /// A value that the document does not list; it is sent back unchanged.
                Unknown(UnrecognizedInteger),
            }
        };
        assert_eq!(printed(&found[0]), printed(&declaration));
        assert_eq!(
            printed(&found[1]),
            "specie_runtime::integer_enum!(Status {\n    Odd = -1, Type = 0, N10 = 10, Minus2000000 = -2_000_000, ..Unknown\n});\n"
        );
    }

    #[test]
    fn hostile_values_are_only_literals() {
        let found =
            emitted(&test_fixtures::sent("Status", r#"Status: {type: string, enum: ["\"]; */ ` \u202e\0\n"]}"#));
        assert_eq!(test_fixtures::names(&found), ["enum Status", "specie_runtime :: string_enum"]);
    }
}
