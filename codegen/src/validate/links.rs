//! Links.

use std::collections::HashSet;

use openapiv3::LinkOperation;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::source::Span;

/// Links to operations that do not exist. They are documentation, so a document means the same without them.
pub(super) fn to_nowhere(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, link) in index.objects.iter().filter(|(_, object)| object.kind == Kind::Link) {
        if link.field("operationId").or_else(|| link.field("operationRef")).is_none() {
            diagnostics.warning(Code::LinkTarget, "this link names no operation", link.name).help("add `operationId`");
        }
    }
    let pointers = pointers_of_operations(index);
    for (id, link) in &index.parts.links {
        let stated = |key: &str| index.field(*id, key).map(|field| field.span);
        match &link.operation {
            LinkOperation::OperationId(name) => by_id(index, name, stated("operationId"), diagnostics),
            LinkOperation::OperationRef(text) => {
                let is_unknown = text.strip_prefix('#').is_some_and(|pointer| !pointers.contains(pointer));
                if let Some(span) = stated("operationRef").filter(|_| is_unknown) {
                    diagnostics
                        .warning(Code::LinkTarget, format!("{} names no operation", quoted(text)), span)
                        .help("write `#/paths/PATH/METHOD`, with `~1` for each slash of the path");
                }
            }
        }
    }
}

fn by_id(index: &Index<'_>, id: &str, span: Option<Span>, diagnostics: &mut Diagnostics) {
    let mut ids = index.operations.iter().filter_map(|operation| operation.operation.operation_id.as_deref());
    let Some(span) = span.filter(|_| !ids.clone().any(|other| other == id)) else { return };
    let diagnostic = diagnostics.warning(Code::LinkTarget, format!("there is no operation {}", quoted(id)), span);
    match closest(id, ids.by_ref()) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("write the `operationId` of an operation"),
    };
}

/// The JSON pointers to all operations, where a link uses one.
fn pointers_of_operations(index: &Index<'_>) -> HashSet<String> {
    let is_used = index.parts.links.iter().any(|(_, link)| matches!(link.operation, LinkOperation::OperationRef(_)));
    let operations = index.operations.iter().filter(|_| is_used);
    operations.map(|operation| index.objects.pointer(operation.id)).collect()
}
