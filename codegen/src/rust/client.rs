//! What the builder of a client sets: base URLs and credentials.

use super::{ApiKeyLocation, Derives, Docs, Type, VariableId};

/// One group of base URLs: what a builder method sets.
#[derive(Clone, Debug, PartialEq)]
pub struct Base {
    /// The builder method: `base_url`, or as `x-specie-server-name` says (`private`, `public`).
    pub method_name: String,
    /// The URL that is taken where the caller sets none.
    ///
    /// Of several servers the caller chooses one: money must not go to a sandbox, or from it, by default.
    pub default: Option<String>,
    /// The URLs that the document declares; `None` for a relative one.
    pub urls: Vec<Option<String>>,
    /// The enum of its servers, where the document declares several, each with a whole URL.
    pub servers: Option<ServerEnum>,
    /// The addresses with variables, each a type that takes the place of a URL.
    pub addresses: Vec<ServerUrl>,
    /// Its documentation.
    pub docs: Docs,
}

impl Base {
    /// The builder method that takes the enum of its servers.
    #[must_use]
    pub fn server_method(&self) -> Option<&'static str> {
        self.servers.as_ref()?.method_name
    }
}

/// The servers that the document declares for a group of base URLs, as an enum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerEnum {
    /// `Server` for the document's own list, `BaseUrl2Server` for that of a path or an operation.
    pub name: String,
    /// The builder method that takes one: `server` for the document's own list. Those of other lists are taken in place of a URL.
    pub method_name: Option<&'static str>,
    /// The servers, as many as the group has URLs.
    pub variants: Vec<ServerVariant>,
}

impl ServerEnum {
    /// Whether its values become a URL by `From`, as no method of the builder takes them.
    #[must_use]
    pub const fn becomes_url(&self) -> bool {
        self.method_name.is_none()
    }
}

/// An address with variables (OpenAPI 3.2.0, Server Object).
#[derive(Clone, Debug, PartialEq)]
pub struct ServerUrl {
    /// The type's name: `ServerAddress`.
    pub name: String,
    /// The address as the document writes it, cut at its variables: a text before each of them, and the variable.
    pub pieces: Vec<(String, VariableId)>,
    /// The text after the last variable.
    pub end: String,
    /// The variables, each once.
    pub variables: Vec<AddressVariable>,
    /// What it derives.
    pub derives: Derives,
    /// Its documentation.
    pub docs: Docs,
}

impl ServerUrl {
    /// The variable behind an id.
    #[must_use]
    pub fn variable(&self, id: VariableId) -> Option<&AddressVariable> {
        self.variables.get(id.0)
    }
}

/// A variable of an address.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressVariable {
    /// The setter, `snake_case`.
    pub name: String,
    /// The value that it has where the caller sets none.
    pub default: String,
    /// The enum of its values, where the document lists them.
    pub values: Option<AddressValues>,
    /// The documentation of the setter.
    pub docs: Docs,
}

/// The values that a variable can have.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressValues {
    /// The enum's name: `ServerAddressRegion`.
    pub name: String,
    /// The values, as variants.
    pub variants: Vec<AddressValue>,
    /// The variant of the value that it has where the caller sets none.
    pub default: String,
    /// What it derives.
    pub derives: Derives,
    /// Its documentation.
    pub docs: Docs,
}

impl AddressValues {
    /// Whether variants may be added: `#[non_exhaustive]`.
    pub const IS_NON_EXHAUSTIVE: bool = true;
}

/// A value that a variable can have.
#[derive(Clone, Debug, PartialEq)]
pub struct AddressValue {
    /// The name of its variant.
    pub variant: String,
    /// The value.
    pub value: String,
    /// Its documentation.
    pub docs: Docs,
}

/// A server, as a variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVariant {
    /// Its name: `Sandbox`.
    pub name: String,
    /// The URL.
    pub url: String,
    /// Its documentation.
    pub docs: Docs,
}

/// One security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheme {
    /// The key under `securitySchemes`.
    pub key: String,
    /// The builder method, `snake_case`.
    pub method_name: String,
    /// What that method takes and makes of it.
    pub setter: CredentialSetter,
    /// The variant of the server's credential enum, `PascalCase`.
    pub variant: String,
    /// What that variant holds.
    pub presented: PresentedCredential,
    /// What it is.
    pub kind: SchemeKind,
    /// The documentation of the builder method.
    pub docs: Docs,
    /// The documentation of the variant.
    pub variant_docs: Docs,
}

/// What a security scheme is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchemeKind {
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization: Bearer`, also for OAuth 2.0 and `OpenID` Connect.
    Bearer {
        /// The token endpoint of the client-credentials flow, where the document declares one.
        token_url: Option<String>,
    },
    /// `Authorization` with another scheme, by its name as it is sent: `Digest`.
    Http(String),
    /// A key under a name.
    ApiKey {
        /// Its `in`.
        place: ApiKeyLocation,
        /// Header, parameter or cookie name.
        name: String,
    },
}

/// What the builder method of a security scheme takes, and what it makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct CredentialSetter {
    /// The arguments, in their order.
    pub arguments: Vec<CredentialArgument>,
    /// The path of the type whose `new` takes them.
    pub made: &'static str,
}

/// An argument of the builder method of a security scheme.
#[derive(Clone, Debug, PartialEq)]
pub struct CredentialArgument {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub taken: CredentialInput,
}

/// What an argument of the builder method of a security scheme takes.
#[derive(Clone, Debug, PartialEq)]
pub enum CredentialInput {
    /// Whatever becomes a value of a type: `impl Into<…>`.
    Into(Type),
    /// A token or a source of tokens: `impl IntoTokenSource`.
    TokenSource,
}

/// What a server is presented with under a security scheme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PresentedCredential {
    /// `BasicCredentials`: a user name and a password.
    NameAndPassword,
    /// `Secret<String>`: a token or a key.
    Secret,
}

impl PresentedCredential {
    /// The variant of the runtime's `PresentedValue` that holds it.
    #[must_use]
    pub const fn runtime_variant(self) -> &'static str {
        match self {
            Self::NameAndPassword => "Basic",
            Self::Secret => "Token",
        }
    }
}
