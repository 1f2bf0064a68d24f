//! Writing a request: every declared input in its declared place, or an error before anything is sent.

pub(crate) mod base_url;
pub(super) mod body;
pub(crate) mod build_error;
pub(super) mod headers;
pub(super) mod object_writer;
pub(super) mod path_template;

use std::fmt;

use http::header::{HeaderMap, HeaderName, HeaderValue};
use http::uri::PathAndQuery;

use crate::body::Body;
use crate::client::request::build_error::{BuildError, BuildSubject};
use crate::operation::belongs_to_another;
use crate::operation::{OperationSpec, ParameterLocation, ParameterSpec, SchemeSpec};
use crate::param::{ParameterTree, ParameterValue};
use crate::wire::{header, style};

/// Writes one request; generated code hands it the fields of a request type, each with its index in the table of parameters.
///
/// What is written arrives: text that its place cannot carry is a [`BuildError`], never changed or left out. In a path, an empty
/// value, `.` and `..` are refused, because URL parsers resolve them away and the request would reach another operation.
///
/// ```
/// use specie_runtime::client::{ClientResponse, BuildError, Decoded, Invoke, RequestWriter};
/// use specie_runtime::{Method, NoError, Operation, OperationSpec, ParameterSpec};
///
/// struct GetPayment {
///     uid: String,
///     page_size: Option<u32>,
/// }
///
/// impl Operation for GetPayment {
///     type Output = specie_runtime::Json;
///     type Error = NoError;
///     const SPEC: &'static OperationSpec = &OperationSpec::new("getPayment", Method::GET, "/v1/payments/{uid}")
///         .parameters(&[ParameterSpec::path("uid"), ParameterSpec::query("page[size]")]);
/// }
///
/// impl Invoke for GetPayment {
///     fn encode(&self, request: &mut RequestWriter) -> Result<(), BuildError> {
///         request.parameter(0, &self.uid)?;
///         request.parameter(1, &self.page_size)
///     }
///
///     fn decode(response: &ClientResponse) -> Decoded<Self> {
///         match response.status() {
///             200 => response.json().map(Ok),
///             _ => Err(response.undocumented()),
///         }
///     }
/// }
/// ```
pub struct RequestWriter {
    spec: &'static OperationSpec,
    schemes: &'static [SchemeSpec],
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
    /// Those of the headers that the caller set for this call; a lookup carries them too.
    pub(crate) own: HeaderMap,
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
    /// Writes a request of an operation of the API that has these security schemes.
    pub(crate) fn new(spec: &'static OperationSpec, schemes: &'static [SchemeSpec]) -> Self {
        Self {
            spec,
            schemes,
            path: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: Body::empty(),
        }
    }

    /// Writes a parameter, by its index in [`OperationSpec::parameters`]. One that is absent is left out.
    pub fn parameter<T: ParameterValue>(&mut self, index: usize, value: &T) -> Result<(), BuildError> {
        let spec = self.spec.parameters.get(index);
        let spec =
            spec.ok_or_else(|| BuildError::new(BuildSubject::Request, self.spec.id, "has no parameter of this index"))?;
        self.parameter_of(spec, value)
    }

    /// Writes every parameter, in the order of [`OperationSpec::parameters`]. Those that are absent are left out.
    pub fn parameters(&mut self, values: &[&dyn WriteParameter]) -> Result<(), BuildError> {
        if values.len() != self.spec.parameters.len() {
            return Err(BuildError::new(BuildSubject::Request, self.spec.id, "has another number of parameters"));
        }
        for (spec, value) in self.spec.parameters.iter().zip(values) {
            self.parameter_of(spec, *value)?;
        }
        Ok(())
    }

    /// Writes a parameter by its description.
    pub(crate) fn parameter_of(&mut self, spec: &ParameterSpec, value: &dyn WriteParameter) -> Result<(), BuildError> {
        let tree = value.write(spec);
        let tree = tree.map_err(|reason| BuildError::parameter(spec, reason))?;
        self.check_keys(spec, tree.as_ref())?;
        self.write_parameter(spec, tree).map_err(|reason| BuildError::parameter(spec, reason))
    }

