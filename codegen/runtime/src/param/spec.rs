//! The parameters of an operation as a table that client and server share: [`ParameterSpec`].

use super::{ParameterTree, ParameterValue};
use crate::json_syntax::ascii_json;

/// One parameter of an operation: where it travels and how its value is written (OpenAPI 3.2.0, Parameter Object).
///
/// A new one has what OpenAPI says of its place where the document is silent: `simple` in paths and headers, `form` with `explode` in
/// queries and cookies, a single value, required in paths only.
///
/// ```
/// use specie_runtime::{ParameterSpec, Style};
///
/// const PARAMETERS: &[ParameterSpec] = &[
///     ParameterSpec::path("id"),
///     ParameterSpec::query("page[size]"),
///     ParameterSpec::query("status").list().style(Style::Form, false),
///     ParameterSpec::query("created").object(&["gte", "lt"]).style(Style::DeepObject, true),
/// ];
///
/// assert!(PARAMETERS[0].required);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParameterSpec {
    /// The name on the wire, not encoded: `filter[reference_id]`.
    pub name: &'static str,
    /// Its location (`in`).
    pub location: ParameterLocation,
    /// What its value is made of.
    pub kind: ParameterKind,
    /// How its value is written.
    pub style: Style,
    /// Whether each item of a list and each property of an object stands by itself.
    pub explode: bool,
    /// Whether it is required.
    pub required: bool,
    /// Which characters its texts may hold as they are.
    pub characters: Characters,
}

/// Which characters the texts of a parameter may hold as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Characters {
    /// As its place has it: in URLs all but unreserved characters (RFC 3986 section 2.3) are encoded, and a server takes no text in a
    /// path that leads elsewhere.
    Usual,
    /// In a query, reserved characters (RFC 3986 section 2.2) as well (`allowReserved`).
    Reserved,
    /// In a path, a server takes any text, also one with a slash or a dot segment (`x-specie-path: any`).
    AnyPath,
}

/// Where a request holds a parameter: the `in` of a Parameter Object (OpenAPI 3.1, 4.8.12).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterLocation {
    /// In the path template.
    Path,
    /// After the question mark, under its name.
    Query,
    /// All that stands after the question mark (`in: querystring`).
    QueryString,
    /// A request header.
    Header,
    /// In the `Cookie` header.
    Cookie,
}

/// How the value of a parameter is written (OpenAPI 3.2.0, Style Values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Style {
    /// `;color=blue`
    Matrix,
    /// `.blue`
    Label,
    /// `blue,black`
    Simple,
    /// `color=blue,black`, or with `explode` `color=blue&color=black`.
    Form,
    /// `color=blue%20black`
    SpaceDelimited,
    /// `color=blue%7Cblack`
    PipeDelimited,
    /// `color[R]=100&color[shades][]=dark`
    DeepObject,
    /// As `Form`, in a cookie: `color=blue; color=black`.
    Cookie,
}

/// What the value of a parameter is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParameterKind {
    /// One text.
    Scalar,
    /// A list of texts.
    List,
    /// An object with these properties.
    Object(&'static [&'static str]),
    /// An object with these properties and others.
    OpenObject(&'static [&'static str]),
    /// One of several of these, such as a single value or a list.
    Any,
    /// JSON text (`content` with a JSON media type).
    Json,
}

