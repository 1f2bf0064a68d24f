//! How many lines items take, roughly: enough to say whether a file of them is too long.

use crate::rust::{Companion, Docs, Field, Item, ItemKind, Operation, Paragraph, Piece, Response, Struct, Text, Union};

/// The characters of a line of documentation.
const DOC_WIDTH: usize = 90;

/// A type with its implementations.
pub(super) fn of_type(item: &Item) -> usize {
    match &item.kind {
        ItemKind::Object(object) => {
            let serde = if object.rest.is_some() { 20 + 6 * object.structure.fields.len() } else { 0 };
            let check = if item.checked { 10 + 4 * object.structure.fields.len() } else { 0 };
            structure(&object.structure) + serde + check
        }
        ItemKind::Enum(values) => {
            let variants = values.variants.iter().map(|variant| docs(&variant.docs) + 3);
            docs(&values.docs) + 25 + variants.sum::<usize>()
        }
        ItemKind::Union(union) => of_union(union),
        ItemKind::Nested(nested) => docs(&nested.docs) + if item.checked { 14 } else { 6 },
        ItemKind::Alias { docs: said, .. } => docs(said) + 2,
    }
}

fn of_union(union: &Union) -> usize {
    let branches = union.branches.iter().map(|branch| docs(&branch.docs) + 24);
    docs(&union.docs) + 45 + branches.sum::<usize>()
}

/// A request with its responses and its specification.
pub(super) fn of_operation(operation: &Operation) -> usize {
    let responses = operation.success.responses().iter().chain(operation.error_responses());
    let headers = operation.response_headers.iter().map(|headers| structure(&headers.structure) + 6);
    structure(&operation.request) + 40 + responses.map(response).sum::<usize>() + headers.sum::<usize>()
}

fn response(response: &Response) -> usize {
    docs(&response.docs) + 3
}

/// A method of the client.
pub(super) fn of_client_method(operation: &Operation) -> usize {
    docs(&operation.client_docs) + 7
}

/// What the client writes and reads.
pub(super) fn of_client_calls(operation: &Operation) -> usize {
    let responses = operation.success.responses().len() + operation.error_responses().len();
    18 + operation.request.fields.len() + responses + if operation.pages.is_some() { 8 } else { 0 }
}

/// A method of the server trait, and its route.
pub(super) fn of_server_method(operation: &Operation) -> usize {
    docs(&operation.server_docs) + 16
}

/// What the server reads and writes.
pub(super) fn of_server_calls(operation: &Operation) -> usize {
    let responses = operation.success.responses().len() + operation.error_responses().len();
    24 + 2 * operation.request.fields.len() + 2 * responses
}

/// A struct with its constructors and setters.
fn structure(structure: &Struct) -> usize {
    let companion = structure.companion.as_ref().map_or(0, |companion| of_companion(companion, structure));
    docs(&structure.docs) + 18 + companion + structure.fields.iter().map(field).sum::<usize>()
}

fn of_companion(companion: &Companion, structure: &Struct) -> usize {
    let required = structure.required().count();
    docs(&companion.docs) + 6 + 3 * required
}

fn field(field: &Field) -> usize {
    let setter = field.setter.as_ref().map_or(0, |setter| docs(&setter.docs) + 6);
    docs(&field.docs) + 3 + setter + 3 * field.checks.count()
}

/// The lines of a documentation, with those between its paragraphs.
pub(super) fn docs(docs: &Docs) -> usize {
    docs.paragraphs.iter().map(paragraph).map(|lines| lines + 1).sum()
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
