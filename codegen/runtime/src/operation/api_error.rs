//! The documented errors of an operation, as types: [`ApiError`], and the macros that print one by its status.

use std::fmt;

use super::Status;

/// The documented errors of an operation.
///
/// [`api_error!`](crate::api_error) implements `Display` and [`std::error::Error`] on top of it.
pub trait ApiError: fmt::Debug + fmt::Display + Send + Sync + 'static {
    /// The HTTP status that carries this error.
    fn status(&self) -> u16;
}

/// The error type of an operation that documents none; it has no values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NoError {}

impl ApiError for NoError {
    fn status(&self) -> u16 {
        match *self {}
    }
}

crate::api_error!(NoError);

/// Implements `Display` (`422 Unprocessable Entity`, never the body) and [`std::error::Error`] for types that implement
/// [`ApiError`].
///
/// ```
/// #[derive(Debug)]
/// enum PayError {
///     Conflict,
/// }
///
/// impl specie_runtime::ApiError for PayError {
///     fn status(&self) -> u16 {
///         match self {
///             Self::Conflict => 409,
///         }
///     }
/// }
///
/// specie_runtime::api_error!(PayError);
///
/// assert_eq!(PayError::Conflict.to_string(), "409 Conflict");
/// ```
#[macro_export]
macro_rules! api_error {
    ($($error:ty),+ $(,)?) => {$(
        impl ::std::fmt::Display for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::operation::write_status($crate::operation::ApiError::status(self), f)
            }
        }

        impl ::std::error::Error for $error {}
    )+};
}

/// Implements `Debug` (the type and the status, never the body), `Display` and [`std::error::Error`] for types that implement
/// [`ApiError`], so that whatever is done with such an error may be logged. Its body is in its variant.
///
/// ```
/// enum PayError {
///     Conflict(String),
/// }
///
/// impl specie_runtime::ApiError for PayError {
///     fn status(&self) -> u16 {
///         match self {
///             Self::Conflict(_) => 409,
///         }
///     }
/// }
///
/// specie_runtime::opaque_api_error!(PayError);
///
/// assert_eq!(format!("{:?}", PayError::Conflict("card 4111".into())), "PayError(409 Conflict)");
/// ```
#[macro_export]
macro_rules! opaque_api_error {
    ($($error:ty),+ $(,)?) => {$(
        impl ::std::fmt::Debug for $error {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::operation::write_error(::std::stringify!($error), $crate::operation::ApiError::status(self), f)
            }
        }

        $crate::api_error!($error);
    )+};
}

/// The reason phrase of a status (RFC 9110 section 15), where it has one.
pub(crate) fn reason_phrase(status: u16) -> Option<&'static str> {
    Status::from_u16(status).ok()?.canonical_reason()
}

/// Writes a status with its reason phrase, where it has one.
#[doc(hidden)]
pub fn write_status(status: u16, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match reason_phrase(status) {
        Some(reason) => write!(f, "{status} {reason}"),
        None => write!(f, "{status}"),
    }
}

/// Writes the name of an error's type and its status.
#[doc(hidden)]
pub fn write_error(name: &'static str, status: u16, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    write!(f, "{name}(")?;
    write_status(status, f)?;
    f.write_str(")")
}
