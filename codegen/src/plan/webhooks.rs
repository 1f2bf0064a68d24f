//! Webhooks: the payload, the receiver and the sender of each.

use std::collections::BTreeSet;

use super::docs::namesakes::Namesakes;
use super::docs::paragraphs::{document, summary};
use super::operation_signatures::webhook_names::NamedWebhook;
use super::stated_docs::{self, StatedDocs};
use super::types::analysis::TypeAnalysis;
use super::types::body_types::value_type;
use crate::api::Status;
use crate::rust::{
    Docs, ExampleRoot, Paragraph, ReceiverConstructor, ReceiverCredentials, Signature, Text, Webhook, fixed_docs,
};

/// What a specification of a webhook says that states no method and no statuses.
const IMPLIED_METHOD: &str = "POST";
const IMPLIED_ACKNOWLEDGEMENT: [u16; 1] = [200];

const SIGNED_RECEIVER: ReceiverConstructor = ReceiverConstructor { function: "new", takes_secrets: true };
const UNSIGNED_RECEIVER: ReceiverConstructor = ReceiverConstructor { function: "unsigned", takes_secrets: false };

/// The payload, the receiver and the sender of a webhook.
pub(super) fn webhook(
    root: &ExampleRoot,
    (analysis, namesakes): (&TypeAnalysis<'_>, &Namesakes<'_>),
    (named, credentials): (&NamedWebhook<'_>, Option<ReceiverCredentials>),
) -> Webhook {
    let (signature, stated_docs) = (named.stated.signature.as_ref(), stated_docs::of(&named.stated.docs));
    let signed = if signature.is_some() { ", signed with the sender's secret" } else { "" };
    let acknowledged_by = acknowledged_by(named);
    Webhook {
        id: named.id.clone(),
        function: named.function.clone(),
        constant: named.constant.clone(),
        type_name: named.type_name(),
        payload: value_type(analysis.types, named.payload).ty,
        http_method: named.stated.method.as_str().to_owned(),
        method_is_implied: named.stated.method.as_str() == IMPLIED_METHOD,
        acknowledgement_is_implied: acknowledged_by == IMPLIED_ACKNOWLEDGEMENT,
        acknowledged_by,
        constructor: if signature.is_some() { SIGNED_RECEIVER } else { UNSIGNED_RECEIVER },
        signature: signature.cloned(),
        docs: namesakes.beside_payload(analysis, named, payload_docs(named, &stated_docs)),
        constant_docs: Docs::line(Text::from("The static description of ").code(&named.id).words(".")),
        receiver_docs: receiver_docs(root, (named, credentials.as_ref()), &stated_docs),
        sender_docs: Docs::line(
            Text::from("Sends ")
                .code(&named.id)
                .words(format!("{signed}; `Ok` means that the receiver responded with {}.", acknowledgement(named))),
        )
        .followed_by(presented(credentials.as_ref())),
        credentials,
    }
}

/// The statuses by which a webhook is acknowledged: its documented successes, ascending; none where the document names no single ones.
fn acknowledged_by(named: &NamedWebhook<'_>) -> Vec<u16> {
    let successes = named.stated.responses.iter().map(|response| response.status).filter(|status| status.is_success());
    let codes: Option<BTreeSet<u16>> = successes
        .map(|status| match status {
            Status::Code(code) => Some(code),
            Status::Range(_) | Status::Default => None,
        })
        .collect();
    codes.unwrap_or_default().into_iter().collect()
}

/// The statuses that a sender takes, as a text: 200 is one of them whatever is documented.
fn acknowledgement(named: &NamedWebhook<'_>) -> String {
    let documented = acknowledged_by(named);
    if documented.is_empty() {
        return "a 2xx status".to_owned();
    }
    let statuses: BTreeSet<u16> = documented.into_iter().chain([200]).collect();
    statuses.iter().map(u16::to_string).collect::<Vec<_>>().join(" or ")
}

fn payload_docs(named: &NamedWebhook<'_>, stated_docs: &StatedDocs) -> Docs {
    let mut docs = document(Docs::default(), stated_docs);
    if docs.paragraphs.is_empty() {
        docs = docs.text(Text::from("The payload of ").code(&named.id).words("."));
    }
    let Some(Signature { header, algorithm, .. }) = &named.stated.signature else { return docs };
    let signed = Text::from("Signed in the header ").code(header).words(" (").code(algorithm.name());
    let within = algorithm.tolerance().map(|seconds| format!(", not more than {seconds} seconds from its own clock"));
    let verified = format!("), which its receiver verifies before anything is decoded{}.", within.unwrap_or_default());
    docs.text(signed.words(verified))
}

/// What the receiver takes, what it does not prove, and how it is made.
fn receiver_docs(
    root: &ExampleRoot,
    (named, credentials): (&NamedWebhook<'_>, Option<&ReceiverCredentials>),
    stated_docs: &StatedDocs,
) -> Docs {
    let signature = named.stated.signature.as_ref();
    Docs::line(Text::from("Receives: ").and(summary(stated_docs, Text::of_code(&named.id))))
        .followed_by(proof(signature, credentials))
        .text(responses(named))
        .with(Paragraph::Receiver {
            root: root.clone(),
            function: named.function.clone(),
            secrets: example_secrets(signature),
            authenticate: example_authenticate(credentials),
        })
}

/// What proves to a receiver who sent what it gets.
pub(super) fn proof(signature: Option<&Signature>, credentials: Option<&ReceiverCredentials>) -> Vec<Paragraph> {
    let signed = signature.map(|signature| {
        Paragraph::Text(Text::from("Takes what was signed in ").code(&signature.header).words(SIGNED))
    });
    let verified = credentials.map(|credentials| {
        let keys = |keys: &Vec<String>| match keys.as_slice() {
            [] => "none".into(),
            keys => Text::joined(keys.iter().map(|key| Text::of_code(key)), " and "),
        };
        let alternatives = Text::joined(credentials.alternatives.iter().map(keys), ", or ");
        Paragraph::Text(Text::from("Takes what has the credentials ").and(alternatives).words(VERIFIED))
    });
    let unsigned = match (&signed, &verified) {
        (None, None) => Some(Paragraph::Fixed(UNSIGNED)),
        (None, Some(_)) => Some(Paragraph::Fixed(UNSIGNED_WITH_CREDENTIALS)),
        (Some(_), _) => None,
    };
    signed.into_iter().chain(verified).chain(unsigned).collect()
}

/// What a sender is given beside the request, where the document asks for credentials.
pub(super) fn presented(credentials: Option<&ReceiverCredentials>) -> Option<Paragraph> {
    credentials.map(|_| Paragraph::Fixed(PRESENTED))
}

/// What verifies credentials in an example.
pub(super) fn example_authenticate(credentials: Option<&ReceiverCredentials>) -> Option<&'static str> {
    credentials.map(|_| fixed_docs::EXAMPLE_AUTHENTICATE)
}

/// The secrets that the receiver of an example is given.
pub(super) const fn example_secrets(signature: Option<&Signature>) -> &'static [&'static str] {
    if signature.is_some() { &fixed_docs::EXAMPLE_SECRETS } else { &[] }
}

