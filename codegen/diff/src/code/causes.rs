//! Which change of a document caused a change of its crate.

use specie_codegen::api::Key;

use crate::Rule;

/// What of a document an item of its crate is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Origin {
    /// A schema.
    Schema(Key),
    /// A property of a schema by its name, or a value that an enum lists, or a branch.
    Property(Key, String),
    /// An operation, as findings call it.
    Operation(String),
    /// A part of an operation, as findings call it.
    Part {
        /// The operation.
        operation: String,
        /// The part: `query parameter page`, `response 404`.
        place: String,
    },
    /// What one of our own extension keys says of an operation.
    Extension {
        /// The operation.
        operation: String,
        /// What finds a change of it.
        rule: Rule,
    },
    /// The body of a request, or a property within it.
    Body {
        /// The operation.
        operation: String,
        /// The names of properties, the outermost first.
        steps: Vec<String>,
    },
    /// A security scheme by its name.
    Scheme(String),
    /// All security schemes.
    Security,
    /// The servers.
    Servers,
    /// The links of responses.
    Links,
    /// The title of the document.
    Title,
}

impl Origin {
    /// The schema or operation that it belongs to, in a few words.
    pub(crate) fn owner(&self) -> Owner {
        match self {
            Self::Schema(key) | Self::Property(key, _) => Owner::Schema(key.clone()),
            Self::Operation(operation)
            | Self::Part { operation, .. }
            | Self::Extension { operation, .. }
            | Self::Body { operation, .. } => Owner::Operation(operation.clone()),
            Self::Scheme(_) | Self::Security => Owner::Document("securitySchemes"),
            Self::Servers => Owner::Document("servers"),
            Self::Links => Owner::Document("links"),
            Self::Title => Owner::Document("info.title"),
        }
    }
}

/// A schema, an operation, or a part of the whole document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Owner {
    Schema(Key),
    Operation(String),
    Document(&'static str),
}
