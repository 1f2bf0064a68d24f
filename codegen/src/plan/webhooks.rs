//! Webhooks: the payload, the receiver and the sender of each.

use super::context::Context;
use super::docs::{document, summary};
use crate::ir;
use crate::rust::{Docs, Paragraph, Signature, Text, Webhook};

/// Every webhook.
pub(super) fn webhooks(context: &Context<'_>) -> Vec<Webhook> {
    context.api.webhooks.iter().map(|stated| webhook(context, stated)).collect()
}

fn webhook(context: &Context<'_>, stated: &ir::Webhook) -> Webhook {
    let signature = stated.signature.as_ref();
    let signed = if signature.is_some() { ", signed with the sender's secret" } else { "" };
    Webhook {
        id: stated.id.clone(),
        function: stated.method_name.clone(),
        constant: stated.method_name.to_uppercase(),
        type_name: type_name(&stated.method_name),
        payload: context.rust_type(&stated.payload),
        signature: signature.cloned(),
        docs: payload_docs(stated),
        constant_docs: Docs::line(Text::from("What the runtime has to know of ").code(&stated.id).words(".")),
        receiver_docs: receiver_docs(context, stated),
        sender_docs: Docs::line(
            Text::from("Sends ").code(&stated.id).words(format!("{signed}; `Ok` means that it was answered with 200.")),
        ),
    }
}

/// A webhook's name as a type.
fn type_name(method_name: &str) -> String {
    let words = method_name.split('_').map(|word| {
        let mut letters = word.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    });
    words.collect()
}

fn payload_docs(stated: &ir::Webhook) -> Docs {
    let mut docs = document(Docs::default(), &stated.docs);
    if docs.paragraphs.is_empty() {
        docs = docs.text(Text::from("The payload of ").code(&stated.id).words("."));
    }
    let Some(Signature { header, algorithm }) = &stated.signature else { return docs };
    let signed = Text::from("Signed in the header ").code(header).words(" (").code(algorithm);
    docs.text(signed.words("), which its receiver verifies before anything is decoded."))
}

/// What the receiver takes, what it does not prove, and how it is made.
fn receiver_docs(context: &Context<'_>, stated: &ir::Webhook) -> Docs {
    let proof = stated.signature.as_ref().map_or(Paragraph::Fixed(UNSIGNED), |signature| {
        Paragraph::Text(Text::from("Takes what was signed in ").code(&signature.header).words(SIGNED))
    });
    let path = format!("{}::webhooks", context.api.crate_name);
    Docs::line(Text::from("Receives: ").and(summary(&stated.docs, Text::of_code(&stated.id))))
        .with(proof)
        .with(Paragraph::Fixed(ANSWERS))
        .with(Paragraph::Receiver { path, function: stated.method_name.clone(), signed: stated.signature.is_some() })
}

const SIGNED: &str = " with any of the secrets (live and test, or an old and a new one), which is verified over the\n\
raw bytes before they are decoded.";

const UNSIGNED: &str = "\
**The document names no signature, so nothing proves the sender**: whoever knows the address can post to it. It takes no secrets. If\n\
the API can be told to send an `Authorization` header, ask for it with `.authorization([\"Bearer …\"])`; in any case ask the API for the\n\
state before money moves on the word of a request.";

const ANSWERS: &str = "\
The answer is 200 once the handler has done its work and 500 if it fails, so that the sender delivers again. The same may come more\n\
than once, and in another order than it happened: `specie_runtime::server::webhook::Deliveries` tells which was handled before.";
