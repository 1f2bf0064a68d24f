//! Keywords that say something of values and are not carried over, by their spans.

use super::analysis::{AnalyzedSchema, AnalyzedSchemas, Conjuncts};
use crate::api::{self, Additional, Object, Shape};
use crate::document::schema::{Keywords, SchemaId};
use crate::source::Span;

/// The keywords of a schema that generated code does not enforce. `all` is what a value has to satisfy.
pub(super) fn keywords(
    schemas: &AnalyzedSchemas<'_>,
    id: SchemaId,
    all: &Conjuncts,
    shape: &Shape,
) -> Vec<(String, Span)> {
    let found = [of_schema(schemas, &schemas[id], shape), counts(schemas, id, all, shape)].concat();
    found.into_iter().map(|(name, key)| (name.to_owned(), key)).collect()
}

fn of_schema(schemas: &AnalyzedSchemas<'_>, schema: &AnalyzedSchema<'_>, shape: &Shape) -> Vec<(&'static str, Span)> {
    let keywords = schema.keywords;
    let fallback = keywords.discriminator.as_ref().and_then(|stated| stated.value.default_mapping.as_ref());
    let fallback = fallback.filter(|entry| entry.target.is_none_or(|target| !is_branch(schemas, target, shape)));
    let found = [
        ("contentSchema", keywords.string.content_schema.as_ref().map(|keyword| keyword.key)),
        ("defaultMapping", fallback.map(|entry| entry.key)),
    ];
    let found = found.into_iter().filter_map(|(name, key)| Some((name, key?)));
    let others = schema.constraints.unenforced.iter().copied().chain(ambiguous(schemas, keywords));
    found.chain(others).collect()
}

/// Whether a schema is a branch of a union.
fn is_branch(schemas: &AnalyzedSchemas<'_>, id: SchemaId, shape: &Shape) -> bool {
    let Shape::Union(union) = shape else { return false };
    let is_same =
        |branch: api::SchemaId| schemas.at(branch.0).is_some_and(|branch| schemas[branch].target == schemas[id].target);
    union.branches.iter().any(|branch| is_same(branch.schema) || branch.component.is_some_and(is_same))
}

/// `$dynamicRef` where several schemas have its anchor: the first one is taken, and the way to the schema is not looked at.
fn ambiguous(schemas: &AnalyzedSchemas<'_>, keywords: &Keywords) -> Option<(&'static str, Span)> {
    let stated = keywords.identity.dynamic_reference.as_ref()?;
    let name = stated.value.strip_prefix('#')?;
    schemas.is_shared_anchor(name).then_some(("$dynamicRef", stated.key))
}

/// Counts of properties where those that are not listed are ignored, so that nothing counts them.
fn counts(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &Conjuncts, shape: &Shape) -> Vec<(&'static str, Span)> {
    let is_passing = |object: &Object| {
        (!object.properties.is_empty() || !object.constants.is_empty())
            && object.additional == Additional::Unstated
            && object.patterns.is_empty()
    };
    if !matches!(shape, Shape::Object(object) if is_passing(object)) || schemas[id].is_inline_part {
        return Vec::new();
    }
    let own = all.list.iter().filter(|one| one.id == id || schemas[one.id].is_inline_part);
    let counts = own.flat_map(|one| {
        let object = &schemas[one.id].keywords.object;
        let least = object.min_properties.as_ref().map(|keyword| ("minProperties", keyword.key));
        let most = object.max_properties.as_ref().map(|keyword| ("maxProperties", keyword.key));
        least.into_iter().chain(most)
    });
    counts.collect()
}
