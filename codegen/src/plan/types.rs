//! The types that schemas become: their names, their Rust types, and what follows from these (sizes, boxes, hashing, directions).

pub(super) mod analysis;
pub(super) mod body_types;
mod boxes;
mod branch_names;
pub(super) mod directions;
mod hashing;
pub(super) mod names;
pub(super) mod schema_types;
mod sizes;
pub(super) mod type_contents;
