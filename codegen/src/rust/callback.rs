//! Whole operations that an API sends: callbacks, to addresses that requests hold, and webhooks.

use super::fixed_modules::{self, FixedModule};
use super::{
    BorrowedType, Docs, Operation, OperationId, ReceiverConstructor, ReceiverCredentials, Signature, ValueAccess,
    ValuePath,
};

/// What makes the API send an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CallbackKind {
    /// A request, which holds the address.
    Callback,
    /// An event: a webhook with more than a payload.
    Webhook,
}

impl CallbackKind {
    /// The module of requests and responses.
    #[must_use]
    pub const fn module(self) -> FixedModule {
        match self {
            Self::Callback => fixed_modules::CALLBACKS,
            Self::Webhook => fixed_modules::WEBHOOK_OPERATIONS,
        }
    }

    /// The module of receivers.
    #[must_use]
    pub const fn receivers(self) -> FixedModule {
        match self {
            Self::Callback => fixed_modules::CALLBACK_RECEIVERS,
            Self::Webhook => fixed_modules::WEBHOOK_OPERATION_RECEIVERS,
        }
    }

    /// The module of senders.
    #[must_use]
    pub const fn senders(self) -> FixedModule {
        match self {
            Self::Callback => fixed_modules::CALLBACK_SENDERS,
            Self::Webhook => fixed_modules::WEBHOOK_OPERATION_SENDERS,
        }
    }

    /// The word for one of them.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Callback => "callback",
            Self::Webhook => "webhook",
        }
    }
}

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
