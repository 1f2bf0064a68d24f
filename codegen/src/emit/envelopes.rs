//! Envelopes: the objects around a flattened body, as constants that client and server share.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::{Envelope, Operation, Payload};

/// The constant's name, where an operation has an envelope.
pub(crate) fn name(operation: &Operation) -> Option<String> {
    levels(operation).map(|_| format!("{}_ENVELOPE", operation.method_name.to_uppercase()))
}

/// The envelope as an expression.
pub(crate) fn reference(operation: &Operation) -> TokenStream {
    name(operation).map_or_else(
        || quote!(&[]),
        |name| {
            let name = ident(&name);
            quote!(#name)
        },
    )
}

/// The keys of an envelope, outermost first.
pub(crate) fn keys(operation: &Operation) -> impl DoubleEndedIterator<Item = &str> {
    levels(operation).into_iter().flat_map(|envelope| &envelope.levels).map(|level| level.key.as_str())
}

/// `const CREATE_PAYOUT_ENVELOPE: …`
pub(crate) fn constant(unit: &Unit<'_>, operation: &Operation) -> TokenStream {
    let (Some(envelope), Some(name)) = (levels(operation), name(operation)) else {
        return TokenStream::new();
    };
    let (name, level) = (ident(&name), unit.scope.import("specie_runtime::EnvelopeLevel"));
    let levels = envelope.levels.iter().map(|stated| {
        let key = Literal::string(&stated.key);
        let constants = stated.constants.iter().map(|(name, value)| {
            let (name, value) = (Literal::string(name), Literal::string(value));
            quote!((#name, #value))
        });
        quote!(#level::new(#key, &[#(#constants),*]))
    });
    quote!(pub(crate) const #name: &[#level] = &[#(#levels),*];)
}

fn levels(operation: &Operation) -> Option<&Envelope> {
    match operation.body.as_ref().map(|body| &body.payload) {
        Some(Payload::Fields { envelope, .. }) if !envelope.levels.is_empty() => Some(envelope),
        _ => None,
    }
}
