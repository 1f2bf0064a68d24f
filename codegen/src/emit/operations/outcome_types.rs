//! The types that a call of an operation gives: its output and its error.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{Operation, Success};

/// The type of a success.
pub(in crate::emit) fn output_type(unit: &Unit<'_>, success: &Success) -> TokenStream {
    match success {
        Success::Undocumented => quote!(()),
        Success::One(only) => only.body.as_ref().map_or_else(|| quote!(()), |body| unit.rust_type(&body.value)),
        Success::Several(several) => {
            let name = ident(&several.name);
            quote!(#name)
        }
    }
}

/// The error type of an operation.
pub(in crate::emit) fn error_type(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    operation.errors.as_ref().map_or_else(
        || unit.scope.import("specie_runtime::NoError"),
        |errors| {
            let name = ident(&errors.name);
            quote!(#name)
        },
    )
}
