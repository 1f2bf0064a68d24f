//! A value of any format as JSON text, for types that are read from JSON alone.

use std::fmt;

use serde::de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserializer, Serialize};

/// Appends a value to a JSON text. Keys that stand twice stay, so that they are found.
pub(super) struct Transcode<'t>(pub(super) &'t mut String);

impl Transcode<'_> {
    fn scalar<T: Serialize + ?Sized, E: Error>(self, value: &T) -> Result<(), E> {
        self.0.push_str(&serde_json::to_string(value).map_err(E::custom)?);
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Transcode<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

macro_rules! scalars {
    ($($method:ident($value:ty))+) => { $(
        fn $method<E: Error>(self, value: $value) -> Result<(), E> {
            self.scalar(&value)
        }
    )+ };
}

impl<'de> Visitor<'de> for Transcode<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value that JSON has")
    }

    scalars! {
        visit_bool(bool) visit_i64(i64) visit_i128(i128) visit_u64(u64) visit_u128(u128) visit_f64(f64) visit_str(&str)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.0.push_str("null");
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let mut separator = '[';
        loop {
            let before = self.0.len();
            self.0.push(separator);
            if list.next_element_seed(Transcode(self.0))?.is_none() {
                self.0.truncate(before);
                break;
            }
            separator = ',';
        }
        self.0.push_str(if separator == '[' { "[]" } else { "]" });
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut separator = '{';
        while let Some(key) = map.next_key::<String>()? {
            self.0.push(separator);
            separator = ',';
            Transcode(self.0).scalar(&key)?;
            self.0.push(':');
            map.next_value_seed(Transcode(self.0))?;
        }
        self.0.push_str(if separator == '{' { "{}" } else { "}" });
        Ok(())
    }
}
