//! The encodings that client and server share: percent-encoding, queries, forms, headers and cookies, the styles of parameters, and
//! the streams of JSON values and events.

pub(crate) mod cookie;
pub(crate) mod escape;
pub(crate) mod form;
pub(crate) mod header;
pub(crate) mod json_lines;
pub(crate) mod json_sequence;
pub(crate) mod path_segment;
pub(crate) mod percent;
pub(crate) mod query;
pub(crate) mod server_sent_events;
pub(crate) mod style;
