//! [`Decode`] and [`Encode`] for texts, numbers and what else has no parts.

use std::fmt;

use super::{Decode, Encode, Fault, Value, Writer};
use crate::decimal::{Decimal, DecimalError, Quoted};
use crate::decode::DecodeFault;
use crate::formats::{Base64, Date, DateTime, Duration, Time, UnixTime, Uri, Uuid};
use crate::json::{Json, JsonObject, Kind};
use crate::string_enum;

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

with_serde!(bool, i32, i64, u32, u64, (), UnixTime, Base64, Quoted<Decimal>);

/// Floats: the nearest one.
macro_rules! floats {
    ($($float:ty)+) => { $(
        impl Decode for $float {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                match value.text().parse::<$float>() {
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
        writer.with_serde(self);
    }
}

macro_rules! formats {
    ($($format:ty)+) => { $(
        impl Decode for $format {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                String::decode(value).map(Self::from)
            }
        }

        impl Encode for $format {
            fn encode(&self, writer: &mut Writer) {
                writer.with_serde(self.as_str());
            }
        }
    )+ };
}

formats!(Date DateTime Time Duration Uuid Uri);

/// Types that keep the text of numbers.
macro_rules! exact {
    ($($exact:ty)+) => { $(
        impl Decode for $exact {
            fn decode(value: Value<'_>) -> Result<Self, Fault> {
                if value.is_exact() {
                    return value.with_serde();
                }
                Err(value.mistyped("a value that is read from JSON text, not buffered before"))
            }
        }
    )+ };
}

exact!(Json JsonObject);

impl Decode for Decimal {
    fn decode(value: Value<'_>) -> Result<Self, Fault> {
        if !value.is_exact() {
            return Err(value.mistyped("a value that is read from JSON text, not buffered before"));
        }
        match value.kind() {
            Kind::Number => value.text().parse().map_err(|error: DecimalError| Fault::new(error.to_string())),
            other => Err(Fault::new(format!("invalid type: {other}, expected a decimal number"))),
        }
    }
}

impl Encode for Decimal {
    fn encode(&self, writer: &mut Writer) {
        writer.exact(|writer| writer.with_serde(self));
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

/// Reads an enum by its text; for [`string_enum!`](crate::string_enum!).
pub(crate) fn name<T>(value: Value<'_>, names: &[&str], from_name: fn(&str) -> Option<T>) -> Result<T, Fault> {
    let expected = || string_enum::list(names);
    let text = value.string().ok_or_else(|| value.mistyped(expected()))?;
    from_name(&text).ok_or_else(|| Fault::new(format!("unknown value, expected {}", expected())))
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
