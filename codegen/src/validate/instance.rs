//! Whether a value is valid against a schema, as far as that can be told quickly.

use std::collections::HashSet;

use super::formats;
use super::index::Index;
use crate::document::schema::{Keyword, Keywords, Number, NumberKeywords, SchemaId, Type, TypeSet};
use crate::grammar::{Version, is_ambiguous};
use crate::syntax::{Node, ScalarKind};

/// How many schemas are compared with one value and its parts. After that the value is taken to be valid.
const FUEL: usize = 10_000;

/// How deep schemas are followed into each other. Below that a value is taken to be valid.
const DEPTH: usize = 100;

/// The part of a value that is not valid, and why.
type Misfit<'v> = (&'v Node, String);

/// The part of a value that is not valid, and why. `None` where the value is valid, or where that cannot be told.
pub(super) fn misfit<'v>(index: &Index<'_>, schema: SchemaId, value: &'v Node) -> Option<Misfit<'v>> {
    let mut check = Check { index, fuel: FUEL, depth: 0 };
    check.value(schema, value)
}

/// Whether a value is of one of some types.
pub(super) fn is_of_types(value: &Node, types: TypeSet) -> bool {
    types.iter().any(|one| is_of_type(value, one))
}

fn is_of_type(value: &Node, one: Type) -> bool {
    match one {
        Type::Null => value.is_null(),
        Type::String => value.kind() == Some(ScalarKind::String),
        Type::Boolean => value.kind() == Some(ScalarKind::Bool),
        Type::Number => value.is_number(),
        Type::Integer => value.is_number() && value.as_integer().is_some(),
        Type::Object => value.is_mapping(),
        Type::Array => value.is_sequence(),
    }
}

/// Types as a message names them, null aside where there is another one.
pub(super) fn words(types: TypeSet) -> String {
    let present = types.without(Type::Null);
    let named = if present.is_empty() { types } else { present };
    named.iter().map(|one| format!("`{}`", one.as_str())).collect::<Vec<_>>().join(" or ")
}

struct Check<'s, 'a> {
    index: &'s Index<'a>,
    fuel: usize,
    depth: usize,
}

impl<'a> Check<'_, 'a> {
    fn value<'v>(&mut self, id: SchemaId, value: &'v Node) -> Option<Misfit<'v>> {
        if self.fuel == 0 || self.depth == DEPTH {
            return None;
        }
        self.fuel -= 1;
        self.depth += 1;
        let schema = &self.index.schemas[self.index.schemas.target(id)];
        let keywords = schema.keywords();
        let found = if schema.as_bool() == Some(false) {
            Some((value, "is not allowed, as no value is".to_owned()))
        } else if value.is_null() {
            null(keywords, value)
        } else {
            self.own(keywords, value)
                .or_else(|| self.composed(keywords, value))
                .or_else(|| self.items(keywords, value))
                .or_else(|| self.properties(keywords, value))
        };
        self.depth -= 1;
        found
    }

    fn composed<'v>(&mut self, keywords: &'a Keywords, value: &'v Node) -> Option<Misfit<'v>> {
        let beside = keywords.reference.as_ref().and_then(|reference| reference.value.target);
        for part in beside.iter().chain(keywords.composition.all_of()) {
            if let Some(misfit) = self.value(*part, value) {
                return Some(misfit);
            }
        }
        for (key, branches) in [("oneOf", keywords.composition.one_of()), ("anyOf", keywords.composition.any_of())] {
            let fits = branches.is_empty() || branches.iter().any(|branch| self.value(*branch, value).is_none());
            if !fits {
                return Some((value, format!("fits no branch of `{key}`")));
            }
        }
        None
    }

    fn items<'v>(&mut self, keywords: &'a Keywords, value: &'v Node) -> Option<Misfit<'v>> {
        let array = &keywords.array;
        let first = array.prefix_items.as_ref().map_or(&[][..], |list| &list.value);
        let rest = array.items.as_ref().map(|items| items.value);
        for (at, item) in value.items().iter().enumerate() {
            let schema = first.get(at).copied().or(rest);
            if let Some(misfit) = schema.and_then(|schema| self.value(schema, item)) {
                return Some(misfit);
            }
        }
        None
    }

    fn properties<'v>(&mut self, keywords: &'a Keywords, value: &'v Node) -> Option<Misfit<'v>> {
        if !value.is_mapping() {
            return None;
        }
        let object = &keywords.object;
        // Patterns are not matched: with `patternProperties`, any undeclared name may be allowed.
        let further = object.additional_properties.as_ref().filter(|_| object.pattern_properties.is_none());
        let further = further.map(|further| further.value);
        for (key, inner) in value.entries() {
            let declared = object.property(key.text());
            let is_closed = further.is_some_and(|further| self.index.schemas[further].as_bool() == Some(false));
            if declared.is_none() && is_closed {
                return Some((inner, format!("stands under `{}`, which is no property", key.text())));
            }
            if let Some(misfit) = declared.or(further).and_then(|schema| self.value(schema, inner)) {
                return Some(misfit);
            }
        }
        self.missing(keywords, value).map(|name| (value, format!("lacks the property `{name}`")))
    }

    /// A required property that is absent, unless it belongs to one direction only.
    fn missing(&self, keywords: &'a Keywords, value: &Node) -> Option<&'a str> {
        let one_way = |name: &str| {
            keywords.object.property(name).is_some_and(|property| {
                let property = self.index.keywords(self.index.schemas.target(property));
                property.is_read_only() || property.is_write_only()
            })
        };
        let mut names = keywords.object.required().iter().map(|name| &*name.text);
        names.find(|name| value.get(name).is_none() && !one_way(name))
    }

    /// Checks the keywords that need no other schema: types, listed values, format, limits and sizes.
    fn own<'v>(&self, keywords: &Keywords, value: &'v Node) -> Option<Misfit<'v>> {
        if let Some(types) = keywords.types.as_ref().map(|types| types.value) {
            // A scalar that YAML readers disagree about has a warning of its own.
            let is_ambiguous = || value.as_scalar().is_some_and(|scalar| !scalar.quoted && is_ambiguous(&scalar.text));
            let is_told = is_of_types(value, types) || types.contains(Type::String) && is_ambiguous();
            if !is_told {
                return Some((value, format!("is not of the type {}", words(types))));
            }
        }
        let is_same = |item: &Node| is_same(item, value);
        if keywords.enumeration.as_ref().is_some_and(|list| !list.value.iter().any(is_same)) {
            return Some((value, "is not one of the values of `enum`".to_owned()));
        }
        if keywords.constant.as_ref().is_some_and(|constant| !is_same(&constant.value)) {
            return Some((value, "is not the value of `const`".to_owned()));
        }
        let format = keywords.format.as_ref().map(|format| &*format.value);
        let reason = number(value)
            .and_then(|amount| bounds(&keywords.number, amount, self.index.version))
            .or_else(|| format.and_then(|format| integer_width(format, value)))
            .or_else(|| sizes(keywords, value))
            .or_else(|| formats::misfit(format?, value.as_str()?).map(str::to_owned))?;
        Some((value, reason))
    }
}

