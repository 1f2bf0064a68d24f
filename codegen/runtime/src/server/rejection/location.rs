//! Where in a request something is wrong: [`RequestLocation`].

use std::fmt;

use crate::decode::pointer;
use crate::operation::{ParameterLocation, ParameterSpec};

/// A place in a request.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RequestLocation {
    /// In the body, as a JSON pointer (RFC 6901); empty: the body as a whole.
    Body(String),
    /// The path parameter of this name.
    Path(String),
    /// The query parameter of this name.
    Query(String),
    /// The header of this name.
    Header(String),
    /// The cookie of this name.
    Cookie(String),
}

impl RequestLocation {
    /// Where a parameter is.
    pub(in crate::server) fn of(spec: &ParameterSpec) -> Self {
        let name = spec.name.to_owned();
        match spec.location {
            ParameterLocation::Path => Self::Path(name),
            ParameterLocation::Query | ParameterLocation::QueryString => Self::Query(name),
            ParameterLocation::Header => Self::Header(name),
            ParameterLocation::Cookie => Self::Cookie(name),
        }
    }
}

/// What is made of pairs of names and values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Source {
    Query,
    Form,
}

impl Source {
    /// Where the pair of this name is.
    pub(in crate::server) fn location(self, name: &str) -> RequestLocation {
        match self {
            Self::Query => RequestLocation::Query(name.to_owned()),
            Self::Form => {
                let mut pointer = String::new();
                pointer::push(&mut pointer, name);
                RequestLocation::Body(pointer)
            }
        }
    }
}

impl fmt::Display for RequestLocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Body(pointer) if pointer.is_empty() => f.write_str("body"),
            Self::Body(pointer) => write!(f, "body at {pointer}"),
            Self::Path(name) => write!(f, "path parameter {name}"),
            Self::Query(name) => write!(f, "query parameter {name}"),
            Self::Header(name) => write!(f, "header {name}"),
            Self::Cookie(name) => write!(f, "cookie {name}"),
        }
    }
}
