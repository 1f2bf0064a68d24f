//! The texts of the documentation: of types and their members (`paragraphs`), of operations, of files and of the crate; where an item
//! comes from that the API does not document (`provenance`).

pub(super) mod crate_root;
pub(super) mod module_docs;
pub(super) mod namesakes;
pub(super) mod operation_docs;
pub(super) mod paragraphs;
mod provenance;
pub(super) mod shared_parameter_docs;
