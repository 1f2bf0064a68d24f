//! What client and server of one API share besides its operations: [`ApiDescription`].

/// What client and server of one API share besides its operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiDescription {
    /// The name of the crate.
    pub name: &'static str,
    /// The base URLs; operations name one by its index.
    pub bases: &'static [BaseSpec],
    /// The security schemes; operations name them by key, credentials by index.
    pub schemes: &'static [SchemeSpec],
}

/// One base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BaseSpec {
    /// The builder method that sets it, for messages.
    pub name: &'static str,
    /// The URL that the document declares, if it declares one.
    pub default: Option<&'static str>,
}

/// One security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemeSpec {
    /// The key under `securitySchemes`.
    pub key: &'static str,
    /// HTTP authentication, an API key or OAuth 2.0.
    pub kind: SchemeKind,
}

/// The type of a security scheme and the location of its credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Basic` (RFC 7617).
    Basic,
    /// `Authorization: Bearer` (RFC 6750), also for `OAuth` 2.0 and `OpenID` Connect.
    Bearer,
    /// `Authorization` with another scheme (RFC 9110 section 11.4), by its name, such as `Digest`. What stands behind the name is given by
    /// the caller.
    Http(&'static str),
    /// A key in the request header of this name.
    ApiKeyHeader(&'static str),
    /// A key in the query parameter of this name.
    ApiKeyQuery(&'static str),
    /// A key in the cookie of this name.
    ApiKeyCookie(&'static str),
}
