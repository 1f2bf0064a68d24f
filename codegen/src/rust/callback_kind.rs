//! The two kinds of operations that the API sends, and the modules of each.

use super::fixed_modules::{self, FixedModule};

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
