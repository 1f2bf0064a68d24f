//! Request bodies: what they hold, and how each is written.

use super::{Assertion, Check, Checks, Conversion, Derives, Docs, Lint, Struct, Type};

/// A request body.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// Whether it must be given.
    pub required: bool,
    /// What it holds.
    pub payload: Payload,
}

impl Body {
    /// The styles of the properties of its form, if it has any.
    #[must_use]
    pub fn form_styles(&self) -> Option<&FormStyles> {
        match &self.payload {
            Payload::Fields { media, .. } | Payload::Whole(media) => media.styles.as_ref(),
            Payload::Choice(choice) => choice.variants.iter().find_map(|variant| variant.media.styles.as_ref()),
        }
    }

    /// The struct of the parts of a form that is one of several media types.
    #[must_use]
    pub fn parts(&self) -> Option<&FormOfParts> {
        self.choice()?.variants.iter().find_map(|variant| variant.parts.as_ref())
    }

    /// The enum of media types, if there are several.
    #[must_use]
    pub const fn choice(&self) -> Option<&MediaEnum> {
        match &self.payload {
            Payload::Choice(choice) => Some(choice),
            Payload::Fields { .. } | Payload::Whole(_) => None,
        }
    }
}

/// The media types under which a body is written in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media {
    /// The media type as documented; of several, the one that is sent.
    pub name: String,
    /// Further media types that are read in the same way.
    pub others: Vec<String>,
    /// How it is written.
    pub kind: BodyKind,
    /// Whether the operation's table names them.
    pub naming: MediaNaming,
    /// Whether the kind of body determines all of it: it is the one media type that the kind implies, spelled alike, and no form of parts.
    pub is_told_by_kind: bool,
    /// How the properties of a form are written that have a style of their own.
    pub styles: Option<FormStyles>,
}

/// Whether the table of an operation names the media types of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaNaming {
    /// It does not: there is one, which the kind of the body implies, as JSON implies `application/json`.
    Implied,
    /// It names each of them.
    Named,
}

/// What is demanded of the properties of a body together, as a constant that the operation's table names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyAssertions {
    /// The constant's name: `CREATE_PAYOUT_ASSERTIONS`.
    pub constant: String,
    /// What is demanded.
    pub assertions: Vec<Assertion>,
}

/// The styles of properties of a form, as a constant that the operation's table names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormStyles {
    /// The constant's name: `CREATE_ACCOUNT_STYLES`.
    pub constant: String,
    /// The names of properties on the wire, with the style of each.
    pub properties: Vec<(String, FormStyle)>,
}

/// How a property of a form is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// A list as one value, separated by commas.
    Commas,
    /// A list as one value, separated by spaces.
    Spaces,
    /// A list as one value, separated by pipes.
    Pipes,
    /// Keys and indices in brackets.
    Brackets,
}

impl Media {
    /// Every media type as documented.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.others).map(String::as_str)
    }
}

/// The ways to write a request body, as an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaEnum {
    /// Its name: `CreatePayoutBody`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// What it derives.
    pub derives: Derives,
    /// Lints that do not apply, because the variants are the document's.
    pub lints: Vec<Lint>,
    /// Its variants; JSON comes first.
    pub variants: Vec<MediaVariant>,
}

impl MediaEnum {
    /// Whether variants may be added: `#[non_exhaustive]`.
    pub const IS_NON_EXHAUSTIVE: bool = true;
}

/// One way to write a request body.
#[derive(Clone, Debug, PartialEq)]
pub struct MediaVariant {
    /// Its name: `Json`, `Csv`.
    pub name: String,
    /// Its documentation.
    pub docs: Docs,
    /// Its media types.
    pub media: Media,
    /// What it holds.
    pub value: Type,
    /// What a valid value fulfils beyond its type.
    pub checks: Checks,
    /// Which values become the enum by `From` as this variant.
    pub conversion: Conversion,
    /// For a form of parts, the struct that it holds.
    pub parts: Option<FormOfParts>,
}

/// A form of parts that is one of several ways to write a body, as a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct FormOfParts {
    /// The struct: `CreatePayoutParts`.
    pub structure: Struct,
    /// Whether a server refuses parts that are not listed.
    pub closed: bool,
    /// How many parts a valid form has.
    pub size: Vec<Check>,
    /// The parts of a form that have one value, each with its text.
    pub constants: Vec<(String, String)>,
}

/// How a body is written and read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyKind {
    /// `application/json`, `…+json`.
    Json,
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `text/plain` and other text.
    Text,
    /// Bytes, all in memory.
    Bytes,
    /// Bytes, as a stream.
    Stream,
    /// `multipart/form-data`
    Multipart,
    /// Server-sent events whose data is JSON.
    Events,
    /// Server-sent events whose data is text.
    TextEvents,
    /// One JSON value per line.
    JsonLines,
    /// JSON values after a record separator each.
    JsonSequence,
}

impl BodyKind {
    /// The media type that it implies, where there is one.
    #[must_use]
    pub const fn implied_media_type(self) -> Option<&'static str> {
        match self {
            Self::Json => Some("application/json"),
            Self::Form => Some("application/x-www-form-urlencoded"),
            Self::Multipart => Some("multipart/form-data"),
            Self::Text
            | Self::Bytes
            | Self::Stream
            | Self::Events
            | Self::TextEvents
            | Self::JsonLines
            | Self::JsonSequence => None,
        }
    }
}

/// What a request body holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Payload {
    /// An object whose properties are fields of the request struct, perhaps inside an envelope.
    Fields {
        /// Its media types.
        media: Media,
        /// The objects around it.
        envelope: Option<Envelope>,
        /// Whether a server refuses properties that are not listed.
        closed: bool,
        /// How many properties a valid body has; empty where nothing is demanded, or nothing counts those that are ignored.
        size: Vec<Check>,
        /// What is demanded of the properties together.
        assertions: Option<BodyAssertions>,
        /// The parts of a form that have one value, each with its text.
        constants: Vec<(String, String)>,
    },
    /// Anything else: one field of the request struct.
    Whole(Media),
    /// One of several: one field of the request struct.
    Choice(MediaEnum),
}

/// The objects around a body's properties, as a constant that the operation's table names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The constant's name: `CREATE_PAYOUT_ENVELOPE`.
    pub constant: String,
    /// One object each, outermost first.
    pub levels: Vec<EnvelopeLevel>,
}

/// One object of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeLevel {
    /// The key it stands under.
    pub key: String,
    /// Its other properties, all constants: wire name and string value.
    pub constants: Vec<(String, String)>,
}
