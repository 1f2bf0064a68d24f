//! The items that types become: structs, enums, unions, tuples, with their checks.

pub(super) mod checks;
pub(super) mod overlapping_branches;
pub(super) mod recursion_limit;
mod schema_items;
pub(super) mod structs;
mod tuples;
pub(super) mod unions;
pub(super) mod unreachable_branches;

use std::collections::HashSet;

use rayon::prelude::*;

use super::docs::namesakes::Namesakes;
use super::types::analysis::TypeAnalysis;
use crate::rust::{Item, TypeId};

/// The types that are made of schemas; `in_parameters` are those that are values of parameters.
pub(super) fn of_types(
    analysis: &TypeAnalysis<'_>,
    namesakes: &Namesakes<'_>,
    in_parameters: &HashSet<TypeId>,
) -> Vec<Item> {
    let ids = (0..analysis.names.kept).into_par_iter().map(TypeId);
    ids.filter_map(|id| schema_items::item(analysis, namesakes, id, in_parameters.contains(&id))).collect()
}
