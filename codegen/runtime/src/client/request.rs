//! Writing a request: every declared input in its declared place, or an error before anything is sent.

use std::fmt;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::uri::PathAndQuery;

use super::build_error::{BuildError, Place};
use super::places;
use crate::body::Body;
use crate::operation::{ListStyle, OperationSpec};
use crate::param::Param;
use crate::wire::{cookie, list, percent, query};

/// Writes one request; generated code hands it the fields of a request type, each with its place and its name in the document.
///
/// What is written arrives: text that its place cannot carry is a [`BuildError`], never changed or left out. In a path, an empty
/// value, `.` and `..` are refused, because URL parsers resolve them away and the request would reach another operation.
///
/// ```
/// use specie_runtime::client::{Answer, BuildError, Decoded, Invoke, RequestWriter};
/// use specie_runtime::{Method, NoError, Operation, OperationSpec};
///
/// struct GetPayment {
///     uid: String,
///     page_size: Option<u32>,
/// }
///
/// impl Operation for GetPayment {
///     type Output = specie_runtime::Json;
///     type Error = NoError;
///     const SPEC: &'static OperationSpec = &OperationSpec::new("getPayment", Method::GET, "/v1/payments/{uid}");
/// }
///
/// impl Invoke for GetPayment {
///     fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
///         request.path("uid", &self.uid)?;
///         request.query_optional("page[size]", self.page_size.as_ref())
///     }
///
///     fn decode(answer: &Answer) -> Decoded<Self> {
///         match answer.status() {
///             200 => answer.json().map(Ok),
///             _ => Err(answer.undocumented()),
///         }
///     }
/// }
/// ```
pub struct RequestWriter {
    spec: &'static OperationSpec,
    path: Vec<(&'static str, String)>,
    query: String,
    pub(super) headers: HeaderMap,
    cookies: String,
    pub(super) body: Body,
}

/// A request as it will be sent, but for base URL and credentials.
#[derive(Clone)]
pub(crate) struct Encoded {
    /// Below the base URL, with a slash at the start.
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: HeaderMap,
    pub(crate) cookies: String,
    pub(crate) body: Body,
}

impl Encoded {
    /// The bytes of the body; none where it is a stream, of which nothing can be said before it is sent.
    pub(crate) fn bytes(&self) -> &[u8] {
        self.body.as_whole().map_or(&[], AsRef::as_ref)
    }
}

impl RequestWriter {
    pub(crate) fn new(spec: &'static OperationSpec) -> Self {
        Self {
            spec,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Body::empty(),
        }
    }

    /// Writes a path parameter.
    pub fn path<T: Param>(&mut self, name: &'static str, value: &T) -> Result<(), BuildError> {
        let text = value.to_text();
        places::check_segment(&text).map_err(|reason| BuildError::new(Place::Path, name, reason))?;
        let mut encoded = String::new();
        percent::push_value(&mut encoded, &text);
        self.path.push((name, encoded));
        Ok(())
    }

    /// Writes a list as a path parameter, separated by commas (`simple`).
    pub fn path_list<T: Param>(&mut self, name: &'static str, style: ListStyle, items: &[T]) -> Result<(), BuildError> {
        let fault = |reason| BuildError::new(Place::Path, name, reason);
        let encoded = list::in_url(style, items).map_err(fault)?;
        places::check_segment(&encoded).map_err(fault)?;
        self.path.push((name, encoded));
        Ok(())
    }

    /// Writes a query parameter.
    pub fn query<T: Param>(&mut self, name: &'static str, value: &T) -> Result<(), BuildError> {
        let mut encoded = String::new();
        percent::push_value(&mut encoded, &value.to_text());
        query::push_pair(&mut self.query, name, &encoded);
        Ok(())
    }

    /// Writes a query parameter if it is there.
    pub fn query_optional<T: Param>(&mut self, name: &'static str, value: Option<&T>) -> Result<(), BuildError> {
        value.map_or(Ok(()), |value| self.query(name, value))
    }

