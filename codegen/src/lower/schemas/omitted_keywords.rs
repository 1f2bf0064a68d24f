//! Keywords that say something of values and whose meaning is not carried over, by their spans.

use super::analysis::{AnalyzedSchema, AnalyzedSchemas};
use super::evaluated_properties::EvaluatedProperties;
use super::unevaluated_properties::ConditionalProperties;
use crate::api::{self, Shape};
use crate::document::schema::{Keywords, SchemaId};
use crate::source::Span;

/// The keywords of a schema whose meaning is not carried over; `shape` is what the schema became.
pub(super) fn of(schemas: &AnalyzedSchemas<'_>, id: SchemaId, shape: &Shape) -> Vec<(&'static str, Span)> {
    let AnalyzedSchema { keywords, constraints, .. } = &schemas[id];
    let unevaluated = keywords.object.unevaluated_properties.as_ref();
    let unevaluated = unevaluated.filter(|_| {
        let all = &schemas[id].all.list;
        let is_asserted = || EvaluatedProperties::beside(schemas, id, all).is_some() && !matches!(shape, Shape::Any(_));
        !ConditionalProperties::beside(schemas, id, all).is_empty() && !is_asserted()
    });
    let fallback = keywords.discriminator.as_ref().and_then(|stated| stated.value.default_mapping.as_ref());
    let fallback = fallback.filter(|entry| entry.target.is_none_or(|target| !is_branch(schemas, target, shape)));
    let found = [
        ("contentSchema", keywords.string.content_schema.as_ref().map(|keyword| keyword.key)),
        ("defaultMapping", fallback.map(|entry| entry.key)),
        ("unevaluatedProperties", unevaluated.map(|keyword| keyword.key)),
    ];
    let found = found.into_iter().filter_map(|(name, key)| Some((name, key?)));
    let others = constraints.omitted.iter().copied().chain(ambiguous(schemas, keywords));
    found.chain(others).collect()
}

/// Whether a schema is a branch of a union.
fn is_branch(schemas: &AnalyzedSchemas<'_>, id: SchemaId, shape: &Shape) -> bool {
    let Shape::Union(union) = shape else { return false };
    let is_same = |branch: api::SchemaId| {
        schemas.stated(branch).is_some_and(|branch| schemas[branch].target == schemas[id].target)
    };
    union.branches.iter().any(|branch| is_same(branch.schema) || branch.component.is_some_and(is_same))
}

/// `$dynamicRef` where several schemas have its anchor: the way to the schema is not looked at.
fn ambiguous(schemas: &AnalyzedSchemas<'_>, keywords: &Keywords) -> Option<(&'static str, Span)> {
    let stated = keywords.identity.dynamic_reference.as_ref()?;
    let name = stated.value.strip_prefix('#')?;
    schemas.is_shared_anchor(name).then_some(("$dynamicRef", stated.key))
}
