//! Keywords without schemas in them.

use super::super::number::Number;
use super::super::{Keyword, Keywords, Text, Type, TypeSet};
use super::{external_docs, text_of, xml};
use crate::syntax::{Key, Node};

/// Reads a keyword that looks at nothing but the value; `false` where it is none of these.
pub(super) fn asserts(keywords: &mut Keywords, key: &Key, value: &Node) -> bool {
    match key.text() {
        "type" => keywords.types = Some(Keyword::new(key, value, types(value))),
        "format" => keywords.format = text(key, value),
        // An empty list says nothing, and was reported.
        "enum" if value.items().is_empty() => {}
        "enum" => keywords.enumeration = Some(Keyword::new(key, value, value.items().to_vec())),
        "const" => keywords.constant = Some(Box::new(Keyword::new(key, value, value.clone()))),
        "multipleOf" => keywords.number.fill().multiple_of = number(key, value),
        "minimum" => keywords.number.fill().minimum = number(key, value),
        "maximum" => keywords.number.fill().maximum = number(key, value),
        "exclusiveMinimum" | "exclusiveMaximum" if value.as_bool().is_some() => {}
        "exclusiveMinimum" => keywords.number.fill().exclusive_minimum = number(key, value),
        "exclusiveMaximum" => keywords.number.fill().exclusive_maximum = number(key, value),
        "minLength" => keywords.string.fill().min_length = count(key, value),
        "maxLength" => keywords.string.fill().max_length = count(key, value),
        "pattern" => keywords.string.fill().pattern = text(key, value),
        "contentEncoding" => keywords.string.fill().content_encoding = text(key, value),
        "contentMediaType" => keywords.string.fill().content_media_type = text(key, value),
        "minItems" => keywords.array.fill().min_items = count(key, value),
        "maxItems" => keywords.array.fill().max_items = count(key, value),
        "uniqueItems" => keywords.array.fill().unique_items = flag(key, value),
        "minContains" => keywords.array.fill().min_contains = count(key, value),
        "maxContains" => keywords.array.fill().max_contains = count(key, value),
        "required" => keywords.object.fill().required = Some(Keyword::new(key, value, texts(value))),
        "minProperties" => keywords.object.fill().min_properties = count(key, value),
        "maxProperties" => keywords.object.fill().max_properties = count(key, value),
        "dependentRequired" => {
            let lists = value.entries().map(|(key, list)| (key.text().into(), texts(list))).collect();
            keywords.object.fill().dependent_required = Some(Keyword::new(key, value, lists));
        }
        _ => return false,
    }
    true
}

/// Reads a keyword that only describes; `false` where it is none of these.
pub(super) fn describes(keywords: &mut Keywords, key: &Key, value: &Node) -> bool {
    match key.text() {
        "description" => keywords.annotations.fill().description = text(key, value),
        "title" => keywords.annotations.fill().title = text(key, value),
        "default" => keywords.annotations.fill().default = Some(Keyword::new(key, value, value.clone())),
        "example" => keywords.annotations.fill().example = Some(Keyword::new(key, value, value.clone())),
        "examples" if value.is_sequence() => {
            keywords.annotations.fill().examples = Some(Keyword::new(key, value, value.items().to_vec()));
        }
        "deprecated" => keywords.annotations.fill().deprecated = flag(key, value),
        "readOnly" => keywords.annotations.fill().read_only = flag(key, value),
        "writeOnly" => keywords.annotations.fill().write_only = flag(key, value),
        "externalDocs" => {
            keywords.annotations.fill().external_docs = Some(Keyword::new(key, value, external_docs(value)));
        }
        "xml" => keywords.annotations.fill().xml = Some(Keyword::new(key, value, xml(value))),
        "$comment" => keywords.annotations.fill().comment = text(key, value),
        _ => return false,
    }
    true
}

/// Reads a keyword that names the schema; `false` where it is none of these.
pub(super) fn identifies(keywords: &mut Keywords, key: &Key, value: &Node) -> bool {
    match key.text() {
        "$schema" => keywords.identity.fill().dialect = text(key, value),
        "$vocabulary" => keywords.identity.fill().vocabulary = Some(Keyword::new(key, value, value.clone())),
        "$id" => keywords.identity.fill().id = text(key, value),
        "$anchor" => keywords.identity.fill().anchor = text(key, value),
        "$dynamicAnchor" => keywords.identity.fill().dynamic_anchor = text(key, value),
        "$dynamicRef" => keywords.identity.fill().dynamic_reference = text(key, value),
        _ => return false,
    }
    true
}

/// The types that a word or a list of words names. Null without quotes is the type as well as the word.
fn types(value: &Node) -> TypeSet {
    let words = if value.is_sequence() { value.items() } else { std::slice::from_ref(value) };
    words
        .iter()
        .filter_map(|word| if word.is_null() { Some(Type::Null) } else { Type::from_word(word.as_str()?) })
        .collect()
}

fn text(key: &Key, value: &Node) -> Option<Keyword<Box<str>>> {
    value.as_str().map(|text| Keyword::new(key, value, text.into()))
}

fn flag(key: &Key, value: &Node) -> Option<Keyword<bool>> {
    value.as_bool().map(|flag| Keyword::new(key, value, flag))
}

fn number(key: &Key, value: &Node) -> Option<Keyword<Number>> {
    value.number_text().map(|text| Keyword::new(key, value, Number::new(text)))
}

fn count(key: &Key, value: &Node) -> Option<Keyword<u64>> {
    let count = value.as_integer().and_then(|count| u64::try_from(count).ok())?;
    Some(Keyword::new(key, value, count))
}

fn texts(value: &Node) -> Vec<Text> {
    value.items().iter().filter_map(text_of).collect()
}
