//! Bytes as text: [`Base64`].

use std::borrow::Cow;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, STANDARD_PAD_INDIFFERENT};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

/// Bytes that travel as base64 text (RFC 4648, section 4).
///
/// Text is written with padding; read, it may have less of it or none.
///
/// ```
/// use specie_runtime::Base64;
///
/// let receipt: Base64 = serde_json::from_str("\"cGFpZA==\"")?;
/// assert_eq!(receipt.as_bytes(), b"paid");
/// assert_eq!(receipt.to_string(), "cGFpZA==");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Base64(Vec<u8>);

impl Base64 {
    /// Decodes base64 text; `None` where it is none.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        STANDARD_PAD_INDIFFERENT.decode(text).ok().map(Self)
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The bytes.
    #[must_use]
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// The base64 text.
impl fmt::Display for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        base64::display::Base64Display::new(&self.0, &STANDARD).fmt(formatter)
    }
}

/// As `Display`.
impl fmt::Debug for Base64 {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, formatter)
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(bytes.to_vec())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self(bytes.to_vec())
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(Base64Visitor)
    }
}

struct Base64Visitor;

impl Visitor<'_> for Base64Visitor {
    type Value = Base64;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("base64 text")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Base64, E> {
        Base64::from_text(text).ok_or_else(|| E::custom("not base64 text (RFC 4648, section 4)"))
    }
}

/// Overwrites the bytes.
impl Zeroize for Base64 {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

impl crate::param::Param for Base64 {
    fn to_text(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }

    fn from_text(text: &str) -> Result<Self, crate::param::ParamError> {
        Self::from_text(text).ok_or(crate::param::ParamError::expected("base64 text"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn padding_may_be_missing_and_nothing_else() {
        assert_eq!(Base64::from_text("cGFpZA").unwrap(), Base64::from(b"paid"));
        assert_eq!(Base64::from_text("").unwrap(), Base64::default());
        for text in ["cGFpZA===", "cGFp ZA==", "cGFpZ", "_-__", "cGFpZA==\n"] {
            assert_eq!(Base64::from_text(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn bytes_round_trip(bytes in any::<Vec<u8>>()) {
            let text = serde_json::to_string(&Base64::from(bytes.clone())).unwrap();
            prop_assert_eq!(serde_json::from_str::<Base64>(&text).unwrap().into_bytes(), bytes);
        }
    }
}
