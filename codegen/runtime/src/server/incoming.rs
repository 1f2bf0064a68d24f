//! A request before it is decoded: its parts, read as the document declares them.

pub(crate) mod accept_header;
pub(crate) mod body;
pub(crate) mod context;
pub(crate) mod credentials;
pub(super) mod form_reader;
pub(crate) mod object_reader;
pub(crate) mod parameters;
pub(crate) mod request_id;

use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::RequestContext;
use super::limits::Limits;
use super::rejection::location::RequestLocation;
use super::rejection::{Fault, Rejection};
use super::routing::route::BodySpec;
use super::routing::route::Route;
use super::running_handlers::within;
use crate::body::Body;
use crate::body_kinds::multipart::MultipartReader;
use crate::body_kinds::{Arrival, json_lines, json_sequence, text, whole_bytes};
use crate::check::{self, Checker, Violation};
use crate::item_stream::ItemStream;
use crate::operation::{EnvelopeLevel, FieldStyle, MediaSpec, OperationSpec, SchemeSpec};
use crate::param::Param;
use crate::server::incoming::form_reader::FormReader;
use crate::server::incoming::object_reader::ObjectReader;

/// A request that has found its operation, and whose body may still be on its way.
///
/// [`Serve::receive`](super::Serve::receive) takes the fields of a request out of it, parameters by their index in the operation's
/// table and properties of a body by their name. Whatever cannot be taken as the document declares it is a [`Rejection`] that names the
/// place.
pub struct Incoming {
    index: usize,
    spec: &'static OperationSpec,
    schemes: &'static [SchemeSpec],
    takes: BodySpec,
    path: Vec<(&'static str, String)>,
    query: String,
    /// The documented media type of the body.
    media: Option<MediaSpec>,
    /// The bytes of a body that is read whole.
    body: Bytes,
    /// The parts of a form.
    parts: Option<MultipartReader>,
    /// The body on its way; `None` once it was read.
    arriving: Option<Body>,
    limits: Limits,
    context: RequestContext,
    /// Whether the API sent it, as a callback: it is read as a client reads a response.
    is_from_api: bool,
}

impl Incoming {
    pub(crate) fn new(
        (index, route): (usize, &Route),
        schemes: &'static [SchemeSpec],
        path: Vec<(&'static str, String)>,
        query: String,
        arriving: Option<(MediaSpec, Body)>,
        limits: Limits,
        context: RequestContext,
    ) -> Self {
        let (media, arriving) = arriving.unzip();
        let (spec, takes) = (route.spec, route.body);
        Self {
            index,
            spec,
            schemes,
            takes,
            path,
            query,
            media,
            body: Bytes::new(),
            parts: None,
            arriving,
            limits,
            context,
            is_from_api: false,
        }
    }

    /// Makes it one that the API sent.
    pub(crate) fn sent_by_api(self) -> Self {
        Self { is_from_api: true, ..self }
    }

    pub(super) fn is_from_api(&self) -> bool {
        self.is_from_api
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
    pub(super) fn fault(&self, violation: Violation) -> Fault {
        let Some(spec) = violation.parameter.and_then(|index| self.spec.parameters.get(index)) else {
            return Fault::new(RequestLocation::Body(violation.pointer), violation.message);
        };
        let detail = match violation.pointer.as_str() {
            "" => violation.message,
            inside => format!("{inside} {}", violation.message).into(),
        };
        Fault::new(RequestLocation::of(spec), detail)
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

/// Reads bodies, which are there by then or are streams.
impl Incoming {
    /// Waits until the body is there: all bytes of one that is read whole, and the parts of a form up to one that is a stream. Of a
    /// stream no byte is read.
    pub(super) async fn await_body(&mut self) -> Result<(), Rejection> {
        match self.arrival() {
            Some(Arrival::Whole) => {
                if let Some(arriving) = self.arriving.take() {
                    self.body = body::read(arriving, self.limits).await?;
                }
            }
            Some(Arrival::InParts) => {
                if let Some(arriving) = self.arriving.take() {
                    let content_type = self.context.header("content-type").unwrap_or_default().to_owned();
                    self.parts = Some(read_parts(arriving, &content_type, self.limits).await?);
                }
            }
            Some(Arrival::Stream) | None => {}
        }
        Ok(())
    }

    fn arrival(&self) -> Option<Arrival> {
        self.media.map(|media| media.kind.rules().arrival)
    }

    /// The media type of the body, as the document writes it, ranges included (`image/*`); empty where there is no body.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        self.media.map_or("", |media| media.media_type)
    }

    /// Whether the request has no body: where it would be a stream, none that is on its way, and otherwise one of no bytes.
    #[must_use]
    pub fn is_left_out(&self) -> bool {
        match self.arrival() {
            None => true,
            Some(Arrival::Whole) => self.body.is_empty(),
            Some(Arrival::InParts) => self.parts.is_none(),
            Some(Arrival::Stream) => self.arriving.is_none(),
        }
    }

    /// The rejection of a request without a body that must be there.
    #[must_use]
    pub fn missing_body(&self) -> Rejection {
        Rejection::at(RequestLocation::Body(String::new()), "it is required")
    }

    /// The body as a stream. Each piece has to come in the time for a body, and all of them together within the limit for streams;
    /// where they do not, the stream ends with an error.
    pub fn stream(&mut self) -> Result<Body, Rejection> {
        let body = self.arriving.take().unwrap_or_default();
        Ok(body::stream(body.named_by(self.context.headers()), self.limits))
    }

    /// The fields of a JSON object, inside an envelope.
    pub fn json_object(&self, envelope: &[EnvelopeLevel]) -> Result<ObjectReader<'_>, Rejection> {
        ObjectReader::read(&self.body, envelope, self.takes.is_required())
    }

    /// A JSON body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        object_reader::received(&self.body)
    }

    /// The fields of a form in which properties have styles of their own.
    pub fn form_object_styled(&self, styles: &'static [FieldStyle]) -> Result<FormReader<'_>, Rejection> {
        FormReader::read(&self.body, self.takes.is_required(), styles)
    }

    /// A form in which properties have styles of their own, as one value.
    pub fn form_styled<T: DeserializeOwned>(&self, styles: &'static [FieldStyle]) -> Result<T, Rejection> {
        self.form_object_styled(styles)?.whole()
    }

    /// A form as one value.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, Rejection> {
        self.form_styled(&[])
    }

    /// A text, in UTF-8. A body of no bytes is an empty text.
    pub fn text<T: Param>(&self) -> Result<T, Rejection> {
        text::decode(&self.body)
            .map_err(|fault| Rejection::at(RequestLocation::Body(String::new()), fault.into_detail()))
    }

    /// The bytes of the body.
    pub fn bytes<T: From<Vec<u8>>>(&self) -> Result<T, Rejection> {
        Ok(whole_bytes::decode(&self.body))
    }

    /// A stream of JSON values, one per line.
    pub fn json_lines<T: DeserializeOwned + Send + 'static>(&mut self) -> Result<ItemStream<T>, Rejection> {
        Ok(json_lines::decode_served(self.stream()?, self.limits.item))
    }