const SIGNED: &str = " with any of the secrets (live and test, or an old and a new one), which is verified over the\n\
raw bytes before they are decoded.";

const VERIFIED: &str = ", if `authenticate` says that they are\n\
right. It is given those of the first alternative that the request has all of.";

const PRESENTED: &str = "\
The document asks for credentials: give them to the sender by `authorization`, or by `credential` where another header has them.";

const UNSIGNED_WITH_CREDENTIALS: &str = "\
**The document names no signature**: credentials prove the sender to someone who can trust the way they came, and say nothing of the body.\n\
Ask the API for the state before money moves on the word of a request.";

const UNSIGNED: &str = "\
**The document names no signature, so nothing proves the sender**: whoever knows the address can post to it. It takes no secrets. If\n\
the API can be told to send an `Authorization` header, ask for it with `.authorization([\"Bearer …\"])`; in any case ask the API for the\n\
state before money moves on the word of a request.";

/// What the receiver answers.
fn responses(named: &NamedWebhook<'_>) -> String {
    let answered = acknowledged_by(named).first().copied().unwrap_or(200);
    format!("The response is {answered} {RESPONSES}")
}

const RESPONSES: &str = "\
once the handler has done its work and 500 if it fails, so that the sender delivers again. The same may come more\n\
than once, and in another order than it happened: `specie_runtime::webhook::Deliveries` tells which was handled before.";
