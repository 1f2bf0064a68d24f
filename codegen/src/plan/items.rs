//! The items that types become: structs, enums, unions, tuples, with their checks.

pub(super) mod checks;
pub(super) mod overlapping_branches;
pub(super) mod recursion_limit;
pub(super) mod schema_items;
pub(super) mod structs;
mod tuples;
pub(super) mod unions;
pub(super) mod unreachable_branches;
