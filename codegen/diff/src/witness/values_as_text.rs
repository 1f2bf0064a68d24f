//! Values that are written as text, as in a query: the number 1 and the text "1" are one there.

use jsonschema::Validator;
use serde_json::{Map, Value};

use crate::schemas::Carrier;

/// Whether a schema allows a value, or where values are written as text any value that is written like it.
pub(super) fn allows(validator: &Validator, value: &Value, carrier: Carrier) -> bool {
    validator.is_valid(value)
        || is_of_texts(carrier) && [as_text(value), as_read(value)].iter().any(|one| validator.is_valid(one))
}

const fn is_of_texts(carrier: Carrier) -> bool {
    matches!(carrier, Carrier::Text | Carrier::Path | Carrier::Lists)
}

/// Whether a value is written as people write it: a number in a text has digits and no exponent, and nothing in the path is empty.
pub(super) fn is_usual(value: &Value, carrier: Carrier) -> bool {
    match value {
        Value::String(text) => carrier != Carrier::Path || !text.is_empty(),
        Value::Array(items) if items.is_empty() => carrier != Carrier::Path,
        Value::Number(number) => !is_of_texts(carrier) || !number.to_string().contains('e'),
        Value::Array(items) => items.iter().all(|item| is_usual(item, carrier)),
        Value::Object(all) => all.values().all(|value| is_usual(value, carrier)),
        _ => true,
    }
}

/// A value whose scalars are texts.
fn as_text(value: &Value) -> Value {
    each(value, &|scalar| match scalar {
        Value::String(_) => scalar.clone(),
        other => Value::String(other.to_string()),
    })
}

/// A value whose texts are read as JSON, where they are scalars.
fn as_read(value: &Value) -> Value {
    each(value, &|scalar| {
        let read = scalar.as_str().and_then(|text| serde_json::from_str(text).ok());
        read.filter(|read: &Value| read.is_number() || read.is_boolean()).unwrap_or_else(|| scalar.clone())
    })
}

fn each(value: &Value, of_scalar: &impl Fn(&Value) -> Value) -> Value {
    match value {
        Value::Array(items) => Value::Array(items.iter().map(|item| each(item, of_scalar)).collect()),
        Value::Object(all) => {
            let entries = all.iter().map(|(name, value)| (name.clone(), each(value, of_scalar)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
        scalar => of_scalar(scalar),
    }
}
