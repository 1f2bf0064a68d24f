//! What of each operation and webhook is generated, and under which names: parameters, body, responses, headers.

pub(super) mod constant_names;
mod header_sets;
pub(super) mod operation_names;
pub(super) mod operations;
pub(super) mod parameters;
pub(super) mod response_variants;
pub(super) mod webhook_names;
