//! Parameters that are lists of lists or of objects, outside of `deepObject`.
//!
//! OpenAPI does not define how the inner ones are written (3.1.1, Style Values). The outer list stays one; each of its items
//! becomes a text, which the caller writes and the server reads as the API has it.

use std::collections::HashSet;

use super::elements;
use crate::api::{
    Api, Constraints, Content, Docs, Key, List, Nesting, Operation, Schema, SchemaId, Schemas, Sensitivity, Shape,
    Style,
};
use crate::diagnostic::Diagnostics;
use crate::plan::diagnostics::Report;
use crate::source::Span;

/// The API with texts for the items of such parameters; `None` where no operation has one.
pub(in crate::plan) fn as_texts(api: &Api) -> (Option<Api>, Diagnostics) {
    let (mut made, mut report) = (None, Report::default());
    for (at, operation) in called(&api.operations).enumerate() {
        for (index, stated) in operation.parameters.iter().enumerate() {
            let Some((list, item)) = nested(&api.schemas, &stated.content) else { continue };
            report.nested_parameter(&stated.name, list.span);
            let made: &mut Api = made.get_or_insert_with(|| api.clone());
            let texts = list_of_texts(&mut made.schemas, list, text(&api.schemas, item, list));
            let operation = nth_called(&mut made.operations, at);
            let parameter = operation.and_then(|operation| operation.parameters.get_mut(index));
            if let Some(parameter) = parameter
                && let Content::Schema { schema, .. } = &mut parameter.content
            {
                *schema = texts;
                parameter.examples.clear();
            }
        }
    }
    (made, report.diagnostics)
}

/// The operations, each with its callbacks behind it.
fn called(operations: &[Operation]) -> impl Iterator<Item = &Operation> {
    operations.iter().flat_map(|operation| std::iter::once(operation).chain(&operation.callbacks))
}

/// One of those, by its place among them.
fn nth_called(operations: &mut [Operation], at: usize) -> Option<&mut Operation> {
    let mut left = at;
    for operation in operations {
        let Some(below) = left.checked_sub(1) else { return Some(operation) };
        if below < operation.callbacks.len() {
            return operation.callbacks.get_mut(below);
        }
        left = below - operation.callbacks.len();
    }
    None
}

/// The list that a parameter holds, and the schema of its items, where these are lists or objects without a defined form.
fn nested<'a>(schemas: &'a Schemas, content: &Content) -> Option<(&'a Schema, SchemaId)> {
    let Content::Schema { schema, style, .. } = content else { return None };
    let list = schemas.get(schemas.resolve(*schema)).filter(|_| *style != Style::DeepObject)?;
    let Shape::List(stated) = &list.shape else { return None };
    let item = elements::item(stated)?;
    let held = schemas.get(schemas.resolve(item))?;
    matches!(held.shape, Shape::List(_) | Shape::Object(_)).then_some((list, item))
}

/// The list with items of another schema.
fn list_of_texts(schemas: &mut Schemas, list: &Schema, text: Schema) -> SchemaId {
    let key = Key::Pointer(format!("{}/texts", pointer(&list.key)));
    let item = schemas.add(text);
    schemas.add(Schema {
        key,
        given_name: None,
        shape: Shape::List(List { prefix: Vec::new(), items: Some(item) }),
        nesting: Nesting::Finite,
        default: None,
        examples: Vec::new(),
        ..list.clone()
    })
}

/// The schema of a text in the place of an item. It is a secret where a value within the item is one.
fn text(schemas: &Schemas, item: SchemaId, list: &Schema) -> Schema {
    Schema {
        key: Key::Pointer(format!("{}/texts/items", pointer(&list.key))),
        given_name: None,
        shape: Shape::String { format: None, encoding: None, media_type: None },
        nullable: false,
        nesting: Nesting::Finite,
        constraints: Constraints::default(),
        constraint_spans: Vec::new(),
        read_only: false,
        write_only: false,
        sensitivity: secret(schemas, item).map_or(Sensitivity::Unstated, Sensitivity::Secret),
        default: None,
        examples: Vec::new(),
        unchecked: Vec::new(),
        docs: Docs::default(),
        title: None,
        span: list.span,
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
