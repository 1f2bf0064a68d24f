//! Links.

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;

/// Links to operations that do not exist. They are documentation, so a document means the same without them.
pub(super) fn to_nowhere(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let ids = || index.operations.iter().filter_map(|operation| operation.operation.operation_id.as_deref());
    for found in index.all(Kind::Link) {
        if let Some(node) = found.node.get("operationId") {
            let id = node.as_str().unwrap_or_default();
            if !ids().any(|other| other == id) {
                let message = format!("there is no operation {}", quoted(id));
                let diagnostic = diagnostics.warning(Code::LinkTarget, message, node.span);
                match closest(id, ids()) {
                    Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
                    None => diagnostic.help("write the `operationId` of an operation"),
                };
            }
        } else if let Some(node) = found.node.get("operationRef") {
            let local = node.as_str().and_then(|text| text.strip_prefix('#'));
            if local.is_some_and(|pointer| index.root.at(pointer).is_none()) {
                let message = format!("{} names nothing", quoted(node.text().unwrap_or_default()));
                diagnostics
                    .warning(Code::LinkTarget, message, node.span)
                    .help("write `#/paths/PATH/METHOD`, with `~1` for each slash of the path");
            }
        } else {
            diagnostics.warning(Code::LinkTarget, "this link names no operation", found.at).help("add `operationId`");
        }
    }
}