    /// Writes a list as a query parameter. An empty list is an empty value, or nothing where the parameter is repeated per item.
    pub fn query_list<T: Param>(
        &mut self,
        name: &'static str,
        style: ListStyle,
        items: &[T],
    ) -> Result<(), BuildError> {
        if style == ListStyle::Repeated {
            return items.iter().try_for_each(|item| self.query(name, item));
        }
        let encoded = list::in_url(style, items).map_err(|reason| BuildError::new(Place::Query, name, reason))?;
        query::push_pair(&mut self.query, name, &encoded);
        Ok(())
    }

    /// Writes a list as a query parameter if it is there.
    pub fn query_list_optional<T: Param, L: AsRef<[T]>>(
        &mut self,
        name: &'static str,
        style: ListStyle,
        items: Option<L>,
    ) -> Result<(), BuildError> {
        items.map_or(Ok(()), |items| self.query_list(name, style, items.as_ref()))
    }

    /// Writes a header.
    pub fn header<T: Param>(&mut self, name: &'static str, value: &T) -> Result<(), BuildError> {
        let fault = |reason| BuildError::new(Place::Header, name, reason);
        let text = value.to_text();
        places::check_header(&text).map_err(fault)?;
        self.push_header(name, &text).map_err(fault)
    }

    /// Writes a header if it is there.
    pub fn header_optional<T: Param>(&mut self, name: &'static str, value: Option<&T>) -> Result<(), BuildError> {
        value.map_or(Ok(()), |value| self.header(name, value))
    }

    /// Writes a list as a header, separated by commas (`simple`).
    pub fn header_list<T: Param>(
        &mut self,
        name: &'static str,
        style: ListStyle,
        items: &[T],
    ) -> Result<(), BuildError> {
        let fault = |reason| BuildError::new(Place::Header, name, reason);
        let text = list::plain(style, items, places::check_header).map_err(fault)?;
        self.push_header(name, &text).map_err(fault)
    }

    /// Writes a list as a header if it is there.
    pub fn header_list_optional<T: Param, L: AsRef<[T]>>(
        &mut self,
        name: &'static str,
        style: ListStyle,
        items: Option<L>,
    ) -> Result<(), BuildError> {
        items.map_or(Ok(()), |items| self.header_list(name, style, items.as_ref()))
    }

    /// Writes a cookie.
    pub fn cookie<T: Param>(&mut self, name: &'static str, value: &T) -> Result<(), BuildError> {
        let text = value.to_text();
        cookie::push(&mut self.cookies, name, &text).map_err(|reason| BuildError::new(Place::Cookie, name, reason))
    }

    /// Writes a cookie if it is there.
    pub fn cookie_optional<T: Param>(&mut self, name: &'static str, value: Option<&T>) -> Result<(), BuildError> {
        value.map_or(Ok(()), |value| self.cookie(name, value))
    }

    fn push_header(&mut self, name: &str, text: &str) -> Result<(), &'static str> {
        let name = HeaderName::try_from(name).map_err(|_| "not a header name")?;
        if places::OWNED_BY_HTTP.contains(&name.as_str()) {
            return Err("belongs to HTTP itself and cannot be a parameter");
        }
        let mut value = HeaderValue::from_str(text).map_err(|_| places::NOT_HEADER_TEXT)?;
        // A document may put a secret into any header.
        value.set_sensitive(true);
        self.headers.append(name, value);
        Ok(())
    }

    /// The finished request: the path template filled.
    pub(crate) fn finish(self) -> Result<Encoded, BuildError> {
        let encoded = Encoded {
            path: places::fill(self.spec, &self.path)?,
            query: self.query,
            headers: self.headers,
            cookies: self.cookies,
            body: self.body,
        };
        // Whatever is no URL, such as one of more than 64 KiB, is said now and not once per attempt.
        PathAndQuery::try_from(format!("{}?{}", encoded.path, encoded.query))
            .map_err(|_| BuildError::new(Place::Request, self.spec.id, "its path and query are no URL"))?;
        Ok(encoded)
    }
}

impl fmt::Debug for RequestWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter").field("operation", &self.spec.id).finish_non_exhaustive()
    }
}
