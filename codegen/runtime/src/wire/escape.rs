//! How a text is encoded in the place where it travels: [`Escape`].

use std::borrow::Cow;

use super::percent;
use super::{cookie, header};
use crate::param::{Characters, ParameterKind, ParameterLocation, ParameterSpec};

/// The encoding of a place.
///
/// Headers and cookies have none (OpenAPI 3.2.0, appendix D): a text that they cannot carry is refused. JSON in a cookie is
/// percent-encoded, because it always holds characters that a cookie cannot carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Escape {
    /// A path segment; with `any`, a server takes texts that lead elsewhere.
    Path { any: bool },
    /// A query; with `reserved`, reserved characters stay as they are.
    Query { reserved: bool },
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// A cookie that is percent-encoded.
    EncodedCookie,
}

impl Escape {
    pub(crate) const fn of(spec: &ParameterSpec) -> Self {
        match spec.location {
            ParameterLocation::Path => Self::Path { any: matches!(spec.characters, Characters::AnyPath) },
            ParameterLocation::Query | ParameterLocation::QueryString => {
                Self::Query { reserved: matches!(spec.characters, Characters::Reserved) }
            }
            ParameterLocation::Header => Self::Header,
            ParameterLocation::Cookie if matches!(spec.kind, ParameterKind::Json) => Self::EncodedCookie,
            ParameterLocation::Cookie => Self::Cookie,
        }
    }

    /// Appends a value.
    pub(crate) fn push(self, target: &mut String, text: &str) -> Result<(), &'static str> {
        match self {
            Self::Query { reserved: true } => percent::push_reserved(target, text),
            Self::Path { .. } | Self::Query { reserved: false } | Self::EncodedCookie => {
                percent::push_value(target, text);
            }
            Self::Header => {
                header::check(text)?;
                target.push_str(text);
            }
            Self::Cookie => {
                cookie::check(text)?;
                target.push_str(text);
            }
        }
        Ok(())
    }

    /// Appends a part of a value, in which the delimiters are encoded or refused.
    pub(crate) fn push_part(self, target: &mut String, text: &str, delimiters: &[char]) -> Result<(), &'static str> {
        // Percent-encoding leaves the dot as it is, and a space and `|` are delimiters in their encoded form.
        let encoded = !matches!(self, Self::Header | Self::Cookie);
        let is_kept = |delimiter: &char| !encoded || matches!(delimiter, '.' | ' ' | '|');
        if delimiters.iter().any(|delimiter| is_kept(delimiter) && text.contains(*delimiter)) {
            return Err("an item holds the delimiter of the style");
        }
        if encoded {
            percent::push_value(target, text);
            return Ok(());
        }
        self.push(target, text)
    }

    /// Decodes a value or a part of one.
    pub(crate) fn decode(self, raw: &str) -> Result<Cow<'_, str>, &'static str> {
        let decoded = match self {
            Self::Path { .. } | Self::EncodedCookie => percent::decode(raw),
            Self::Query { .. } => percent::decode_form(raw),
            Self::Header | Self::Cookie => Ok(Cow::Borrowed(raw)),
        };
        let decoded = decoded.map_err(|percent::Malformed| percent::MALFORMED)?;
        match self {
            Self::Path { any: false } if leads_elsewhere(&decoded) => Err(LEADS_ELSEWHERE),
            _ => Ok(decoded),
        }
    }
}

/// Why a server refuses a value in a path.
const LEADS_ELSEWHERE: &str =
    "it must not be `.` or `..`, nor hold a slash, a backslash or a control character, also not percent-encoded";

/// Whether a path or a URL that is built of this value could be another one than it looks like: dot segments (RFC 3986
/// section 5.2.4), separators, and characters at which others stop reading.
fn leads_elsewhere(text: &str) -> bool {
    matches!(text, "." | "..") || text.contains(|c: char| matches!(c, '/' | '\\') || c.is_control())
}
