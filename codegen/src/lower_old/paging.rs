//! Says which pages cannot be read, once every type is known.

use super::report::Report;
use crate::ir::{Api, NoPages, Operation};
use crate::syntax::Node;

/// Reports each operation whose `x-specie-pagination` leads to no list of items.
pub fn report(api: &Api, root: &Node, report: &mut Report) {
    for operation in &api.operations {
        if let Some(Err(reason)) = operation.page_items(api) {
            let stated = stated(root, operation).unwrap_or(root);
            let key = match reason {
                NoPages::Parameter => stated.get("number").or_else(|| stated.get("parameter")),
                NoPages::Answer | NoPages::Items => stated.get("items"),
            };
            report.pagination(reason, key.unwrap_or(stated));
        }
    }
}

/// The operation's `x-specie-pagination`.
fn stated<'a>(root: &'a Node, operation: &Operation) -> Option<&'a Node> {
    let item = root.get("paths")?.get(&operation.path)?;
    item.get(&operation.http_method.to_lowercase())?.get("x-specie-pagination")
}
