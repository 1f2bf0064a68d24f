//! One schema of `api`: its shape, and everything that stands beside it.

use std::collections::HashSet;

use super::analysis::{AnalyzedSchemas, Conjuncts, StatedConstraints};
use super::annotations::{Annotations, title};
use super::derived_schemas::{DerivedSchema, Origin};
use super::intersection::{Intersection, Part};
use super::lowering_result::LoweringResult;
use super::{nullability, omitted_keywords, parent_unions, shape_assertions, shapes};
use crate::api::{
    self, Asserted, Assertion, Constraints, Docs, EntrySpan, Key, Schema, SchemaRole, Sensitivity, Shape,
};
use crate::document::schema::{Keyword, Keywords, SchemaId};
use crate::number_text::canonical;

/// A schema of the document; `all` is what a value of it has to satisfy.
pub(super) fn stated(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, key: Key) -> LoweringResult<Schema> {
    let shape = || parent_unions::with_name(schemas, id, all, &key, shapes::stated(schemas, id, all, &key));
    let shape = parent_unions::union(schemas, id, &key).unwrap_or_else(shape);
    shape.map(|shape| stated_of_shape(schemas, id, all, key, shape))
}

/// A schema of the document that has a shape. Omitted keywords of a condition are not kept.
fn stated_of_shape(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, key: Key, shape: Shape) -> Schema {
    let (schema, is_condition) = (&schemas[id], schemas.is_condition(id));
    let demanding = demanding(schemas, id, all, &shape);
    let (mut constraints, keyword_spans) = constraints(schemas, &demanding);
    let deprecated = is_deprecated(schemas, all);
    let Annotations { default, examples, docs, title, xml } = Annotations::of(schema.keywords);
    let nullable = nullability::of_stated(schemas, id, all, &shape);
    constraints.asserted.extend(shape_assertions::beside_no_type(schemas, id, all, &shape));
    constraints.asserted.extend(shape_assertions::of(schemas, all, &shape, nullable));
    Schema {
        given_name: schema.given_name.clone(),
        nullable,
        nesting: api::Nesting::Finite,
        constraints,
        keyword_spans,
        key,
        read_only: demanding.iter().any(|part| schemas[*part].keywords.is_read_only()),
        write_only: demanding.iter().any(|part| schemas[*part].keywords.is_write_only()),
        sensitivity: schema.sensitivity,
        default,
        examples,
        role: if is_condition || schema.is_inline_part { SchemaRole::Part } else { SchemaRole::Whole },
        omitted: if is_condition { Vec::new() } else { omitted_keywords::of(schemas, id, &shape) },
        shape,
        docs: Docs { deprecated: docs.deprecated || deprecated, ..docs },
        title,
        xml,
        span: schema.schema.name,
    }
}

/// The schemas whose constraints a schema states, among those that a value of it has to fit. What it refers to states its own.
fn demanding(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, shape: &Shape) -> Vec<SchemaId> {
    let all = all.list.iter().map(|one| one.id);
    let Shape::Reference(target) = shape else { return all.collect() };
    let is_intersection = schemas[id].stated_parts.len() > 1;
    let target = schemas.stated(*target).filter(|_| is_intersection);
    let known: Option<HashSet<SchemaId>> =
        target.map(|target| schemas[target].all.list.iter().map(|one| one.id).collect());
    all.filter(|part| *part == id || known.as_ref().is_some_and(|known| !known.contains(part))).collect()
}

/// Whether a schema or an inline part of it is deprecated. A deprecated component does not make the schemas that
/// include it deprecated.
fn is_deprecated(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> bool {
    all.list.iter().any(|part| part.owner.is_none() && schemas[part.id].keywords.is_deprecated())
}

/// The constraints of all schemas that a value has to satisfy, and where the keywords of constraints and shapes stand.
fn constraints(schemas: &AnalyzedSchemas<'_>, all: &[SchemaId]) -> (Constraints, Vec<(&'static str, EntrySpan)>) {
    let stated = || all.iter().map(|id| &schemas[*id].constraints);
    let mut demanded = stated().map(|stated| stated.demanded.clone()).fold(Constraints::default(), Constraints::and);
    let further = further_multiples(stated(), demanded.multiple_of.as_deref());
    demanded.asserted.extend(further);
    let of_shape = all.iter().flat_map(|id| of_shape(schemas[*id].keywords));
    (demanded, stated().flat_map(|stated| &stated.spans).copied().chain(of_shape).collect())
}

