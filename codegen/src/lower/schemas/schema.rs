//! One schema of `api`: its shape, and everything that stands beside it.

use std::collections::HashSet;

use super::analysis::{AnalyzedSchemas, Conjuncts, NullBranch, StatedConstraints};
use super::annotations::{Annotations, docs_of, examples, title, xml};
use super::conjuncts_of_parts::{Conjunction, Part};
use super::derived_schemas::{DerivedSchemas, Origin};
use super::{omitted_keywords, parent_unions, shape_assertions, shapes};
use crate::api::{
    self, Asserted, Assertion, Constraints, Docs, EntrySpan, Key, Schema, SchemaRole, Sensitivity, Shape,
};
use crate::document::schema::{Keyword, Keywords, SchemaId};
use crate::lower::values;
use crate::number_text::canonical;
use crate::source::Span;

/// A schema of the document. Omitted keywords of a condition are not kept.
pub(super) fn stated(schemas: &AnalyzedSchemas<'_>, id: SchemaId, key: Key, derived: &mut DerivedSchemas) -> Schema {
    let schema = &schemas[id];
    let keywords = schema.keywords;
    let Annotations { default, examples, docs, title } = Annotations::of(keywords);
    let all = derived.conjuncts(schemas, id);
    let docs = Docs { deprecated: docs.deprecated || is_deprecated(schemas, all), ..docs };
    let is_parent = schemas.inheritance.children.contains_key(&id);
    let union = if is_parent { parent_unions::union(schemas, id, &key, derived) } else { None };
    let shape = union.unwrap_or_else(|| {
        let mut shape = shapes::stated(schemas, id, all, &key, derived);
        parent_unions::name(schemas, id, all, &mut shape, &key, derived);
        shape
    });
    let states_null = says_null(schemas, id)
        || all_allow_null(schemas, all, &shape)
        || matches!(shape, Shape::Enumeration(_)) && a_branch_allows_null(schemas, all);
    let nullable = states_null && !schemas.refuse_null(all);
    let demanding = demanding(schemas, id, all, &shape);
    let (mut constraints, keyword_spans) = constraints(schemas, &demanding);
    constraints.asserted.extend(shape_assertions::beside_no_type(schemas, id, all, &shape));
    constraints.asserted.extend(shape_assertions::asserted(&shape, nullable));
    constraints.asserted.extend(shape_assertions::unevaluated(schemas, all, &shape));
    constraints.asserted.extend(shape_assertions::evaluated_where(schemas, all, &shape));
    let omitted = if schemas.is_condition(id) { Vec::new() } else { omitted_keywords::of(schemas, id, &shape) };
    Schema {
        given_name: schema.given_name.clone(),
        nullable,
        nesting: api::Nesting::Finite,
        constraints,
        keyword_spans,
        shape,
        key,
        read_only: demanding.iter().any(|part| schemas[*part].keywords.is_read_only()),
        write_only: demanding.iter().any(|part| schemas[*part].keywords.is_write_only()),
        sensitivity: schema.sensitivity,
        default,
        examples,
        role: if schemas.is_condition(id) || schema.is_inline_part { SchemaRole::Part } else { SchemaRole::Whole },
        omitted,
        docs,
        title,
        xml: xml(keywords),
        span: schema.schema.name,
    }
}

/// The schemas whose constraints a schema states, among those that a value of it has to fit. What it refers to states its own.
fn demanding(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, shape: &Shape) -> Vec<SchemaId> {
    let all = all.list.iter().map(|one| one.id);
    let Shape::Reference(target) = shape else { return all.collect() };
    let is_intersection = schemas[id].stated_parts.len() > 1;
    let target = schemas.at(target.0).filter(|_| is_intersection);
    let known: Option<HashSet<SchemaId>> =
        target.map(|target| schemas[target].all.list.iter().map(|one| one.id).collect());
    all.filter(|part| *part == id || known.as_ref().is_some_and(|known| !known.contains(part))).collect()
}

