//! How much of a document is read. The largest published descriptions stay far below.

/// Levels of nesting. The published documents at hand have up to 31, and what is recursive needs stack for each.
pub(crate) const DEPTH: usize = 100;

/// Bytes of one file.
pub(crate) const BYTES: usize = 64 << 20;

/// Nodes of one file.
pub(crate) const NODES: usize = 2_000_000;

/// Types, fields, values, parameters, responses and the like that one API may have, and one of them. Microsoft Graph has more than
/// 200,000.
pub(crate) const PARTS: usize = 400_000;
pub(crate) const PARTS_OF_ONE: usize = 10_000;

/// Branches of one union; decoding tries them one after the other, in one expression.
pub(crate) const BRANCHES: usize = 1_000;

/// Nodes copied from one place to another: by YAML aliases, and by references to what can only stand in place.
pub(crate) const COPIES: usize = 500_000;

/// Parts that `allOf` copies into schemas, and that components copy into operations: properties, parameters, responses and the like. One
/// that is copied to several places counts for each of them.
/// Microsoft Graph has more than 100,000.
pub(crate) const COPIED_PARTS: usize = 200_000;
