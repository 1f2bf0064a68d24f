//! The kinds of bodies: [`BodyKind`], and a file for each.
//!
//! A file says which media types are of its kind, how a message of it arrives, how a value becomes its bytes and how they become a value.
//! Client and server call the same functions. What they make of a fault, which statuses and limits there are, and which sender is refused
//! what, is up to them.
//!
//! | kind | file | from | into |
//! |---|---|---|---|
//! | one JSON value | `json` | `Serialize` | `DeserializeOwned` |
//! | a form | `form` | the JSON of an object | the JSON that its texts may stand for |
//! | a text | `text` | `Param` | `Param` |
//! | bytes | `whole_bytes` | `AsRef<[u8]>` | `From<Vec<u8>>` |
//! | a stream of bytes | `byte_stream` | `Body` | `Body` |
//! | JSON values, one per line | `json_lines` | `ItemStream` | `ItemStream` |
//! | a sequence of JSON values | `json_sequence` | `ItemStream` | `ItemStream` |
//! | server-sent events of JSON or text | `events` | `ItemStream` of `Event` | `ItemStream` of `Event` |
//! | a form of parts | `multipart` | its parts | its parts |

pub(crate) mod byte_stream;
pub(crate) mod events;
pub(crate) mod form;
pub(crate) mod json;
pub(crate) mod json_lines;
pub(crate) mod json_sequence;
pub(crate) mod media_range;
pub(crate) mod media_type;
pub mod multipart;
pub(crate) mod text;
pub(crate) mod whole_bytes;

#[cfg(feature = "client")]
use media_range::is_range;
use media_range::{essence_of, in_range};

/// How the bytes of a body are read and written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BodyKind {
    /// One JSON value (RFC 8259).
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// Text, in UTF-8.
    Text,
    /// Bytes, all in memory.
    Bytes,
    /// Bytes, as a stream.
    Stream,
    /// `multipart/form-data` (RFC 7578).
    Multipart,
    /// Server-sent events (`text/event-stream`), as a stream.
    Events,
    /// One JSON value per line (`application/x-ndjson`, `application/jsonl`), as a stream.
    JsonLines,
    /// JSON values after a record separator each (`application/json-seq`, RFC 7464), as a stream.
    JsonSequence,
}

/// What is known of a kind of body before a byte of it is read.
pub(crate) struct Rules {
    /// How it arrives.
    pub(crate) arrival: Arrival,
    /// Whether it is text, which is in UTF-8.
    #[cfg(feature = "server")]
    pub(crate) is_text: bool,
    /// Whether it has no media type of its own, so that a message that names none may be of it (RFC 9110 section 8.3).
    #[cfg(feature = "server")]
    pub(crate) is_unnamed: bool,
    /// The media type that it is sent as where the document gives a range (`image/*`) and nothing says which one of it: it is no less of the
    /// documented range for that.
    #[cfg(feature = "client")]
    pub(crate) unnamed_as: Option<&'static str>,
    /// The media type that stands for all with the suffix (RFC 6839): `application/json` for `+json`.
    pub(crate) suffixed: Option<Suffixed>,
}

/// How a body arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// All of it is held before it is read.
    Whole,
    /// Its parts are held but for the last one, which may be a stream.
    InParts,
    /// It is read piece by piece, while it arrives.
    Stream,
}

/// A media type, and the suffix of those that it also stands for.
pub(crate) struct Suffixed {
    pub(crate) media_type: &'static str,
    pub(crate) suffix: &'static str,
}

impl Rules {
    /// Those of what is no text, has a media type of its own and is held as a whole.
    const BINARY: Self = Self {
        arrival: Arrival::Whole,
        #[cfg(feature = "server")]
        is_text: false,
        #[cfg(feature = "server")]
        is_unnamed: false,
        #[cfg(feature = "client")]
        unnamed_as: None,
        suffixed: None,
    };
    /// Those of a text that is held as a whole.
    const TEXT: Self = Self {
        #[cfg(feature = "server")]
        is_text: true,
        ..Self::BINARY
    };
    /// Those of items in a text, which are read as they arrive.
    const ITEMS: Self = Self { arrival: Arrival::Stream, ..Self::TEXT };
    /// Those of bytes that are held as a whole.
    const BYTES: Self = Self {
        #[cfg(feature = "server")]
        is_unnamed: true,
        #[cfg(feature = "client")]
        unnamed_as: Some(whole_bytes::MEDIA_TYPE),
        ..Self::BINARY
    };
}

