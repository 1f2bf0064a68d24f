//! The types of values.

use super::TypeId;

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Type {
    /// A type of this crate.
    Named(TypeId),
    /// `String`
    String,
    /// `bool`
    Bool,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
    /// `f64`, where a document asks for `format: float` or `format: double`.
    F64,
    /// The runtime's exact decimal, a JSON number on the wire.
    Decimal,
    /// The runtime's number that keeps its text, for more digits than `Decimal` holds.
    LongDecimal,
    /// An exact decimal that is a JSON string on the wire.
    QuotedDecimal,
    /// The runtime's date (RFC 3339 `full-date`), which keeps its text.
    Date,
    /// The runtime's point in time (RFC 3339 `date-time`), which keeps its text.
    DateTime,
    /// The runtime's time of day (RFC 3339 `full-time`), which keeps its text.
    Time,
    /// The runtime's ISO 8601 duration, which keeps its text.
    Duration,
    /// The runtime's UUID (RFC 9562), which keeps its text.
    Uuid,
    /// The runtime's URI (RFC 3986), which keeps its text.
    Uri,
    /// Seconds since 1970, an integer on the wire.
    UnixTime,
    /// Bytes that are base64 text on the wire.
    Base64,
    /// Bytes that are base64url text on the wire.
    Base64Url,
    /// `Vec<u8>`: a body as it is, all in memory.
    Bytes,
    /// The runtime's `Body`: bytes, whole or as a stream.
    Body,
    /// The runtime's `FilePart`: a file in a form.
    File,
    /// The runtime's `ItemStream<…>`: the items of a body, one after the other.
    Items(Box<Type>),
    /// The runtime's `ItemStream<Event<…>>`: server-sent events.
    Events(Box<Type>),
    /// An enum of media types that stands beside a request.
    MediaEnum(Box<MediaEnumType>),
    /// A struct of parts that stands beside a request, by its name.
    Parts(String),
    /// The runtime's type without values.
    Never,
    /// Any JSON.
    Json,
    /// Any JSON object.
    JsonObject,
    /// `Vec<…>`
    List(Box<Type>),
    /// `BTreeMap<String, …>`
    Map(Box<Type>),
    /// `Option<…>`
    Option(Box<Type>),
    /// `Box<…>`
    Boxed(Box<Type>),
    /// The runtime's `Secret<…>`, which is never printed.
    Secret(Box<Type>),
    /// The runtime's `Patch<…>`: keep, clear or set.
    Patch(Box<Type>),
    /// The runtime's `Maybe<…>`: absent, null or a value.
    Maybe(Box<Type>),
}

/// An enum of media types as the type of a field.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MediaEnumType {
    /// Its name.
    pub name: String,
    /// Whether its values can be compared.
    pub comparable: bool,
}

impl Type {
    /// Whether a literal of the type reads best without a conversion: `.custom(true)`, `.page(2)`.
    #[must_use]
    pub const fn is_plain(&self) -> bool {
        self.is_integer() || matches!(self, Self::Bool | Self::F64)
    }

    /// Whether it is an integer.
    #[must_use]
    pub const fn is_integer(&self) -> bool {
        matches!(self, Self::I32 | Self::I64 | Self::U32 | Self::U64)
    }

    /// Whether it is a text with a known format.
    #[must_use]
    pub const fn is_formatted(&self) -> bool {
        matches!(self, Self::Date | Self::DateTime | Self::Time | Self::Duration | Self::Uuid | Self::Uri)
    }

    /// Whether values can be compared: a stream is read once and has nothing to compare.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        match self {
            Self::Body | Self::File | Self::Parts(_) | Self::Items(_) | Self::Events(_) => false,
            Self::MediaEnum(of) => of.comparable,
            other => other.inner().is_none_or(Self::is_comparable),
        }
    }

    /// The type inside of a list, map, option, box, stream, secret, patch or maybe.
    #[must_use]
    pub fn inner(&self) -> Option<&Self> {
        match self {
            Self::List(inner)
            | Self::Map(inner)
            | Self::Option(inner)
            | Self::Boxed(inner)
            | Self::Items(inner)
            | Self::Events(inner)
            | Self::Secret(inner)
            | Self::Patch(inner)
            | Self::Maybe(inner) => Some(inner),
            _ => None,
        }
    }
}
