//! The sending side of callbacks.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, COOKIE, HeaderValue};
use http::{Request, Response};
use tracing::Instrument;

use crate::body::Body;
use crate::client::request::{Encoded, RequestWriter};
use crate::client::response::media_of;
use crate::client::{ClientResponse, DecodeError, Invoke, TransportError};
use crate::operation::{ApiError, OperationSpec, content_negotiation};
use crate::webhook::{BoxError, Sender, WebhookSpec};

impl Sender {
    /// Sends a callback to an address that came from outside (see [Where it sends to](Self#where-it-sends-to)), and gives what its
    /// receiver answered.
    pub async fn call<O: Invoke>(
        &self,
        spec: &WebhookSpec,
        url: &str,
        request: &O,
    ) -> Result<O::Output, CallbackError<O::Error>> {
        let mut writer = RequestWriter::new(O::SPEC, &[]);
        let written = request.encode(&mut writer).map_err(|error| BoxError::from(error.to_string()));
        let sendable = written.and_then(|()| self.callback(spec, O::SPEC, url, writer.finish_elsewhere()));
        let sendable = sendable.map_err(CallbackError::Unsendable)?;
        let sending = self.sending(spec, O::SPEC.method.as_str());
        let answered = self.exchange(sendable).instrument(sending.span.clone()).await.map_err(CallbackError::Transport);
        let answered = answered.map(|response| response_of(O::SPEC, response));
        let outcome = answered.and_then(|response| match O::decode(&response) {
            Ok(Ok(output)) => Ok((output, response.status())),
            Ok(Err(error)) => Err(CallbackError::Refused(error)),
            Err(error) => Err(CallbackError::Undocumented(error)),
        });
        let status = outcome.as_ref().map_or_else(CallbackError::status, |(_, status)| Some(*status));
        sending.ended(status, outcome.is_ok());
        outcome.map(|(output, _)| output)
    }

    /// The request, signed where the document asks for it.
    fn callback(
        &self,
        webhook: &WebhookSpec,
        spec: &'static OperationSpec,
        url: &str,
        encoded: Encoded,
    ) -> Result<Request<Body>, BoxError> {
        let mark = if url.contains('?') { '&' } else { '?' };
        let query = encoded.query.as_str();
        let uri = if query.is_empty() { self.uri(url)? } else { self.uri(&format!("{url}{mark}{query}"))? };
        let method = spec.method.to_method().ok_or("the method cannot be sent")?;
        let mut headers = encoded.headers;
        if !encoded.cookies.is_empty() {
            let mut cookies = HeaderValue::try_from(&encoded.cookies)?;
            cookies.set_sensitive(true);
            headers.insert(COOKIE, cookies);
        }
        if let Some(types) = content_negotiation::documented(spec.responses) {
            headers.entry(ACCEPT).or_insert(HeaderValue::from_str(&types)?);
        }
        self.add_headers(&mut headers)?;
        if webhook.signature.is_some() {
            let whole = encoded.body.as_whole().ok_or("the callback is signed, and its body is a stream")?;
            self.sign(webhook, &mut headers, whole)?;
        }
        let mut request = Request::new(encoded.body);
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        Ok(request)
    }
}

fn response_of(spec: &'static OperationSpec, response: Response<Bytes>) -> ClientResponse {
    let media = media_of(spec, response.status(), response.headers());
    let (head, body) = response.into_parts();
    ClientResponse::new(head.status, head.headers, body).of_media(media)
}

/// Why a callback was not acknowledged. Its text names no address, no secret and nothing of the request, and its `Debug` form shows no
/// more.
#[non_exhaustive]
pub enum CallbackError<E> {
    /// It was answered with a documented error.
    Refused(E),
    /// It was answered with what the document does not give the callback.
    Undocumented(DecodeError),
    /// There was no complete response; whether it was handled is not known. Send it again later.
    Transport(TransportError),
    /// It could not be written, signed or addressed; sending it again changes nothing.
    Unsendable(BoxError),
}

impl<E: ApiError> CallbackError<E> {
    /// The status of the response, if there was one.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(error) => Some(error.status()),
            Self::Undocumented(error) => Some(error.status()),
            Self::Transport(error) => error.status().map(|status| status.as_u16()),
            Self::Unsendable(_) => None,
        }
    }
}

impl<E: ApiError> fmt::Debug for CallbackError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => f.debug_tuple("Refused").field(error).finish(),
            Self::Undocumented(error) => f.debug_tuple("Undocumented").field(error).finish(),
            Self::Transport(error) => f.debug_tuple("Transport").field(error).finish(),
            Self::Unsendable(error) => write!(f, "Unsendable({:?})", error.to_string()),
        }
    }
}

impl<E: ApiError> fmt::Display for CallbackError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => write!(f, "the callback was answered with {error}"),
            Self::Undocumented(error) => write!(f, "the callback was not answered as documented: {error}"),
            Self::Transport(error) => write!(f, "the callback was not answered: {error}"),
            Self::Unsendable(error) => write!(f, "the callback cannot be sent: {error}"),
        }
    }
}

impl<E: ApiError> StdError for CallbackError<E> {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Self::Undocumented(error) => error.source(),
            Self::Transport(error) => error.source(),
            Self::Refused(_) | Self::Unsendable(_) => None,
        }
    }
}
