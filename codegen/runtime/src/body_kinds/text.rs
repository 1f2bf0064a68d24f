//! A text in UTF-8, which a value has as a parameter has.

#[cfg(feature = "server")]
use std::borrow::Cow;

use super::Rules;
use super::media_range::is_range;
use crate::param::{Param, ParamError};

pub(super) const RULES: Rules = Rules {
    #[cfg(feature = "client")]
    unnamed_as: Some(MEDIA_TYPE),
    ..Rules::TEXT
};

/// A text of which nothing more is known.
#[cfg(feature = "client")]
const MEDIA_TYPE: &str = "text/plain";

/// The same with the charset of all texts: what is sent where the document leaves the media type open.
const PLAIN: &str = "text/plain; charset=utf-8";

/// Why bytes are no value. It quotes nothing of them.
#[derive(Debug)]
pub(crate) enum TextFault {
    /// They are not UTF-8.
    NotUtf8,
    /// The text is no value.
    Value(ParamError),
}

/// The media type of a text: as documented, or plain text where that is a range (`text/*`).
pub(crate) fn sent_as(documented: &str) -> &str {
    if is_range(documented) { PLAIN } else { documented }
}

/// The media type of a text with its charset, unless the documented one has parameters of its own.
#[cfg(feature = "server")]
pub(crate) fn sent_with_charset(documented: &str) -> Cow<'_, str> {
    match sent_as(documented) {
        given if given.contains(';') => given.into(),
        given => format!("{given}; charset=utf-8").into(),
    }
}

/// The text of a value.
pub(crate) fn encode<T: Param>(value: &T) -> String {
    value.to_text().into_owned()
}

/// The value of a text.
pub(crate) fn decode<T: Param>(bytes: &[u8]) -> Result<T, TextFault> {
    let text = std::str::from_utf8(bytes).map_err(|_| TextFault::NotUtf8)?;
    T::from_text(text).map_err(TextFault::Value)
}

impl TextFault {
    /// What is wrong, as a server tells who sent it.
    #[cfg(feature = "server")]
    pub(crate) fn into_detail(self) -> String {
        match self {
            Self::NotUtf8 => NOT_UTF8.to_owned(),
            Self::Value(error) => error.to_string(),
        }
    }

    /// What is wrong, as a client tells its caller.
    #[cfg(feature = "client")]
    pub(crate) fn into_error(self) -> ParamError {
        match self {
            Self::NotUtf8 => ParamError::expected("UTF-8 text"),
            Self::Value(error) => error,
        }
    }
}

/// What is said of bytes that are no text.
pub(crate) const NOT_UTF8: &str = "it is not UTF-8";

#[cfg(all(test, feature = "server"))]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_never_sent() {
        for (documented, plain, with_charset) in [
            ("text/csv", "text/csv", "text/csv; charset=utf-8"),
            ("text/csv; header=present", "text/csv; header=present", "text/csv; header=present"),
            ("text/*", PLAIN, PLAIN),
            ("*/*", PLAIN, PLAIN),
            ("application/*", PLAIN, PLAIN),
            ("", PLAIN, PLAIN),
        ] {
            assert_eq!(sent_as(documented), plain, "{documented}");
            assert_eq!(sent_with_charset(documented), with_charset, "{documented}");
        }
    }
}
