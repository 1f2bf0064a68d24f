//! Parameters: where and how the value of a field travels.

use super::{ParameterLocation, Style};

/// Where and how the value of a field travels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its `in`.
    pub place: ParameterLocation,
    /// How its value is written.
    pub format: ParameterFormat,
    /// Whether it says that it is required, which a place in the path implies.
    pub required: bool,
    /// Whether a server takes any value in its path, also one with a slash or that is a dot segment.
    pub any_path: bool,
    /// The default as JSON, which a server fills in where the parameter is left out.
    pub default: Option<String>,
    /// The name among [`Crate::shared_docs`](super::Crate::shared_docs) of its documentation, if many parameters have it.
    pub shared_docs: Option<String>,
}

impl Parameter {
    /// Style and `explode`, where they are not those that the place implies (OpenAPI 3.2.0, Parameter Object).
    #[must_use]
    pub fn own_style(&self) -> Option<(Style, bool)> {
        let style = (self.format.style, self.format.explode);
        (style != self.place.default_style()).then_some(style)
    }
}

/// How the value of a parameter is written, and what it is made of. Both are needed to read its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterFormat {
    /// How lists and objects are written.
    pub style: Style,
    /// Whether each item or property stands by itself.
    pub explode: bool,
    /// Whether reserved characters (RFC 3986 section 2.2) are written as they are.
    pub allow_reserved: bool,
    /// What the value is made of.
    pub kind: ParameterKind,
}

/// What the value of a parameter is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ParameterKind {
    /// One text.
    Scalar,
    /// A list.
    List,
    /// An object.
    Object {
        /// The names of its properties.
        properties: Vec<String>,
        /// Whether it keeps others.
        open: bool,
    },
    /// One of several of these.
    Any,
    /// JSON text.
    Json,
}

impl ParameterFormat {
    /// A format in the style of a place.
    #[must_use]
    pub const fn of(place: ParameterLocation, kind: ParameterKind) -> Self {
        let (style, explode) = place.default_style();
        Self { style, explode, allow_reserved: false, kind }
    }
}
