//! Calling what a user has written: the handler of a request, what it may refuse, and its task.

pub(super) mod future;
pub(super) mod refusal;
pub(super) mod serve;
pub(crate) mod task;
