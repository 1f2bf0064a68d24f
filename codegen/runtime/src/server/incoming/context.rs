//! The context of a request that handlers get with its fields.

use std::fmt;

use http::{Extensions, HeaderMap, HeaderValue};

use super::accept_header::accepted;
use super::request_id;
use crate::operation::{OperationSpec, ResponseHeaders, content_negotiation, response_headers};
use crate::server::rejection::Rejection;
use crate::server::response::pending_headers::PendingHeaders;

/// What came with a request beside the fields of the document: headers, request id, the names of the credentials, and extensions.
///
/// `authenticate` gets it first and says who is calling, in a type of its own; the handler finds it there:
///
/// ```
/// use specie_runtime::server::{Rejection, RequestContext};
/// # use specie_runtime::{Method, OperationSpec};
/// # const SPEC: &OperationSpec = &OperationSpec::new("getPayout", Method::GET, "/payouts/{id}");
///
/// #[derive(Clone, Debug, PartialEq)]
/// struct Merchant(u32);
///
/// let mut context = RequestContext::new(SPEC);
/// context.set_caller(Merchant(7));
/// assert_eq!(context.caller::<Merchant>()?, &Merchant(7));
/// # Ok::<(), Rejection>(())
/// ```
///
/// What the web framework and its layers put into the request's extensions (the peer's address, for one) is there too.
#[derive(Clone)]
pub struct RequestContext {
    operation: &'static OperationSpec,
    headers: HeaderMap,
    extensions: Extensions,
    credentials: &'static [&'static str],
    /// The name that the server made for the request. It is no header of it: the document may declare that header, and then a caller
    /// sends it or not.
    made_id: Option<HeaderValue>,
    response_headers: PendingHeaders,
}

impl RequestContext {
    /// A context without headers, to call a handler in a test.
    #[must_use]
    pub fn new(operation: &'static OperationSpec) -> Self {
        Self::from_parts(operation, HeaderMap::new(), Extensions::new(), &[])
    }

    pub(crate) fn from_parts(
        operation: &'static OperationSpec,
        headers: HeaderMap,
        extensions: Extensions,
        credentials: &'static [&'static str],
    ) -> Self {
        let response_headers = PendingHeaders::default();
        Self { operation, headers, extensions, credentials, made_id: None, response_headers }
    }

    /// The context of a request that has this name, unless the caller gave it one.
    pub(in crate::server) fn named(self, request_id: HeaderValue) -> Self {
        Self { made_id: Some(request_id), ..self }
    }

    /// Says which credentials `authenticate` is given.
    pub(in crate::server) fn set_credentials(&mut self, keys: &'static [&'static str]) {
        self.credentials = keys;
    }

    /// The operation that was asked for.
    #[must_use]
    pub fn operation(&self) -> &'static OperationSpec {
        self.operation
    }

    /// All headers; those that carry credentials are marked as sensitive.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// A header as text, if it is there and is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        std::str::from_utf8(self.headers.get(name)?.as_bytes()).ok()
    }

    /// The name of the request, which its span and the `X-Request-Id` of its response repeat: that of the caller's `X-Request-Id`, or one
    /// that the server made. A caller's of more than 128 characters, or others than visible ASCII, is none. Of a callback it is
    /// the sender's own, and its response does not repeat it: `None` where the sender gave none, as in a context that a test made.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        request_id::given(&self.headers).or_else(|| self.made_id.as_ref()?.to_str().ok())
    }

    /// The media type among those of the operation's successes that the caller prefers, as the document writes it; the first one of
    /// equals, empty where there is none.
    #[must_use]
    pub fn preferred_media_type(&self) -> &'static str {
        let Some(mut documented) = content_negotiation::of_successes(self.operation.responses) else { return "" };
        let Some(accepted) = accepted(&self.headers) else {
            return documented.next().map_or("", |media| media.media_type);
        };
        let weighted =
            documented.map(|media| (content_negotiation::weight(&accepted, media.media_type), media.media_type));
        // Of equals, the first one stays.
        let best = weighted.reduce(|best, other| if other.0 > best.0 { other } else { best });
        best.map_or("", |(_, media_type)| media_type)
    }

    /// The keys of the security schemes whose credentials `authenticate` was given; empty for an anonymous call.
    #[must_use]
    pub fn credentials(&self) -> &[&'static str] {
        self.credentials
    }

    /// Sends headers with the response, by the struct that is generated for those that the document gives it.
    ///
    /// They are sent if the response has their status; a later call for the same status takes the place of an earlier one. A response
    /// whose required headers were not set, or that has headers which cannot be sent, is a 500 instead, and logged.
    pub fn set_response_headers<H: ResponseHeaders>(&self, headers: &H) {
        self.response_headers.set(H::STATUS, response_headers::write(self.operation, headers));
    }

    /// Sends headers as they are with the response of a status, if the document gives that status headers.
    #[cfg(feature = "client")]
    pub(crate) fn set_documented_headers(&self, status: u16, headers: HeaderMap) {
        if let Some(documented) = response_headers::documented(self.operation, status) {
            self.response_headers.set(documented.status, Ok(headers));
        }
    }

    pub(in crate::server) fn pending_headers(&self) -> PendingHeaders {
        self.response_headers.clone()
    }

    /// Says who is calling: `authenticate` does, and the handler is given it by [`caller`](Self::caller).
    pub fn set_caller<C: Clone + Send + Sync + 'static>(&mut self, caller: C) {
        self.extensions.insert(caller);
    }

    /// Who is calling, as [`set_caller`](Self::set_caller) says; a 500 where nothing said it in this type: `authenticate` is not called
    /// for an operation without credentials.
    pub fn caller<C: Clone + Send + Sync + 'static>(&self) -> Result<&C, Rejection> {
        self.extensions.get().ok_or_else(|| {
            Rejection::internal(format!("no `{}` says who calls: set one by `set_caller`", std::any::type_name::<C>()))
        })
    }

    /// What layers and `authenticate` left for the handler.
    #[must_use]
    pub fn extensions(&self) -> &Extensions {
        &self.extensions
    }

    /// Leaves something for the handler.
    pub fn extensions_mut(&mut self) -> &mut Extensions {
        &mut self.extensions
    }
}

/// Shows no header and no extension: they may hold secrets.
impl fmt::Debug for RequestContext {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestContext")
            .field("operation", &self.operation.id)
            .field("request_id", &self.request_id())
            .field("credentials", &self.credentials)
            .finish_non_exhaustive()
    }
}
