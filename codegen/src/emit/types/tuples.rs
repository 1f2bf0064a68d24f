//! Lists whose places have types of their own: tuple structs.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::checks;
use crate::emit::attributes::derives;
use crate::emit::docs;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{Item, Tuple, Type};

/// The tuple struct with its table and check.
pub(super) fn tuple(unit: &Unit<'_>, item: &Item, tuple: &Tuple) -> TokenStream {
    let name = &item.name;
    let declaration = declaration(unit, name, tuple);
    let table = table(name, tuple);
    let check = item.checked.then(|| checks::of_tuple(unit, name, tuple, &item.assertions));
    quote!(#declaration #table #check)
}

fn declaration(unit: &Unit<'_>, name: &str, tuple: &Tuple) -> TokenStream {
    let (doc, ident, derives) = (docs::tokens(&tuple.docs), ident(name), derives(&tuple.derives));
    let places = tuple.places.iter().map(|place| {
        let (doc, value) = (docs::tokens(&place.docs), unit.rust_type(&place.stored()));
        quote!(#doc pub #value)
    });
    let rest = tuple.rest.iter().map(|rest| {
        let (doc, value) = (docs::tokens(&rest.docs), unit.rust_type(&Type::List(Box::new(rest.value.clone()))));
        quote!(#doc pub #value)
    });
    let fields = places.chain(rest);
    quote! {
        #doc
        #derives
        pub struct #ident(#(#fields),*);
    }
}

/// `tuple!`: which fields are required, which may be absent, and which is the list of the further items.
fn table(name: &str, tuple: &Tuple) -> TokenStream {
    let ident = ident(name);
    let places = tuple.places.iter().enumerate().map(|(at, place)| {
        let at = Literal::usize_unsuffixed(at);
        if place.is_optional { quote!(#at: optional,) } else { quote!(#at: required,) }
    });
    let rest = tuple.rest.as_ref().map(|_| Literal::usize_unsuffixed(tuple.places.len())).map(|at| quote!(#at: rest,));
    quote!(specie_runtime::tuple!(#ident { #(#places)* #rest });)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, tuple};
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::{Item, ItemKind};

    #[test]
    fn places_are_fields_and_what_follows_is_a_list() {
        let krate = test_fixtures::whole(
            "openapi: 3.1.1\ninfo: {title: Lines, version: '1'}\ncomponents:\n  schemas:\n    Line: {type: array, minItems: 1, prefixItems: [{type: string, maxLength: 3}, {type: boolean}], items: {type: integer, minimum: 1}, maxItems: 9}",
        );
        let found = items(&krate, |unit| {
            let item = Item { checked: true, ..unit.krate.types[0].clone() };
            let ItemKind::Tuple(value) = &item.kind else { return TokenStream::new() };
            tuple(unit, &item, value)
        });
        let expected: syn::Item = parse_quote! {
            /// The schema `Line`.
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub struct Line(
                /// At most 3 characters.
                pub String,
                /// Item 2.
                pub Option<bool>,
                /// The items behind them.
                pub Vec<i64>,
            );
        };
        assert_eq!(printed(&found[0]), printed(&expected));
        assert_eq!(printed(&found[1]), "specie_runtime::tuple!(Line { 0: required, 1: optional, 2: rest });\n");
        let check: syn::Item = parse_quote! {
            impl Check for Line {
                fn check(&self, checker: &mut Checker<'_>) {
                    checker.index(0, |checker| checker.max_length(&self.0, 3));
                    let count = ItemCount(2 + self.2.len());
                    checker.max_length(&count, 9);
                    checker.following(2, &self.2, |checker, each| checker.minimum(each, "1"));
                }
            }
        };
        assert_eq!(printed(&found[2]), printed(&check));
    }
}
