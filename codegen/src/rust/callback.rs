//! Whole operations that an API sends: callbacks, to addresses that requests hold, and webhooks.

use super::{
    BorrowedType, CallbackKind, Docs, Operation, OperationId, ReceiverConstructor, ReceiverCredentials, Signature,
    ValueAccess, ValuePath,
};

/// A whole operation that the API sends: a callback, or a webhook with more than a payload.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// What makes the API send it.
    pub kind: CallbackKind,
    /// Its request, responses and table; [`Operation::method_name`] is the name of the functions that make its receiver and send it, and
    /// [`Operation::path`] the runtime expression of its address, or the name of the webhook.
    pub operation: Operation,
    /// The constant that the runtime reads, `UPPER_CASE`.
    pub constant: String,
    /// How its sender is proven.
    pub signature: Option<Signature>,
    /// The credentials that a receiver verifies.
    pub credentials: Option<ReceiverCredentials>,
    /// How a receiver is made.
    pub constructor: ReceiverConstructor,
    /// One address per operation whose request or response contains the URL; none of a webhook.
    pub addresses: Vec<CallbackAddress>,
    /// The documentation of the constant.
    pub constant_docs: Docs,
    /// The documentation of the function that makes a receiver.
    pub receiver_docs: Docs,
    /// The documentation of the function that sends it.
    pub sender_docs: Docs,
}

/// The address of a callback, made of what a request and its response hold.
#[derive(Clone, Debug, PartialEq)]
pub struct CallbackAddress {
    /// The function that makes it, `snake_case`.
    pub function: String,
    /// The operation, where anything of its request is in the address.
    pub request: Option<OperationId>,
    /// The body of the response, where the address is made of it.
    pub response: Option<BorrowedType>,
    /// What it is made of.
    pub parts: Vec<AddressPart>,
    /// The documentation of the function.
    pub docs: Docs,
}

/// A part of the address of a callback.
#[derive(Clone, Debug, PartialEq)]
pub enum AddressPart {
    /// A text.
    Text(String),
    /// A value of the request or of the response, and how a reference to it is taken.
    Value(ValuePath, ValueAccess),
}
