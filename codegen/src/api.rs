//! What a document means, and nothing of Rust: operations, schemas, security, servers and webhooks, each with its span.
//!
//! References are followed and extension keys are read; numbers, defaults and examples keep the text that the document
//! gives them. Which Rust type a schema becomes, what it is called and where it stands is decided later, from these facts
//! alone. Two versions of a document are compared here as well, so everything is known by what stays when the document
//! is reordered: a component's name, a JSON pointer, a method and a path, a status.
//!
//! Everything keeps the order of the document.

mod assertion;
mod body;
mod constant_value;
mod constraints;
mod docs;
mod enumeration;
mod extensions;
mod object;
mod operation;
mod parameter;
mod part_count;
mod response;
mod schema;
mod schema_visitor;
mod schema_visitor_mut;
mod security;
mod server;
mod union;
mod value;

pub use crate::number_text::order;
pub use assertion::{Asserted, Assertion, ValueType};
pub use body::{Encoding, Example, Media, MediaType, RequestBody};
pub use constant_value::ConstantValue;
pub use constraints::{Bound, Constraints, RangeEnd};
pub use docs::{Docs, ExternalDocs, Info, Provenance, Tag};
pub use enumeration::{Enumeration, EnumerationValue};
pub use extensions::{
    Envelope, Find, Idempotency, Outcome, Pagination, PaginationStyle, Reconcile, Signature, SignatureAlgorithm,
    TOLERANCE,
};
pub use object::{Additional, Constant, List, Object, Presence, Property};
pub use operation::{Address, Method, Operation};
pub use parameter::{Content, Parameter, ParameterLocation, Style};
pub use response::{Link, LinkTarget, Response, Status};
pub use schema::{Key, Name, Nesting, Schema, SchemaId, SchemaRole, Schemas, Sensitivity, Shape, Untyped, Xml};
pub use schema_visitor::{Direction, Directions, Position, directions_from};
pub use security::{ApiKeyLocation, Flow, FlowKind, Requirement, SchemeId, SecurityKind, SecurityScheme};
pub use server::{Server, ServerList, ServerListId, Variable};
pub use union::{Branch, Combination, Discriminator, Union};
pub use value::Value;

/// Where something stands in the text of a document, for diagnostics: the key that names it, or, for an item of a list,
/// its name. An [`EntrySpan`] has the value's place as well.
pub(crate) use crate::source::{EntrySpan, Span};

/// One API.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// Title, version, contact and licence.
    pub info: Info,
    /// The document's `tags`.
    pub tags: Vec<Tag>,
    /// Every list of servers that an operation goes to; the document's own comes first.
    pub servers: Vec<ServerList>,
    /// The document's `components/securitySchemes`.
    pub security_schemes: Vec<SecurityScheme>,
    /// Where `security` stands whose every alternative names a scheme that is not declared, so that it is not known which credentials are
    /// enough. Operations have none of these alternatives.
    pub undeclared_security: Vec<Span>,
    /// Where the document names types, properties and operations itself (`x-specie-name`).
    pub stated_names: Vec<Span>,
    /// Every schema at every position of the document.
    pub schemas: Schemas,
    /// The operations under `paths`.
    pub operations: Vec<Operation>,
    /// The operations under `webhooks` and `x-webhooks`, which the API sends to its users.
    pub webhooks: Vec<Operation>,
}

impl Api {
    /// The list of servers behind an id.
    #[must_use]
    pub fn server_list(&self, id: ServerListId) -> Option<&ServerList> {
        self.servers.get(id.0)
    }

    /// The security scheme behind an id.
    #[must_use]
    pub fn security_scheme(&self, id: SchemeId) -> Option<&SecurityScheme> {
        self.security_schemes.get(id.0)
    }
}
