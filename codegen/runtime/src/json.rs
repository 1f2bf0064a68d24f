//! Values of any JSON: [`Json`] and [`JsonObject`], which keep the text of what they hold.

mod object;

use std::collections::BTreeMap;
use std::fmt;

use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::value::RawValue;
use zeroize::{Zeroize, Zeroizing};

use crate::decimal::{Decimal, Quoted};
use crate::decode::{self, DecodeFault};
use crate::json_syntax::{canonical, raw};

pub use crate::json_syntax::Kind;
pub use object::{Iter, JsonObject};

/// Any JSON value, kept as its text: no digit of a number is lost.
///
/// Two are equal when their values are: white space, the order of keys, escapes in strings and the way a number is
/// written (`10.0`, `10.00`, `1e1`) do not matter.
///
/// It is read from JSON text that is nested at most 128 deep; as part of a type that serde buffers (`flatten`, `untagged`)
/// or in another format it is refused.
///
/// ```
/// use specie_runtime::{Decimal, Json, dec};
///
/// let json = Json::parse(r#"{"amount": 12345678901234567.890}"#)?;
/// assert_eq!(json.as_str(), r#"{"amount": 12345678901234567.890}"#);
/// assert_eq!(json.at("/amount").map(|amount| amount.decode()), Some(Ok(dec!(12345678901234567.89))));
/// assert_eq!(json, Json::parse(r#"{"amount":1234567890123456789e-2}"#)?);
/// # Ok::<(), specie_runtime::decode::DecodeFault>(())
/// ```
#[derive(Clone)]
pub struct Json {
    text: String,
    /// Whether the document says nothing of it, so that nobody knows what is secret in it.
    is_undescribed: bool,
}

impl Json {
    /// Takes a JSON text. Anything but one JSON value is an error, and so is one nested more than 128 deep.
    pub fn parse(text: &str) -> Result<Self, DecodeFault> {
        decode::from_slice(text.as_bytes())
    }

    /// Writes a value as JSON; fails where its `Serialize` does.
    pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value).map(Self::from_valid)
    }

    /// `null`.
    #[must_use]
    pub fn null() -> Self {
        Self::from_valid("null".to_owned())
    }

    /// The JSON text, as it was received or written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// What kind of value it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        raw::kind(&self.text)
    }

    /// Whether it is `null`.
    #[must_use]
    pub fn is_null(&self) -> bool {
        self.kind() == Kind::Null
    }

    /// Reads it as a type.
    ///
    /// ```
    /// use specie_runtime::Json;
    ///
    /// let items: Vec<u8> = Json::parse("[1, 2]")?.decode()?;
    /// assert_eq!(items, [1, 2]);
    /// # Ok::<(), specie_runtime::decode::DecodeFault>(())
    /// ```
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, DecodeFault> {
        decode::from_slice(self.text.as_bytes())
    }

    /// The part that a JSON pointer (RFC 6901) names; `None` where there is none.
    #[must_use]
    pub fn at(&self, pointer: &str) -> Option<Self> {
        let text = decode::pointer::find(&self.text, pointer)?.to_owned();
        Some(Self { text, is_undescribed: self.is_undescribed })
    }

    /// A text that is known to be one JSON value.
    pub(crate) fn from_valid(text: String) -> Self {
        Self { text, is_undescribed: false }
    }

    /// The same value, of which `Debug` says only what kind it is.
    pub(crate) fn undescribed(self) -> Self {
        Self { is_undescribed: true, ..self }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text || canonical(&self.text) == canonical(&other.text)
    }
}

/// The JSON text; of what was read where the document describes nothing, such as a property that it does not declare or the value behind
/// an unlisted discriminator, only its kind: a caller's typing error must not print a card number.
impl fmt::Debug for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_undescribed {
            return Undescribed(self).fmt(formatter);
        }
        formatter.write_str(&self.text)
    }
}

/// Prints the kind of a value, and nothing of its text.
struct Undescribed<'a>(&'a Json);

impl fmt::Debug for Undescribed<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "[undescribed {}]", self.0.kind())
    }
}

/// Prints the keys of a map and the kinds of its values.
pub(crate) struct UndescribedMap<'a>(pub(crate) &'a BTreeMap<String, Json>);

impl fmt::Debug for UndescribedMap<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.0.iter().map(|(key, value)| (key, Undescribed(value)))).finish()
    }
}

/// The JSON text.
impl fmt::Display for Json {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// `null`.
impl Default for Json {
    fn default() -> Self {
        Self::null()
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let raw: &RawValue = serde_json::from_str(&self.text).map_err(S::Error::custom)?;
        raw.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        raw::shallow_text(deserializer).map(|text| Self::from_valid(text.into_owned()))
    }
}

impl std::str::FromStr for Json {
    type Err = DecodeFault;

    fn from_str(text: &str) -> Result<Self, DecodeFault> {
        Self::parse(text)
    }
}

macro_rules! from_plain {
    ($($plain:ty),+) => { $(
        impl From<$plain> for Json {
            fn from(value: $plain) -> Self {
                Self::from_valid(value.to_string())
            }
        }
    )+ };
}

from_plain!(bool, i32, i64, u32, u64, Decimal);

impl From<&str> for Json {
    fn from(value: &str) -> Self {
        Self::from_valid(quote(value))
    }
}

impl From<String> for Json {
    fn from(value: String) -> Self {
        // What becomes of it may be a secret, and this copy would be left behind.
        let value = Zeroizing::new(value);
        Self::from_valid(quote(&value))
    }
}

impl From<Quoted<Decimal>> for Json {
    fn from(value: Quoted<Decimal>) -> Self {
        Self::from_valid(quote(&value.to_string()))
    }
}

/// `null`.
impl From<()> for Json {
    fn from((): ()) -> Self {
        Self::null()
    }
}

/// `None` is `null`.
impl<T: Into<Self>> From<Option<T>> for Json {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::null, Into::into)
    }
}

impl<T: Into<Self>> From<Vec<T>> for Json {
    fn from(items: Vec<T>) -> Self {
        let items: Vec<String> = items.into_iter().map(|item| item.into().text).collect();
        Self::from_valid(format!("[{}]", items.join(",")))
    }
}

impl From<JsonObject> for Json {
    fn from(object: JsonObject) -> Self {
        let entries: Vec<String> = object.iter().map(|(key, value)| format!("{}:{}", quote(key), value.text)).collect();
        Self::from_valid(format!("{{{}}}", entries.join(",")))
    }
}

/// Overwrites the text.
impl Zeroize for Json {
    fn zeroize(&mut self) {
        self.text.zeroize();
        // What is left is a JSON value again.
        self.text.push_str("null");
    }
}

/// Writes a JSON string (RFC 8259, section 7), which unlike [`Json::encode`] cannot fail.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\u{0}'..='\u{1f}' => quoted.push_str(&escape(character)),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

fn escape(control: char) -> String {
    format!("\\u{:04x}", u32::from(control))
}

#[cfg(test)]
mod tests;
