//! The encodings of HTTP requests that the client writes and the server reads: percent-encoding, queries and forms.

pub(crate) mod form;
pub(crate) mod percent;
pub(crate) mod query;
