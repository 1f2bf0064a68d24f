//! The media types of bodies, as the runtime knows them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{response_headers, status_range};
use crate::emit::rust_types::Unit;
use crate::emit::scope::ident;
use crate::rust::{BodyKind, FormStyle, FormStyles, Media, Operation, Response, by_status};

/// `.responses(&[…])`: the media types and headers of all responses, where they are more than one of JSON for each status.
pub(super) fn responses(unit: &Unit<'_>, operation: &Operation) -> Option<TokenStream> {
    let groups = [by_status(operation.success.responses()), by_status(operation.error_responses())].concat();
    if groups.iter().all(|group| is_plain(group)) && operation.response_headers.is_empty() {
        return None;
    }
    let spec = unit.scope.import("specie_runtime::ResponseSpec");
    let responses = groups.iter().filter_map(|group| {
        let status = group.first()?.status;
        let range = status_range(unit, status);
        let headers = operation.response_headers.iter().find(|headers| headers.status == status);
        let headers = headers.map(|headers| response_headers::of_spec(unit, headers));
        let media = group.iter().filter_map(|response| response.body.as_ref()).map(|body| specs(unit, &body.media));
        Some(quote!(#spec::new(#range, &[#(#media),*]) #headers))
    });
    Some(quote!(.responses(&[#(#responses),*])))
}

/// Whether a response is what the runtime assumes: no body, or JSON of one media type.
fn is_plain(group: &[Response]) -> bool {
    let mut media = group.iter().filter_map(|response| response.body.as_ref()).map(|body| &body.media);
    group.len() == 1 && media.all(|media| media.kind == BodyKind::Json && media.others.is_empty())
}

/// The media types of one way to write a body, separated by commas.
pub(in crate::emit) fn specs(unit: &Unit<'_>, media: &Media) -> TokenStream {
    let spec = unit.scope.import("specie_runtime::MediaSpec");
    let kind = kind(unit, media.kind);
    let specs = media.names().map(|name| {
        let name = Literal::string(name);
        quote!(#spec::new(#name, #kind))
    });
    quote!(#(#specs),*)
}

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

/// How a body is written, in the runtime's words.
pub(in crate::emit) fn kind(unit: &Unit<'_>, kind: BodyKind) -> TokenStream {
    let of = unit.scope.import("specie_runtime::BodyKind");
    match kind {
        BodyKind::Json => quote!(#of::Json),
        BodyKind::Form => quote!(#of::Form),
        BodyKind::Text => quote!(#of::Text),
        BodyKind::Bytes => quote!(#of::Bytes),
        BodyKind::Stream => quote!(#of::Stream),
        BodyKind::Multipart => quote!(#of::Multipart),
        BodyKind::Events | BodyKind::TextEvents => quote!(#of::Events),
        BodyKind::JsonLines => quote!(#of::JsonLines),
        BodyKind::JsonSequence => quote!(#of::JsonSequence),
    }
}

/// The pattern of the names of a way to write a body: `"application/json" | "text/json"`.
pub(in crate::emit) fn pattern(media: &Media) -> TokenStream {
    let names = media.names().map(Literal::string);
    quote!(#(#names)|*)
}
