//! The handler of a request: its future and task, and the errors that it may return.

pub(super) mod future;
pub(super) mod refusal;
pub(super) mod serve;
pub(crate) mod task;
