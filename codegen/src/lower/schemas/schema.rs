//! One schema of `api`: its shape, and everything that stands beside it.

use super::all_of::{self, Conjunct, Conjunction, Part};
use super::annotations::{Annotations, docs_of, examples, given_name, title};
use super::sensitivity::{checked as checked_sensitivity, contradicted, secret, sensitivity};
use super::synthesized::{Additions, Origin};
use super::{
    assumed_types, constraints, inheritance, keyword_predicates, listed_structures, shapes, unenforced_keywords,
    union_selection,
};
use crate::api::{self, Key, Schema, Sensitivity, Shape};
use crate::document::Document;
use crate::document::schema::{Keywords, SchemaId, Schemas};
use crate::lower::values;
use crate::source::Span;

/// A schema of the document. `is_condition`: it stands under `not`, `if` or the like, where unchecked keywords are not reported.
pub(super) fn stated(
    document: &Document,
    id: SchemaId,
    key: Key,
    is_condition: bool,
    additions: &mut Additions,
) -> Schema {
    let schemas = &document.schemas;
    let schema = &schemas[id];
    let keywords = schema.keywords();
    let Annotations { given_name, default, examples, docs, title } = Annotations::of(keywords);
    let sensitivity = checked_sensitivity(keywords, &mut additions.diagnostics);
    let all = additions.gather(schemas, &[Part::Whole(id)]);
    let mut shape = shapes::stated(schemas, id, &all, &key, additions);
    inheritance::name(schemas, id, &all, &mut shape, &key, additions);
    let (mut constraints, constraint_spans) = constraints::of_all(schemas, &demanding(schemas, id, &all, &shape));
    constraints.asserted.extend(unenforced_keywords::beside_no_type(schemas, id, &all, &shape));
    let nullable = says_null(schemas, id) || union_selection::lists_null(schemas, keywords, &shape);
    constraints.asserted.extend(listed_structures::asserted(&shape, nullable));
    constraints.asserted.extend(unenforced_keywords::required_beside(&shape));
    let mut unchecked = Vec::new();
    if !is_condition {
        unchecked = unenforced_keywords::keywords(schemas, keywords);
        unchecked.extend(unenforced_keywords::counts(schemas, id, &all, &shape));
        assumed_types::report(schemas, id, &all, &mut additions.diagnostics);
    }
    Schema {
        given_name,
        nullable,
        nesting: api::Nesting::Finite,
        constraints,
        constraint_spans,
        shape,
        key,
        read_only: keywords.is_read_only(),
        write_only: keywords.is_write_only(),
        sensitivity,
        default,
        examples,
        unchecked,
        docs,
        title,
        span: schema.name,
    }
}

/// The schemas whose constraints a schema states, among those that a value of it has to fit. What it refers to states its own.
fn demanding(schemas: &Schemas, id: SchemaId, all: &[Conjunct], shape: &Shape) -> Vec<Conjunct> {
    let Shape::Reference(target) = shape else { return all.to_vec() };
    let is_intersection = keyword_predicates::stated_parts(schemas[id].keywords()).len() > 1;
    let target = schemas.at(target.0).filter(|_| is_intersection);
    let known = target.map(|target| all_of::all(schemas, target));
    let is_beside = |one: &&Conjunct| one.id == id || known.as_ref().is_some_and(|known| !known.contains(&one.id));
    all.iter().filter(is_beside).copied().collect()
}

/// A schema that no place of the document states as a whole. Its documentation is that of the last part that has any; `span` is the place
/// that it belongs to.
pub(super) fn derived(document: &Document, origin: &Origin, key: Key, span: Span, additions: &mut Additions) -> Schema {
    let schemas = &document.schemas;
    let all = additions.gather(schemas, &origin.parts);
    let whole = Conjunction { parts: &origin.parts, all: &all, key: &key, span };
    let mut shape = shapes::derived(schemas, origin, &whole, additions);
    if let [Part::Whole(only)] = origin.parts.as_slice() {
        inheritance::name(schemas, *only, &all, &mut shape, &key, additions);
    }
    let wholes: Vec<SchemaId> = origin.parts.iter().filter_map(Part::whole).collect();
    let is_branch = wholes.len() < origin.parts.len();
    let keywords = || wholes.iter().map(|id| schemas[*id].keywords());
    let texts = keywords()
        .rev()
        .find(|keywords| keywords.annotations.description.is_some() || keywords.annotations.title.is_some());
    let chosen = wholes.first().filter(|_| is_branch).map(|id| schemas[*id].keywords());
    let secret = wholes.iter().find_map(|id| secret(schemas, *id));
    let plain = keywords().find_map(|keywords| match sensitivity(keywords) {
        Sensitivity::Plain(span) => Some(span),
        Sensitivity::Secret(_) | Sensitivity::Unstated => None,
    });
    if let (Some(_), Some(plain)) = (secret, plain) {
        contradicted(plain, &mut additions.diagnostics);
    }
    let (mut constraints, constraint_spans) = constraints::of_all(schemas, &all);
    let nullable = origin.one.is_none() && !is_branch && is_nullable(schemas, &wholes);
    constraints.asserted.extend(listed_structures::asserted(&shape, nullable));
    constraints.asserted.extend(unenforced_keywords::required_beside(&shape));
    let default = keywords().rev().find_map(|keywords| keywords.annotations.default.as_ref());
    let examples = keywords().rev().map(examples).find(|examples| !examples.is_empty());
    Schema {
        given_name: chosen.and_then(given_name),
        shape,
        key,
        nullable,
        nesting: api::Nesting::Finite,
        constraints,
        constraint_spans,
        read_only: keywords().any(Keywords::is_read_only),
        write_only: keywords().any(Keywords::is_write_only),
        sensitivity: secret.map(Sensitivity::Secret).or(plain.map(Sensitivity::Plain)).unwrap_or_default(),
        default: default.filter(|_| origin.one.is_none()).map(|default| values::value(&default.value)),
        examples: examples.filter(|_| origin.one.is_none()).unwrap_or_default(),
        unchecked: Vec::new(),
        docs: texts.map(docs_of).unwrap_or_default(),
        title: chosen.and_then(title),
        span,
    }
}

/// Whether all of several schemas allow null; one that says nothing of types does not forbid it.
fn is_nullable(schemas: &Schemas, ids: &[SchemaId]) -> bool {
    let allows = |id: &SchemaId| says_null(schemas, *id) || says_null(schemas, schemas.target(*id));
    let forbids = |id: &SchemaId| {
        let keywords = schemas[schemas.target(*id)].keywords();
        !allows(id) && !keyword_predicates::is_silent(schemas, keywords)
    };
    ids.iter().any(allows) && !ids.iter().any(forbids)
}

/// Whether a schema says itself that null is allowed, or an inline part of its `allOf` that says nothing else of types.
fn says_null(schemas: &Schemas, id: SchemaId) -> bool {
    let keywords = schemas[id].keywords();
    let by_part = |part: &SchemaId| {
        let part = schemas[*part].keywords();
        part.or_null.is_some() && keyword_predicates::is_silent(schemas, part)
    };
    keywords.names_null()
        || union_selection::has_null_branch(schemas, keywords)
        || keywords.composition.all_of().iter().any(by_part)
}
