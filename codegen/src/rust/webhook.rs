//! Requests that an API sends to its users.

use super::{Docs, SchemeKind, Signature, Type};

/// The credentials that a receiver verifies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReceiverCredentials {
    /// Each scheme once.
    pub schemes: Vec<ReceiverScheme>,
    /// The alternatives, each with the keys of its schemes.
    pub alternatives: Vec<Vec<String>>,
}

/// A security scheme of which a receiver verifies the credential.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceiverScheme {
    /// The key under `securitySchemes`.
    pub key: String,
    /// What it is.
    pub kind: SchemeKind,
}

/// The constructor of a receiver in the runtime.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReceiverConstructor {
    /// The function of the runtime's receiver.
    pub function: &'static str,
    /// Whether it is given the secrets of the sender.
    pub takes_secrets: bool,
}

/// One webhook of which the payload is all that is received.
#[derive(Clone, Debug, PartialEq)]
pub struct Webhook {
    /// What the document calls it.
    pub id: String,
    /// The functions that make its receiver and send it, `snake_case`.
    pub function: String,
    /// The constant that the runtime reads, `UPPER_CASE`.
    pub constant: String,
    /// The name of the payload's type among the webhooks.
    pub type_name: String,
    /// What it carries.
    pub payload: Type,
    /// Its HTTP method, as it is sent.
    pub http_method: String,
    /// Whether that is the method of a specification which states none.
    pub method_is_implied: bool,
    /// The statuses by which its receiver acknowledges it, the one that it answers with first; none: any 2xx.
    pub acknowledged_by: Vec<u16>,
    /// Whether those are the statuses of a specification which states none.
    pub acknowledgement_is_implied: bool,
    /// How its sender is proven.
    pub signature: Option<Signature>,
    /// The credentials that a receiver verifies.
    pub credentials: Option<ReceiverCredentials>,
    /// How a receiver is made.
    pub constructor: ReceiverConstructor,
    /// The documentation of the payload's type.
    pub docs: Docs,
    /// The documentation of the constant.
    pub constant_docs: Docs,
    /// The documentation of the function that makes a receiver.
    pub receiver_docs: Docs,
    /// The documentation of the function that sends it.
    pub sender_docs: Docs,
}
