//! A written JSON value handed to any format of serde.

use serde::ser::{Error, SerializeMap, SerializeSeq};
use serde::{Serialize, Serializer};
use serde_json::value::RawValue;

use super::{Fault, Value};
use crate::decode::DecodeFault;
use crate::json_syntax::Kind;

/// A value, and where values begin that keep the text of numbers.
pub(super) struct Walk<'a> {
    pub(super) value: Value<'a>,
    pub(super) exact: &'a [usize],
}

impl Serialize for Walk<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { value, exact } = *self;
        if exact.binary_search(&value.start()).is_ok() {
            let raw: &RawValue = serde_json::from_str(text(value)?).map_err(S::Error::custom)?;
            return raw.serialize(serializer);
        }
        match value.kind() {
            Kind::Null => serializer.serialize_none(),
            Kind::Boolean => serializer.serialize_bool(text(value)? == "true"),
            Kind::Number => number(text(value)?, serializer),
            Kind::String => serializer.serialize_str(&value.string().unwrap_or_default()),
            Kind::Array => {
                let length = items(value).map_err(unreadable)?;
                let mut list = serializer.serialize_seq(Some(length))?;
                let mut items = value.items().map_err(unreadable)?;
                while let Some(value) = items.next().map_err(unreadable)? {
                    list.serialize_element(&Self { value, exact })?;
                }
                list.end()
            }
            Kind::Object => {
                let length = entries(value).map_err(unreadable)?;
                let mut map = serializer.serialize_map(Some(length))?;
                let mut entries = value.entries("a map").map_err(unreadable)?;
                while let Some((key, value)) = entries.next().map_err(unreadable)? {
                    map.serialize_entry(&key, &Self { value, exact })?;
                }
                map.end()
            }
        }
    }
}

fn text<E: Error>(value: Value<'_>) -> Result<&str, E> {
    value.text().map_err(unreadable)
}

/// How many items a list has.
fn items(value: Value<'_>) -> Result<usize, Fault> {
    let (mut items, mut count) = (value.items()?, 0);
    while items.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

/// How many entries an object has.
fn entries(value: Value<'_>) -> Result<usize, Fault> {
    let (mut entries, mut count) = (value.entries("a map")?, 0);
    while entries.next()?.is_some() {
        count += 1;
    }
    Ok(count)
}

fn unreadable<E: Error>(fault: Fault) -> E {
    E::custom(DecodeFault::from(fault).to_message())
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
