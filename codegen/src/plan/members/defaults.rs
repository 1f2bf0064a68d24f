//! Defaults that a server fills in where a property is left out.

use crate::api::{
    Assertion, Branch, Constraints, Direction, Object, Property, Schema, SchemaId, Schemas, Shape, Value,
};
use crate::diagnostic::Diagnostics;
use crate::instance;
use crate::plan::diagnostics::Report;
use crate::plan::schemas::kinds::Kind;
use crate::plan::schemas::{elements, integers, scalars};
use crate::plan::types::analysis::TypeAnalysis;
use crate::rust::TypeId;
use crate::source::Span;

/// The default of a property of an object, as JSON, where a server that receives the object fills it in: what the handler then gets fits
/// the schema, whatever else was sent.
pub(super) fn of_property(schemas: &Schemas, object: SchemaId, property: &Property) -> Option<String> {
    let holder = schemas.get(schemas.resolve(object))?;
    if property.required || !is_free(holder, &property.name) {
        return None;
    }
    let stated = schemas.chain(property.schema).find_map(|schema| schema.default.as_ref())?;
    let is_allowed = is_told_of(schemas, property.schema, stated)
        && instance::faults(schemas, property.schema, stated, Direction::Request).is_empty();
    (is_allowed && !stated.is_null()).then(|| stated.to_string())
}

/// Whether what a schema demands of its properties together holds with a property of a name exactly where it holds without.
fn is_free(holder: &Schema, name: &str) -> bool {
    let Constraints { asserted, min_properties, max_properties, .. } = &holder.constraints;
    let required = match &holder.shape {
        Shape::Object(object) => object.properties.iter().filter(|one| one.required).count() as u64,
        _ => 0,
    };
    let is_free_of = |assertion: &Assertion| match assertion {
        Assertion::Required(names) => !names.iter().any(|one| one == name),
        Assertion::DependentRequired(entries) => {
            entries.iter().all(|(of, names)| of != name && !names.iter().any(|one| one == name))
        }
        _ => false,
    };
    max_properties.is_none()
        && min_properties.is_none_or(|least| least <= required)
        && asserted.iter().all(|one| is_free_of(&one.assertion))
}

/// The same for a property of a type. Bodies of PATCH that hold its values have nothing filled in, and neither has any other then.
pub(super) fn of_type(analysis: &TypeAnalysis<'_>, id: TypeId, property: &Property) -> Option<String> {
    let schema = analysis.names.types.get(id.0)?.schema;
    let is_filled_in = analysis.is_checked(id) && !analysis.of_bodies.is_partial(schema);
    if is_filled_in { of_property(analysis.schemas, schema, property) } else { None }
}

/// Reports the defaults that bodies of other methods lack because PATCH has bodies of the same type.
pub(in crate::plan) fn diagnostics(analysis: &TypeAnalysis<'_>) -> Diagnostics {
    let (schemas, mut report) = (analysis.schemas, Report::default());
    for (id, named) in analysis.names.types.iter().take(analysis.names.kept).enumerate() {
        let is_shared = analysis.of_bodies.is_partial(named.schema) && analysis.of_bodies.is_complete(named.schema);
        let Some(Kind::Struct(object)) = analysis.kind(TypeId(id)).filter(|_| is_shared) else { continue };
        for property in &object.properties {
            if of_property(schemas, named.schema, property).is_some() {
                report.unfilled_default(&property.name, default_span(schemas, property));
            }
        }
    }
    report.diagnostics
}

/// Where the default of a property stands.
fn default_span(schemas: &Schemas, property: &Property) -> Span {
    let stated = schemas.chain(property.schema).find(|schema| schema.default.is_some());
    let found = stated.and_then(|schema| schema.keyword_spans.iter().find(|(keyword, _)| *keyword == "default"));
    found.map_or(property.span.key, |(_, entry)| entry.key)
}

/// Whether [`instance`] leaves nothing open about a value of a schema, and its type holds what it allows.
fn is_told_of(schemas: &Schemas, id: SchemaId, value: &Value) -> bool {
    schemas.chain(id).all(|schema| is_told(schemas, schema, value))
}

/// What [`is_told_of`] asks, of one schema of a chain of references.
fn is_told(schemas: &Schemas, schema: &Schema, value: &Value) -> bool {
    let stated = &schema.constraints;
    let is_shaped = match (&schema.shape, value) {
        (Shape::Reference(_), _) | (Shape::Boolean, Value::Bool(_)) | (Shape::Number { .. }, Value::Number(_)) => true,
        (Shape::String { format, encoding, .. }, Value::String(_)) => {
            encoding.is_none() && format.as_deref().is_none_or(is_plain)
        }
        (Shape::Integer { .. }, Value::Number(text)) => {
            scalars::of_schema(schema, &schema.shape).is_some_and(|(ty, _)| integers::reads(&ty, text))
        }
        (Shape::Enumeration(listed), value) => {
            let is_other = || matches!((&*listed.base, value), (Shape::String { .. }, Value::String(_)));
            listed.values.iter().any(|one| one.value == *value) || listed.open && is_other()
        }
        (Shape::List(list), Value::List(items)) => match elements::item(list) {
            Some(item) => items.iter().all(|value| is_told_of(schemas, item, value)),
            None => items.is_empty() && list.prefix.is_empty(),
        },
        (Shape::Object(object), Value::Object(entries)) => is_told_of_object(schemas, object, entries),
        (Shape::Union(union), value) => {
            let is_told_of = |branch: &Branch| {
                is_told_of(schemas, branch.schema, value)
                    && instance::faults(schemas, branch.schema, value, Direction::Request).is_empty()
            };
            union.discriminator.is_none() && union.branches.iter().any(is_told_of)
        }
        _ => false,
    };
    is_shaped && stated.asserted.iter().all(|one| is_limit(&one.assertion)) && stated.multiple_of.is_none()
}

/// Whether an assertion is a limit, on which [`instance`] and servers agree.
const fn is_limit(assertion: &Assertion) -> bool {
    matches!(
        assertion,
        Assertion::MinLength(_)
            | Assertion::MaxLength(_)
            | Assertion::Minimum(_)
            | Assertion::ExclusiveMinimum(_)
            | Assertion::Maximum(_)
            | Assertion::ExclusiveMaximum(_)
    )
}

/// Whether each entry is a property that a request has, and nothing that is required is missing.
fn is_told_of_object(schemas: &Schemas, object: &Object, entries: &[(String, Value)]) -> bool {
    let is_there = |name: &str| entries.iter().any(|(entry, _)| entry == name);
    let is_required = |property: &&Property| property.required;
    let is_told = |(name, value): &(String, Value)| {
        object.properties.iter().find(|property| property.name == *name).is_some_and(|property| {
            let is_sent = schemas.chain(property.schema).all(|schema| !schema.read_only);
            is_sent && is_told_of(schemas, property.schema, value)
        })
    };
    object.constants.is_empty()
        && object.patterns.is_empty()
        && object.required_beside.is_empty()
        && object.properties.iter().filter(is_required).all(|property| is_there(&property.name))
        && entries.iter().all(is_told)
}

/// Whether a format says nothing that a text could violate, or [`instance`] and servers refuse the same texts.
fn is_plain(format: &str) -> bool {
    matches!(
        format,
        "password" | "string" | "char" | "html" | "commonmark" | "email" | "hostname" | "date" | "date-time" | "uuid"
    )
}
