//! The styles of forms.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{FormStyle, FormStyles};

/// `const CREATE_ACCOUNT_STYLES: …`
pub(super) fn styles(unit: &Unit<'_>, styles: &FormStyles) -> TokenStream {
    let (name, of) = (ident(&styles.constant), unit.scope.import("specie_runtime::FieldStyle"));
    let rows = styles.properties.iter().map(|(property, style)| {
        let property = Literal::string(property);
        let list = |variant: &str| {
            let (list, variant) = (unit.scope.import("specie_runtime::ListStyle"), ident(variant));
            quote!(#of::list(#property, #list::#variant))
        };
        match style {
            FormStyle::Brackets => quote!(#of::brackets(#property)),
            FormStyle::Commas => list("Commas"),
            FormStyle::Spaces => list("Spaces"),
            FormStyle::Pipes => list("Pipes"),
        }
    });
    quote!(pub(crate) const #name: &[#of] = &[#(#rows),*];)
}
