//! How many lines items take, roughly: enough to say whether a file of them is too long.

use crate::rust::{
    Companion, Docs, Field, Item, ItemKind, Operation, Paragraph, Piece, Response, Struct, Text, Union, Webhook,
};

/// The characters of a line of documentation.
const DOC_WIDTH: usize = 90;

/// A type with its implementations.
pub(super) fn of_type(item: &Item) -> usize {
    match &item.kind {
        ItemKind::Object(object) => {
            let fields = object.structure.fields.len();
            let check = if item.checked { 6 + 2 * fields } else { 0 };
            structure(&object.structure) + 4 + fields / 2 + check
        }
        ItemKind::Enum(values) => {
            let variants = values.variants.iter().map(|variant| docs(&variant.docs) + 2);
            docs(&values.docs) + 8 + variants.sum::<usize>()
        }
        ItemKind::Union(union) => of_union(union),
        ItemKind::Nested(nested) => docs(&nested.docs) + if item.checked { 14 } else { 6 },
        ItemKind::Alias { docs: said, .. } => docs(said) + 2,
    }
}

fn of_union(union: &Union) -> usize {
    let branches = union.branches.iter().map(|branch| docs(&branch.docs) + 6);
    docs(&union.docs) + 18 + branches.sum::<usize>()
}

/// A request with its responses and its specification.
pub(super) fn of_operation(operation: &Operation) -> usize {
    structure(&operation.request) + 28 + responses(operation).map(response).sum::<usize>()
}

fn responses(operation: &Operation) -> impl Iterator<Item = &Response> {
    operation.success.responses().iter().chain(operation.error_responses())
}

fn response(response: &Response) -> usize {
    docs(&response.docs) + 4
}

/// A method of the client.
pub(super) fn of_client_method(operation: &Operation) -> usize {
    docs(&operation.client_docs) + 7
}

/// What the client writes and reads.
pub(super) fn of_client_calls(operation: &Operation) -> usize {
    let fields = operation.request.fields.len();
    18 + fields + fields / 2 + 4 * responses(operation).count() + if operation.pages.is_some() { 8 } else { 0 }
}

/// A method of the server trait, and its route.
pub(super) fn of_server_method(operation: &Operation) -> usize {
    docs(&operation.server_docs) + 19
}

/// What the server reads and writes.
pub(super) fn of_server_calls(operation: &Operation) -> usize {
    20 + 2 * operation.request.fields.len() + 3 * responses(operation).count()
}

/// The payload of a webhook.
pub(super) fn of_payload(webhook: &Webhook) -> usize {
    docs(&webhook.docs) + 2
}

/// What receives a webhook, and what the runtime has to know of it.
pub(super) fn of_receiver(webhook: &Webhook) -> usize {
    docs(&webhook.receiver_docs) + docs(&webhook.constant_docs) + 16
}

/// What sends a webhook.
pub(super) fn of_sender(webhook: &Webhook) -> usize {
    docs(&webhook.sender_docs) + 9
}

/// A struct with its constructors and setters.
fn structure(structure: &Struct) -> usize {
    let companion = structure.companion.as_ref().map_or(0, |companion| of_companion(companion, structure));
    docs(&structure.docs) + 11 + companion + structure.fields.iter().map(field).sum::<usize>()
}

fn of_companion(companion: &Companion, structure: &Struct) -> usize {
    let required = structure.required().count();
    docs(&companion.docs) + 6 + 3 * required
}

fn field(field: &Field) -> usize {
    docs(&field.docs) + 2 + usize::from(field.setter.is_some()) + 2 * field.checks.count()
}

/// The lines of a documentation, with those between its paragraphs.
pub(super) fn docs(docs: &Docs) -> usize {
    let lines: usize = docs.paragraphs.iter().map(paragraph).map(|lines| lines + 1).sum();
    lines.saturating_sub(1)
}

fn paragraph(paragraph: &Paragraph) -> usize {
    match paragraph {
        Paragraph::Document(text) => text.lines().map(|line| 1 + line.len() / DOC_WIDTH).sum(),
        Paragraph::Fixed(text) => text.lines().count(),
        Paragraph::Text(text) => 1 + length(text) / DOC_WIDTH,
        Paragraph::List(items) => items.iter().map(|item| 1 + length(item) / DOC_WIDTH).sum(),
        Paragraph::Table(_, rows) => rows.len() + 2,
        Paragraph::Request(_) | Paragraph::Receiver { .. } => 12,
        Paragraph::Provenance(_) | Paragraph::ResponseProvenance(..) => 2,
        Paragraph::Default(_) | Paragraph::Example(_) | Paragraph::Heading(_) => 1,
    }
}

/// The length of a text in bytes.
fn length(text: &Text) -> usize {
    let pieces = text.0.iter().map(|piece| match piece {
        Piece::Words(text) | Piece::Code(text) | Piece::Name(text) | Piece::Line(text, _) => text.len(),
    });
    pieces.sum()
}
