//! What Rust needs to know of schemas before any of them has a name: which become types, what they hold, how texts and numbers are
//! carried, and what of them travels in requests and what in responses.

pub(super) mod adapted;
pub(super) mod elements;
pub(super) mod integers;
pub(super) mod kinds;
pub(super) mod resolution;
pub(super) mod scalars;
pub(super) mod value_constraints;
