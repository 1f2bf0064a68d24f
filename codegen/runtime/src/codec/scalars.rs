//! [`Decode`] and [`Encode`] for texts, numbers and what else has no parts.

use std::fmt;

use zeroize::Zeroize;

use super::value::Entries;
use super::{Decode, Encode, Fault, Value, Writer, untyped_count};
use crate::decimal::{Decimal, DecimalError, LongDecimal, Quoted};
use crate::decode::{DecodeFault, TWICE};
use crate::formats::{Base64, Base64Url, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
use crate::json::{Json, JsonObject};
use crate::json_syntax::{Kind, scan};

/// Types whose `Deserialize` and `Serialize` take little to compile, as they are compiled here once.
macro_rules! with_serde {
    ($($leaf:ty),+) => { $(
        impl Decode for $leaf {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                value.with_serde()
            }
        }

        impl Encode for $leaf {
            fn encode(&self, writer: &mut Writer) {
                writer.with_serde(self);
            }
        }
    )+ };
}

with_serde!((), Base64, Base64Url);

impl Decode for bool {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        match value.text()? {
            "true" => Ok(true),
            "false" => Ok(false),
            _ => value.with_serde(),
        }
    }
}

impl Encode for bool {
    fn encode(&self, writer: &mut Writer) {
        writer.raw(if *self { "true" } else { "false" });
    }
}

/// Integers: also `2.0` and `1e3`, which are whole numbers (JSON Schema 2020-12, 4.2.3).
macro_rules! integers {
    ($($integer:ty)+) => { $(
        impl Decode for $integer {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                if value.kind() == Kind::Number {
                    let text = value.text()?;
                    if let Ok(integer) = text.parse() {
                        return Ok(integer);
                    }
                    if let Some(integer) = text.parse::<Decimal>().ok().and_then(Decimal::to_integer)
                        && let Ok(integer) = integer.try_into()
                    {
                        return Ok(integer);
                    }
                }
                value.with_serde()
            }
        }

        impl Encode for $integer {
            fn encode(&self, writer: &mut Writer) {
                writer.with_serde(self);
            }
        }
    )+ };
}

integers!(i32 i64 u32 u64);

impl Decode for UnixTime {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        i64::decode(value).map(Self)
    }
}

impl Encode for UnixTime {
    fn encode(&self, writer: &mut Writer) {
        self.0.encode(writer);
    }
}

/// Floats: the nearest one.
macro_rules! floats {
    ($($float:ty)+) => { $(
        impl Decode for $float {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                match value.text()?.parse::<$float>() {
                    Ok(float) if float.is_finite() && value.kind() == Kind::Number => Ok(float),
                    _ => value.with_serde(),
                }
            }
        }

        impl Encode for $float {
            fn encode(&self, writer: &mut Writer) {
                writer.with_serde(self);
            }
        }
    )+ };
}

floats!(f32 f64);

impl Decode for String {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        match value.string() {
            Some(text) => Ok(text.into_owned()),
            None => value.with_serde(),
        }
    }
}

impl Encode for String {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self);
    }
}

macro_rules! formats {
    ($($format:ty)+) => { $(
        impl Decode for $format {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                let text = Self::from(String::decode(value)?);
                if untyped_count::are_counted() && !text.is_valid() {
                    untyped_count::unlisted();
                }
                Ok(text)
            }
        }

        impl Encode for $format {
            fn encode(&self, writer: &mut Writer) {
                writer.text(self.as_str());
            }
        }
    )+ };
}

formats!(Date DateTime Time Duration Uuid Uri);

/// The value, for a type that keeps the text of numbers.
fn exact(value: Value<'_>) -> Result<Value<'_>, Fault> {
    if value.is_exact() {
        return Ok(value);
    }
    Err(value.mistyped("a value that is read from JSON text, not buffered before"))
}

impl Decode for Json {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        let text = exact(value)?.text()?;
        if untyped_count::are_counted() {
            untyped_count::untyped(scan::count(text));
        }
        Ok(Self::from_valid(text.to_owned()))
    }

    fn undescribed(self) -> Self {
        Self::undescribed(self)
    }
}

impl Decode for JsonObject {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        let mut entries = exact(value)?.entries("an object")?;
        untyped_count::untyped(1);
        let mut object = Self::new();
        let read = object.decode_entries(&mut entries);
        if read.is_err() {
            // It may be part of a secret, which would overwrite it.
            object.zeroize();
        }
        read.map(|()| object)
    }

    fn undescribed(self) -> Self {
        self.into_iter().map(|(key, value)| (key, value.undescribed())).collect()
    }
}

impl JsonObject {
    fn decode_entries(&mut self, entries: &mut Entries<'_>) -> Result<(), Fault> {
        while let Some((key, value)) = entries.next()? {
            untyped_count::untyped(1);
            let value = <Json as Decode>::decode(value).map_err(|fault| fault.under(&key))?;
            if let Some(mut value) = self.insert(key, value) {
                value.zeroize();
                return Err(Fault::new(TWICE));
            }
        }
        Ok(())
    }
}

impl Decode for Decimal {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        match exact(value)?.kind() {
            Kind::Number => value.text()?.parse().map_err(|error: DecimalError| Fault::new(error.to_string())),
            other => Err(Fault::new(format!("invalid type: {other}, expected a decimal number"))),
        }
    }
}

impl Encode for Decimal {
    fn encode(&self, writer: &mut Writer) {
        writer.exact(|writer| writer.raw(self.to_text().as_str()));
    }
}

impl Decode for LongDecimal {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        match exact(value)?.kind() {
            Kind::Number => Ok(Self::of_number(value.text()?)),
            other => Err(Fault::new(format!("invalid type: {other}, expected a number"))),
        }
    }
}

impl Encode for LongDecimal {
    fn encode(&self, writer: &mut Writer) {
        writer.exact(|writer| writer.raw(self.as_str()));
    }
}

impl Decode for Quoted<Decimal> {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        match value.string().map(|text| text.parse()) {
            Some(Ok(decimal)) => Ok(decimal),
            _ => value.with_serde(),
        }
    }
}

impl Encode for Quoted<Decimal> {
    fn encode(&self, writer: &mut Writer) {
        writer.text(self.to_text().as_str());
    }
}

impl Encode for Json {
    fn encode(&self, writer: &mut Writer) {
        writer.exact(|writer| writer.raw(self.as_str()));
    }
}

impl Encode for JsonObject {
    fn encode(&self, writer: &mut Writer) {
        writer.map(self.iter().map(|(key, value)| (key, value as &dyn Encode)));
    }
}

impl DecodeFault {
    /// The fault of a value whose text is JSON: also a number out of range is one of the value.
    pub(super) fn of_value(error: &serde_json::Error) -> Self {
        let fault = Self::new(String::new(), error);
        if !fault.malformed {
            return fault;
        }
        let position = format!(" at line {} column {}", error.line(), error.column());
        let text = error.to_string();
        let message = text.strip_suffix(&position).unwrap_or(&text).to_owned();
        Self { message, malformed: false, ..fault }
    }
}

impl fmt::Debug for dyn Encode + '_ {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Encode")
    }
}
