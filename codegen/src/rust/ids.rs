//! The places of items in their lists, each of a type of its own, so that none is taken for another.
//!
//! A crate is planned whole and not changed afterwards, so that a place stays right; two crates are compared by the names and the facts
//! that their items carry.

/// The index of an [`Item`](super::Item) in [`Crate::types`](super::Crate::types).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// The index of an [`Operation`](super::Operation) in [`Crate::operations`](super::Crate::operations).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OperationId(pub usize);

/// The index of a [`Callback`](super::Callback) in [`Crate::callbacks`](super::Crate::callbacks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallbackId(pub usize);

/// The index of a [`Webhook`](super::Webhook) in [`Crate::webhooks`](super::Crate::webhooks).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebhookId(pub usize);

/// The index of a [`Link`](super::Link) in [`Crate::links`](super::Crate::links).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LinkId(pub usize);

/// The index of a [`Base`](super::Base) in [`Crate::bases`](super::Crate::bases), by which the runtime knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BaseId(pub usize);

impl BaseId {
    /// The one that the runtime assumes where the table of an operation names none.
    pub const ASSUMED: Self = Self(0);
}

/// The index of a [`RejectionTable`](super::RejectionTable) in [`RejectionForms::tables`](super::RejectionForms::tables).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RejectionTableId(pub usize);

/// The index of a [`ServerTrait`](super::ServerTrait) in [`Layout::server_traits`](super::Layout::server_traits).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ServerTraitId(pub usize);

/// The index of a variable in [`ServerUrl::variables`](super::ServerUrl::variables).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct VariableId(pub usize);

/// The index of a parameter among [`Operation::parameters`](super::Operation::parameters), by which the runtime knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ParameterId(pub usize);

/// The index of a [`Field`](super::Field) in [`Struct::fields`](super::Struct::fields).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldId(pub usize);
