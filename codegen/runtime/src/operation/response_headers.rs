//! The headers that the document gives a response, as a struct: [`ResponseHeaders`].

use std::borrow::Cow;
use std::fmt;

use http::{HeaderMap, HeaderName, HeaderValue};

use super::{OperationSpec, ParameterKind, ParameterSpec, StatusRange, media};
use crate::decode;
use crate::param::{ParameterTree, ParameterValue};
use crate::wire::{header, style};

/// The headers that the document gives one response of an operation (OpenAPI 3.2.0, Header Object), as a struct.
///
/// [`response_headers!`](crate::response_headers!) implements it. A client reads them with
/// `Meta::response_headers`, and a server sends them with `RequestContext::set_response_headers`.
pub trait ResponseHeaders: Sized {
    /// The operation.
    const OPERATION: &'static OperationSpec;
    /// The status of the response, or the range of statuses.
    const STATUS: StatusRange;
    /// Name and form of each header, in the order of the fields.
    const HEADERS: &'static [ParameterSpec];

    /// Reads each field from its header.
    fn read(headers: &mut HeaderReader<'_>) -> Result<Self, HeaderError>;

    /// Writes each field into its header.
    fn write(&self, headers: &mut HeaderWriter) -> Result<(), HeaderError>;
}

/// Implements [`ResponseHeaders`] by a table of the fields and their headers, in the words of [`operation!`](crate::operation!).
///
/// ```
/// use specie_runtime::{Method, NoError, Operation, OperationSpec, ResponseHeaders};
///
/// struct ListPayouts;
///
/// impl Operation for ListPayouts {
///     type Output = ();
///     type Error = NoError;
///     const SPEC: &'static OperationSpec = &OperationSpec::new("listPayouts", Method::GET, "/payouts");
/// }
///
/// struct ListPayoutsOkHeaders {
///     total: i64,
///     link: Option<String>,
/// }
///
/// specie_runtime::response_headers!(ListPayoutsOkHeaders of ListPayouts, 200 => {
///     total: header("X-Total").required(),
///     link: header("Link"),
/// });
///
/// assert_eq!(ListPayoutsOkHeaders::OPERATION.id, "listPayouts");
/// assert_eq!(ListPayoutsOkHeaders::HEADERS[1].name, "Link");
/// ```
#[macro_export]
macro_rules! response_headers {
    ($name:ident of $operation:ident, $status:tt => {
        $($field:ident: $place:ident $(($wire:literal))? $(.$step:ident $arguments:tt)*),+ $(,)?
    }) => {
        impl $crate::ResponseHeaders for $name {
            const OPERATION: &'static $crate::OperationSpec = <$operation as $crate::Operation>::SPEC;
            const STATUS: $crate::StatusRange = $crate::__status_range!($status);
            const HEADERS: &'static [$crate::ParameterSpec] =
                $crate::__parameters!($($field: $place $(($wire))? $(.$step $arguments)*),+);

            fn read(
                headers: &mut $crate::operation::HeaderReader<'_>,
            ) -> ::core::result::Result<Self, $crate::operation::HeaderError> {
                ::core::result::Result::Ok(Self { $($field: headers.read_next()?),+ })
            }

            fn write(
                &self,
                headers: &mut $crate::operation::HeaderWriter,
            ) -> ::core::result::Result<(), $crate::operation::HeaderError> {
                $(headers.write_next(&self.$field)?;)+
                ::core::result::Result::Ok(())
            }
        }
    };
}

/// Reads the headers of a response, one after the other.
pub struct HeaderReader<'h> {
    specs: std::slice::Iter<'static, ParameterSpec>,
    headers: &'h HeaderMap,
}

