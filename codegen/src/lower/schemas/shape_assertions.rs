//! What a schema asserts because of the shape that it got.

use super::analysis::{AnalyzedSchemas, Conjunct, Conjuncts};
use super::evaluated_properties::EvaluatedProperties;
use crate::api::{Additional, Asserted, Assertion, Shape, Untyped, Value};
use crate::document::schema::SchemaId;

/// The assertions that only a schema of this shape needs; those that its keywords make for every shape come beside them. `all` is what a
/// value has to satisfy. Null is a value where the schema is `nullable`.
pub(super) fn of(
    schemas: &AnalyzedSchemas<'_>,
    all: &Conjuncts,
    shape: &Shape,
    nullable: bool,
) -> impl Iterator<Item = Asserted> {
    let of_shape = listed_structures(shape, nullable).into_iter().chain(required_beside(shape));
    of_shape.chain(unevaluated(schemas, all, shape)).chain(evaluated_where(schemas, all, shape))
}

/// Listed values (`enum`, `const`) that are objects or lists.
fn listed_structures(shape: &Shape, nullable: bool) -> Option<Asserted> {
    let Shape::Enumeration(listed) = shape else { return None };
    listed.has_structures().then(|| {
        let null = nullable.then(|| Value::Null.to_string());
        Asserted {
            keyword: if listed.constant { "const" } else { "enum" },
            span: listed.span,
            assertion: Assertion::Enum(listed.values.iter().map(|one| one.value.to_string()).chain(null).collect()),
        }
    })
}

/// `required` for names that no part of an object lists, where its values keep properties that are not listed.
fn required_beside(shape: &Shape) -> Option<Asserted> {
    let Shape::Object(object) = shape else { return None };
    let (_, span) = object.required_beside.first().filter(|_| object.states_additional())?;
    let names = object.required_beside.iter().map(|(name, _)| name.clone()).collect();
    Some(Asserted { keyword: "required", span: *span, assertion: Assertion::Required(names) })
}

/// `unevaluatedProperties: false` beside parts that name properties by patterns, where nothing else may be there.
fn unevaluated(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, shape: &Shape) -> Option<Asserted> {
    let Shape::Object(object) = shape else { return None };
    if object.patterns.is_empty() || object.additional != Additional::None {
        return None;
    }
    let closing = all.list.iter().find_map(|one| {
        let of_part = &schemas[one.id].keywords.object;
        let stated = of_part.unevaluated_properties.as_ref().filter(|_| of_part.additional_properties.is_none())?;
        // Beside patterns of its own it is asserted with these.
        let closes = of_part.pattern_properties.is_none() && schemas[stated.value].schema.as_bool() == Some(false);
        closes.then_some(stated)
    })?;
    let listed = |names: Vec<&String>| names.into_iter().map(|name| (name.clone(), Vec::new())).collect();
    let named = object.properties.iter().map(|property| &property.name).collect();
    let patterns = object.patterns.iter().map(|(pattern, _)| pattern).collect();
    let assertion =
        Assertion::Properties { named: listed(named), patterns: listed(patterns), others: vec![Assertion::Never] };
    Some(Asserted { keyword: "unevaluatedProperties", span: closing.key, assertion })
}

/// `unevaluatedProperties: false` beside schemas that apply to some values only.
fn evaluated_where(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, shape: &Shape) -> Vec<Asserted> {
    let Shape::Object(object) = shape else { return Vec::new() };
    let keeps_others = object.additional != Additional::None;
    let of_part = |one: &Conjunct| {
        let stated = schemas[one.id].keywords.object.unevaluated_properties.as_ref()?;
        let evaluated = EvaluatedProperties::beside(schemas, one.id, &all.list)?;
        let span = stated.key;
        let asserted = move |assertion| Asserted { keyword: "unevaluatedProperties", span, assertion };
        Some(evaluated.asserted(keeps_others).map(asserted))
    };
    all.list.iter().filter_map(of_part).flatten().collect()
}

/// Keywords for one type in a schema that allows every type, so that free JSON is checked by them. `all` is what a value has to
/// satisfy.
pub(super) fn beside_no_type(
    schemas: &AnalyzedSchemas<'_>,
    id: SchemaId,
    all: &Conjuncts,
    shape: &Shape,
) -> Vec<Asserted> {
    let all = &all.list;
    let is_silent =
        |one: &Conjunct| one.id == id || schemas[one.id].is_inline_part && schemas[one.id].described.nothing;
    let is_free = match shape {
        Shape::Any(reason) => *reason == Untyped::NoType,
        Shape::Reference(_) => all.len() > 1 && all.iter().all(is_silent),
        _ => false,
    };
    if !is_free || schemas[id].is_inline_part {
        return Vec::new();
    }
    let own = all.iter().filter(|one| one.id == id || schemas[one.id].is_inline_part);
    own.flat_map(|one| schemas.of_one_type(one.id)).collect()
}
