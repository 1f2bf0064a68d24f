//! How the text of a parameter becomes a value.

use crate::api::{ParameterLocation, Style};

/// How the value of a parameter is written, and what it is made of, which together tell how a text is taken apart.
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