impl Suffixed {
    /// Whether a media type, without its parameters, is this one or has the suffix.
    pub(crate) fn takes(&self, essence: &str) -> bool {
        let is_suffixed =
            |(before, suffix): (&str, &str)| before.contains('/') && suffix.eq_ignore_ascii_case(self.suffix);
        essence.eq_ignore_ascii_case(self.media_type) || essence.rsplit_once('+').is_some_and(is_suffixed)
    }
}

impl BodyKind {
    /// What is so for each body of the kind.
    pub(crate) const fn rules(self) -> &'static Rules {
        match self {
            Self::Json => &json::RULES,
            Self::Form => &form::RULES,
            Self::Text => &text::RULES,
            Self::Bytes => &whole_bytes::RULES,
            Self::Stream => &byte_stream::RULES,
            Self::Multipart => &multipart::RULES,
            Self::Events => &events::RULES,
            Self::JsonLines => &json_lines::RULES,
            Self::JsonSequence => &json_sequence::RULES,
        }
    }

    /// Whether it is read piece by piece, while it arrives.
    #[must_use]
    pub const fn is_stream(self) -> bool {
        matches!(self.rules().arrival, Arrival::Stream)
    }

    /// Whether a body that is documented as this media type or range may be of a media type, which stands without its parameters.
    /// `application/json` also stands for each `+json` (RFC 6839 section 3.1).
    pub(crate) fn takes(self, documented: &str, essence: &str) -> bool {
        let suffixed = self.rules().suffixed.as_ref();
        let stands_for = |one: &&Suffixed| essence_of(documented).eq_ignore_ascii_case(one.media_type);
        in_range(documented, essence) || suffixed.filter(stands_for).is_some_and(|one| one.takes(essence))
    }

    /// Whether a body that is documented as a range may come as a media type out of it, which stands without its parameters: as the one that
    /// says no more than what kind of body it is. A server of the document sends bytes of `image/*` as `application/octet-stream`, and a
    /// text of `application/*` as `text/plain`.
    #[cfg(feature = "client")]
    pub(crate) fn may_come_as(self, documented: &str, essence: &str) -> bool {
        let unnamed = self.rules().unnamed_as;
        is_range(documented) && unnamed.is_some_and(|media_type| essence.eq_ignore_ascii_case(media_type))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_streams_are_read_piece_by_piece() {
        for (kind, arrival) in [
            (BodyKind::Json, Arrival::Whole),
            (BodyKind::Form, Arrival::Whole),
            (BodyKind::Text, Arrival::Whole),
            (BodyKind::Bytes, Arrival::Whole),
            (BodyKind::Multipart, Arrival::InParts),
            (BodyKind::Stream, Arrival::Stream),
            (BodyKind::Events, Arrival::Stream),
            (BodyKind::JsonLines, Arrival::Stream),
            (BodyKind::JsonSequence, Arrival::Stream),
        ] {
            assert_eq!(kind.rules().arrival, arrival, "{kind:?}");
            assert_eq!(kind.is_stream(), arrival == Arrival::Stream, "{kind:?}");
        }
    }

    #[cfg(feature = "client")]
    #[test]
    fn what_is_sent_for_a_range_is_taken_for_it() {
        for (kind, documented, essence, expected) in [
            (BodyKind::Bytes, "image/*", "Application/Octet-Stream", true),
            (BodyKind::Stream, "image/*", "application/octet-stream", true),
            (BodyKind::Text, "application/*", "text/plain", true),
            (BodyKind::Bytes, "image/png", "application/octet-stream", false),
            (BodyKind::Bytes, "image/*", "text/plain", false),
            (BodyKind::Text, "application/xml", "text/plain", false),
            (BodyKind::Text, "application/*", "text/html", false),
            (BodyKind::Json, "image/*", "application/json", false),
        ] {
            assert_eq!(kind.may_come_as(documented, essence), expected, "{kind:?} {documented} {essence}");
        }
        assert_eq!(BodyKind::Text.rules().unnamed_as, Some(media_range::essence_of(text::sent_as("*/*"))));
        assert_eq!(BodyKind::Bytes.rules().unnamed_as, Some(whole_bytes::sent_as("*/*")));
    }

    #[test]
    fn the_media_type_of_json_stands_for_its_suffix() {
        assert!(BodyKind::Json.takes("application/json; charset=utf-8", "application/vnd.api+JSON"));
        assert!(!BodyKind::Json.takes("application/problem+json", "application/vnd.api+json"));
        assert!(!BodyKind::Json.takes("application/json", "json"));
        assert!(!BodyKind::Json.takes("application/json", "+json"));
        assert!(!BodyKind::Bytes.takes("application/json", "application/vnd.api+json"));
    }
}
