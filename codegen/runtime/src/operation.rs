//! The description of an operation, for client and server: its types, and what the document says about it.

mod api_description;
mod api_error;
pub(crate) mod content_negotiation;
pub(crate) mod media;
mod method;
mod name_ownership;
#[doc(hidden)]
pub mod operation_macro;
mod outcome_by_status;
mod parts_macro;
mod reconcile;
pub(crate) mod response_headers;

pub use api_description::{ApiDescription, BaseSpec, SchemeKind, SchemeSpec};
#[cfg(feature = "server")]
pub(crate) use api_error::reason_phrase;
pub use api_error::{ApiError, NoError, write_error, write_status};
pub use http::Method;
pub use http::StatusCode as Status;
pub use media::{BodyKind, MediaSpec, ResponseSpec};
pub use method::{MethodName, OperationMethod};
pub(crate) use name_ownership::belongs_to_another;
pub use reconcile::{LookupResponse, ReconcileSpec};
pub use response_headers::{HeaderError, HeaderReader, HeaderWriter, ResponseHeaders};

use crate::outcome::Outcome;
pub use crate::param::{
    Characters, FieldStyle, FormStyle, ListStyle, ParameterKind, ParameterLocation, ParameterSpec, Style,
};

/// An operation of an API, implemented by its request type.
///
/// The client writes the request and reads one of `Output` and `Error`; the server does the reverse with the same types.
pub trait Operation: Send + Sync + Sized + 'static {
    /// What a documented success holds; `()` where it has no body.
    type Output: Send + 'static;
    /// Every documented error, a variant per status; [`NoError`] where none is documented.
    type Error: ApiError;
    /// The facts of the document.
    const SPEC: &'static OperationSpec;
}

