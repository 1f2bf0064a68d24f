//! Values that are called like secrets: they are secrets, unless the document says that they are none.

use std::collections::HashSet;

use crate::api::{
    Api, Idempotency, Key, PaginationStyle, ParameterLocation, Position, Schema, SchemaId, Schemas, Sensitivity, Shape,
};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::pointer;
use crate::secret_names::is_called_secret;
use crate::source::Span;

/// A value that has a name like a secret's.
struct Hit {
    name: String,
    schema: SchemaId,
    /// Where to say so; `None` where another rule does.
    span: Option<Span>,
}

/// The schemas of values that are secrets because they are called so, with a report of each.
pub(super) fn called_secrets(api: &Api) -> (Vec<SchemaId>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let shown = shown_to_callers(api);
    let mut hits = properties(&api.schemas);
    api.visit_positions(&mut |position, _| hits.extend(at_position(position)));
    hits.retain(|hit| !shown.contains(&hit.schema) && may_be_secret(&api.schemas, hit.schema));
    let mut said = HashSet::new();
    for Hit { name, span, .. } in &hits {
        // A property that several schemas get from one component is reported once.
        if let Some(span) = *span
            && said.insert(span)
        {
            report(name, span, &mut diagnostics);
        }
    }
    (hits.into_iter().map(|hit| hit.schema).collect(), diagnostics)
}

/// Makes the values of a schema secrets. Of a list that allows others, the listed ones are no longer told from these: they would be shown.
pub(super) fn make_secret(schema: &mut Schema) {
    schema.sensitivity = Sensitivity::Secret(schema.span);
    if let Shape::Enumeration(listed) = &schema.shape {
        schema.shape = (*listed.base).clone();
    }
}

fn report(name: &str, span: Span, diagnostics: &mut Diagnostics) {
    let message = format!("{} has a name like a secret's, and is taken for one", quoted(name));
    diagnostics.warning(Code::SecretNotMarked, message, span).help(
        "add `x-specie-sensitive: true` if it is one, or `x-specie-sensitive: false` if it is none and may be printed",
    );
}

/// The properties that are called like secrets, but for those that tell the branches of a union apart.
fn properties(schemas: &Schemas) -> Vec<Hit> {
    let (discriminated, parts) = (schemas.discriminated(), parts(schemas));
    let mut hits = Vec::new();
    for (id, schema) in schemas.iter().filter(|(id, _)| !parts.contains(id)) {
        let Shape::Object(object) = &schema.shape else { continue };
        for property in object.properties.iter().filter(|property| is_called_secret(&property.name)) {
            if !discriminated.contains(&(id, property.name.as_str())) {
                let span = schemas.get(property.schema).map(|schema| schema.span);
                hits.push(Hit { name: property.name.clone(), schema: property.schema, span });
            }
        }
    }
    hits
}

/// The parts of `allOf` that are written in place: what they say is said of the whole.
fn parts(schemas: &Schemas) -> HashSet<SchemaId> {
    let all = schemas.iter().filter_map(|(_, schema)| match &schema.shape {
        Shape::Object(object) => Some(&object.parts),
        _ => None,
    });
    let is_inline = |id: &SchemaId| schemas.get(*id).is_some_and(|schema| matches!(schema.key, Key::Pointer(_)));
    all.flatten().copied().filter(is_inline).collect()
}

/// A parameter or header that is called like a secret.
fn at_position(position: Position<'_>) -> Option<Hit> {
    let (stated, span) = match position {
        Position::Parameter(stated) => {
            let is_hidden = matches!(stated.place, ParameterLocation::Header | ParameterLocation::Cookie);
            // One in the URL is reported as that.
            (stated, is_hidden.then_some(stated.name_span))
        }
        Position::Header(stated) => (stated, Some(stated.span)),
        Position::Media(_) => return None,
    };
    let schema = stated.content.schema().filter(|_| is_called_secret(&stated.name))?;
    Some(Hit { name: stated.name.clone(), schema, span })
}

/// What an operation is known by and what leads to the next page, which callers have to see.
fn shown_to_callers(api: &Api) -> HashSet<SchemaId> {
    let mut found = HashSet::new();
    for operation in &api.operations {
        let sent = operation.request_body.iter().flat_map(|body| &body.content).filter_map(|one| one.schema);
        let successes = operation.responses.iter().filter(|response| response.status.is_success());
        let returned = successes.flat_map(|response| &response.content).filter_map(|one| one.schema);
        let mut add = |schemas: &mut dyn Iterator<Item = SchemaId>, text: &str| {
            found.extend(schemas.filter_map(|schema| at(&api.schemas, schema, text)));
        };
        if let Idempotency::Field { pointer, .. } = &operation.idempotency {
            add(&mut sent.clone(), pointer);
        }
        if let Some(reconcile) = &operation.reconcile {
            add(&mut sent.clone(), &reconcile.value);
        }
        if let Some(PaginationStyle::Cursor { parameter, next }) = operation.pagination.as_ref().map(|one| &one.style) {
            add(&mut returned.clone(), next);
            let cursors = operation.parameters.iter().filter(|one| one.name == *parameter);
            found.extend(cursors.filter_map(|one| one.content.schema()));
        }
    }
    found
}

/// The schema of the property that a JSON pointer leads to.
fn at(schemas: &Schemas, body: SchemaId, text: &str) -> Option<SchemaId> {
    pointer::tokens(text)?.into_iter().try_fold(body, |id, token| {
        let Shape::Object(object) = &schemas.get(schemas.resolve(id))?.shape else { return None };
        object.properties.iter().find(|property| property.name == *token).map(|property| property.schema)
    })
}

/// Whether a value is a text or an integer and nothing says whether it is a secret. One from a list is none, unless the list stands here
/// and allows others.
fn may_be_secret(schemas: &Schemas, id: SchemaId) -> bool {
    let is_silent = schemas.chain(id).all(|schema| schema.sensitivity == Sensitivity::Unstated);
    if let Some(Shape::Enumeration(listed)) = schemas.get(id).map(|schema| &schema.shape) {
        return is_silent && listed.open && matches!(*listed.base, Shape::String { .. } | Shape::Integer { .. });
    }
    let end = schemas.get(schemas.resolve(id)).map(|schema| &schema.shape);
    is_silent && matches!(end, Some(Shape::String { .. } | Shape::Integer { .. }))
}
