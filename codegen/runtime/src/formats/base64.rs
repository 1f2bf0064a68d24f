//! Bytes as text: [`Base64`] and [`Base64Url`].

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use base64::display::Base64Display;
use base64::engine::DecodePaddingMode;
use base64::engine::GeneralPurposeConfig;
use base64::engine::general_purpose::{
    GeneralPurpose, STANDARD, STANDARD_NO_PAD, STANDARD_PAD_INDIFFERENT, URL_SAFE, URL_SAFE_NO_PAD,
};
use base64::{Engine as _, alphabet};
use serde::de::Visitor;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroize;

/// Reads text with its padding, less of it, or none.
const URL_SAFE_PAD_INDIFFERENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A type of bytes that travel as text, by the name of the text, how it is read, and how it is written with and without padding.
macro_rules! bytes_as_text {
    ($(#[$docs:meta])* $name:ident, $expected:literal, $section:literal, $reading:ident, [$padded:ident, $bare:ident]) => {
        $(#[$docs])*
        #[derive(Clone, Default)]
        pub struct $name {
            bytes: Vec<u8>,
            /// Whether it was read without its padding, and is written so again.
            is_bare: bool,
        }

        impl $name {
            /// Decodes a text; `None` where it is not of this kind.
            #[must_use]
            pub fn from_text(text: &str) -> Option<Self> {
                let bytes = $reading.decode(text).ok()?;
                Some(Self { bytes, is_bare: !text.len().is_multiple_of(4) })
            }

            /// How many characters the text has.
            pub(crate) fn text_length(&self) -> usize {
                let bytes = self.bytes.len();
                if self.is_bare { (bytes * 4).div_ceil(3) } else { bytes.div_ceil(3) * 4 }
            }

            /// The bytes.
            #[must_use]
            pub fn as_bytes(&self) -> &[u8] {
                &self.bytes
            }

            /// The bytes.
            #[must_use]
            pub fn into_bytes(self) -> Vec<u8> {
                self.bytes
            }
        }

        /// By the bytes.
        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.bytes == other.bytes
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
                Some(self.cmp(other))
            }
        }

        /// By the bytes.
        impl Ord for $name {
            fn cmp(&self, other: &Self) -> Ordering {
                self.bytes.cmp(&other.bytes)
            }
        }

        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                self.bytes.hash(state);
            }
        }

        /// The text.
        impl fmt::Display for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let engine = if self.is_bare { &$bare } else { &$padded };
                Base64Display::new(&self.bytes, engine).fmt(formatter)
            }
        }

        /// As `Display`.
        impl fmt::Debug for $name {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, formatter)
            }
        }

        impl AsRef<[u8]> for $name {
            fn as_ref(&self) -> &[u8] {
                &self.bytes
            }
        }

        impl From<Vec<u8>> for $name {
            fn from(bytes: Vec<u8>) -> Self {
                Self { bytes, is_bare: false }
            }
        }

        impl From<&[u8]> for $name {
            fn from(bytes: &[u8]) -> Self {
                Self::from(bytes.to_vec())
            }
        }

        impl<const N: usize> From<&[u8; N]> for $name {
            fn from(bytes: &[u8; N]) -> Self {
                Self::from(bytes.to_vec())
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct Text;

                impl Visitor<'_> for Text {
                    type Value = $name;

                    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                        formatter.write_str($expected)
                    }

                    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<$name, E> {
                        let found = $name::from_text(text);
                        found.ok_or_else(|| E::custom(concat!("not ", $expected, " (RFC 4648, section ", $section, ")")))
                    }
                }

                deserializer.deserialize_str(Text)
            }
        }

        /// Overwrites the bytes.
        impl Zeroize for $name {
            fn zeroize(&mut self) {
                self.bytes.zeroize();
            }
        }
    };
}

bytes_as_text! {
    /// Bytes that travel as base64 text (RFC 4648, section 4).
    ///
    /// Text is written with padding, unless it was read with less than the full padding: then it is written without any.
    ///
    /// ```
    /// use specie_runtime::Base64;
    ///
    /// let receipt: Base64 = serde_json::from_str("\"cGFpZA==\"")?;
    /// assert_eq!(receipt.as_bytes(), b"paid");
    /// assert_eq!(receipt.to_string(), "cGFpZA==");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Base64, "base64 text", "4", STANDARD_PAD_INDIFFERENT, [STANDARD, STANDARD_NO_PAD]
}

bytes_as_text! {
    /// Bytes that travel as base64url text, whose letters mean the same in a URL (RFC 4648, section 5).
    ///
    /// Text is written with padding, unless it was read with less than the full padding: then it is written without any.
    ///
    /// ```
    /// use specie_runtime::Base64Url;
    ///
    /// let key: Base64Url = serde_json::from_str("\"__4\"")?;
    /// assert_eq!(key.as_bytes(), [0xff, 0xfe]);
    /// assert_eq!(key.to_string(), "__4");
    /// assert_eq!(Base64Url::from(&[0xff, 0xfe]).to_string(), "__4=");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    Base64Url, "base64url text", "5", URL_SAFE_PAD_INDIFFERENT, [URL_SAFE, URL_SAFE_NO_PAD]
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

    #[test]
    fn text_keeps_its_padding_or_the_lack_of_it() {
        for text in ["__4", "__4=", "_-__", "cGFpZA", "cGFpZA==", ""] {
            let read = Base64Url::from_text(text).unwrap();
            assert_eq!((read.to_string().as_str(), read.text_length()), (text, text.len()));
        }
        assert_eq!(Base64Url::from_text("__4"), Base64Url::from_text("__4="));
        for text in ["//4=", "+/8", "a", "__4=="] {
            assert_eq!(Base64Url::from_text(text), None, "{text}");
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
