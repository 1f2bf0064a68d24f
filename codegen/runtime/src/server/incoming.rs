//! A request on its way to an operation: its parts, read as the document declares them.

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::RequestContext;
use super::cookies;
use super::form::FormReader;
use super::media::BodySpec;
use super::object::{self, ObjectReader};
use super::parameters::{Parameter, Source};
use super::query;
use super::rejection::{Fault, Place, Rejection};
use crate::check::Violation;
use crate::operation::{EnvelopeLevel, ListStyle, OperationSpec};
use crate::param::Param;

/// A request that has found its operation, and whose body has been read.
///
/// [`Serve::receive`](super::Serve::receive) takes the fields of a request out of it, each by its name on the wire. Whatever cannot be taken as the document
/// declares it is a [`Rejection`] that names the place.
pub struct Incoming {
    index: usize,
    spec: &'static OperationSpec,
    takes: BodySpec,
    path: Vec<(&'static str, String)>,
    query: String,
    body: Bytes,
    context: RequestContext,
}

impl Incoming {
    pub(crate) fn new(
        index: usize,
        (spec, takes): (&'static OperationSpec, BodySpec),
        path: Vec<(&'static str, String)>,
        query: String,
        body: Bytes,
        context: RequestContext,
    ) -> Self {
        Self { index, spec, takes, path, query, body, context }
    }

    /// The index of the operation in [`Dispatch::ROUTES`](super::Dispatch::ROUTES).
    #[must_use]
    pub fn route(&self) -> usize {
        self.index
    }

    /// The operation.
    #[must_use]
    pub fn operation(&self) -> &'static OperationSpec {
        self.spec
    }

    /// What the handler gets beside its request.
    #[must_use]
    pub fn context(&self) -> &RequestContext {
        &self.context
    }

    pub(super) fn into_context(self) -> RequestContext {
        self.context
    }

    pub(super) fn invalid(&self, violations: Vec<Violation>) -> Rejection {
        let faults = violations.into_iter().map(|violation| self.fault(violation));
        Rejection::invalid(faults.collect())
    }

    /// A violation with its place. It only exists for a value that was read, so a parameter is where the request has one of its name.
    fn fault(&self, violation: Violation) -> Fault {
        let Some(name) = violation.parameter else {
            return Fault::new(Place::Body(violation.pointer), violation.message);
        };
        let source = if self.path.iter().any(|(known, _)| *known == name) {
            Source::Path
        } else if query::raw_values(&self.query, &name).next().is_some() {
            Source::Query
        } else if self.context.headers().contains_key(name.as_ref()) {
            Source::Header
        } else {
            Source::Cookie
        };
        let detail = match violation.pointer.as_str() {
            "" => violation.message,
            inside => format!("{inside} {}", violation.message).into(),
        };
        Fault::new(source.place(&name), detail)
    }
}

/// Parameters.
impl Incoming {
    /// A path parameter.
    pub fn path<T: Param>(&self, name: &str) -> Result<T, Rejection> {
        self.path_parameter(name).required()
    }

    /// A path parameter that is a list, separated as `simple` says.
    pub fn path_list<T: Param>(&self, name: &str, style: ListStyle) -> Result<Vec<T>, Rejection> {
        self.path_parameter(name).list(style)
    }

    /// A query parameter that must be there.
    pub fn query<T: Param>(&self, name: &str) -> Result<T, Rejection> {
        self.query_parameter(name).required()
    }

    /// A query parameter that may be left out.
    pub fn query_optional<T: Param>(&self, name: &str) -> Result<Option<T>, Rejection> {
        self.query_parameter(name).optional()
    }

    /// A query parameter that is a list and must be there.
    pub fn query_list<T: Param>(&self, name: &str, style: ListStyle) -> Result<Vec<T>, Rejection> {
        self.query_parameter(name).list(style)
    }

    /// A query parameter that is a list and may be left out.
    pub fn query_list_optional<T: Param>(&self, name: &str, style: ListStyle) -> Result<Option<Vec<T>>, Rejection> {
        self.query_parameter(name).list_optional(style)
    }

    /// A header that must be there.
    pub fn header<T: Param>(&self, name: &str) -> Result<T, Rejection> {
        self.header_parameter(name)?.required()
    }

    /// A header that may be left out.
    pub fn header_optional<T: Param>(&self, name: &str) -> Result<Option<T>, Rejection> {
        self.header_parameter(name)?.optional()
    }

