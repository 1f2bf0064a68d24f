//! Names of operations.

use std::collections::HashMap;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Side;

/// An `operationId` that two operations have.
pub(super) fn repeated_ids(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let mut seen = HashMap::new();
    // What stands under `components` was copied to where it is used.
    for operation in index.operations.iter().filter(|operation| !index.is_in_components(operation.item_id)) {
        let Some(id) = operation.operation.operation_id.as_deref() else { continue };
        let Some(span) = index.field(operation.id, "operationId").map(|field| field.span) else { continue };
        let path = index.objects[operation.item_id].name;
        let Some((first, first_path)) = seen.insert(id, (span, path)) else { continue };
        // A callback of several operations is one, described once.
        if first == span && operation.side == Side::User {
            continue;
        }
        // A path item that is referred to twice is two operations in one place; its paths tell them apart.
        let (here, there) = if first == span { (path, first_path) } else { (span, first) };
        diagnostics
            .error(Code::DuplicateOperationId, format!("two operations are called {}", quoted(id)), here)
            .mark("again here")
            .label(there, "first here")
            .help("give one of them another name");
    }
}