    /// A stream of JSON values as a sequence (RFC 7464).
    pub fn json_sequence<T: DeserializeOwned + Send + 'static>(&mut self) -> Result<ItemStream<T>, Rejection> {
        Ok(json_sequence::decode_served(self.stream()?, self.limits.item))
    }

    /// The parts of a form (`multipart/form-data`); none where the body is optional and was left out.
    pub fn multipart(&mut self) -> Result<MultipartReader, Rejection> {
        match self.parts.take() {
            Some(parts) => Ok(parts),
            None if self.takes.is_required() => Err(self.missing_body()),
            None => Ok(MultipartReader::without_parts()),
        }
    }

    /// The parts of a form as one value.
    pub fn form_of_parts<T: ReadForm>(&mut self) -> Result<T, Rejection> {
        T::read(self.multipart()?)
    }
}

/// A struct that is read from the parts of a form: one of several ways to write a body.
pub trait ReadForm: Sized {
    /// Reads and checks its parts.
    ///
    /// # Errors
    ///
    /// Every fault of them.
    fn read(form: MultipartReader) -> Result<Self, Rejection>;
}

/// Reads the parts of a form in the time for a body.
async fn read_parts(arriving: Body, content_type: &str, limits: Limits) -> Result<MultipartReader, Rejection> {
    let reading = MultipartReader::read(body::stream(arriving, limits), content_type, limits.body);
    match within(limits.body_timeout, reading).await {
        Some(read) => Ok(read?),
        None => Err(Rejection::request_timeout(limits.body_timeout)),
    }
}

/// Shows the operation, and nothing of what the request holds.
impl fmt::Debug for Incoming {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Incoming").field("operation", &self.spec.id).finish_non_exhaustive()
    }
}