    /// A header that is a list and must be there.
    pub fn header_list<T: Param>(&self, name: &str, style: ListStyle) -> Result<Vec<T>, Rejection> {
        self.header_parameter(name)?.list(style)
    }

    /// A header that is a list and may be left out.
    pub fn header_list_optional<T: Param>(&self, name: &str, style: ListStyle) -> Result<Option<Vec<T>>, Rejection> {
        self.header_parameter(name)?.list_optional(style)
    }

    /// A cookie that must be there.
    pub fn cookie<T: Param>(&self, name: &str) -> Result<T, Rejection> {
        self.cookie_parameter(name).required()
    }

    /// A cookie that may be left out.
    pub fn cookie_optional<T: Param>(&self, name: &str) -> Result<Option<T>, Rejection> {
        self.cookie_parameter(name).optional()
    }

    fn path_parameter<'r>(&'r self, name: &'r str) -> Parameter<'r> {
        let texts = self.path.iter().filter(|(known, _)| *known == name);
        // A template that names a parameter twice has one value for it, the first.
        let texts = texts.map(|(_, raw)| raw.as_str()).take(1);
        Parameter::new(Source::Path, name, texts)
    }

    fn query_parameter<'r>(&'r self, name: &'r str) -> Parameter<'r> {
        Parameter::new(Source::Query, name, query::raw_values(&self.query, name))
    }

    fn cookie_parameter<'r>(&'r self, name: &'r str) -> Parameter<'r> {
        let texts = cookies::values(self.context.headers(), name);
        Parameter::new(Source::Cookie, name, texts)
    }

    fn header_parameter<'r>(&'r self, name: &'r str) -> Result<Parameter<'r>, Rejection> {
        let values = self.context.headers().get_all(name).iter();
        let texts: Result<Vec<_>, _> = values.map(|value| std::str::from_utf8(value.as_bytes())).collect();
        texts
            .map(|texts| Parameter::new(Source::Header, name, texts))
            .map_err(|_| Rejection::at(Source::Header.place(name), "it is not UTF-8"))
    }
}

/// Bodies.
impl Incoming {
    /// The fields of a JSON object, inside an envelope.
    pub fn json_object(&self, envelope: &[EnvelopeLevel]) -> Result<ObjectReader<'_>, Rejection> {
        ObjectReader::read(&self.body, envelope, self.takes.is_required())
    }

    /// A JSON body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        object::whole(&self.body)
    }

    /// A JSON body that may be left out.
    pub fn json_optional<T: DeserializeOwned>(&self) -> Result<Option<T>, Rejection> {
        self.unless_empty(|| self.json())
    }

    /// The fields of a form.
    pub fn form_object(&self) -> Result<FormReader<'_>, Rejection> {
        FormReader::read(&self.body, self.takes.is_required())
    }

    /// A form as one value.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        self.form_object()?.whole()
    }

    /// A form as one value, which may be left out.
    pub fn form_optional<T: DeserializeOwned>(&self) -> Result<Option<T>, Rejection> {
        self.unless_empty(|| self.form())
    }

    /// A text, in UTF-8. A body of no bytes is an empty text.
    pub fn text<T: Param>(&self) -> Result<T, Rejection> {
        let place = || Place::Body(String::new());
        let text = std::str::from_utf8(&self.body).map_err(|_| Rejection::at(place(), "it is not UTF-8"))?;
        T::from_text(text).map_err(|error| Rejection::at(place(), error.to_string()))
    }

    /// A text that may be left out.
    pub fn text_optional<T: Param>(&self) -> Result<Option<T>, Rejection> {
        self.unless_empty(|| self.text())
    }

    /// The bytes of the body.
    pub fn bytes<T: From<Vec<u8>>>(&self) -> Result<T, Rejection> {
        Ok(self.body.to_vec().into())
    }

    /// The bytes of a body that may be left out.
    pub fn bytes_optional<T: From<Vec<u8>>>(&self) -> Result<Option<T>, Rejection> {
        self.unless_empty(|| self.bytes())
    }

    fn unless_empty<T>(&self, read: impl FnOnce() -> Result<T, Rejection>) -> Result<Option<T>, Rejection> {
        if self.body.is_empty() {
            return Ok(None);
        }
        read().map(Some)
    }
}

/// Shows the operation, and nothing of what the request holds.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("operation", &self.spec.id).finish_non_exhaustive()
    }
}
