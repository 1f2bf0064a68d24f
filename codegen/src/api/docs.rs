//! Titles, descriptions and where they come from.

use super::{EntrySpan, Span};

/// Title, version and addresses of an API (`info` and the document's `externalDocs`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// `info.title`.
    pub title: String,
    /// `info.version`, the scalar's own text: `1.10` stays `1.10`.
    pub version: String,
    /// `info.description`, `CommonMark`.
    pub description: Option<String>,
    /// Where the API is documented.
    pub external_docs: Option<ExternalDocs>,
    /// Name, e-mail address and address of whom to ask (`info.contact`), joined by commas.
    pub contact: Option<String>,
    /// `info.license.name`.
    pub license: Option<String>,
    /// Where parts of the document come from, when not from the API's own documentation.
    pub provenance: Vec<Provenance>,
}

/// One of the document's `tags`.
#[derive(Clone, Debug, PartialEq)]
pub struct Tag {
    /// The name that operations refer to.
    pub name: String,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// What the document says of an object in words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Docs {
    /// `summary`, or else `title`.
    pub summary: Option<String>,
    /// `description`, `CommonMark` as its author wrote it.
    pub description: Option<String>,
    /// `externalDocs`.
    pub external_docs: Option<ExternalDocs>,
    /// `deprecated: true`.
    pub deprecated: bool,
    /// `x-specie-provenance`.
    pub provenance: Vec<Provenance>,
    /// Where `x-specie-provenance` stands.
    pub provenance_span: Option<EntrySpan>,
}

/// Where something is documented further (`externalDocs`).
#[derive(Clone, Debug, PartialEq)]
pub struct ExternalDocs {
    /// The address.
    pub url: String,
    /// What is found there.
    pub description: Option<String>,
}

/// Where a part of a document comes from, when its source document does not state it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Provenance {
    /// `public` (other public material) or `inferred`.
    pub source: String,
    /// Why, in a few words.
    pub reason: String,
    /// What exactly its source document does not state, such as `that it is required`; `None`: all of it.
    pub what: Option<String>,
    /// The properties, values or statuses it covers; empty: the whole object.
    pub of: Vec<String>,
}
