//! The responses in the table of an operation: statuses, bodies, headers, rejections.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::imports::{ident, module_tokens};
use crate::emit::operations::macro_tokens::{form, media, status};
use crate::emit::rust_types::Unit;
use crate::rust::{Operation, Response, fixed_modules};

/// A status with the forms of its body, and the variant that holds each.
pub(super) fn row(group: &[Response], is_enum: bool) -> TokenStream {
    let status = group.first().map(|response| status(response.status));
    let forms = group.iter().map(|response| {
        let variant = is_enum.then(|| ident(&response.variant));
        let Some(body) = &response.body else { return quote!(empty #variant) };
        let (kind, media) = (ident(form(body.media.kind)), media(&body.media));
        quote!(#kind #media #variant)
    });
    quote!(#status: #(#forms)|*)
}

/// The structs of the headers of responses.
pub(super) fn headers(operation: &Operation) -> Option<TokenStream> {
    let names = operation.response_headers.iter().map(|headers| ident(&headers.structure.name));
    (!operation.response_headers.is_empty()).then(|| quote!(headers: [#(#names),*],))
}

/// The path of the table of documented errors in which the server writes rejections.
pub(super) fn rejections(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&unit.krate.rejection_forms.table(operation.rejections?)?.name);
    let rejections = module_tokens(unit.krate.root(), fixed_modules::REJECTIONS);
    Some(quote!(rejections: #rejections::#name,))
}