    /// Refuses an object with an undeclared key that would be written under the name of another parameter or of a credential: it would
    /// arrive as that one.
    fn check_keys(&self, spec: &ParameterSpec, tree: Option<&ParameterTree>) -> Result<(), BuildError> {
        let Some(ParameterTree::Object(members)) = tree else { return Ok(()) };
        let taken = members
            .iter()
            .filter_map(|(key, _)| spec.name_of_key(key))
            .find(|name| belongs_to_another(name, spec, self.spec.parameters, self.schemes));
        match taken {
            Some(name) => Err(BuildError::new(
                BuildSubject::of(spec.location),
                name,
                "is the name of another parameter or of a credential, and a key of an object parameter would be sent under it",
            )),
            None => Ok(()),
        }
    }

    fn write_parameter(&mut self, spec: &ParameterSpec, tree: Option<ParameterTree>) -> Result<(), &'static str> {
        let Some(tree) = tree else {
            return if spec.required { Err("is required") } else { Ok(()) };
        };
        let text = style::write(spec, &tree)?;
        match spec.location {
            ParameterLocation::Path => {
                path_template::check_segment(&text)?;
                self.path.push((spec.name, text));
            }
            ParameterLocation::Header
                if text.is_empty() && !matches!(tree, ParameterTree::Text(_)) && !spec.required => {}
            ParameterLocation::Header => self.push_header(spec.name, &text)?,
            ParameterLocation::Query | ParameterLocation::QueryString => append(&mut self.query, "&", &text),
            ParameterLocation::Cookie => append(&mut self.cookies, "; ", &text),
        }
        Ok(())
    }

    fn push_header(&mut self, name: &str, text: &str) -> Result<(), &'static str> {
        let name = HeaderName::try_from(name).map_err(|_| "not a header name")?;
        if headers::OWNED_BY_HTTP.contains(&name.as_str()) {
            return Err("belongs to HTTP itself and cannot be a parameter");
        }
        let mut value = HeaderValue::from_str(text).map_err(|_| header::NOT_TEXT)?;
        // A document may put a secret into any header.
        value.set_sensitive(true);
        self.headers.append(name, value);
        Ok(())
    }

    /// The finished request for an address of its own: the path is left empty.
    #[cfg(feature = "server")]
    pub(crate) fn finish_elsewhere(self) -> Encoded {
        self.finish_at(String::new())
    }

    fn finish_at(self, path: String) -> Encoded {
        let Self { query, headers, cookies, body, .. } = self;
        Encoded { path, query, headers, own: HeaderMap::new(), cookies, body }
    }

    /// The finished request: the path template filled.
    pub(crate) fn finish(self) -> Result<Encoded, BuildError> {
        let path = path_template::fill(self.spec, &self.path)?;
        let spec = self.spec;
        let encoded = self.finish_at(path);
        // Whatever is no URL, such as one of more than 64 KiB, is said now and not once per attempt.
        PathAndQuery::try_from(format!("{}?{}", encoded.path, encoded.query))
            .map_err(|_| BuildError::new(BuildSubject::Request, spec.id, "its path and query are no URL"))?;
        Ok(encoded)
    }
}

/// A value that is written as a parameter says; each [`ParameterValue`] is one.
pub trait WriteParameter {
    /// The value as texts; `None` where it is absent. The error says why the parameter cannot carry it.
    fn write(&self, spec: &ParameterSpec) -> Result<Option<ParameterTree>, &'static str>;
}

impl<T: ParameterValue> WriteParameter for T {
    fn write(&self, spec: &ParameterSpec) -> Result<Option<ParameterTree>, &'static str> {
        spec.tree_of(self)
    }
}

/// Appends what was written to what is there already.
fn append(target: &mut String, separator: &str, text: &str) {
    if !target.is_empty() && !text.is_empty() {
        target.push_str(separator);
    }
    target.push_str(text);
}

impl fmt::Debug for RequestWriter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestWriter").field("operation", &self.spec.id).finish_non_exhaustive()
    }
}
