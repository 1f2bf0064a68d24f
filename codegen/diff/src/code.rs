//! Generated code: what changes in the crate of a document, and for whose code.

mod causes;
mod change;
mod compare;
mod item;
mod items;

pub(crate) use causes::{Origin, Owner};
pub use change::{CodeChange, Needs};
pub(crate) use compare::{ChangedItem, compared};
pub(crate) use items::items;

#[cfg(test)]
mod compiler_tests;
