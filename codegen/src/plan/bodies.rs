//! Bodies as the document states them: media types, multipart parts, and which properties become fields of a request.

mod encodings;
pub(super) mod media_types;
pub(super) mod multipart_parts;
pub(super) mod payloads;
mod unchecked_bytes;
