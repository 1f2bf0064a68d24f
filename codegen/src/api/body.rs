//! Request bodies and the media types of all bodies.

use super::{Docs, Envelope, Parameter, SchemaId, Span, Style, Value};
pub use crate::http::Media;

/// The body of a request (OpenAPI 3.2.0, Request Body Object).
#[derive(Clone, Debug, PartialEq)]
pub struct RequestBody {
    /// Whether it must be given.
    pub required: bool,
    /// Every media type that the document lists.
    pub content: Vec<MediaType>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// One media type of a body (OpenAPI 3.2.0, Media Type Object).
#[derive(Clone, Debug, PartialEq)]
pub struct MediaType {
    /// The media type or range as written: `application/json; charset=utf-8`, `image/*`.
    pub name: String,
    /// The schema of the whole body.
    pub schema: Option<SchemaId>,
    /// The schema of each item of a sequence (`itemSchema`), such as a line of JSON Lines or an event.
    pub item_schema: Option<SchemaId>,
    /// The schema of the JSON in the `data` of events (`contentSchema`).
    pub data_schema: Option<SchemaId>,
    /// How single properties of a form or parts of a multipart body are written.
    pub encoding: Vec<Encoding>,
    /// Its examples.
    pub examples: Vec<Example>,
    /// `x-specie-envelope`.
    pub envelope: Option<Envelope>,
    /// Where it stands.
    pub span: Span,
}

impl MediaType {
    /// What kind of data it is.
    #[must_use]
    pub fn kind(&self) -> Media {
        Media::of(&self.name)
    }
}

/// How one property of a form or one part of a multipart body is written (OpenAPI 3.2.0, Encoding Object).
#[derive(Clone, Debug, PartialEq)]
pub struct Encoding {
    /// The property.
    pub property: String,
    /// `contentType`; `None`: what the property's schema implies.
    pub content_type: Option<String>,
    /// Headers of the part, which are parameters in a header (OpenAPI 3.2.0, Header Object).
    pub headers: Vec<Parameter>,
    /// How a list or object is written in a form, where the document says so.
    pub style: Option<Style>,
    /// Whether each item or property stands by itself, where the document says so.
    pub explode: Option<bool>,
    /// Whether reserved characters are written as they are.
    pub allow_reserved: bool,
    /// Where the encodings of what is inside of it stand (`encoding`, `prefixEncoding`, `itemEncoding`), if it has some.
    pub nested: Option<Span>,
    /// Where it stands.
    pub span: Span,
}

/// An example of a value (OpenAPI 3.2.0, Example Object, `example` and `examples` of schemas).
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its key under `examples`; `None` where it has no name.
    pub name: Option<String>,
    /// The value as data (`dataValue`, `value`).
    pub value: Option<Value>,
    /// How the value is written on the wire (`serializedValue`, or the text of an `externalValue`).
    pub serialized: Option<String>,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}
