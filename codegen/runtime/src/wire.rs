//! The encodings that client and server share: percent-encoding, queries, forms, lists, cookies, and the streams of JSON values and events.

pub(crate) mod cookie;
pub(crate) mod events;
pub(crate) mod form;
pub(crate) mod json_lines;
pub(crate) mod json_sequence;
pub(crate) mod list;
pub(crate) mod percent;
pub(crate) mod query;
