//! Why a client or a request could not be built.

use std::fmt;

use crate::operation::{ParameterPlace, ParameterSpec};

/// Why a client or a request could not be built; nothing was sent.
///
/// It names the parameter, base URL or scheme at fault, never a value.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(Box<Fault>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    place: Place,
    name: String,
    reason: &'static str,
}

/// What a [`BuildError`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// A base URL, by the name of the builder method that sets it.
    Base,
    /// A credential, by the key of its security scheme.
    Credential,
    /// An option of the client, by its name.
    Option,
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header parameter.
    Header,
    /// A cookie parameter.
    Cookie,
    /// The body, or a field of it.
    Body,
    /// The request as a whole, by its operation.
    Request,
}

impl Place {
    /// The place of a parameter.
    pub(crate) const fn of(place: ParameterPlace) -> Self {
        match place {
            ParameterPlace::Path => Self::Path,
            ParameterPlace::Query | ParameterPlace::QueryString => Self::Query,
            ParameterPlace::Header => Self::Header,
            ParameterPlace::Cookie => Self::Cookie,
        }
    }
}

impl BuildError {
    pub(crate) fn new(place: Place, name: impl Into<String>, reason: &'static str) -> Self {
        Self(Box::new(Fault { place, name: name.into(), reason }))
    }

    /// Why a parameter could not be written.
    pub(crate) fn parameter(spec: &ParameterSpec, reason: &'static str) -> Self {
        Self::new(Place::of(spec.place), spec.name, reason)
    }

    /// What it is about.
    #[must_use]
    pub fn place(&self) -> Place {
        self.0.place
    }

    /// The name of the parameter, field, base URL or scheme; empty for a whole body.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// What is wrong.
    #[must_use]
    pub fn reason(&self) -> &str {
        self.0.reason
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { place, name, reason } = &*self.0;
        let place = match place {
            Place::Base => "base URL",
            Place::Credential => "credential for",
            Place::Option => "option",
            Place::Path => "path parameter",
            Place::Query => "query parameter",
            Place::Header => "header",
            Place::Cookie => "cookie",
            Place::Body if name.is_empty() => return write!(f, "body: {reason}"),
            Place::Body => "body field",
            Place::Request => "request",
        };
        write!(f, "{place} `{name}`: {reason}")
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for BuildError {}
