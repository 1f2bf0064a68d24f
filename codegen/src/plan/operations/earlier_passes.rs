//! What the passes before have finished, for operations, callbacks and links.

use crate::plan::destinations::security::Schemes;
use crate::plan::destinations::servers::Bases;
use crate::plan::types::tables::Tables;
use crate::rust::{ExampleRoot, Item};

/// What is finished before operations are.
pub(in crate::plan) struct Finished<'a> {
    /// Where the paths of examples begin.
    pub(in crate::plan) examples: &'a ExampleRoot,
    /// What is known of its types.
    pub(in crate::plan) tables: &'a Tables<'a>,
    /// Its types.
    pub(in crate::plan) types: &'a [Item],
    /// Its base URLs.
    pub(in crate::plan) bases: &'a Bases,
    /// Its security schemes.
    pub(in crate::plan) schemes: &'a Schemes,
}
