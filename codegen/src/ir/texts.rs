//! Texts that reach the generated documentation.

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
    /// Constraints, defaults and examples, one sentence each, ready to print.
    pub notes: Vec<String>,
}

/// Where a part of a document comes from, when its source document does not state it.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// `public` (other public material) or `inferred`.
    pub source: String,
    /// Why, in a few words.
    pub reason: String,
    /// What exactly is not from the API's own documentation, such as `that it is required`; `None`: all of it.
    pub what: Option<String>,
    /// The properties, values or statuses it covers; empty: the whole item.
    pub of: Vec<String>,
}
