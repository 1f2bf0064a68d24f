//! Texts that reach the generated documentation.

use crate::api::{Provenance, Value};

/// Title, version, description and addresses of an API.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`, the scalar's own text.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// `externalDocs.url`: where the API is documented.
    pub documentation: Option<String>,
    /// `info.contact`, as one line.
    pub contact: Option<String>,
    /// `info.license.name`.
    pub license: Option<String>,
    /// Where parts of the document come from, when not from the API's own documentation.
    pub provenance: Vec<Provenance>,
}

/// What the documentation of one item says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// The first line.
    pub summary: Option<String>,
    /// The paragraphs after it, `CommonMark` as in the document; emitters make it harmless.
    pub description: Option<String>,
    /// Marked `deprecated` in the document.
    pub deprecated: bool,
    /// `x-specie-provenance` of the item.
    pub provenance: Vec<Provenance>,
    /// Defaults, examples and the like.
    pub notes: Vec<Note>,
}

/// What is said of an item beside its description.
#[derive(Clone, Debug, PartialEq)]
pub enum Note {
    /// `default`.
    Default(Value),
    /// `example`.
    Example(Value),
    /// `readOnly`.
    OnlyInResponses,
    /// `writeOnly`.
    OnlyInRequests,
    /// It is this property of the body, and goes by another name because a parameter has its own.
    OfTheBody(String),
}
