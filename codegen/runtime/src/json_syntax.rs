//! The syntax of JSON texts: the kinds of values, where each begins and ends, and when two texts are the same value. Nothing is decoded here.

mod canonical;
mod members;
pub(crate) mod raw;
pub(crate) mod scan;
pub(crate) mod untyped_scalars;

use std::fmt;

pub(crate) use canonical::canonical;
pub(crate) use members::Members;

/// The kinds of JSON values (RFC 8259, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// `null`
    Null,
    /// `true` or `false`
    Boolean,
    /// A number.
    Number,
    /// `"…"`
    String,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl Kind {
    /// How error messages call it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Number => "number",
            Self::String => "string",
            Self::Array => "array",
            Self::Object => "object",
        }
    }

    /// As in "expected an object".
    pub(crate) const fn with_article(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

/// The same JSON in ASCII, whose other characters only stand in strings (RFC 8259 section 7).
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn ascii_json(json: &str) -> String {
    let mut ascii = String::new();
    for c in json.chars() {
        if c.is_ascii() && c != '\u{7f}' {
            ascii.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                let digits = [12, 8, 4, 0].map(|shift| char::from_digit(u32::from(*unit >> shift & 0xf), 16));
                ascii.push_str("\\u");
                ascii.extend(digits.into_iter().flatten());
            }
        }
    }
    ascii
}
