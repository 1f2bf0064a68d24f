//! A parameter with its name in Rust.

use crate::api::{self, SchemaId};

/// A parameter with its name.
pub(super) struct Parameter<'a> {
    /// The parameter.
    pub(super) stated: &'a api::Parameter,
    /// Its field: `filter_reference_id`.
    pub(super) name: String,
    /// The schema of its value.
    pub(super) schema: SchemaId,
}
