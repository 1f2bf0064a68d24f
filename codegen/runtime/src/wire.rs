//! The encodings of HTTP requests that the client writes and the server reads: percent-encoding, queries, forms, lists and cookies.

pub(crate) mod cookie;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod percent;
pub(crate) mod query;
