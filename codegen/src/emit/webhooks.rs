//! `webhooks.rs`: what the API sends by itself.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::{self, Doc};
use super::files::{File, Part};
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::Webhook;

/// The file with the payloads of all webhooks.
pub(crate) fn file(context: &Context<'_>) -> String {
    let names: Vec<String> = context.api.webhooks.iter().map(name).collect();
    let taken: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let parts = Part::each(context, &taken, false, &context.api.webhooks, payload);
    let mut file =
        File::new(context, "What the API sends by itself: the payload of each webhook, receiving it and sending it.");
    file.modules(quote! {
        #[cfg(feature = "server")]
        mod receive;
        #[cfg(all(feature = "client", feature = "server"))]
        pub mod send;
        #[cfg(feature = "server")]
        pub use receive::*;
    });
    file.parts(parts);
    file.finish()
}

fn payload(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let (name, ty) = (ident(&name(webhook)), unit.rust_type(&webhook.payload));
    let mut doc = Doc::new().document(&webhook.docs).or(format!("The payload of {}.", docs::code(&webhook.id)));
    if let Some(signature) = &webhook.signature {
        let (header, algorithm) = (docs::code(&signature.header), docs::code(&signature.algorithm));
        doc = doc.own(format!(
            "Signed in the header {header} ({algorithm}), which its receiver verifies before anything is decoded."
        ));
    }
    let doc = doc.tokens();
    quote!(#doc pub type #name = #ty;)
}

/// The webhook's name as a type.
fn name(webhook: &Webhook) -> String {
    let words = webhook.method_name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect()
}
