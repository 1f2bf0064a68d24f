//! What the keywords of one schema demand of a value beyond its shape.

use super::{StatedConstraints, StatedUnion, assertions};
use crate::api::{Asserted, Bound, Constraints, EntrySpan, RangeEnd};
use crate::document::schema::{ArrayKeywords, Keyword, Keywords, Number, Schemas};

/// What a schema with these unions demands by itself.
pub(super) fn stated(schemas: &Schemas, keywords: &Keywords, unions: &[StatedUnion<'_>]) -> StatedConstraints {
    let (asserted, omitted) = assertions::of(schemas, keywords, unions);
    StatedConstraints { demanded: of(schemas, keywords, asserted), spans: spans(schemas, keywords).collect(), omitted }
}

/// The constraints that a schema states; numbers by the document's own texts.
fn of(schemas: &Schemas, keywords: &Keywords, asserted: Vec<Asserted>) -> Constraints {
    let (number, string) = (&*keywords.number, &*keywords.string);
    let (array, object) = (&*keywords.array, &*keywords.object);
    let count = |keyword: &Option<Keyword<u64>>| keyword.as_ref().map(|count| count.value);
    Constraints {
        minimum: Bound::tighter(
            bound(number.minimum.as_ref(), false),
            bound(number.exclusive_minimum.as_ref(), true),
            RangeEnd::Lower,
        ),
        maximum: Bound::tighter(
            bound(number.maximum.as_ref(), false),
            bound(number.exclusive_maximum.as_ref(), true),
            RangeEnd::Upper,
        ),
        multiple_of: number.multiple_of.as_ref().map(|number| number.value.as_str().to_owned()),
        min_length: count(&string.min_length),
        max_length: count(&string.max_length),
        pattern: string.pattern.as_ref().map(|pattern| pattern.value.to_string()),
        min_items: count(&array.min_items),
        max_items: count(&array.max_items).into_iter().chain(most_items(schemas, array)).min(),
        unique_items: array.unique_items.as_ref().is_some_and(|flag| flag.value),
        min_properties: count(&object.min_properties),
        max_properties: count(&object.max_properties),
        asserted,
    }
}

fn spans(schemas: &Schemas, keywords: &Keywords) -> impl Iterator<Item = (&'static str, EntrySpan)> {
    let (number, string) = (&*keywords.number, &*keywords.string);
    let (array, object) = (&*keywords.array, &*keywords.object);
    let closing = array.items.as_ref().filter(|_| most_items(schemas, array).is_some());
    let unique = array.unique_items.as_ref().filter(|flag| flag.value);
    let stated = [
        ("minimum", number.minimum.as_ref().map(Keyword::entry)),
        ("exclusiveMinimum", number.exclusive_minimum.as_ref().map(Keyword::entry)),
        ("maximum", number.maximum.as_ref().map(Keyword::entry)),
        ("exclusiveMaximum", number.exclusive_maximum.as_ref().map(Keyword::entry)),
        ("multipleOf", number.multiple_of.as_ref().map(Keyword::entry)),
        ("minLength", string.min_length.as_ref().map(Keyword::entry)),
        ("maxLength", string.max_length.as_ref().map(Keyword::entry)),
        ("pattern", string.pattern.as_ref().map(Keyword::entry)),
        ("minItems", array.min_items.as_ref().map(Keyword::entry)),
        ("maxItems", array.max_items.as_ref().map(Keyword::entry)),
        ("items", closing.map(Keyword::entry)),
        ("uniqueItems", unique.map(Keyword::entry)),
        ("minProperties", object.min_properties.as_ref().map(Keyword::entry)),
        ("maxProperties", object.max_properties.as_ref().map(Keyword::entry)),
    ];
    stated.into_iter().filter_map(|(name, span)| Some((name, span?)))
}

fn bound(keyword: Option<&Keyword<Number>>, exclusive: bool) -> Option<Bound> {
    keyword.map(|number| Bound { value: number.value.as_str().to_owned(), exclusive })
}

/// With `items: false` there are no items behind those of `prefixItems`.
fn most_items(schemas: &Schemas, array: &ArrayKeywords) -> Option<u64> {
    let is_closed = array.items.as_ref().is_some_and(|items| schemas[items.value].as_bool() == Some(false));
    let prefix = array.prefix_items.as_ref().map_or(0, |list| list.value.len());
    u64::try_from(prefix).ok().filter(|_| is_closed)
}
