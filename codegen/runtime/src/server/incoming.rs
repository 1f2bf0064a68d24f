//! A request before it is decoded: its parts, read as the document declares them.

use std::fmt;
use std::pin::Pin;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::RequestContext;
use super::form::FormReader;
use super::limits::Limits;
use super::media::BodySpec;
use super::object::{self, ObjectReader};
use super::parameters;
use super::rejection::{Fault, Place, Rejection};
use super::service::Route;
use crate::check::{self, Checker, Violation};
use crate::operation::{EnvelopeLevel, OperationSpec, SchemeSpec};
use crate::param::Param;

/// A request that has found its operation, and whose body may still be on its way.
///
/// [`Serve::receive`](super::Serve::receive) takes the fields of a request out of it, parameters by their index in the operation's table and properties of a body by their name. Whatever cannot be taken as the document
/// declares it is a [`Rejection`] that names the place.
pub struct Incoming {
    index: usize,
    spec: &'static OperationSpec,
    schemes: &'static [SchemeSpec],
    takes: BodySpec,
    path: Vec<(&'static str, String)>,
    query: String,
    body: Bytes,
    /// Yields the body; `None` once it was read.
    arriving: Option<Arriving>,
    limits: Limits,
    context: RequestContext,
}

/// Reads a body within the limits.
pub(crate) type Arriving = Pin<Box<dyn Future<Output = Result<Bytes, Rejection>> + Send>>;

impl Incoming {
    pub(crate) fn new(
        (index, route): (usize, &Route),
        schemes: &'static [SchemeSpec],
        path: Vec<(&'static str, String)>,
        query: String,
        arriving: Option<Arriving>,
        limits: Limits,
        context: RequestContext,
    ) -> Self {
        Self {
            index,
            spec: route.spec,
            schemes,
            takes: route.body,
            path,
            query,
            body: Bytes::new(),
            arriving,
            limits,
            context,
        }
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

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    pub(super) fn into_context(self) -> RequestContext {
        self.context
    }

    /// Refuses the request if the check finds anything, with every place.
    pub fn check(&self, check: impl FnOnce(&mut Checker<'_>)) -> Result<(), Rejection> {
        let violations = check::collect(check);
        if violations.is_empty() {
            return Ok(());
        }
        let faults = violations.into_iter().map(|violation| self.fault(violation));
        Err(Rejection::invalid(faults.collect()))
    }

    /// A violation with its place.
    fn fault(&self, violation: Violation) -> Fault {
        let Some(spec) = violation.parameter.and_then(|index| self.spec.parameters.get(index)) else {
            return Fault::new(Place::Body(violation.pointer), violation.message);
        };
        let detail = match violation.pointer.as_str() {
            "" => violation.message,
            inside => format!("{inside} {}", violation.message).into(),
        };
        Fault::new(parameters::place(spec, spec.name), detail)
    }

    /// What the places of the path template with this name hold, as it came.
    pub(super) fn path_texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.path.iter().filter(move |(known, _)| *known == name).map(|(_, raw)| raw.as_str())
    }

    /// The query as it came.
    pub(super) fn query_text(&self) -> &str {
        &self.query
    }

    /// The security schemes of the API.
    pub(super) fn schemes(&self) -> &'static [SchemeSpec] {
        self.schemes
    }
}

/// Reads bodies. Each method waits until the body has arrived.
impl Incoming {
    /// The fields of a JSON object, inside an envelope.
    pub async fn json_object(&mut self, envelope: &[EnvelopeLevel]) -> Result<ObjectReader<'_>, Rejection> {
        let required = self.takes.is_required();
        ObjectReader::read(self.body().await?, envelope, required)
    }

    /// A JSON body.
    pub async fn json<T: DeserializeOwned>(&mut self) -> Result<T, Rejection> {
        object::whole(self.body().await?)
    }

    /// A JSON body that may be left out.
    pub async fn json_optional<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejection> {
        unless_empty(self.body().await?, object::whole)
    }

    /// The fields of a form.
    pub async fn form_object(&mut self) -> Result<FormReader<'_>, Rejection> {
        let required = self.takes.is_required();
        FormReader::read(self.body().await?, required)
    }

    /// A form as one value.
    pub async fn form<T: DeserializeOwned>(&mut self) -> Result<T, Rejection> {
        self.form_object().await?.whole()
    }

    /// A form as one value, which may be left out.
    pub async fn form_optional<T: DeserializeOwned>(&mut self) -> Result<Option<T>, Rejection> {
        unless_empty(self.body().await?, |body| FormReader::read(body, false)?.whole())
    }

    /// A text, in UTF-8. A body of no bytes is an empty text.
    pub async fn text<T: Param>(&mut self) -> Result<T, Rejection> {
        text(self.body().await?)
    }

    /// A text that may be left out.
    pub async fn text_optional<T: Param>(&mut self) -> Result<Option<T>, Rejection> {
        unless_empty(self.body().await?, text)
    }

    /// The bytes of the body.
    pub async fn bytes<T: From<Vec<u8>>>(&mut self) -> Result<T, Rejection> {
        Ok(self.body().await?.to_vec().into())
    }

    /// The bytes of a body that may be left out.
    pub async fn bytes_optional<T: From<Vec<u8>>>(&mut self) -> Result<Option<T>, Rejection> {
        unless_empty(self.body().await?, |body| Ok(body.to_vec().into()))
    }

    async fn body(&mut self) -> Result<&[u8], Rejection> {
        if let Some(arriving) = self.arriving.take() {
            self.body = arriving.await?;
        }
        Ok(&self.body)
    }
}

fn text<T: Param>(body: &[u8]) -> Result<T, Rejection> {
    let place = || Place::Body(String::new());
    let text = std::str::from_utf8(body).map_err(|_| Rejection::at(place(), "it is not UTF-8"))?;
    T::from_text(text).map_err(|error| Rejection::at(place(), error.to_string()))
}

fn unless_empty<T>(body: &[u8], read: impl FnOnce(&[u8]) -> Result<T, Rejection>) -> Result<Option<T>, Rejection> {
    if body.is_empty() {
        return Ok(None);
    }
    read(body).map(Some)
}

/// Shows the operation, and nothing of what the request holds.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("operation", &self.spec.id).finish_non_exhaustive()
    }
}
