//! Schemas that are one of several shapes: an enum, decoded by its discriminator, by the JSON kind, or by trying.

use proc_macro2::TokenStream;
use quote::quote;

use super::{checks, runtime_macros};
use crate::emit::attributes::{derives, lints, non_exhaustive};
use crate::emit::docs;
use crate::emit::imports::ident;
use crate::emit::rust_types::Unit;
use crate::rust::{Conversion, Item, Prelude, Type, Union, fixed_docs};

/// The enum of a union with its methods, table and check.
pub(super) fn union(unit: &Unit<'_>, item: &Item, union: &Union) -> TokenStream {
    let name = &item.name;
    let declaration = declaration(unit, name, union);
    let variants = runtime_macros::variants(unit, name, union);
    let table = runtime_macros::union(name, union);
    let check = item.checked.then(|| checks::of_union(unit, name, union, &item.assertions));
    quote!(#declaration #variants #table #check)
}

fn declaration(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (doc, name) = (docs::tokens(&union.docs), ident(name));
    let open = non_exhaustive(union.is_non_exhaustive());
    let (derives, lints) = (derives(&union.derives), lints(&union.lints));
    let variants = union.branches.iter().map(|branch| {
        let (doc, name, value) = (docs::tokens(&branch.docs), ident(&branch.name), unit.rust_type(&branch.value));
        if branch.boxed {
            let boxes = unit.scope.prelude(Prelude::Box);
            return quote!(#doc #name(#boxes<#value>));
        }
        quote!(#doc #name(#value))
    });
    let unknown = union.unknown().map(|unknown| {
        let (name, value) = (ident(&unknown.name), unit.rust_type(&unknown.value));
        let own_doc = docs::fixed(fixed_docs::UNLISTED_KIND);
        quote!(#own_doc #name(#value),)
    });
    quote! {
        #doc
        #derives
        #open
        #lints
        pub enum #name { #(#variants,)* #unknown }
    }
}

/// `impl From<Type> for Name`, and the same for a text.
pub(in crate::emit) fn from(
    unit: &Unit<'_>,
    (name, variant): (&str, &str),
    ty: &Type,
    value: &TokenStream,
    conversion: Conversion,
) -> TokenStream {
    let (name, variant) = (ident(name), ident(variant));
    let (from, inner) = (unit.scope.prelude(Prelude::From), unit.rust_type(ty));
    let text = (conversion == Conversion::Text).then(|| {
        quote! {
            impl #from<&str> for #name {
                fn from(value: &str) -> Self { Self::#variant(value.to_owned()) }
            }
        }
    });
    quote! {
        impl #from<#inner> for #name {
            fn from(value: #inner) -> Self { Self::#variant(#value) }
        }
        #text
    }
}

#[cfg(test)]
mod tests {
    use super::{TokenStream, quote, union};
    use crate::emit::test_fixtures::{self, items, printed};
    use crate::rust::ItemKind;

    /// The union of a schema that a server sends, beside other schemas.
    fn emitted(method: &str) -> Vec<syn::Item> {
        let krate = test_fixtures::sent("Method", method);
        let item = krate.types.iter().find(|item| item.name == "Method").expect("there is one");
        items(&krate, |unit| {
            let ItemKind::Union(found) = &item.kind else { return TokenStream::new() };
            union(unit, item, found)
        })
    }

    #[test]
    fn kinds_decide_where_they_differ() {
        let found = emitted(
            "Method: {oneOf: [{title: Object, type: object}, {title: Text, type: string}, {title: Code, type: string}]}",
        );
        assert_eq!(
            test_fixtures::names(&found),
            ["enum Method", "specie_runtime :: variants", "specie_runtime :: union"]
        );
        let table = "specie_runtime::union!(Method { Object: object, Text: attempt, Code: attempt });\n";
        assert_eq!(found.last().map(printed).as_deref(), Some(table));
    }

    #[test]
    fn a_branch_of_any_kind_makes_all_others_attempts() {
        let found = emitted("Method: {oneOf: [{title: Any}, {title: Text, type: string}]}");
        let text = quote!(#(#found)*).to_string();
        assert!(text.contains("Any : attempt , Text : attempt"), "{text}");
    }

    #[test]
    fn tags_decide_and_what_is_not_listed_is_kept() {
        let found = emitted(
            "Method:\n  oneOf: [{$ref: '#/components/schemas/Card'}, {$ref: '#/components/schemas/Card2'}]\n\
             \x20 discriminator: {propertyName: type, mapping: {card: '#/components/schemas/Card', Card2: '#/components/schemas/Card'}}\n\
             Card: {type: object, properties: {last: {type: string}}}\nCard2: {type: object, properties: {first: {type: string}}}",
        );
        let table =
            "specie_runtime::union!(Method by \"type\" { Card: \"card\" | \"Card2\", Card2: \"Card2\", ..Unknown });\n";
        assert_eq!(found.last().map(printed).as_deref(), Some(table));
    }

    #[test]
    fn a_branch_that_no_value_names_stands_alone_in_the_table() {
        let found = emitted(
            "Method:\n  oneOf: [{$ref: '#/components/schemas/Card'}, {title: Cash, type: object, properties: {type: {type: string}}}]\n\
             \x20 discriminator: {propertyName: type, mapping: {card: '#/components/schemas/Card'}}\n\
             Card: {type: object, properties: {last: {type: string}}}",
        );
        let table = "specie_runtime::union!(Method by \"type\" { Card: \"card\", Cash, ..Unknown });\n";
        assert_eq!(found.last().map(printed).as_deref(), Some(table));
    }

    #[test]
    fn each_branch_has_a_method() {
        let method = "Method: {oneOf: [{title: ByField, type: object}, {title: Text, type: string}]}";
        assert_eq!(
            printed(&emitted(method)[1]),
            "specie_runtime::variants!(Method {\n    by_field: from ByField(JsonObject), text: from_text Text(String),\n});\n"
        );
    }

    #[test]
    fn a_method_that_means_something_else_keeps_its_meaning() {
        let text = printed(&emitted("Method: {oneOf: [{title: Clone, type: object}, {title: Type, type: string}]}")[1]);
        assert!(text.contains(" clone2: from ") && text.contains(" r#type: from_text "), "{text}");
    }
}
