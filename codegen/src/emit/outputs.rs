//! What a success holds: a type of the document, nothing, or an enum where the document has several successes.

use proc_macro2::TokenStream;
use quote::quote;

use super::context::OperationNames;
use super::docs::Doc;
use super::rust_types::Unit;
use super::scope::ident;
use super::{conversions, operation_docs};
use crate::ir::{Operation, Reply, Status};

/// The enum of several successes; nothing for one or none.
pub(crate) fn output(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    if operation.successes.len() < 2 {
        return TokenStream::new();
    }
    let name = ident(&names.output);
    let doc = Doc::line(format!("Every success that the document gives [`{}`].", operation.type_name)).tokens();
    let largest = operation
        .successes
        .iter()
        .filter_map(|reply| reply.body.as_ref())
        .map(|(_, _, ty)| unit.context.size(ty))
        .max();
    let large = (largest.unwrap_or(0) > 200)
        .then(|| quote!(#[allow(clippy::large_enum_variant, reason = "the variants are the document's")]));
    let variants = operation.successes.iter().map(|reply| {
        let (doc, name) = (operation_docs::of_reply(reply).tokens(), ident(&reply.variant));
        let parts = parts(unit, reply);
        if parts.is_empty() { quote!(#doc #name) } else { quote!(#doc #name(#(#parts),*)) }
    });
    let plain = operation.successes.iter().filter(|reply| matches!(reply.status, Status::Code(_)));
    let convertible: Vec<_> =
        plain.filter_map(|reply| reply.body.as_ref().map(|(_, _, ty)| (reply.variant.as_str(), ty, false))).collect();
    let conversions = conversions::of_variants(unit, &names.output, &convertible);
    quote! {
        #doc
        #[derive(Clone, Debug, PartialEq)]
        #large
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        #conversions
    }
}

/// What a variant carries: the status where it is not fixed, and the body.
fn parts(unit: &Unit<'_>, reply: &Reply) -> Vec<TokenStream> {
    let status = (!matches!(reply.status, Status::Code(_))).then(|| unit.scope.import("specie_runtime::Status"));
    let body = reply.body.as_ref().map(|(_, _, ty)| unit.rust_type(ty));
    status.into_iter().chain(body).collect()
}

/// The type of a success.
pub(crate) fn output_type(unit: &Unit<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    match operation.successes.as_slice() {
        [] => quote!(()),
        [only] => only.body.as_ref().map_or_else(|| quote!(()), |(_, _, ty)| unit.rust_type(ty)),
        _ => {
            let name = ident(&names.output);
            quote!(#name)
        }
    }
}
