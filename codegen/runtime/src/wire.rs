//! The encodings of HTTP requests that the client writes and the server reads: percent-encoding, queries, forms, headers and cookies,
//! and the styles of parameters.

pub(crate) mod cookie;
pub(crate) mod escape;
pub(crate) mod form;
pub(crate) mod header;
pub(crate) mod percent;
pub(crate) mod query;
pub(crate) mod segment;
pub(crate) mod style;
