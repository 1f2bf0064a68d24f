//! `x-specie-pagination`.

use super::index::Index;
use super::pointers::Pointee;
use super::reconcile::{parameter, pointer};
use crate::diagnostic::{Code, Diagnostics};
use crate::syntax::Node;

/// What each style needs, and what it may have beside `style` and `items`.
const STYLES: &[(&str, &[&str], &[&str])] = &[
    ("page", &["number"], &["size", "total"]),
    ("link", &["next"], &[]),
    ("cursor", &["parameter", "next"], &["size"]),
];

/// Parameters and fields that are named and do not exist, and keys that do not belong to the style.
pub(super) fn unknown_targets(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for operation in &index.operations {
        let Some((key, node)) = index.objects[operation.id].extension("x-specie-pagination") else { continue };
        let style = node.get("style").and_then(Node::as_str).unwrap_or_default();
        let Some((_, needed, possible)) = STYLES.iter().find(|(name, ..)| *name == style) else { continue };
        for need in needed.iter().filter(|need| node.get(need).is_none()) {
            let message = format!("`x-specie-pagination` of the style `{style}` has no `{need}`");
            diagnostics.error(Code::MalformedExtension, message, key.span).help(format!("add `{need}`"));
        }
        for (key, _) in node.entries() {
            let name = key.text();
            if !matches!(name, "style" | "items") && !needed.contains(&name) && !possible.contains(&name) {
                let message = format!("`{name}` does not belong to the style `{style}`");
                diagnostics.error(Code::MalformedExtension, message, key.span).help("remove it, or change the style");
            }
        }
        for name in ["number", "size", "parameter"] {
            parameter(index, operation, node.get(name), diagnostics);
        }
        let answer = Pointee::of(index.success_schema(operation));
        for name in ["items", "total", "next"] {
            pointer(index, answer, node.get(name), "the answer", diagnostics);
        }
    }
}
