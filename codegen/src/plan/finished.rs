//! What is planned before the operations, which are made from it.

use super::security::Schemes;
use super::servers::Bases;
use super::type_analysis::Tables;
use crate::rust::Item;

/// What is finished before operations are.
pub(super) struct Finished<'a> {
    /// The name of the crate.
    pub(super) krate: &'a str,
    /// The tables of its types.
    pub(super) tables: &'a Tables<'a>,
    /// Its types.
    pub(super) types: &'a [Item],
    /// Its base URLs.
    pub(super) bases: &'a Bases,
    /// Its security schemes.
    pub(super) schemes: &'a Schemes,
}
