//! How the branches of a union are matched.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::{Branch, TypeRef};

/// The pattern of each branch, `Self::Card(value)`; branches that hold the same type share one, as their arms would read the same.
pub(crate) fn arms<'b>(unit: &Unit<'_>, branches: impl Iterator<Item = &'b Branch>) -> Vec<TokenStream> {
    let mut arms: Vec<(TypeRef, bool, TokenStream)> = Vec::new();
    for branch in branches {
        let (ty, variant) = (unit.context.canonical(&branch.ty), ident(&branch.name));
        match arms.iter_mut().find(|(known, boxed, _)| *known == ty && *boxed == branch.boxed) {
            Some((_, _, pattern)) => pattern.extend(quote!(| Self::#variant(value))),
            None => arms.push((ty, branch.boxed, quote!(Self::#variant(value)))),
        }
    }
    arms.into_iter().map(|(_, _, pattern)| pattern).collect()
}