/// Whether a schema or an inline part of it is deprecated. That a component is says nothing of those that take it over.
fn is_deprecated(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> bool {
    all.list.iter().any(|part| part.owner.is_none() && schemas[part.id].keywords.is_deprecated())
}

/// The constraints of all schemas that a value has to satisfy, and where they and what is said of the shape stand, each by its keyword.
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

/// A schema that no place of the document states as a whole. Its documentation is that of the last part that has any; `span` is the place
/// that it belongs to.
pub(super) fn derived(
    schemas: &AnalyzedSchemas<'_>,
    origin: &Origin,
    key: Key,
    span: Span,
    derived: &mut DerivedSchemas,
) -> Schema {
    let all = derived.together(schemas, &origin.parts);
    let whole = Conjunction { parts: &origin.parts, all: &all, key: &key, span };
    let mut shape = shapes::derived(schemas, origin, &whole, derived);
    if let [Part::Whole(only)] = origin.parts.as_slice() {
        parent_unions::name(schemas, *only, &all, &mut shape, &key, derived);
    }
    let wholes = origin.wholes();
    let is_branch = wholes.len() < origin.parts.len();
    let keywords = || wholes.iter().map(|id| schemas[*id].keywords);
    let texts = keywords()
        .rev()
        .find(|keywords| keywords.annotations.description.is_some() || keywords.annotations.title.is_some());
    let chosen = wholes.first().filter(|_| is_branch).map(|id| &schemas[*id]);
    let (mut constraints, keyword_spans) = constraints(schemas, &all.list.iter().map(|one| one.id).collect::<Vec<_>>());
    let nullable = origin.one.is_none() && !is_branch && is_nullable(schemas, &wholes) && !schemas.refuse_null(&all);
    constraints.asserted.extend(shape_assertions::asserted(&shape, nullable));
    constraints.asserted.extend(shape_assertions::unevaluated(schemas, &all, &shape));
    constraints.asserted.extend(shape_assertions::evaluated_where(schemas, &all, &shape));
    let default = keywords().rev().find_map(|keywords| keywords.annotations.default.as_ref());
    let examples = keywords().rev().map(examples).find(|examples| !examples.is_empty());
    Schema {
        given_name: chosen.and_then(|chosen| chosen.given_name.clone()),
        shape,
        key,
        nullable,
        nesting: api::Nesting::Finite,
        constraints,
        keyword_spans,
        read_only: all.list.iter().any(|part| schemas[part.id].keywords.is_read_only()),
        write_only: all.list.iter().any(|part| schemas[part.id].keywords.is_write_only()),
        sensitivity: sensitivity(schemas, origin),
        default: default.filter(|_| origin.one.is_none()).map(|default| values::value(&default.value)),
        examples: examples.filter(|_| origin.one.is_none()).unwrap_or_default(),
        role: SchemaRole::Whole,
        omitted: Vec::new(),
        docs: Docs { deprecated: is_deprecated(schemas, &all), ..texts.map(docs_of).unwrap_or_default() },
        title: chosen.and_then(|chosen| title(chosen.keywords)),
        xml: keywords().rev().find_map(xml),
        span,
    }
}

/// What the parts of a schema say of whether its values are secrets: one that is a secret makes it one.
fn sensitivity(schemas: &AnalyzedSchemas<'_>, origin: &Origin) -> Sensitivity {
    let plain = || origin.stated_plain(schemas).map(Sensitivity::Plain);
    origin.secret(schemas).map(Sensitivity::Secret).or_else(plain).unwrap_or_default()
}

/// Whether all of several schemas allow null; one that says nothing of types does not forbid it.
fn is_nullable(schemas: &AnalyzedSchemas<'_>, ids: &[SchemaId]) -> bool {
    let allows = |id: &SchemaId| says_null(schemas, *id) || says_null(schemas, schemas[*id].target);
    let forbids = |id: &SchemaId| !allows(id) && !schemas[schemas[*id].target].described.nothing;
    ids.iter().any(allows) && !ids.iter().any(forbids)
}

/// Whether null satisfies each of several schemas, and at least one of them names it.
fn all_allow_null(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts, shape: &Shape) -> bool {
    all.list.len() > 1 && !matches!(shape, Shape::Reference(_)) && schemas.allow_null(all)
}

/// Whether null satisfies a branch of the unions among several schemas that list no values themselves.
fn a_branch_allows_null(schemas: &AnalyzedSchemas<'_>, all: &Conjuncts) -> bool {
    let list = || all.list.iter().map(|one| &schemas[one.id]);
    !list().any(|one| one.keywords.lists_values()) && list().any(|one| one.null_branch != NullBranch::None)
}

/// Whether a schema says itself that null is allowed, or an inline part of its `allOf` that says nothing else of types.
fn says_null(schemas: &AnalyzedSchemas<'_>, id: SchemaId) -> bool {
    let schema = &schemas[id];
    let by_part = |part: &SchemaId| schemas[*part].keywords.or_null.is_some() && schemas[*part].described.nothing;
    schema.keywords.names_null()
        || schema.null_branch == NullBranch::Stated
        || schema.keywords.composition.all_of().iter().any(by_part)
}
