//! Keywords that limit values of one type by themselves, without another schema, such as `minimum` and `required`.

use crate::api::{Asserted, Assertion};
use crate::document::schema::{ArrayKeywords, Keyword, Number, NumberKeywords, ObjectKeywords, StringKeywords, Text};

/// The bounds of numbers.
pub(super) fn of_numbers(number: &NumberKeywords) -> Vec<Asserted> {
    stated([
        bound("minimum", number.minimum.as_ref(), Assertion::Minimum),
        bound("exclusiveMinimum", number.exclusive_minimum.as_ref(), Assertion::ExclusiveMinimum),
        bound("maximum", number.maximum.as_ref(), Assertion::Maximum),
        bound("exclusiveMaximum", number.exclusive_maximum.as_ref(), Assertion::ExclusiveMaximum),
        bound("multipleOf", number.multiple_of.as_ref(), Assertion::MultipleOf),
    ])
}

/// The lengths of texts.
pub(super) fn of_texts(string: &StringKeywords) -> Vec<Asserted> {
    stated([
        count("minLength", string.min_length.as_ref(), Assertion::MinLength),
        count("maxLength", string.max_length.as_ref(), Assertion::MaxLength),
    ])
}

/// The sizes of lists, and whether items may be equal.
pub(super) fn of_lists(array: &ArrayKeywords) -> Vec<Asserted> {
    let unique = array.unique_items.as_ref().filter(|unique| unique.value).map(|unique| Asserted {
        keyword: "uniqueItems",
        span: unique.key,
        assertion: Assertion::UniqueItems,
    });
    stated([
        count("minItems", array.min_items.as_ref(), Assertion::MinItems),
        count("maxItems", array.max_items.as_ref(), Assertion::MaxItems),
        unique,
    ])
}

/// The properties that have to be there, and how many there may be.
pub(super) fn of_objects(object: &ObjectKeywords) -> Vec<Asserted> {
    let required = object.required.as_ref().map(|names| Asserted {
        keyword: "required",
        span: names.key,
        assertion: Assertion::Required(texts(&names.value)),
    });
    stated([
        required,
        count("minProperties", object.min_properties.as_ref(), Assertion::MinProperties),
        count("maxProperties", object.max_properties.as_ref(), Assertion::MaxProperties),
    ])
}

/// Names as texts.
pub(super) fn texts(names: &[Text]) -> Vec<String> {
    names.iter().map(|name| name.text.to_string()).collect()
}

fn stated<const N: usize>(found: [Option<Asserted>; N]) -> Vec<Asserted> {
    found.into_iter().flatten().collect()
}

fn bound(keyword: &'static str, stated: Option<&Keyword<Number>>, make: fn(String) -> Assertion) -> Option<Asserted> {
    let stated = stated?;
    Some(Asserted { keyword, span: stated.key, assertion: make(stated.value.as_str().to_owned()) })
}

fn count(keyword: &'static str, stated: Option<&Keyword<u64>>, make: fn(u64) -> Assertion) -> Option<Asserted> {
    let stated = stated?;
    Some(Asserted { keyword, span: stated.key, assertion: make(stated.value) })
}