impl HeaderReader<'_> {
    /// The value of the next header.
    ///
    /// One that is there several times is one value whose parts are separated by commas (RFC 9110 section 5.3).
    pub fn read_next<T: ParameterValue>(&mut self) -> Result<T, HeaderError> {
        let spec = self.specs.next().ok_or(HeaderError::EXHAUSTED)?;
        let fault = |reason: Cow<'static, str>| HeaderError { name: spec.name, reason };
        let lines = self.headers.get_all(spec.name).iter().map(|line| std::str::from_utf8(line.as_bytes()));
        let lines = lines.collect::<Result<Vec<_>, _>>().map_err(|_| fault("is not UTF-8".into()))?;
        let joined = [header::joined(&lines)];
        let lines: Vec<&str> = match lines.len() {
            0 | 1 => lines,
            _ => joined.iter().map(String::as_str).collect(),
        };
        let tree = style::read_header(spec, &lines).map_err(&fault)?;
        match tree {
            None => T::absent().ok_or_else(|| fault("is required, and the response does not have it".into())),
            Some(ParameterTree::Text(json)) if spec.kind == ParameterKind::Json => {
                decode::from_slice(json.as_bytes()).map_err(|error| fault(error.to_string().into()))
            }
            Some(tree) => T::from_tree(tree).map_err(|error| fault(error.to_string().into())),
        }
    }
}

/// Writes the headers of a response, one after the other.
pub struct HeaderWriter {
    specs: std::slice::Iter<'static, ParameterSpec>,
    headers: HeaderMap,
}

impl HeaderWriter {
    /// Writes the value of the next header. One that is absent is left out.
    pub fn write_next<T: ParameterValue>(&mut self, value: &T) -> Result<(), HeaderError> {
        let spec = self.specs.next().ok_or(HeaderError::EXHAUSTED)?;
        let fault = |reason: &'static str| HeaderError { name: spec.name, reason: reason.into() };
        let Some(tree) = spec.tree_of(value).map_err(fault)? else { return Ok(()) };
        let text = style::write_header(spec, &tree).map_err(fault)?;
        if text.is_empty() && !spec.required && !matches!(tree, ParameterTree::Text(_)) {
            return Ok(());
        }
        let name = HeaderName::try_from(spec.name).map_err(|_| fault("is not the name of a header"))?;
        let value = HeaderValue::from_str(&text).map_err(|_| fault(header::NOT_TEXT))?;
        self.headers.insert(name, value);
        Ok(())
    }
}

/// Why the headers of a response cannot be read or sent.
///
/// The message names the header and never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderError {
    name: &'static str,
    reason: Cow<'static, str>,
}

impl HeaderError {
    const EXHAUSTED: Self =
        Self { name: "", reason: Cow::Borrowed("the table has fewer headers than the struct has fields") };

    /// The name of the header, as the document writes it; empty where it is about none.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    fn of_response(reason: impl Into<Cow<'static, str>>) -> Self {
        Self { name: "", reason: reason.into() }
    }
}

impl fmt::Display for HeaderError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.name.is_empty() {
            f.write_str(&self.reason)
        } else {
            write!(f, "the header {} {}", self.name, self.reason)
        }
    }
}

impl std::error::Error for HeaderError {}

/// Reads the headers of a response to an operation.
#[cfg(feature = "client")]
pub(crate) fn read<H: ResponseHeaders>(
    operation: &OperationSpec,
    status: Option<u16>,
    headers: &HeaderMap,
) -> Result<H, HeaderError> {
    check_operation::<H>(operation)?;
    let status = status.ok_or_else(|| HeaderError::of_response("there was no response"))?;
    if documented(operation, status).is_none_or(|response| response.status != H::STATUS) {
        return Err(HeaderError::of_response(format!(
            "the document gives these headers to another status than {status}"
        )));
    }
    H::read(&mut HeaderReader { specs: H::HEADERS.iter(), headers })
}

/// Writes the headers of a response to an operation.
#[cfg(feature = "server")]
pub(crate) fn write<H: ResponseHeaders>(operation: &OperationSpec, headers: &H) -> Result<HeaderMap, HeaderError> {
    check_operation::<H>(operation)?;
    let mut writer = HeaderWriter { specs: H::HEADERS.iter(), headers: HeaderMap::new() };
    headers.write(&mut writer)?;
    Ok(writer.headers)
}

/// What the document says of a status.
pub(crate) fn documented(operation: &OperationSpec, status: u16) -> Option<&'static super::ResponseSpec> {
    media::of_status(operation.responses, status)
}

/// Operations are told apart by method and path.
fn check_operation<H: ResponseHeaders>(operation: &OperationSpec) -> Result<(), HeaderError> {
    if (&H::OPERATION.method, H::OPERATION.path) == (&operation.method, operation.path) {
        return Ok(());
    }
    Err(HeaderError::of_response(format!("these are headers of {}, and not of {}", H::OPERATION.id, operation.id)))
}