impl ParameterSpec {
    /// A parameter in the path.
    #[must_use]
    pub const fn path(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Path, Style::Simple).required()
    }

    /// A parameter in the query.
    #[must_use]
    pub const fn query(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Query, Style::Form)
    }

    /// A parameter that is the whole query; its name stands in messages only.
    #[must_use]
    pub const fn query_string(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::QueryString, Style::Form)
    }

    /// A header.
    #[must_use]
    pub const fn header(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Header, Style::Simple)
    }

    /// A cookie.
    #[must_use]
    pub const fn cookie(name: &'static str) -> Self {
        Self::new(name, ParameterLocation::Cookie, Style::Form)
    }

    const fn new(name: &'static str, location: ParameterLocation, style: Style) -> Self {
        Self {
            name,
            location,
            kind: ParameterKind::Scalar,
            style,
            explode: matches!(style, Style::Form),
            required: false,
            characters: Characters::Usual,
        }
    }

    /// It must be there.
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Sets its style and whether items and properties stand by themselves.
    #[must_use]
    pub const fn style(mut self, style: Style, explode: bool) -> Self {
        self.style = style;
        self.explode = explode;
        self
    }

    /// Its value is a list of texts.
    #[must_use]
    pub const fn list(self) -> Self {
        self.kind(ParameterKind::List)
    }

    /// Its value is an object with these properties.
    #[must_use]
    pub const fn object(self, properties: &'static [&'static str]) -> Self {
        self.kind(ParameterKind::Object(properties))
    }

    /// Its value is an object with these properties and others.
    #[must_use]
    pub const fn open_object(self, properties: &'static [&'static str]) -> Self {
        self.kind(ParameterKind::OpenObject(properties))
    }

    /// Its value is one text, a list or an object, as its type takes it.
    #[must_use]
    pub const fn any(self) -> Self {
        self.kind(ParameterKind::Any)
    }

    /// Its value is JSON text.
    #[must_use]
    pub const fn json(self) -> Self {
        self.kind(ParameterKind::Json)
    }

    const fn kind(mut self, kind: ParameterKind) -> Self {
        self.kind = kind;
        self
    }

    /// Reserved characters are written as they are, except those that would end the value: `#`, `&`, `+`, `[`, `]` and `'`.
    #[must_use]
    pub const fn allow_reserved(mut self) -> Self {
        self.characters = Characters::Reserved;
        self
    }

    /// A server takes any text in its path.
    #[must_use]
    pub const fn any_path(mut self) -> Self {
        self.characters = Characters::AnyPath;
        self
    }

    /// Whether a list without items is written as an empty text, which only a style with one text per list has.
    pub(crate) const fn has_empty_text(&self) -> bool {
        !self.explode || matches!(self.location, ParameterLocation::Header)
    }

    /// The properties that an exploded object of the style `form` writes under their own names.
    pub(crate) const fn spread_properties(&self) -> Option<&'static [&'static str]> {
        match self.kind {
            ParameterKind::Object(names) | ParameterKind::OpenObject(names)
                if self.explode && !matches!(self.style, Style::DeepObject) =>
            {
                Some(names)
            }
            _ => None,
        }
    }

    /// A value as texts, or as JSON text; `None` where it is absent, as null is where it is optional. A header carries the JSON in ASCII.
    pub(crate) fn tree_of<T: ParameterValue>(&self, value: &T) -> Result<Option<ParameterTree>, &'static str> {
        if self.kind != ParameterKind::Json {
            return value.to_tree();
        }
        let json = serde_json::to_string(value).map_err(|_| "cannot be written as JSON")?;
        if json == "null" && !self.required {
            return Ok(None);
        }
        let json = if self.location == ParameterLocation::Header { ascii_json(&json) } else { json };
        Ok(Some(ParameterTree::Text(json)))
    }

    /// The name under which an undeclared key of an object stands in a query or a cookie; `None` where it stands inside of a value.
    #[cfg(feature = "client")]
    pub(crate) fn name_of_key(&self, key: &str) -> Option<String> {
        let is_declared = match self.kind {
            ParameterKind::OpenObject(declared) => declared.contains(&key),
            ParameterKind::Any => false,
            _ => true,
        };
        let is_in_pairs = matches!(
            self.location,
            ParameterLocation::Query | ParameterLocation::QueryString | ParameterLocation::Cookie
        );
        match self.style {
            _ if is_declared || !is_in_pairs => None,
            Style::DeepObject => Some(format!("{}[{key}]", self.name)),
            _ => self.explode.then(|| key.to_owned()),
        }
    }

    /// Whether a parameter in a query or a cookie writes pairs of this name.
    pub(crate) fn writes(&self, name: &str) -> bool {
        match self.spread_properties() {
            Some(properties) => properties.contains(&name),
            None if self.style == Style::DeepObject => {
                name.strip_prefix(self.name).is_some_and(|rest| rest.is_empty() || rest.starts_with('['))
            }
            None => self.name == name,
        }
    }
}
