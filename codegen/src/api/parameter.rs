//! Parameters: where they travel and how they are written.

use super::{Docs, EntrySpan, Example, MediaType, SchemaId, Span};

/// One parameter of an operation; those of its path that it does not override are among them (OpenAPI 3.2.0, Parameter Object).
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire, literal (`filter[reference_id]`).
    pub name: String,
    /// Where it travels.
    pub place: ParameterLocation,
    /// Where the document says that its value in the path may be any text, also one with a slash or a dot segment
    /// (`x-specie-path: any`); `None` where it does not.
    pub any_path: Option<EntrySpan>,
    /// What it holds and how that is written.
    pub content: Content,
    /// Whether it must be given; parameters of the path always must.
    pub required: bool,
    /// Whether it may have no value, whatever it holds, as in `?q=` (`allowEmptyValue`); of those of the query alone.
    pub may_be_empty: bool,
    /// What the document says of it.
    pub docs: Docs,
    /// Its examples.
    pub examples: Vec<Example>,
    /// Where it stands: the key of a component, or else its name.
    pub span: Span,
    /// Where its name stands.
    pub name_span: Span,
    /// Where the keywords stand that say how it is written and whether it is there, each by its name.
    pub keyword_spans: Vec<(&'static str, EntrySpan)>,
}

/// Where a parameter travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ParameterLocation {
    /// In the path template.
    Path,
    /// After the question mark, under its name.
    Query,
    /// All that stands after the question mark (`querystring`).
    QueryString,
    /// A request header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

impl ParameterLocation {
    /// What OpenAPI calls it (OpenAPI 3.2.0, Parameter Object, `in`).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "querystring",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }
}

/// What a parameter or header holds and how that is written.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A value of a schema in one of the styles.
    Schema {
        /// The schema.
        schema: SchemaId,
        /// How lists and objects are written.
        style: Style,
        /// Whether each item or property stands by itself; where the document is silent, what the style implies.
        explode: bool,
        /// Whether reserved characters (RFC 3986 section 2.2) are written as they are.
        allow_reserved: bool,
    },
    /// A text of a media type.
    Media {
        /// The media type.
        media_type: Box<MediaType>,
        /// Where `content` stands.
        span: Span,
    },
}

impl Content {
    /// The schema of the value, under `schema` or under the media type of `content`; `None` where the media type states none.
    #[must_use]
    pub fn schema(&self) -> Option<SchemaId> {
        match self {
            Self::Schema { schema, .. } => Some(*schema),
            Self::Media { media_type, .. } => media_type.schema,
        }
    }
}

/// How the value of a parameter or header is written (OpenAPI 3.2.0, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue`
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue|black`
    PipeDelimited,
    /// `color[R]=100`
    DeepObject,
    /// `color=blue` in a cookie, without percent-encoding.
    Cookie,
}

/// Headers that no parameter describes: each has an object of its own in OpenAPI.
const NOT_PARAMETERS: &[&str] = &["accept", "content-type", "authorization"];

impl Parameter {
    /// Whether the parameter says anything: a definition of the headers `Accept`, `Content-Type` and `Authorization` is ignored (OpenAPI
    /// 3.2.0, Parameter Object, `name`).
    #[must_use]
    pub fn is_described(&self) -> bool {
        let is_header = self.place == ParameterLocation::Header;
        !(is_header && NOT_PARAMETERS.contains(&self.name.to_ascii_lowercase().as_str()))
    }
}

impl ParameterLocation {
    /// What a person calls it: `query string`.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::QueryString => "query string",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The style of a place where the document is silent, and whether it explodes (OpenAPI 3.2.0, Parameter Object).
    #[must_use]
    pub const fn default_style(self) -> (Style, bool) {
        let style = match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::QueryString | Self::Cookie => Style::Form,
        };
        (style, style.explodes_by_default())
    }
}

impl Style {
    /// Whether it explodes where the document is silent: only `form` does (OpenAPI 3.0.4, 4.7.12.2), and in 3.2 `cookie`, which is like it.
    #[must_use]
    pub const fn explodes_by_default(self) -> bool {
        matches!(self, Self::Form | Self::Cookie)
    }

    /// The name that a document gives it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Matrix => "matrix",
            Self::Label => "label",
            Self::Simple => "simple",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
            Self::Cookie => "cookie",
        }
    }
}
