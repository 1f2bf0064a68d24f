//! Security schemes and requirements.

use super::{Docs, EntrySpan, Span};

/// The index of a scheme in [`Api::security_schemes`](super::Api::security_schemes).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemeId(pub usize);

/// One of `components/securitySchemes` (OpenAPI 3.2.0, Security Scheme Object).
#[derive(Clone, Debug, PartialEq)]
pub struct SecurityScheme {
    /// The key under `securitySchemes`.
    pub key: String,
    /// What it is.
    pub kind: SecurityKind,
    /// What the document says of it.
    pub docs: Docs,
    /// Where it stands.
    pub span: Span,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecurityKind {
    /// A key under a name (`apiKey`).
    ApiKey {
        /// Where it travels.
        place: ApiKeyLocation,
        /// Header, parameter or cookie name.
        name: String,
    },
    /// An HTTP authentication scheme by its name, as the document writes it: `basic`, `Bearer`, `digest`. Case does not matter.
    Http {
        /// The name, registered for the `Authorization` header (RFC 9110 section 16.4.1).
        scheme: String,
        /// `bearerFormat`.
        bearer_format: Option<String>,
    },
    /// OAuth 2.0.
    OAuth2 {
        /// Each way to a token.
        flows: Vec<Flow>,
    },
    /// `OpenID` Connect.
    OpenIdConnect {
        /// Where its configuration is found.
        url: String,
    },
    /// A certificate of the client (`mutualTLS`).
    MutualTls,
}

/// Where an API key travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiKeyLocation {
    /// A request header.
    Header,
    /// A query parameter.
    Query,
    /// A cookie.
    Cookie,
}

/// One way to a token (OpenAPI 3.2.0, OAuth Flow Object).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flow {
    /// The grant type.
    pub kind: FlowKind,
    /// `authorizationUrl`, or `deviceAuthorizationUrl` of the device flow.
    pub authorization_url: Option<String>,
    /// `tokenUrl`.
    pub token_url: Option<String>,
    /// `refreshUrl`.
    pub refresh_url: Option<String>,
    /// Each scope with what it allows.
    pub scopes: Vec<(String, String)>,
    /// Where it stands under `flows`.
    pub span: EntrySpan,
}

/// The ways to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlowKind {
    /// `implicit`
    Implicit,
    /// `password`
    Password,
    /// `clientCredentials`
    ClientCredentials,
    /// `authorizationCode`
    AuthorizationCode,
    /// `deviceAuthorization`
    DeviceAuthorization,
}

/// One alternative of `security`: every scheme in it is needed; none: no credential is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Requirement {
    /// Each scheme with its scopes or roles.
    pub schemes: Vec<(SchemeId, Vec<String>)>,
    /// Where it stands under `security`: its first key, and all of it.
    pub span: EntrySpan,
}
