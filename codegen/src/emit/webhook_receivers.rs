//! `webhooks/receive.rs`: the facts of each webhook, and a function that makes a receiver of it.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::context::Context;
use super::docs::{self, Doc};
use super::files::{File, Part};
use super::rust_types::Unit;
use super::scope::ident;
use crate::ir::Webhook;

/// The file's text.
pub(crate) fn file(context: &Context<'_>) -> String {
    let taken = BTreeSet::new();
    let mut file = File::new(context, "A receiver for each webhook, as a `tower` service.");
    file.parts(Part::each(context, &taken, false, &context.api.webhooks, receiver));
    file.finish()
}

/// The constant that holds a webhook's facts.
pub(crate) fn constant(webhook: &Webhook) -> proc_macro2::Ident {
    ident(&webhook.method_name.to_uppercase())
}

fn receiver(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let facts = facts(unit, webhook);
    let doc = documentation(unit, webhook).tokens();
    let (name, constant, payload) = (ident(&webhook.method_name), constant(webhook), unit.rust_type(&webhook.payload));
    let receiver = unit.scope.import("specie_runtime::server::webhook::Receiver");
    let error = unit.scope.import("specie_runtime::server::webhook::BoxError");
    let (secrets, make) = if webhook.signature.is_some() {
        let secret = unit.scope.import("specie_runtime::Secret");
        let secrets = quote!(secrets: impl IntoIterator<Item = impl Into<#secret<String>>>,);
        (Some(secrets), quote!(new(#constant, secrets, handler)))
    } else {
        (None, quote!(unsigned(#constant, handler)))
    };
    quote! {
        #facts

        #doc
        pub fn #name<F, E>(#secrets handler: impl Fn(#payload) -> F + Send + Sync + 'static) -> #receiver
        where
            F: Future<Output = Result<(), E>> + Send + 'static,
            E: Into<#error>,
        {
            #receiver::#make
        }
    }
}

fn facts(unit: &Unit<'_>, webhook: &Webhook) -> TokenStream {
    let doc = Doc::line(format!("The facts of the document about {}.", docs::code(&webhook.id))).tokens();
    let (constant, id) = (constant(webhook), Literal::string(&webhook.id));
    let spec = unit.scope.import("specie_runtime::server::webhook::WebhookSpec");
    let signature = webhook.signature.as_ref().map(|signature| {
        let header = Literal::string(&signature.header);
        let algorithm = unit.scope.import("specie_runtime::server::webhook::SignatureAlgorithm");
        // There is one algorithm; a document that names another is refused.
        quote!(.signature(#header, #algorithm::Base64Sha1SecretBodySecret))
    });
    quote!(#doc pub const #constant: #spec = #spec::new(#id)#signature;)
}

/// What the receiver takes, what it does not prove, and how it is made.
fn documentation(unit: &Unit<'_>, webhook: &Webhook) -> Doc {
    let summary = docs::summary(&webhook.docs).unwrap_or_else(|| docs::code(&webhook.id));
    let proof = webhook.signature.as_ref().map_or_else(|| UNSIGNED.to_owned(), |signature| {
        format!(
            "Takes what was signed in {} with any of the secrets (live and test, or an old and a new one), which is verified over the\n\
             raw bytes before they are decoded.",
            docs::code(&signature.header)
        )
    });
    Doc::new().own(format!("Receives: {summary}")).own(proof).own(ANSWERS).example("", &example(unit, webhook))
}

const UNSIGNED: &str = "\
**The document names no signature, so nothing proves the sender**: whoever knows the address can post to it. It takes no secrets. If\n\
the API can be told to send an `Authorization` header, ask for it with `.authorization([\"Bearer …\"])`; in any case ask the API for the\n\
state before money moves on the word of a request.";

const ANSWERS: &str = "\
The answer is 200 once the handler has done its work and 500 if it fails, so that the sender delivers again. The same may come more\n\
than once, and in another order than it happened: `specie_runtime::server::webhook::Deliveries` tells which was handled before.";

fn example(unit: &Unit<'_>, webhook: &Webhook) -> String {
    let path = format!("{}::webhooks::{}", unit.context.api.crate_name, super::scope::written(&webhook.method_name));
    let secrets = if webhook.signature.is_some() { "[\"live-secret\", \"test-secret\"], " } else { "" };
    format!(
        "let receiver = {path}({secrets}|payload| async move {{\n    println!(\"{{payload:?}}\");\n    Ok::<(), std::io::Error>(())\n}});\n# drop(receiver);"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::fixtures::{self, items, names, printed};
    use crate::ir::{Docs, Signature, TypeRef};

    fn webhook(signature: Option<Signature>) -> Webhook {
        Webhook {
            id: "paidOut".into(),
            method_name: "paid_out".into(),
            payload: TypeRef::Json,
            signature,
            docs: Docs::default(),
        }
    }

    fn emitted(signature: Option<Signature>) -> Vec<String> {
        let found = items(&fixtures::api(), |unit, _| receiver(unit, &webhook(signature)));
        assert_eq!(names(&found).len(), 2);
        found.iter().map(printed).collect()
    }

    #[test]
    fn a_signed_webhook_takes_secrets() {
        let signature = Signature { header: "X-Signature".into(), algorithm: "base64-sha1-secret-body-secret".into() };
        let texts = emitted(Some(signature));
        assert!(texts[0].contains("pub const PAID_OUT: WebhookSpec"), "{}", texts[0]);
        assert!(
            texts[0].contains(".signature(\"X-Signature\", SignatureAlgorithm::Base64Sha1SecretBodySecret)"),
            "{}",
            texts[0]
        );
        assert!(texts[1].contains("secrets: impl IntoIterator"), "{}", texts[1]);
        assert!(texts[1].contains("Receiver::new(PAID_OUT, secrets, handler)"), "{}", texts[1]);
    }

    #[test]
    fn an_unsigned_one_takes_none_and_says_so() {
        let texts = emitted(None);
        assert!(texts[0].contains("WebhookSpec::new(\"paidOut\");"), "{}", texts[0]);
        assert!(!texts[1].contains("secrets:"), "{}", texts[1]);
        assert!(texts[1].contains("nothing proves the sender"), "{}", texts[1]);
        assert!(texts[1].contains("Receiver::unsigned(PAID_OUT, handler)"), "{}", texts[1]);
    }
}
