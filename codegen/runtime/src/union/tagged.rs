//! Unions with a discriminator: [`Tagged`].

use std::borrow::Cow;
use std::fmt;

use serde::Deserializer;
use serde::de::{DeserializeOwned, Error, IgnoredAny, MapAccess, Visitor};

use crate::decode;
use crate::json::{Json, Kind, raw};
use crate::string_enum::list;

/// An object whose discriminator has been looked at and whose branch is still to be decoded.
///
/// ```
/// use serde::{Deserialize, Deserializer};
/// use specie_runtime::{Json, union::Tagged};
///
/// #[derive(Debug, PartialEq, Deserialize)]
/// struct Card {
///     last4: String,
/// }
///
/// #[derive(Debug, PartialEq)]
/// enum Method {
///     Card(Card),
///     Unknown(Json),
/// }
///
/// impl<'de> Deserialize<'de> for Method {
///     fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
///         let tagged = Tagged::read("Method", "type", deserializer)?;
///         match tagged.tag() {
///             "card" => tagged.decode().map(Self::Card),
///             _ => Ok(Self::Unknown(tagged.into_json())),
///         }
///     }
/// }
///
/// let method: Method = serde_json::from_str(r#"{"type":"card","last4":"1111"}"#)?;
/// assert_eq!(method, Method::Card(Card { last4: "1111".into() }));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub struct Tagged<'de> {
    name: &'static str,
    property: &'static str,
    text: Cow<'de, str>,
    tag: String,
}

impl<'de> Tagged<'de> {
    /// Reads the value's text and its discriminator; `name` is the union's, for errors.
    ///
    /// A discriminator that is absent, not a string, or there twice is an error.
    pub fn read<D: Deserializer<'de>>(
        name: &'static str,
        property: &'static str,
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let text = raw::shallow_text(deserializer)?;
        let tag = peek(&text, property).map_err(|why| D::Error::custom(format_args!("{name}: {why}")))?;
        Ok(Self { name, property, text, tag })
    }

    /// The discriminator's value.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Decodes the branch.
    pub fn decode<B: DeserializeOwned, E: Error>(&self) -> Result<B, E> {
        decode::part(&self.text).map_err(|fault| E::custom(fault.to_message()))
    }

    /// The whole object, for a discriminator that the document does not list.
    #[must_use]
    pub fn into_json(self) -> Json {
        Json::from_valid(self.text.into_owned())
    }

    /// The error of a closed union whose discriminator the document does not list.
    #[must_use]
    pub fn unlisted<E: Error>(&self, tags: &[&str]) -> E {
        let mut pointer = String::new();
        decode::pointer::push(&mut pointer, self.property);
        E::custom(format_args!("at {pointer}: unknown value, {} expects {}", self.name, list(tags)))
    }
}

/// Finds the discriminator without decoding anything else.
fn peek(text: &str, property: &str) -> Result<String, String> {
    if raw::kind(text) != Kind::Object {
        return Err(format!("expected an object, found {}", raw::kind(text).with_article()));
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    match deserializer.deserialize_map(Peek(property)) {
        Ok(Discriminator::Once(tag)) => Ok(tag),
        Ok(Discriminator::Absent) => Err(format!("missing field `{property}`")),
        Ok(Discriminator::Repeated) => Err(format!("duplicate field `{property}`")),
        Err(_) => Err(format!("the field `{property}` must be a string")),
    }
}

struct Peek<'a>(&'a str);

/// What an object has for a discriminator.
enum Discriminator {
    Absent,
    Once(String),
    Repeated,
}

impl<'de> Visitor<'de> for Peek<'_> {
    type Value = Discriminator;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Discriminator, A::Error> {
        let mut found = Discriminator::Absent;
        while let Some(is_tag) = map.next_key_seed(raw::IsKey(self.0))? {
            if !is_tag {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let tag = map.next_value::<String>()?;
            found = match found {
                Discriminator::Absent => Discriminator::Once(tag),
                Discriminator::Once(_) | Discriminator::Repeated => Discriminator::Repeated,
            };
        }
        Ok(found)
    }
}
