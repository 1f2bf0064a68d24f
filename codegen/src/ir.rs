//! What Rust calls everything that an API means: names, types and requests, before they are planned as a crate.
//!
//! Nothing here knows OpenAPI's document model or Rust's token trees. Names are final, every reference is an id that exists.

use std::collections::BTreeSet;

pub mod operations;
pub mod paging;
pub mod texts;
pub mod types;
pub mod webhooks;

pub use crate::api::{
    ApiKeyPlace, Idempotency, Outcome, ParameterFormat, ParameterKind, ParameterPlace, Presence, Provenance, Signature,
    Status, Style,
};
pub use operations::{
    Argument, Base, Body, BodyField, Envelope, EnvelopeLevel, MediaKind, Operation, OutcomeRule, Pagination, Parameter,
    Payload, Reconcile, Reply, Requirement, Scheme, SchemeKind, Server,
};
pub use paging::{NoPages, OneOrList, PageItems};
pub use texts::{Docs, Info, Note};
pub use types::{
    Branch, Constraints, EnumDef, Field, Format, StructDef, TypeDef, TypeId, TypeKind, TypeRef, UnionDef, Variant,
};
pub use webhooks::Webhook;

/// One API: everything that becomes one crate.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// The crate's name, `snake_case`.
    pub crate_name: String,
    /// The API's name as a Rust type, `PascalCase`: the server trait.
    pub type_name: String,
    /// The document's path as the user knows it, for the header of each file: `specs/omno.yaml`.
    pub spec_path: String,
    /// Title, version, description and addresses of the API.
    pub info: Info,
    /// Every type; a [`TypeId`] is an index into it.
    pub types: Vec<TypeDef>,
    /// The types whose properties are fields of a request: they are kept only where something else names them.
    pub flattened: BTreeSet<TypeId>,
    /// Every operation, ordered by name.
    pub operations: Vec<Operation>,
    /// The base URLs that operations go to; each operation names one by index.
    pub bases: Vec<Base>,
    /// The security schemes that some operation names, ordered by name.
    pub schemes: Vec<Scheme>,
    /// Requests that the API sends to its users, ordered by name.
    pub webhooks: Vec<Webhook>,
    /// What had to be typed as free JSON, with the reason, also in types that are not kept.
    pub census: Vec<Untyped>,
}

impl Api {
    /// The type behind an id.
    #[must_use]
    pub fn type_of(&self, id: TypeId) -> &TypeDef {
        &self.types[id.0]
    }
}

/// One place typed as free JSON.
#[derive(Clone, Debug, PartialEq)]
pub struct Untyped {
    /// Where, in the generated crate's terms: `CreatePayout.merchant_additional_data`.
    pub place: String,
    /// Why the document allows nothing narrower.
    pub reason: String,
}
