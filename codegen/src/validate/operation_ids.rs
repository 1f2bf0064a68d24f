//! Names of operations.

use std::collections::HashMap;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};

/// An `operationId` that two operations have.
pub(super) fn repeated_ids(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    for operation in &index.operations {
        let Some(node) = operation.node.get("operationId") else { continue };
        let Some(id) = node.as_str() else { continue };
        let Some((first, first_path)) = seen.insert(id, (node.span, operation.path.span)) else { continue };
        // A path item that is referred to twice is two operations in one place; its paths tell them apart.
        let (here, there) = if first == node.span { (operation.path.span, first_path) } else { (node.span, first) };
        diagnostics
            .error(Code::DuplicateOperationId, format!("two operations are called {}", quoted(id)), here)
            .mark("again here")
            .label(there, "first here")
            .help("give one of them another name");
    }
}
