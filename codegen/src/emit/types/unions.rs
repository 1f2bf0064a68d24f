//! Schemas that are one of several shapes: an enum, decoded by its discriminator, by the JSON kind, or by trying.

use proc_macro2::TokenStream;
use quote::quote;

use super::{checks, runtime_macros};
use crate::emit::attributes::{derives, lints};
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Branch, Conversion, Item, Type, Union};

/// Everything that belongs to one union.
pub(super) fn union(unit: &Unit<'_>, item: &Item, union: &Union) -> TokenStream {
    let name = &item.name;
    let declaration = declaration(unit, name, union);
    let accessors = accessors(unit, name, union);
    let conversions: TokenStream = union.branches.iter().filter_map(|branch| conversion(unit, name, branch)).collect();
    let table = runtime_macros::union(name, union);
    let check = item.checked.then(|| checks::of_union(unit, name, union));
    quote!(#declaration #accessors #conversions #table #check)
}

fn declaration(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (doc, name) = (docs::tokens(&union.docs), ident(name));
    let open = union.unknown.is_some().then(|| quote!(#[non_exhaustive]));
    let (derives, lints) = (derives(&union.derives), lints(&union.lints));
    let variants = union.branches.iter().map(|branch| {
        let (doc, name, value) = (docs::tokens(&branch.docs), ident(&branch.name), unit.rust_type(&branch.value));
        if branch.boxed {
            let boxes = unit.scope.prelude("Box");
            return quote!(#doc #name(#boxes<#value>));
        }
        quote!(#doc #name(#value))
    });
    let unknown = union.unknown.as_ref().map(|unknown| {
        let (unknown, json) = (ident(unknown), unit.scope.import("specie_runtime::Json"));
        quote! {
            /// Another kind than the document lists; it is sent back unchanged.
            #unknown(#json),
        }
    });
    quote! {
        #doc
        #derives
        #open
        #lints
        pub enum #name { #(#variants,)* #unknown }
    }
}

/// `impl Union { fn by_field(&self) -> Option<&JsonObject> … }`
fn accessors(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (name, option) = (ident(name), unit.scope.prelude("Option"));
    let is_only = union.branches.len() == 1 && union.unknown.is_none();
    let accessors = union.branches.iter().map(|branch| {
        let doc = docs::accessor(&branch.name);
        let (method, variant, ty) = (ident(&branch.accessor), ident(&branch.name), unit.rust_type(&branch.value));
        let body = if is_only {
            quote!(match self { Self::#variant(value) => Some(value) })
        } else {
            quote!(if let Self::#variant(value) = self { Some(value) } else { None })
        };
        quote! {
            #doc
            #[must_use]
            pub fn #method(&self) -> #option<&#ty> {
                #body
            }
        }
    });
    quote!(impl #name { #(#accessors)* })
}

/// `From`, where what is inside says which branch is meant.
fn conversion(unit: &Unit<'_>, name: &str, branch: &Branch) -> Option<TokenStream> {
    (branch.conversion != Conversion::None).then(|| {
        let value = if branch.boxed {
            let boxes = unit.scope.prelude("Box");
            quote!(#boxes::new(value))
        } else {
            quote!(value)
        };
        from(unit, (name, &branch.name), &branch.value, &value, branch.conversion)
    })
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
    let (from, inner) = (unit.scope.prelude("From"), unit.rust_type(ty));
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
    use syn::parse_quote;

    use super::{TokenStream, quote, union};
    use crate::emit::fixtures::{self, items, printed};
    use crate::rust::{Item, ItemKind};

    /// The union of a schema that a server sends, beside other schemas.
    fn emitted(method: &str) -> Vec<syn::Item> {
        changed(method, |_| {})
    }

    /// The same with a change to the plan.
    fn changed(method: &str, change: impl FnOnce(&mut Item)) -> Vec<syn::Item> {
        let krate = fixtures::sent("Method", method);
        let mut item = krate.types.iter().find(|item| item.name == "Method").expect("there is one").clone();
        change(&mut item);
        items(&krate, |unit| {
            let ItemKind::Union(found) = &item.kind else { return TokenStream::new() };
            union(unit, &item, found)
        })
    }

    #[test]
    fn kinds_decide_where_they_differ() {
        let found = emitted(
            "Method: {oneOf: [{title: Object, type: object}, {title: Text, type: string}, {title: Code, type: string}]}",
        );
        assert_eq!(
            fixtures::names(&found),
            ["enum Method", "impl Method", "impl From < JsonObject > for Method", "specie_runtime :: union"]
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
        let expected: syn::Item = parse_quote! {
            impl Method {
                /// The value, if the variant is `ByField`.
                #[must_use]
                pub fn by_field(&self) -> Option<&JsonObject> {
                    if let Self::ByField(value) = self { Some(value) } else { None }
                }
                /// The value, if the variant is `Text`.
                #[must_use]
                pub fn text(&self) -> Option<&String> {
                    if let Self::Text(value) = self { Some(value) } else { None }
                }
            }
        };
        assert_eq!(printed(&emitted(method)[1]), printed(&expected));
        let alone = changed(method, |item| {
            if let ItemKind::Union(union) = &mut item.kind {
                union.branches.truncate(1);
            }
        });
        assert!(!printed(&alone[1]).contains("else"));
    }

    #[test]
    fn a_method_that_means_something_else_keeps_its_meaning() {
        let text = printed(&emitted("Method: {oneOf: [{title: Clone, type: object}, {title: Type, type: string}]}")[1]);
        assert!(text.contains("fn clone2(") && text.contains("fn r#type("), "{text}");
    }
}
