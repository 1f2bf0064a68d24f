//! The encodings of what travels beside a body, which client and server share: percent-encoding, queries, headers and cookies, and the
//! styles of parameters.

pub(crate) mod cookie;
pub(crate) mod escape;
pub(crate) mod header;
pub(crate) mod path_segment;
pub(crate) mod percent;
pub(crate) mod query;
pub(crate) mod style;
