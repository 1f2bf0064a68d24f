//! A written JSON value handed to any format of serde.

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::Value;
use crate::json::Kind;

/// A value, and where values begin that keep the text of numbers.
pub(super) struct Walk<'a> {
    pub(super) value: Value<'a>,
    pub(super) exact: &'a [usize],
}

impl Serialize for Walk<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { value, exact } = *self;
        let text = value.text();
        if exact.binary_search(&value.start()).is_ok() {
            let raw: &RawValue = serde_json::from_str(text).map_err(S::Error::custom)?;
            return raw.serialize(serializer);
        }
        match value.kind() {
            Kind::Null => serializer.serialize_none(),
            Kind::Boolean => serializer.serialize_bool(text == "true"),
            Kind::Number => number(text, serializer),
            Kind::String => serializer.serialize_str(&value.string().unwrap_or_default()),
            Kind::Array => {
                let mut list = serializer.serialize_seq(Some(value.children().count()))?;
                value.children().try_for_each(|value| list.serialize_element(&Self { value, exact }))?;
                list.end()
            }
            Kind::Object => {
                let mut map = serializer.serialize_map(Some(value.entries().count()))?;
                for (key, value) in value.entries() {
                    map.serialize_entry(&key.string().unwrap_or_default(), &Self { value, exact })?;
                }
                map.end()
            }
        }
    }
}

fn number<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(number) = text.parse::<u64>() {
        return serializer.serialize_u64(number);
    }
    match text.parse::<i64>() {
        Ok(number) => serializer.serialize_i64(number),
        Err(_) => serializer.serialize_f64(text.parse().map_err(S::Error::custom)?),
    }
}
