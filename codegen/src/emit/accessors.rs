//! One method per branch of a union: what it holds, if it is that one.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::UnionDef;
use crate::names::{Scope, value_name};

/// Methods that every union has by its traits, and that must keep their meaning.
const TAKEN: &[&str] =
    &["borrow", "check", "clone", "eq", "fmt", "from", "hash", "into", "ne", "serialize", "to_owned", "type_id"];

/// `impl Union { fn by_field(&self) -> Option<&JsonObject> … }`
pub(crate) fn of_union(unit: &Unit<'_>, name: &str, union: &UnionDef, is_open: bool) -> TokenStream {
    let name = ident(name);
    let option = unit.scope.prelude("Option");
    let mut methods = Scope::reserving(TAKEN);
    let is_only = union.branches.len() == 1 && !is_open;
    let accessors = union.branches.iter().map(|branch| {
        let doc = format!(" What {} holds, if it is that.", docs::code(&branch.name));
        let method = ident(&methods.claim(&value_name(&branch.name)).name);
        let (variant, ty) = (ident(&branch.name), unit.rust_type(&branch.ty));
        let body = if is_only {
            quote!(match self { Self::#variant(value) => Some(value) })
        } else {
            quote!(if let Self::#variant(value) = self { Some(value) } else { None })
        };
        quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #method(&self) -> #option<&#ty> {
                #body
            }
        }
    });
    quote!(impl #name { #(#accessors)* })
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;
    use crate::emit::fixtures::{self, items, printed};
    use crate::ir::{Branch, Docs, TypeRef};

    fn emitted(names: &[&str], is_open: bool) -> String {
        let branch = |name: &&str| Branch {
            name: (*name).to_owned(),
            ty: TypeRef::JsonObject,
            boxed: false,
            json: None,
            tags: Vec::new(),
            docs: Docs::default(),
        };
        let union = UnionDef { branches: names.iter().map(branch).collect(), discriminator: None, open: is_open };
        let found = items(&fixtures::api(), |unit, _| of_union(unit, "Errors", &union, is_open));
        printed(&found[0])
    }

    #[test]
    fn each_branch_has_a_method() {
        let expected: syn::Item = parse_quote! {
            impl Errors {
                /// What `ByField` holds, if it is that.
                #[must_use]
                pub fn by_field(&self) -> Option<&JsonObject> {
                    if let Self::ByField(value) = self { Some(value) } else { None }
                }
            }
        };
        assert_eq!(emitted(&["ByField"], true), printed(&expected));
        assert!(!emitted(&["ByField"], false).contains("else"));
    }

    #[test]
    fn a_method_that_means_something_else_keeps_its_meaning() {
        let text = emitted(&["Clone", "Type"], false);
        assert!(text.contains("fn clone2(") && text.contains("fn r#type("), "{text}");
    }
}
