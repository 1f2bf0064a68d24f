//! Keywords that say something of values and are not carried over, by their spans.

use std::collections::HashSet;

use super::all_of::Conjunct;
use super::{assertions, keyword_predicates, union_selection};
use crate::api::{Additional, Asserted, Assertion, Object, Shape, Untyped};
use crate::document::schema::{Home, Keywords, SchemaId, Schemas};
use crate::source::Span;

/// Keywords whose schemas are conditions: no value is of such a schema.
const CONDITIONS: &[&str] = &[
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "dependentSchemas",
    "contentSchema",
    "unevaluatedItems",
];

/// The schemas below such keywords. What they say is left out with the keyword.
pub(super) fn conditions(schemas: &Schemas) -> HashSet<SchemaId> {
    let mut found = HashSet::new();
    let restricting: HashSet<SchemaId> = schemas
        .iter()
        .flat_map(|(_, schema)| union_selection::that_restrict(schemas, schema.keywords()))
        .flat_map(|union| union.present(schemas))
        .collect();
    // A schema stands before those in it.
    for (id, schema) in schemas.iter() {
        if let Home::Schema(holder, step) = &schema.home
            && (CONDITIONS.contains(&step.key) || restricting.contains(&id) || found.contains(holder))
        {
            found.insert(id);
        }
    }
    found
}

/// The keywords of a schema that generated code does not enforce, with their spans.
pub(super) fn keywords(schemas: &Schemas, keywords: &Keywords) -> Vec<(String, Span)> {
    let fallback = keywords.discriminator.as_ref().and_then(|stated| stated.value.default_mapping.as_ref());
    let found = [
        ("contentSchema", keywords.string.content_schema.as_ref().map(|keyword| keyword.key)),
        ("defaultMapping", fallback.map(|entry| entry.key)),
    ];
    let found = found.into_iter().filter_map(|(name, key)| Some((name, key?)));
    let others = assertions::of(schemas, keywords).1.into_iter().chain(ambiguous(schemas, keywords));
    found.chain(others).map(|(name, key)| (name.to_owned(), key)).collect()
}

/// `$dynamicRef` where several schemas have its anchor: the first one is taken, and the way to the schema is not looked at.
fn ambiguous(schemas: &Schemas, keywords: &Keywords) -> Option<(&'static str, Span)> {
    let stated = keywords.identity.dynamic_reference.as_ref()?;
    let name = stated.value.strip_prefix('#')?;
    let has_it = |schema: &crate::document::schema::Schema| {
        let anchor = &schema.keywords().identity.dynamic_anchor;
        anchor.as_ref().is_some_and(|anchor| &*anchor.value == name)
    };
    let several = schemas.iter().filter(|(_, schema)| has_it(schema)).count() > 1;
    several.then_some(("$dynamicRef", stated.key))
}

/// Whether a schema is a part of an `allOf`, written out there. What it says is carried over by the whole.
pub(super) fn is_inline_part(schemas: &Schemas, id: SchemaId) -> bool {
    matches!(&schemas[id].home, Home::Schema(_, step) if step.key == "allOf")
}

/// Counts of properties where those that are not listed are ignored, so that nothing counts them. `all` is what a value has to satisfy.
pub(super) fn counts(schemas: &Schemas, id: SchemaId, all: &[Conjunct], shape: &Shape) -> Vec<(String, Span)> {
    let is_passing = |object: &Object| {
        (!object.properties.is_empty() || !object.constants.is_empty())
            && object.additional == Additional::Unstated
            && object.patterns.is_empty()
    };
    if !matches!(shape, Shape::Object(object) if is_passing(object)) || is_inline_part(schemas, id) {
        return Vec::new();
    }
    let own = all.iter().filter(|one| one.id == id || is_inline_part(schemas, one.id));
    let counts = own.flat_map(|one| {
        let object = &schemas[one.id].keywords().object;
        let least = object.min_properties.as_ref().map(|keyword| ("minProperties", keyword.key));
        let most = object.max_properties.as_ref().map(|keyword| ("maxProperties", keyword.key));
        least.into_iter().chain(most)
    });
    counts.map(|(name, key)| (name.to_owned(), key)).collect()
}

/// `required` for names that no part of an object lists, where its values keep properties that are not listed.
pub(super) fn required_beside(shape: &Shape) -> Option<Asserted> {
    let Shape::Object(object) = shape else { return None };
    let (_, span) = object.required_beside.first().filter(|_| assertions::keeps_all(object))?;
    let names = object.required_beside.iter().map(|(name, _)| name.clone()).collect();
    Some(Asserted { keyword: "required", span: *span, assertion: Assertion::Required(names) })
}

/// Keywords that speak of one type where every type is allowed, so that free JSON is held against them. `all` is what a value has to
/// satisfy.
pub(super) fn beside_no_type(schemas: &Schemas, id: SchemaId, all: &[Conjunct], shape: &Shape) -> Vec<Asserted> {
    let is_silent = |one: &Conjunct| {
        one.id == id
            || is_inline_part(schemas, one.id) && keyword_predicates::is_silent(schemas, schemas[one.id].keywords())
    };
    let is_free = match shape {
        Shape::Any(reason) => *reason == Untyped::NoType,
        Shape::Reference(_) => all.len() > 1 && all.iter().all(is_silent),
        _ => false,
    };
    if !is_free || is_inline_part(schemas, id) {
        return Vec::new();
    }
    let own = all.iter().filter(|one| one.id == id || is_inline_part(schemas, one.id));
    own.flat_map(|one| assertions::of_one_type(schemas, schemas[one.id].keywords())).collect()
}
