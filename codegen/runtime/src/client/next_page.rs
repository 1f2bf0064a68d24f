//! Paging: how the pages of an operation lead to one another, and why a next one cannot be read.

pub(super) mod error;
pub(super) mod link;
pub(super) mod loop_guard;
pub(super) mod position;
pub(super) mod spec;

pub use error::PagingError;
pub use position::Position;
pub use spec::PageSpec;
