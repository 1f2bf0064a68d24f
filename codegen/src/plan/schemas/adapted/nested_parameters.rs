//! Parameters that are lists of lists or of objects, outside of `deepObject`.
//!
//! OpenAPI does not define how the inner ones are written (3.1.1, Style Values). The outer list stays one; each of its items
//! becomes a text, which the caller writes and the server reads as the API has it.

use std::collections::HashSet;

use crate::api::{Api, Content, Key, List, Nesting, Operation, Schema, SchemaId, Schemas, Sensitivity, Shape, Style};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::plan::schemas::elements;
use crate::source::Span;

/// A list of texts that stands for what the document gives a parameter.
pub(super) struct ListOfTexts<'a> {
    /// The schema that the parameter has in the document.
    pub(super) position: SchemaId,
    /// The list that this is.
    pub(super) of: &'a Schema,
    /// The schema of the texts.
    pub(super) item: Schema,
}

/// The lists of texts of such parameters, one for each schema of a parameter.
pub(super) fn lists_of_texts(api: &Api) -> (Vec<ListOfTexts<'_>>, Diagnostics) {
    let (mut found, mut known, mut report) = (Vec::new(), HashSet::new(), Report::default());
    for stated in called(&api.operations).chain(&api.webhooks).flat_map(|operation| &operation.parameters) {
        let Some((position, of, item)) = nested(&api.schemas, &stated.content) else { continue };
        report.nested_parameter(&stated.name, of.span);
        if known.insert(position) {
            found.push(ListOfTexts { position, of, item: text(&api.schemas, item, of) });
        }
    }
    (found, report.diagnostics)
}

/// The operations, each with its callbacks behind it.
fn called(operations: &[Operation]) -> impl Iterator<Item = &Operation> {
    operations.iter().flat_map(|operation| std::iter::once(operation).chain(&operation.callbacks))
}

/// The schema of a parameter, the list that it is, and the schema of its items, where these are lists or objects without a defined form.
fn nested<'a>(schemas: &'a Schemas, content: &Content) -> Option<(SchemaId, &'a Schema, SchemaId)> {
    let Content::Schema { schema, style, .. } = content else { return None };
    let list = schemas.get(schemas.resolve(*schema)).filter(|_| *style != Style::DeepObject)?;
    let Shape::List(stated) = &list.shape else { return None };
    let item = elements::item(stated)?;
    let held = schemas.get(schemas.resolve(item))?;
    matches!(held.shape, Shape::List(_) | Shape::Object(_)).then_some((*schema, list, item))
}

/// A list with items of another schema.
pub(super) fn list_of(item: SchemaId, list: &Schema) -> Schema {
    Schema {
        key: Key::Pointer(format!("{}/texts", pointer(&list.key))),
        given_name: None,
        shape: Shape::List(List { prefix: Vec::new(), items: Some(item) }),
        nesting: Nesting::Finite,
        default: None,
        examples: Vec::new(),
        ..list.clone()
    }
}

/// The schema of a text in the place of an item. It is a secret where a value within the item is one.
fn text(schemas: &Schemas, item: SchemaId, list: &Schema) -> Schema {
    Schema {
        sensitivity: secret(schemas, item).map_or(Sensitivity::Unstated, Sensitivity::Secret),
        ..Schema::of(
            Key::Pointer(format!("{}/texts/items", pointer(&list.key))),
            Shape::String { format: None, encoding: None, media_type: None },
            list.span,
        )
    }
}

fn pointer(key: &Key) -> &str {
    match key {
        Key::Component(name) => name,
        Key::Pointer(pointer) => pointer,
    }
}

/// Where a schema, or one that its values are made of, says that they are secrets.
fn secret(schemas: &Schemas, item: SchemaId) -> Option<Span> {
    let (mut seen, mut waiting) = (HashSet::new(), vec![item]);
    while let Some(id) = waiting.pop() {
        if !seen.insert(id) {
            continue;
        }
        if let Some(span) = schemas.secret(id) {
            return Some(span);
        }
        if let Some(schema) = schemas.get(id) {
            schema.shape.visit_parts(&mut |part| waiting.push(part));
        }
    }
    None
}
