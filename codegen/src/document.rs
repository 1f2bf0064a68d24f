//! What a document holds: its objects in `openapiv3`'s types, its schemas in ours.

pub mod object;
pub mod schema;
pub mod step;
mod typed;

pub(crate) use typed::typed;
