//! The responses in the table of an operation: statuses, bodies, headers, rejections.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::rust_types::Unit;
use crate::emit::scope::{ident, path_tokens};
use crate::rust::{BodyKind, Media, MediaNaming, Operation, Response, Status};

/// A status with the forms of its body, and the variant that holds each.
pub(super) fn row(group: &[Response], is_enum: bool) -> TokenStream {
    let status = group.first().map(|response| self::status(response.status));
    let forms = group.iter().map(|response| {
        let variant = is_enum.then(|| ident(&response.variant));
        let Some(body) = &response.body else { return quote!(empty #variant) };
        let (kind, media) = (ident(form(body.media.kind)), media(&body.media));
        quote!(#kind #media #variant)
    });
    quote!(#status: #(#forms)|*)
}

/// The media types in parentheses, where they are named.
pub(super) fn media(media: &Media) -> Option<TokenStream> {
    (media.naming == MediaNaming::Named).then(|| {
        let names = media.names().map(Literal::string);
        quote!((#(#names),*))
    })
}

/// How the runtime calls the form of a body.
pub(super) fn form(kind: BodyKind) -> &'static str {
    match kind {
        BodyKind::Json => "json",
        BodyKind::Form => "form",
        BodyKind::Text => "text",
        BodyKind::Bytes => "bytes",
        BodyKind::Stream => "stream",
        BodyKind::Multipart => "multipart",
        BodyKind::Events => "events",
        BodyKind::TextEvents => "text_events",
        BodyKind::JsonLines => "json_lines",
        BodyKind::JsonSequence => "json_sequence",
    }
}

/// A status, a range of them (`4XX`), or `default`.
pub(super) fn status(status: Status) -> TokenStream {
    match status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            quote!(#code)
        }
        Status::Range(digit) => format!("{digit}XX").parse().unwrap_or_default(),
        Status::Default => quote!(default),
    }
}

/// The structs of the headers of responses.
pub(super) fn headers(operation: &Operation) -> Option<TokenStream> {
    let names = operation.response_headers.iter().map(|headers| ident(&headers.structure.name));
    (!operation.response_headers.is_empty()).then(|| quote!(headers: [#(#names),*],))
}

/// What the operation documents for rejections.
pub(super) fn rejections(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let name = ident(&unit.krate.error_forms.tables[operation.rejections?].name);
    let root = path_tokens(unit.krate.root());
    Some(quote!(rejections: #root::server::rejections::#name,))
}
