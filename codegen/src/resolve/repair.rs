//! Repairs documents by others where it is plain what was meant: adds what was forgotten, drops what can mean nothing.
//!
//! Each repair is a warning. What has no single meaning is left as it is, and refused by the rules.

mod operation_ids;
mod parameters;
mod security;
mod templates;

use crate::diagnostic::Diagnostics;
use crate::grammar::Version;
use crate::source::Span;
use crate::syntax::Node;

/// Repairs a bundled tree; returns where `security` stands of which no alternative is left.
pub(super) fn repair(root: &mut Node, version: Version, diagnostics: &mut Diagnostics) -> Vec<Span> {
    let declared = parameters::Declared::of(root);
    parameters::drop_repeated(root, &declared, version, diagnostics);
    templates::agree(root, &declared, diagnostics);
    operation_ids::drop_repeated(root, version, diagnostics);
    security::drop_undeclared(root, diagnostics)
}
