//! Requests that an API sends to its users.

use super::{Docs, Signature, TypeRef};

/// One webhook or callback.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// The `operationId`, or the webhook's key.
    pub id: String,
    /// The receiver's function, `snake_case`.
    pub method_name: String,
    /// What it carries.
    pub payload: TypeRef,
    /// How its sender is proven.
    pub signature: Option<Signature>,
    /// Documentation.
    pub docs: Docs,
}
