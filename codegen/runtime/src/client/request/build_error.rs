//! Why a client or a request could not be built.

use std::fmt;

use crate::body_kinds::multipart::FormWriteError;
use crate::operation::{ParameterLocation, ParameterSpec};

/// Why a client or a request could not be built; nothing was sent.
///
/// It names the parameter, base URL or scheme at fault, never a value.
#[derive(Clone, PartialEq, Eq)]
pub struct BuildError(Box<Fault>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Fault {
    subject: BuildSubject,
    name: String,
    reason: &'static str,
}

/// What a [`BuildError`] is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum BuildSubject {
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

impl BuildSubject {
    /// The subject that a parameter is.
    pub(crate) const fn of(subject: ParameterLocation) -> Self {
        match subject {
            ParameterLocation::Path => Self::Path,
            ParameterLocation::Query | ParameterLocation::QueryString => Self::Query,
            ParameterLocation::Header => Self::Header,
            ParameterLocation::Cookie => Self::Cookie,
        }
    }
}

impl BuildError {
    pub(crate) fn new(subject: BuildSubject, name: impl Into<String>, reason: &'static str) -> Self {
        Self(Box::new(Fault { subject, name: name.into(), reason }))
    }

    /// Why a parameter could not be written.
    pub(crate) fn parameter(spec: &ParameterSpec, reason: &'static str) -> Self {
        Self::new(BuildSubject::of(spec.location), spec.name, reason)
    }

    /// What it is about.
    #[must_use]
    pub fn subject(&self) -> BuildSubject {
        self.0.subject
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

impl From<FormWriteError> for BuildError {
    fn from(FormWriteError { part, reason }: FormWriteError) -> Self {
        Self::new(BuildSubject::Body, part, reason)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Fault { subject, name, reason } = &*self.0;
        let subject = match subject {
            BuildSubject::Base => "base URL",
            BuildSubject::Credential => "credential for",
            BuildSubject::Option => "option",
            BuildSubject::Path => "path parameter",
            BuildSubject::Query => "query parameter",
            BuildSubject::Header => "header",
            BuildSubject::Cookie => "cookie",
            BuildSubject::Body if name.is_empty() => return write!(f, "body: {reason}"),
            BuildSubject::Body => "body field",
            BuildSubject::Request => "request",
        };
        write!(f, "{subject} `{name}`: {reason}")
    }
}

impl fmt::Debug for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for BuildError {}
