//! What of each operation and webhook is generated, and under which names: parameters, body, responses, headers.

pub(super) mod constant_names;
mod header_sets;
pub(super) mod operation_names;
pub(super) mod operations;
pub(super) mod response_variants;
pub(super) mod sent_operations;
pub(super) mod webhook_names;
mod webhook_omissions;

use crate::api::{self, SchemaId};

/// A parameter with its name.
pub(in crate::plan) struct Parameter<'a> {
    /// The parameter.
    pub(in crate::plan) stated: &'a api::Parameter,
    /// Its field: `filter_reference_id`.
    pub(in crate::plan) name: String,
    /// The schema of its value.
    pub(in crate::plan) schema: SchemaId,
    /// The document's examples of its value.
    pub(in crate::plan) examples: &'a [api::Example],
}
