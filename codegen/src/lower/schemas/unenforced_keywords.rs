//! Keywords that say something of values and are not carried over, by their spans.

use std::collections::HashSet;

use super::all_of::Conjunct;
use super::{declared_unions, keyword_predicates};
use crate::api::{Additional, Object, Shape, Untyped};
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
    // A schema stands before those in it.
    for (id, schema) in schemas.iter() {
        if let Home::Schema(holder, step) = &schema.home
            && (CONDITIONS.contains(&step.key) || found.contains(holder))
        {
            found.insert(id);
        }
    }
    found
}

/// The keywords of a schema that generated code does not enforce, with their spans.
pub(super) fn keywords(schemas: &Schemas, keywords: &Keywords) -> Vec<(String, Span)> {
    let (composition, array, object) = (&*keywords.composition, &*keywords.array, &*keywords.object);
    let is_open = |id: SchemaId| schemas[id].as_bool() == Some(true) || schemas[id].keywords().is_empty();
    // Where there are `items`, each item is evaluated.
    let takes_any = |id: SchemaId| is_open(id) && schemas[id].as_bool() != Some(false);
    let unevaluated = array.unevaluated_items.as_ref().filter(|items| array.items.is_none() && !takes_any(items.value));
    let fallback = keywords.discriminator.as_ref().and_then(|stated| stated.value.default_mapping.as_ref());
    let beside = object.unevaluated_properties.as_ref();
    let beside = beside.filter(|further| object.additional_properties.is_some() && !is_open(further.value));
    // The places of a tuple have types of their own, which are not compared.
    let unique = array.unique_items.as_ref().filter(|unique| unique.value);
    let found = [
        ("not", composition.not.as_ref().map(|keyword| keyword.key)),
        ("pattern", keywords.string.pattern.as_ref().map(|keyword| keyword.key)),
        ("if", composition.condition.as_ref().map(|keyword| keyword.key)),
        ("uniqueItems", array.prefix_items.as_ref().and(unique).map(|keyword| keyword.key)),
        ("contains", array.contains.as_ref().map(|keyword| keyword.key)),
        ("unevaluatedItems", unevaluated.map(|keyword| keyword.key)),
        ("unevaluatedProperties", beside.map(|keyword| keyword.key)),
        ("patternProperties", object.pattern_properties.as_ref().map(|keyword| keyword.key)),
        ("propertyNames", object.property_names.as_ref().map(|keyword| keyword.key)),
        ("dependentRequired", object.dependent_required.as_ref().map(|keyword| keyword.key)),
        ("dependentSchemas", object.dependent_schemas.as_ref().map(|keyword| keyword.key)),
        ("contentSchema", keywords.string.content_schema.as_ref().map(|keyword| keyword.key)),
        ("defaultMapping", fallback.map(|entry| entry.key)),
    ];
    let found = found.into_iter().filter_map(|(name, key)| Some((name, key?)));
    let unions = declared_unions::unchecked(schemas, keywords).into_iter().chain(ambiguous(schemas, keywords));
    found.chain(unions).map(|(name, key)| (name.to_owned(), key)).collect()
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
fn is_inline_part(schemas: &Schemas, id: SchemaId) -> bool {
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

/// Keywords that speak of one type where every type is allowed: what is typed as free JSON is not held against them. `all` is what a
/// value has to satisfy.
pub(super) fn beside_no_type(schemas: &Schemas, id: SchemaId, all: &[Conjunct], shape: &Shape) -> Vec<(String, Span)> {
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
    let mut found = Vec::new();
    let own = all.iter().filter(|one| one.id == id || is_inline_part(schemas, one.id));
    for keywords in own.map(|one| schemas[one.id].keywords()) {
        let (number, string) = (&*keywords.number, &*keywords.string);
        let (array, object) = (&*keywords.array, &*keywords.object);
        let closed = object.additional_properties.as_ref();
        let closed = closed.filter(|further| schemas[further.value].as_bool() == Some(false));
        let stated = [
            ("minimum", number.minimum.as_ref().map(|keyword| keyword.key)),
            ("maximum", number.maximum.as_ref().map(|keyword| keyword.key)),
            ("exclusiveMinimum", number.exclusive_minimum.as_ref().map(|keyword| keyword.key)),
            ("exclusiveMaximum", number.exclusive_maximum.as_ref().map(|keyword| keyword.key)),
            ("multipleOf", number.multiple_of.as_ref().map(|keyword| keyword.key)),
            ("minLength", string.min_length.as_ref().map(|keyword| keyword.key)),
            ("maxLength", string.max_length.as_ref().map(|keyword| keyword.key)),
            ("minItems", array.min_items.as_ref().map(|keyword| keyword.key)),
            ("maxItems", array.max_items.as_ref().map(|keyword| keyword.key)),
            ("required", object.required.as_ref().map(|keyword| keyword.key)),
            ("additionalProperties", closed.map(|keyword| keyword.key)),
        ];
        found.extend(stated.into_iter().filter_map(|(name, key)| Some((name.to_owned(), key?))));
    }
    found
}