/// Where the keywords of a schema stand that say what its values look like, and which one is the default.
fn of_shape(keywords: &Keywords) -> impl Iterator<Item = (&'static str, EntrySpan)> {
    let object = &keywords.object;
    let all = [
        ("type", keywords.types.as_ref().map(Keyword::entry)),
        ("format", keywords.format.as_ref().map(Keyword::entry)),
        ("default", keywords.annotations.default.as_ref().map(Keyword::entry)),
        ("additionalProperties", object.additional_properties.as_ref().map(Keyword::entry)),
        ("unevaluatedProperties", object.unevaluated_properties.as_ref().map(Keyword::entry)),
    ];
    all.into_iter().filter_map(|(name, span)| Some((name, span?)))
}

/// Each `multipleOf` but the one that is kept: a value fulfils all of them (JSON Schema 2020-12, Core, 10.2.1.1).
fn further_multiples<'a>(stated: impl Iterator<Item = &'a StatedConstraints>, kept: Option<&str>) -> Vec<Asserted> {
    let mut known: Vec<String> = kept.map(canonical).into_iter().collect();
    let mut found = Vec::new();
    for constraints in stated {
        let place = constraints.spans.iter().find(|(keyword, _)| *keyword == "multipleOf");
        let (Some(step), Some((keyword, span))) = (&constraints.demanded.multiple_of, place) else { continue };
        if !known.contains(&canonical(step)) {
            known.push(canonical(step));
            found.push(Asserted { keyword, span: span.key, assertion: Assertion::MultipleOf(step.clone()) });
        }
    }
    found
}

/// A schema that no place of the document states as a whole; `all` is what a value of it has to satisfy.
pub(super) fn derived(schemas: &AnalyzedSchemas<'_>, one: &DerivedSchema, all: &Conjuncts) -> LoweringResult<Schema> {
    let DerivedSchema { origin, key, span } = one;
    let shape = shapes::derived(schemas, origin, &Intersection { parts: &origin.parts, all, key, span: *span });
    let shape = match origin.parts.as_slice() {
        [Part::Whole(only)] => parent_unions::with_name(schemas, *only, all, key, shape),
        _ => shape,
    };
    shape.map(|shape| derived_of_shape(schemas, one, all, shape))
}

/// A derived schema that has a shape. A branch has the name and the title of its first part.
fn derived_of_shape(schemas: &AnalyzedSchemas<'_>, one: &DerivedSchema, all: &Conjuncts, shape: Shape) -> Schema {
    let DerivedSchema { origin, key, span } = one;
    let (wholes, deprecated) = (origin.wholes(), is_deprecated(schemas, all));
    let is_branch = wholes.len() < origin.parts.len();
    let chosen = wholes.first().filter(|_| is_branch).map(|id| &schemas[*id]);
    let (mut constraints, keyword_spans) = constraints(schemas, &all.list.iter().map(|one| one.id).collect::<Vec<_>>());
    let parts: Vec<&Keywords> = wholes.iter().map(|id| schemas[*id].keywords).collect();
    let Annotations { default, examples, docs, xml, .. } = Annotations::of_several(&parts);
    let nullable = origin.one.is_none() && !is_branch && nullability::of_several(schemas, &wholes, all);
    constraints.asserted.extend(shape_assertions::of(schemas, all, &shape, nullable));
    Schema {
        given_name: chosen.and_then(|chosen| chosen.given_name.clone()),
        shape,
        key: key.clone(),
        nullable,
        nesting: api::Nesting::Finite,
        constraints,
        keyword_spans,
        read_only: all.list.iter().any(|part| schemas[part.id].keywords.is_read_only()),
        write_only: all.list.iter().any(|part| schemas[part.id].keywords.is_write_only()),
        sensitivity: sensitivity(schemas, origin),
        default: default.filter(|_| origin.one.is_none()),
        examples: if origin.one.is_none() { examples } else { Vec::new() },
        role: SchemaRole::Whole,
        omitted: Vec::new(),
        docs: Docs { deprecated, ..docs },
        title: chosen.and_then(|chosen| title(chosen.keywords)),
        xml,
        span: *span,
    }
}

/// What the parts of a schema say of whether its values are secrets: one that is a secret makes it one.
fn sensitivity(schemas: &AnalyzedSchemas<'_>, origin: &Origin) -> Sensitivity {
    let plain = || origin.stated_plain(schemas).map(Sensitivity::Plain);
    origin.secret(schemas).map(Sensitivity::Secret).or_else(plain).unwrap_or_default()
}
