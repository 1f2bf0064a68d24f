//! The tokens that several tables share: media types, kinds of bodies, statuses, sides.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::imports::ident;
use crate::rust::{BodyKind, GeneratedModule, Media, MediaNaming, Status};

/// The media types in parentheses, where they are named.
pub(super) fn media(media: &Media) -> Option<TokenStream> {
    (media.naming == MediaNaming::Named).then(|| {
        let names = media.names().map(Literal::string);
        quote!((#(#names),*))
    })
}

/// The keyword of a kind of body in the macros of the runtime.
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

/// The sides for which a table is expanded. In a crate its features decide that; a module has none.
pub(super) fn sides(module: &GeneratedModule) -> TokenStream {
    let sides = module.program_sides().map(|side| ident(side.as_str()));
    quote!([#(#sides),*])
}
