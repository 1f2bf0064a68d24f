//! Keywords that say more than shapes and constraints, such as `not`, `if` and `dependentRequired`, as assertions.

mod limits;
mod translation;

use super::{Role, StatedUnion};
use crate::api::{Asserted, Assertion, Combination};
use crate::document::schema::{Composition, Keyword, Keywords, SchemaId, SchemaMap, Schemas};
use crate::source::Span;

use translation::Translation;

/// A keyword and where it stands.
type Named = (&'static str, Span);

/// What the keywords of one schema assert beyond shapes and constraints, and those that cannot be written so.
pub(super) fn of(schemas: &Schemas, keywords: &Keywords, unions: &[StatedUnion<'_>]) -> (Vec<Asserted>, Vec<Named>) {
    let (mut asserted, mut others) = (Vec::new(), Vec::new());
    for (keyword, span, assertion) in stated(schemas, keywords, unions) {
        match assertion {
            Some(assertion) => asserted.push(Asserted { keyword, span, assertion }),
            None => others.push((keyword, span)),
        }
    }
    (asserted, others)
}

/// A keyword, where it stands and what it asserts; `None` where that cannot be written as an assertion.
type Stated = (&'static str, Span, Option<Assertion>);

fn stated(schemas: &Schemas, keywords: &Keywords, unions: &[StatedUnion<'_>]) -> Vec<Stated> {
    let pattern = keywords.string.pattern.as_ref();
    let mut found: Vec<Stated> = Vec::new();
    found.extend(pattern.map(|stated| ("pattern", stated.key, Some(Assertion::Pattern(stated.value.to_string())))));
    found.extend(of_any_value(schemas, &keywords.composition));
    found.extend(of_lists(schemas, keywords));
    found.extend(of_objects(schemas, keywords));
    let restricting = unions.iter().filter(|union| union.role == Role::Restriction);
    found.extend(restricting.map(|union| restriction(schemas, union)));
    found
}

/// `not` and `if`.
fn of_any_value(schemas: &Schemas, composition: &Composition) -> Vec<Stated> {
    let mut found: Vec<Stated> = Vec::new();
    if let Some(not) = &composition.not {
        found.push(("not", not.key, Translation::of(schemas, not.value).map(Assertion::Not)));
    }
    if let Some(condition) = &composition.condition
        && (composition.consequence.is_some() || composition.alternative.is_some())
    {
        found.push(("if", condition.key, Translation::default().condition(schemas, composition)));
    }
    found
}

fn of_lists(schemas: &Schemas, keywords: &Keywords) -> Vec<Stated> {
    let array = &*keywords.array;
    let mut found: Vec<Stated> = Vec::new();
    // The places of a tuple have types of their own, which are not compared.
    if let Some(unique) = array.unique_items.as_ref().filter(|unique| unique.value && array.prefix_items.is_some()) {
        found.push(("uniqueItems", unique.key, Some(Assertion::UniqueItems)));
    }
    if let Some(contains) = &array.contains {
        found.push(("contains", contains.key, Translation::default().contains(schemas, array)));
    }
    // Where there are `items`, each item is evaluated.
    if let Some(items) = array.unevaluated_items.as_ref().filter(|_| array.items.is_none()) {
        found.push(("unevaluatedItems", items.key, unevaluated_items(schemas, keywords, items.value)));
    }
    found
}

fn of_objects(schemas: &Schemas, keywords: &Keywords) -> Vec<Stated> {
    let object = &*keywords.object;
    let mut found: Vec<Stated> = Vec::new();
    if let Some(patterns) = &object.pattern_properties {
        found.push(("patternProperties", patterns.key, beside_patterns(schemas, keywords)));
    }
    if let Some(names) = &object.property_names {
        found.push(("propertyNames", names.key, Translation::of(schemas, names.value).map(Assertion::PropertyNames)));
    }
    if let Some(entries) = &object.dependent_required {
        found.push(("dependentRequired", entries.key, Some(translation::dependent_required(entries))));
    }
    if let Some(entries) = &object.dependent_schemas {
        found.push(("dependentSchemas", entries.key, dependent_schemas(schemas, entries)));
    }
    found
}

/// A schema as assertions; `None` where it cannot be written so.
pub(super) fn of_schema(schemas: &Schemas, id: SchemaId) -> Option<Vec<Assertion>> {
    Translation::of(schemas, id)
}

/// What keywords assert that speak of one type, of values of any type.
pub(super) fn of_one_type(schemas: &Schemas, keywords: &Keywords) -> Vec<Asserted> {
    let object = &*keywords.object;
    let closed = object.additional_properties.as_ref();
    let closed = closed.filter(|further| schemas[further.value].as_bool() == Some(false)).map(|further| Asserted {
        keyword: "additionalProperties",
        span: further.key,
        assertion: Assertion::MaxProperties(0),
    });
    let mut found = limits::of_numbers(&keywords.number);
    found.extend(limits::of_texts(&keywords.string));
    found.extend(limits::of_lists(&keywords.array));
    found.extend(limits::of_objects(object));
    found.extend(closed);
    found
}

/// `unevaluatedItems`, where no other schema may have evaluated an item.
fn unevaluated_items(schemas: &Schemas, keywords: &Keywords, items: SchemaId) -> Option<Assertion> {
    let array = &*keywords.array;
    let is_alone = array.contains.is_none() && is_alone(keywords);
    let places = array.prefix_items.as_ref().map_or(0, |places| places.value.len());
    let others = Translation::of(schemas, items).filter(|_| is_alone)?;
    Some(Assertion::Items(vec![Vec::new(); places], others))
}

/// `patternProperties` with what stands beside it. The type checks the properties that have names.
fn beside_patterns(schemas: &Schemas, keywords: &Keywords) -> Option<Assertion> {
    let object = &*keywords.object;
    let named = object.properties().map(|(name, _)| (name.to_owned(), Vec::new())).collect();
    let others = object.additional_properties.as_ref().or(object.unevaluated_properties.as_ref());
    // Other schemas may have evaluated properties.
    let is_known = object.additional_properties.is_some() || others.is_none() || is_alone(keywords);
    is_known.then(|| Translation::default().properties_beside(schemas, object, named, others)).flatten()
}

/// Whether no other schema speaks of the same value.
fn is_alone(keywords: &Keywords) -> bool {
    keywords.reference.is_none() && keywords.composition.is_empty() && keywords.object.dependent_schemas.is_none()
}

fn dependent_schemas(schemas: &Schemas, entries: &Keyword<SchemaMap>) -> Option<Assertion> {
    Translation::default().by_name(schemas, &entries.value).map(Assertion::DependentSchemas)
}

/// A union whose branches only say what else has to hold.
fn restriction(schemas: &Schemas, union: &StatedUnion<'_>) -> Stated {
    let branches = Translation::default().alternatives(schemas, &union.present);
    match union.combination {
        Combination::One => ("oneOf", union.list.key, branches.map(Assertion::OneOf)),
        Combination::Any => ("anyOf", union.list.key, branches.map(Assertion::AnyOf)),
    }
}
