//! The HTTP method of an operation: [`OperationMethod`].

use std::fmt;

use http::Method;

/// The HTTP method of an operation. It can stand in a constant, which a [`Method`] of another name than the standard ones cannot.
///
/// ```
/// use specie_runtime::operation::OperationMethod;
///
/// assert_eq!(OperationMethod::Named("COPY").to_method().unwrap().as_str(), "COPY");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationMethod {
    /// One that HTTP itself has a name for.
    Standard(Method),
    /// Another one, as it is sent (`additionalOperations` of OpenAPI 3.2).
    Named(&'static str),
}

impl OperationMethod {
    /// Its name as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard(method) => method.as_str(),
            Self::Named(name) => name,
        }
    }

    /// The method itself; `None` where the name is no token (RFC 9110, 5.6.2), and nothing can be sent by it.
    #[must_use]
    pub fn to_method(&self) -> Option<Method> {
        match self {
            Self::Standard(method) => Some(method.clone()),
            Self::Named(name) => Method::from_bytes(name.as_bytes()).ok(),
        }
    }

    /// Whether a request of it asks for nothing to happen (RFC 9110, 9.2.1; the QUERY method).
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        match self {
            Self::Standard(method) => {
                matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS | Method::TRACE | Method::QUERY)
            }
            Self::Named(_) => false,
        }
    }

    /// Whether sending it twice is the same as once (RFC 9110, 9.2.2).
    #[must_use]
    pub const fn is_idempotent(&self) -> bool {
        match self {
            Self::Standard(Method::PUT | Method::DELETE) => true,
            _ => self.is_safe(),
        }
    }
}

impl fmt::Display for OperationMethod {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}
