//! Names of operations: those that two operations have, and links that name no operation.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use openapiv3::LinkOperation;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::Implementer;
use crate::grammar::Kind;
use crate::pointer;
use crate::source::{Span, Target};

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
        if first == span && operation.implementer == Implementer::User {
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

/// Links to operations that do not exist. They are documentation, so a document means the same without them.
pub(super) fn links_to_nowhere(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (_, link) in index.objects.iter().filter(|(_, object)| object.kind == Kind::Link) {
        if link.field("operationId").or_else(|| link.field("operationRef")).is_none() {
            diagnostics.warning(Code::LinkTarget, "this link names no operation", link.name).help("add `operationId`");
        }
    }
    let operations = pointers_of_operations(index);
    for (id, link) in &index.by_kind.links {
        let stated = |key: &str| index.field(*id, key).map(|field| field.span);
        match &link.operation {
            LinkOperation::OperationId(name) => by_id(index, name, stated("operationId"), diagnostics),
            LinkOperation::OperationRef(text) => {
                let local = Target::parse(text, "", "").ok().filter(|_| text.starts_with('#'));
                let is_unknown = local.is_some_and(|target| !operations.contains(&tokens(&target.pointer)));
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

/// The JSON pointers to all operations, in their tokens, where a link uses one.
fn pointers_of_operations(index: &Index<'_>) -> HashSet<Vec<String>> {
    let is_used = index.by_kind.links.iter().any(|(_, link)| matches!(link.operation, LinkOperation::OperationRef(_)));
    let operations = index.operations.iter().filter(|_| is_used);
    operations.map(|operation| tokens(&index.objects.pointer(operation.id))).collect()
}

/// What a JSON pointer means, however it is escaped; nothing where it is none.
fn tokens(text: &str) -> Vec<String> {
    pointer::tokens(text).into_iter().flatten().map(Cow::into_owned).collect()
}