/// The facts of the document about one operation: all that routing, credentials, retries and outcomes need.
///
/// Generated crates build it in a constant.
///
/// ```
/// use specie_runtime::{Idempotency, Method, OperationSpec, ParameterSpec};
///
/// const SPEC: &OperationSpec = &OperationSpec::new("updatePayment", Method::PATCH, "/v1/payments/{uid}")
///     .parameters(&[ParameterSpec::path("uid")])
///     .base(0)
///     .security(&[&["api-key"]]);
///
/// assert_eq!(SPEC.idempotency, Idempotency::None);
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct OperationSpec {
    /// The `operationId`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: OperationMethod,
    /// The path template as documented, below the base URL: `/v1/payments/{uid}`.
    pub path: &'static str,
    /// What travels in its path, query, headers and cookies.
    pub parameters: &'static [ParameterSpec],
    /// Index into [`ApiDescription::bases`].
    pub base: usize,
    /// Alternatives of scheme keys, each of which needs all of its schemes (OpenAPI 3.0.3, Security Requirement Object). An empty
    /// alternative allows anonymous calls; without alternatives no credential is ever sent.
    pub security: &'static [&'static [&'static str]],
    /// What makes a repeated request safe.
    pub idempotency: Idempotency,
    /// What statuses say about the operation, where the document states it (`x-specie-outcome`).
    pub outcomes: &'static [(StatusRange, Outcome)],
    /// Whether the document says that the operation creates and moves nothing (`x-specie-outcome: none`).
    pub safe: bool,
    /// How to ask whether it happened, where the document says so (`x-specie-reconcile`).
    pub reconcile: Option<&'static ReconcileSpec>,
    /// The media types of its responses. The client asks for them, unless all of them are JSON of one media type, and knows by them which
    /// responses are streams. The server refuses a request that accepts none of those of the successes.
    pub responses: &'static [ResponseSpec],
}

impl OperationSpec {
    /// An operation on base 0 that takes no credential and is idempotent as its method says (RFC 9110 section 9.2.2).
    #[must_use]
    pub const fn new(id: &'static str, method: Method, path: &'static str) -> Self {
        Self::of(id, OperationMethod::Standard(method), path)
    }

    /// The same with a method that HTTP has no name of its own for, as it is sent: `COPY`.
    ///
    /// # Panics
    ///
    /// Where the name is no token, as [`OperationMethod::named`] does. In a constant this is an error of the compiler.
    #[must_use]
    pub const fn named(id: &'static str, method: &'static str, path: &'static str) -> Self {
        Self::of(id, OperationMethod::named(method), path)
    }

    const fn of(id: &'static str, method: OperationMethod, path: &'static str) -> Self {
        let idempotency = if method.is_idempotent() { Idempotency::Natural } else { Idempotency::None };
        Self {
            id,
            method,
            path,
            parameters: &[],
            base: 0,
            security: &[],
            idempotency,
            outcomes: &[],
            safe: false,
            reconcile: None,
            responses: &[],
        }
    }

    /// Sets what travels in its path, query, headers and cookies. Client and server name a parameter by its index.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [ParameterSpec]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Sets the base URL it goes to, as index into [`ApiDescription::bases`].
    #[must_use]
    pub const fn base(mut self, base: usize) -> Self {
        self.base = base;
        self
    }

    /// Sets the alternatives of scheme keys that it takes.
    #[must_use]
    pub const fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// Sets what makes a repeated request safe.
    #[must_use]
    pub const fn idempotency(mut self, idempotency: Idempotency) -> Self {
        self.idempotency = idempotency;
        self
    }

    /// Sets what statuses say about the operation, as far as the document states it.
    #[must_use]
    pub const fn outcomes(mut self, outcomes: &'static [(StatusRange, Outcome)]) -> Self {
        self.outcomes = outcomes;
        self
    }

    /// Says that the operation creates and moves nothing, whatever its method.
    #[must_use]
    pub const fn safe(mut self) -> Self {
        self.safe = true;
        self
    }

    /// Says how to ask whether it happened.
    #[must_use]
    pub const fn reconcile(mut self, how: &'static ReconcileSpec) -> Self {
        self.reconcile = Some(how);
        self
    }

    /// Sets the media types of its responses.
    #[must_use]
    pub const fn responses(mut self, responses: &'static [ResponseSpec]) -> Self {
        self.responses = responses;
        self
    }

    /// Whether the operation creates and moves nothing: said by the document, or by a safe method (RFC 9110 section 9.2.1).
    #[must_use]
    pub const fn is_safe(&self) -> bool {
        self.safe || self.method.is_safe()
    }

    /// Whether a request whose outcome is unknown may be sent once more, unchanged, without asking first.
    ///
    /// A unique field does not license it: the server would answer the repeat as a duplicate, and only a lookup tells whether what
    /// is there is the same. `.reconciled()` does that.
    #[must_use]
    pub const fn is_repeatable(&self) -> bool {
        self.is_safe() || matches!(self.idempotency, Idempotency::Natural | Idempotency::Header(_))
    }
}

/// What makes a repeated request safe (`x-specie-idempotency`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idempotency {
    /// The method itself (RFC 9110 section 9.2.2).
    Natural,
    /// A header whose value the server remembers; the client draws one value per call and sends it with every attempt.
    Header(&'static str),
    /// A field of the body that the server keeps unique.
    Field {
        /// JSON pointer into the request body (RFC 6901).
        pointer: &'static str,
        /// The status that answers a repeat.
        duplicate: u16,
    },
    /// Nothing: a request whose outcome is unknown is never sent again.
    None,
}

/// A key of `responses`: one status, a range of them, or all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StatusRange {
    /// `404`.
    Code(u16),
    /// `4XX`, by its first digit.
    Range(u8),
    /// `default`.
    Default,
}

/// One object around a request body's own fields (`x-specie-envelope`), outermost first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EnvelopeLevel {
    /// The key it stands under.
    pub key: &'static str,
    /// Its other properties, all constants: name and value.
    pub constants: &'static [(&'static str, &'static str)],
}

impl EnvelopeLevel {
    /// The object under `key`, with the constants that stand beside what it wraps.
    #[must_use]
    pub const fn new(key: &'static str, constants: &'static [(&'static str, &'static str)]) -> Self {
        Self { key, constants }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_decide_idempotency_until_the_document_does() {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS, Method::QUERY, Method::PUT, Method::DELETE] {
            assert_eq!(OperationSpec::new("x", method, "/").idempotency, Idempotency::Natural);
        }
        for method in [Method::POST, Method::PATCH] {
            assert_eq!(OperationSpec::new("x", method, "/").idempotency, Idempotency::None);
        }
    }

    #[test]
    fn only_repeats_that_cannot_act_twice_are_licensed() {
        let post = || OperationSpec::new("x", Method::POST, "/");
        assert!(!post().is_repeatable());
        assert!(!post().idempotency(Idempotency::Field { pointer: "/id", duplicate: 409 }).is_repeatable());
        assert!(post().idempotency(Idempotency::Header("Idempotency-Key")).is_repeatable());
        assert!(post().safe().is_repeatable());
        assert!(OperationSpec::new("x", Method::DELETE, "/").is_repeatable());
        assert!(!OperationSpec::new("x", Method::DELETE, "/").is_safe());
        assert!(OperationSpec::new("x", Method::QUERY, "/").is_safe());
    }
}
