//! Operations that the API calls: callbacks, at an address that a request or its response holds, and webhooks with more than a payload.

mod addresses;
mod collect;

use super::docs::paragraphs::summary;
use super::members::OperationMembers;
use super::operation_signatures::sent_operations;
use super::operations::{self, Finished, OperationRelations};
use super::stated_docs;
use super::webhooks::{example_authenticate, example_secrets, presented, proof};
use crate::rust::{
    Callback, CallbackAddress, CallbackKind, Checks, Docs, ExampleRoot, MediaVariant, Operation, Paragraph, Payload,
    ReceiverConstructor, ReceiverCredentials, Signature, Success, Text, fixed_docs,
};

pub(super) use addresses::addresses;
pub(super) use collect::{Gathered, gather};

const SIGNED_RECEIVER: ReceiverConstructor = ReceiverConstructor { function: "callback", takes_secrets: true };
const UNSIGNED_RECEIVER: ReceiverConstructor =
    ReceiverConstructor { function: "unsigned_callback", takes_secrets: false };

/// One callback or webhook.
pub(super) fn callback(
    finished: &Finished<'_>,
    of: &OperationMembers<'_>,
    addresses: Vec<CallbackAddress>,
    credentials: Option<ReceiverCredentials>,
) -> Callback {
    let (signature, stated) = (of.signature, of.signature.named.stated);
    let operation = tolerant(operations::operation(finished, of, OperationRelations::default()));
    let signed = stated.signature.as_ref();
    let stated_docs = stated_docs::of(&stated.docs);
    let id = || Text::of_code(&signature.named.id);
    let kind = sent_operations::kind(stated);
    Callback {
        kind,
        constant: signature.named.constants.description.clone(),
        constructor: if signed.is_some() { SIGNED_RECEIVER } else { UNSIGNED_RECEIVER },
        signature: signed.cloned(),
        addresses,
        constant_docs: Docs::line(Text::from("The static description of ").and(id()).words(".")),
        receiver_docs: Docs::line(Text::from("Receives: ").and(summary(&stated_docs, id())))
            .followed_by(receiver_docs((kind, finished.examples), &operation, (signed, credentials.as_ref()))),
        sender_docs: Docs::line(Text::from("Sends ").and(id()).words(if signed.is_some() {
            ", signed with the sender's secret, and gives what its receiver answers."
        } else {
            " and gives what its receiver answers."
        }))
        .followed_by(presented(credentials.as_ref())),
        credentials,
        operation,
    }
}

/// What a receiver reads of the API it reads as a client does: nothing is refused that the types can hold.
fn tolerant(mut operation: Operation) -> Operation {
    for field in &mut operation.request.fields {
        field.checks = Checks::default();
    }
    match operation.body.as_mut().map(|body| &mut body.payload) {
        Some(Payload::Fields { closed, size, assertions, .. }) => {
            *closed = false;
            size.clear();
            *assertions = None;
        }
        Some(Payload::Choice(choice)) => {
            choice.variants.iter_mut().for_each(tolerant_variant);
        }
        Some(Payload::Whole(_)) | None => {}
    }
    operation
}

fn tolerant_variant(variant: &mut MediaVariant) {
    variant.checks = Checks::default();
    if let Some(parts) = &mut variant.parts {
        parts.closed = false;
        parts.size.clear();
        parts.structure.fields.iter_mut().for_each(|part| part.checks = Checks::default());
    }
}

/// What the receiver takes, what it does not prove, and how it is made.
fn receiver_docs(
    (kind, root): (CallbackKind, &ExampleRoot),
    operation: &Operation,
    (signature, credentials): (Option<&Signature>, Option<&ReceiverCredentials>),
) -> Vec<Paragraph> {
    let gives_nothing = operation.success.responses().iter().all(|one| one.body.is_none())
        && !matches!(operation.success, Success::Several(_));
    let example = Paragraph::CallbackReceiver {
        kind,
        root: root.clone(),
        function: operation.method_name.clone(),
        secrets: example_secrets(signature),
        authenticate: example_authenticate(credentials),
        failure: (!gives_nothing).then_some(fixed_docs::EXAMPLE_RECEIVER_FAILURE),
    };
    proof(signature, credentials).into_iter().chain([Paragraph::Fixed(RESPONSES), example]).collect()
}

const RESPONSES: &str = "\
The handler answers with a documented success or error; a failure of its own is answered with 500. The same may come more than once,\n\
and in another order than it happened: `specie_runtime::webhook::Deliveries` tells which was handled before.";
