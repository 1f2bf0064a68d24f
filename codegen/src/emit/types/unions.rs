//! Schemas that are one of several shapes: an enum, decoded by its discriminator, by the JSON kind, or by trying.

use proc_macro2::TokenStream;
use quote::quote;

use super::construction::lints;
use super::{checks, tables};
use crate::emit::docs;
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Branch, Conversion, Derive, Item, Type, Union};

/// Everything that belongs to one union.
pub(super) fn union(unit: &Unit<'_>, item: &Item, union: &Union) -> TokenStream {
    let name = &item.name;
    let declaration = declaration(unit, name, union);
    let accessors = accessors(unit, name, union);
    let conversions: TokenStream = union.branches.iter().filter_map(|branch| conversion(unit, name, branch)).collect();
    let table = tables::union(name, union);
    let check = item.checked.then(|| checks::of_union(unit, name, union));
    quote!(#declaration #accessors #conversions #table #check)
}

fn declaration(unit: &Unit<'_>, name: &str, union: &Union) -> TokenStream {
    let (doc, name) = (docs::tokens(&union.docs), ident(name));
    let hash = union.derives.has(Derive::Hash).then(|| quote!(, Eq, Hash));
    let open = union.unknown.is_some().then(|| quote!(#[non_exhaustive]));
    let lints = lints(&union.lints);
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
        #[derive(Clone, Debug, PartialEq #hash)]
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

/// The pattern of each group of branches that hold the same type, as their arms would read the same: `Self::Card(value)`.
pub(super) fn patterns(union: &Union, wanted: impl Fn(&Branch) -> bool) -> Vec<TokenStream> {
    let groups = union.same.iter().map(|group| {
        let branches = group.iter().filter_map(|&index| union.branches.get(index)).filter(|branch| wanted(branch));
        let variants: Vec<_> = branches.map(|branch| ident(&branch.name)).collect();
        quote!(#(Self::#variants(value))|*)
    });
    groups.filter(|pattern| !pattern.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::{TokenStream, quote, union};
    use crate::emit::fixtures::{self, items, printed};
    use crate::ir::{Branch, Docs, TypeKind, TypeRef, UnionDef};
    use crate::rust::ItemKind;

    fn branch(name: &str, ty: TypeRef, tags: &[&str]) -> Branch {
        let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
        Branch { name: name.into(), ty, tags, docs: Docs::default() }
    }

    fn emitted(union_def: &UnionDef) -> Vec<syn::Item> {
        let mut api = fixtures::api();
        api.types.push(fixtures::definition("Method", TypeKind::Union(union_def.clone())));
        fixtures::sent_by_the_api(&mut api, 0);
        items(&api, |unit| {
            let item = &unit.krate.types[0];
            let ItemKind::Union(found) = &item.kind else { return TokenStream::new() };
            union(unit, item, found)
        })
    }

    #[test]
    fn kinds_decide_where_they_differ() {
        let found = emitted(&UnionDef {
            branches: vec![
                branch("Object", TypeRef::JsonObject, &[]),
                branch("Text", TypeRef::String, &[]),
                branch("Code", TypeRef::String, &[]),
            ],
            discriminator: None,
        });
        assert_eq!(
            fixtures::names(&found),
            ["enum Method", "impl Method", "impl From < JsonObject > for Method", "specie_runtime :: union"]
        );
        let table = "specie_runtime::union!(Method { Object: object, Text: attempt, Code: attempt });\n";
        assert_eq!(found.last().map(printed).as_deref(), Some(table));
    }

    #[test]
    fn a_branch_of_any_kind_makes_all_others_attempts() {
        let found = emitted(&UnionDef {
            branches: vec![branch("Any", TypeRef::Json, &[]), branch("Text", TypeRef::String, &[])],
            discriminator: None,
        });
        let text = quote!(#(#found)*).to_string();
        assert!(text.contains("Any : attempt , Text : attempt"), "{text}");
    }

    #[test]
    fn tags_decide_and_what_is_not_listed_is_kept() {
        let found = emitted(&UnionDef {
            branches: vec![
                branch("Card", TypeRef::JsonObject, &["card", "CARD"]),
                branch("Card2", TypeRef::JsonObject, &["card"]),
            ],
            discriminator: Some("type".into()),
        });
        let table =
            "specie_runtime::union!(Method by \"type\" { Card: \"card\" | \"CARD\", Card2: \"card\", ..Unknown });\n";
        assert_eq!(found.last().map(printed).as_deref(), Some(table));
    }

    fn accessors_of(names: &[&str], tags: &[&str]) -> String {
        let branches = names.iter().map(|name| branch(name, TypeRef::JsonObject, tags)).collect();
        let discriminator = (!tags.is_empty()).then(|| "type".to_owned());
        printed(&emitted(&UnionDef { branches, discriminator })[1])
    }

    #[test]
    fn each_branch_has_a_method() {
        let expected: syn::Item = parse_quote! {
            impl Method {
                /// The value, if the variant is `ByField`.
                #[must_use]
                pub fn by_field(&self) -> Option<&JsonObject> {
                    if let Self::ByField(value) = self { Some(value) } else { None }
                }
            }
        };
        assert_eq!(accessors_of(&["ByField"], &["a"]), printed(&expected));
        assert!(!accessors_of(&["ByField"], &[]).contains("else"));
    }

    #[test]
    fn a_method_that_means_something_else_keeps_its_meaning() {
        let text = accessors_of(&["Clone", "Type"], &[]);
        assert!(text.contains("fn clone2(") && text.contains("fn r#type("), "{text}");
    }
}