fn bounds(number: &NumberKeywords, amount: f64, version: Version) -> Option<String> {
    let limit = |keyword: &Option<Keyword<Number>>| keyword.as_ref().map(|keyword| keyword.value.to_f64());
    if limit(&number.minimum).is_some_and(|least| amount < least) {
        return Some("is below `minimum`".to_owned());
    }
    if limit(&number.maximum).is_some_and(|most| amount > most) {
        return Some("is above `maximum`".to_owned());
    }
    let least = limit(&number.exclusive_minimum).filter(|least| amount <= *least);
    let most = limit(&number.exclusive_maximum).filter(|most| amount >= *most);
    let (is_itself, side, low, high) = match (least, most) {
        (Some(least), _) => (amount >= least, "below", "minimum", "exclusiveMinimum"),
        (None, Some(most)) => (amount <= most, "above", "maximum", "exclusiveMaximum"),
        (None, None) => return None,
    };
    Some(match (version, is_itself) {
        (Version::V30, true) => format!("is `{low}` itself, which `{high}` forbids"),
        (Version::V30, false) => format!("is {side} `{low}`"),
        (_, true) => format!("is `{high}` itself, which it forbids"),
        (_, false) => format!("is {side} `{high}`"),
    })
}

/// Why an integer does not fit into its format.
fn integer_width(format: &str, value: &Node) -> Option<String> {
    let range = match format {
        "int8" => i128::from(i8::MIN)..=i128::from(i8::MAX),
        "int16" => i128::from(i16::MIN)..=i128::from(i16::MAX),
        "int32" => i128::from(i32::MIN)..=i128::from(i32::MAX),
        "int64" => i128::from(i64::MIN)..=i128::from(i64::MAX),
        "uint8" => 0..=i128::from(u8::MAX),
        "uint16" => 0..=i128::from(u16::MAX),
        "uint32" => 0..=i128::from(u32::MAX),
        "uint64" => 0..=i128::from(u64::MAX),
        _ => return None,
    };
    let is_outside = value.as_integer().is_some_and(|value| !range.contains(&value));
    is_outside.then(|| format!("does not fit into the format `{format}`"))
}

fn sizes(keywords: &Keywords, value: &Node) -> Option<String> {
    let (string, array, object) = (&keywords.string, &keywords.array, &keywords.object);
    let sizes = [
        (
            value.as_str().map(|text| text.chars().count()),
            &string.min_length,
            "minLength",
            &string.max_length,
            "maxLength",
        ),
        (value.is_sequence().then(|| value.items().len()), &array.min_items, "minItems", &array.max_items, "maxItems"),
        (
            value.is_mapping().then(|| value.entries().len()),
            &object.min_properties,
            "minProperties",
            &object.max_properties,
            "maxProperties",
        ),
    ];
    let limit = |keyword: &Option<Keyword<u64>>| keyword.as_ref().and_then(|count| usize::try_from(count.value).ok());
    for (size, least, least_name, most, most_name) in sizes {
        let Some(size) = size else { continue };
        if limit(least).is_some_and(|limit| size < limit) {
            return Some(format!("is shorter than `{least_name}` says"));
        }
        if limit(most).is_some_and(|limit| size > limit) {
            return Some(format!("is longer than `{most_name}` says"));
        }
    }
    let mut seen = HashSet::new();
    let unique = array.unique_items.as_ref().is_some_and(|flag| flag.value);
    let repeats = unique && !value.items().iter().all(|item| seen.insert(item.to_json_text()));
    repeats.then(|| "repeats an item, which `uniqueItems` forbids".to_owned())
}

fn null<'v>(keywords: &Keywords, value: &'v Node) -> Option<Misfit<'v>> {
    let forbids = keywords.types.as_ref().is_some_and(|types| !types.value.contains(Type::Null));
    forbids.then(|| (value, "is not allowed, as the schema is not nullable".to_owned()))
}

/// Whether two values are equal; numbers are, however they are written.
fn is_same(left: &Node, right: &Node) -> bool {
    match (number(left), number(right)) {
        // Exactly: both are read from decimal digits in the same way.
        (Some(left), Some(right)) => left.to_bits() == right.to_bits(),
        (None, None) => left.to_json_text() == right.to_json_text(),
        _ => false,
    }
}

fn number(node: &Node) -> Option<f64> {
    node.number_text()?.parse().ok()
}
