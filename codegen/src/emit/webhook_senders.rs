//! `webhooks/send.rs`: a function that sends each webhook, as the API itself does.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use super::context::Context;
use super::docs::{self, Doc};
use super::files::{File, Part};
use super::rust_types::Unit;
use super::scope::ident;
use super::webhook_receivers::constant;
use crate::ir::Webhook;

/// The file's text.
pub(crate) fn file(context: &Context<'_>) -> String {
    let taken = BTreeSet::new();
    let mut file =
        File::new(context, "Sending each webhook, as the API does: for its servers, and for tests of receivers.");
    file.parts(Part::each(context, &taken, false, &context.api.webhooks, sender));
    file.finish()
}

fn sender(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let signed = if webhook.signature.is_some() { ", signed with the sender's secret" } else { "" };
    let doc =
        Doc::line(format!("Sends {}{signed}; `Ok` means that it was answered with 200.", docs::code(&webhook.id)))
            .tokens();
    let (name, constant, payload) = (ident(&webhook.method_name), constant(webhook), unit.rust_type(&webhook.payload));
    let sender = unit.scope.import("specie_runtime::server::webhook::Sender");
    let error = unit.scope.import("specie_runtime::server::webhook::SendError");
    quote! {
        #doc
        pub async fn #name(sender: &#sender, url: &str, payload: &#payload) -> Result<(), #error> {
            sender.send(&super::#constant, url, payload).await
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures::{self, items, printed};
    use crate::ir::{Docs, TypeRef};

    #[test]
    fn a_payload_is_sent_with_its_own_facts() {
        let webhook = Webhook {
            id: "type".into(),
            method_name: "type".into(),
            payload: TypeRef::Json,
            signature: None,
            docs: Docs::default(),
        };
        let found = items(&fixtures::api(), |unit, _| sender(unit, &webhook));
        let text = printed(&found[0]);
        assert!(text.contains("pub async fn r#type("), "{text}");
        assert!(text.contains("payload: &Json,"), "{text}");
        assert!(text.contains("sender.send(&super::TYPE, url, payload).await"), "{text}");
    }
}
