//! Recursive lists and maps: structs, because a type alias cannot be recursive.

use proc_macro2::TokenStream;
use quote::quote;

use super::checks;
use crate::emit::attributes::derives;
use crate::emit::docs;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::Nested;

/// The struct around a list or map, with its table and check.
pub(super) fn nested(unit: &Unit<'_>, name: &str, nested: &Nested, checked: bool) -> TokenStream {
    let (doc, ident, value) = (docs::tokens(&nested.docs), ident(name), unit.rust_type(&nested.value));
    let derives = derives(&nested.derives);
    let check = checked.then(|| checks::of_nested(unit, name, nested));
    quote! {
        #doc
        #derives
        pub struct #ident(pub #value);

        specie_runtime::nested!(#ident { #value });
        #check
    }
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, nested};
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::ItemKind;

    #[test]
    fn a_list_of_itself_is_a_struct_around_the_list() {
        let krate =
            test_fixtures::schemas("Nest: {type: array, maxItems: 4, items: {$ref: '#/components/schemas/Nest'}}");
        let found = items(&krate, |unit| match &unit.krate.types[0].kind {
            ItemKind::Nested(value) => nested(unit, "Nest", value, true),
            _ => TokenStream::new(),
        });
        let expected: syn::Item = parse_quote! {
            /// At most 4 items.
            #[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
            pub struct Nest(pub Vec<Nest>);
        };
        assert_eq!(printed(&found[0]), printed(&expected));
        assert_eq!(printed(&found[1]), "specie_runtime::nested!(Nest { Vec<Nest> });\n");
        let check: syn::Item = parse_quote! {
            impl Check for Nest {
                fn check(&self, checker: &mut Checker<'_>) {
                    checker.max_length(&self.0, 4);
                    Check::check(&self.0, checker);
                }
            }
        };
        assert_eq!(printed(&found[2]), printed(&check));
    }
}
