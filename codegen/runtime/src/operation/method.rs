//! The HTTP method of an operation: [`OperationMethod`].

use std::fmt;

use http::Method;

use crate::wire::header::is_token;

/// The HTTP method of an operation. It can stand in a constant, which a [`Method`] of another name than the standard ones cannot.
///
/// ```
/// use specie_runtime::operation::OperationMethod;
///
/// const COPY: OperationMethod = OperationMethod::named("COPY");
/// assert_eq!(COPY.to_method().unwrap().as_str(), "COPY");
/// ```
///
/// A name that cannot be sent does not compile:
///
/// ```compile_fail,E0080
/// use specie_runtime::operation::OperationMethod;
///
/// const COPY: OperationMethod = OperationMethod::named("CO PY");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OperationMethod {
    /// One that HTTP itself has a name for.
    Standard(Method),
    /// Another one, as it is sent (`additionalOperations` of OpenAPI 3.2).
    Named(MethodName),
}

/// A name for a method: a token (RFC 9110 section 5.6.2), as [`OperationMethod::named`] makes sure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MethodName(&'static str);

impl OperationMethod {
    /// Another method than the standard ones, by the name that is sent.
    ///
    /// # Panics
    ///
    /// Where the name is no token (RFC 9110 section 5.6.2), so that nothing could be sent by it. In a constant this is an error of the
    /// compiler.
    #[must_use]
    pub const fn named(name: &'static str) -> Self {
        assert!(is_token(name.as_bytes()), "the method is no token (RFC 9110 section 5.6.2): no request can have it");
        Self::Named(MethodName(name))
    }

    /// Its name as it is sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Standard(method) => method.as_str(),
            Self::Named(MethodName(name)) => name,
        }
    }

    /// The method itself; `None` where the `http` crate has no form for it.
    #[must_use]
    pub fn to_method(&self) -> Option<Method> {
        match self {
            Self::Standard(method) => Some(method.clone()),
            Self::Named(MethodName(name)) => Method::from_bytes(name.as_bytes()).ok(),
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

#[cfg(test)]
mod tests {
    use super::*;

    /// What is a method here is one to the library that sends it, so that no route is without one.
    #[test]
    fn names_are_tokens_as_the_library_takes_them() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_token(&[b'A', byte]), Method::from_bytes(&[b'A', byte]).is_ok(), "{byte}");
        }
        assert!(!is_token(b""));
    }
}
