//! The operations of a document where they stand.

use openapiv3::{Operation, PathItem, ReferenceOr};

use super::context::Lowering;
use super::located::At;
use super::naming;

/// An operation where it stands.
pub struct Found<'a> {
    /// Upper-case HTTP method.
    pub http_method: &'static str,
    /// The path template.
    pub path: &'a str,
    /// The operation.
    pub at: At<'a, Operation>,
    /// The path item around it.
    pub item: At<'a, PathItem>,
    /// The name it goes by: its `operationId`, or one made from method and path.
    pub id: String,
    /// What request, method and types are named after: the id, unless the document chooses another name.
    pub name: String,
}

/// The operations of all paths.
pub fn find<'a>(lowering: &mut Lowering<'a>) -> Vec<Found<'a>> {
    let resolved = lowering.resolved;
    let Some(paths) = resolved.root.get("paths") else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (path, item) in &resolved.document.api.paths.paths {
        let (ReferenceOr::Item(item), Some(node)) = (item, paths.get(path)) else {
            continue;
        };
        let item = At::new(item, node);
        for (method, operation) in item.value.iter() {
            let at = item.child(operation, method);
            let id =
                operation.operation_id.clone().unwrap_or_else(|| format!("{method} {}", path.replace(['{', '}'], "")));
            let name = naming::stated(lowering, at.node).map_or_else(|| id.clone(), str::to_owned);
            found.push(Found { http_method: upper(method), path, at, item, id, name });
        }
    }
    found
}

fn upper(method: &str) -> &'static str {
    match method {
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        "trace" => "TRACE",
        _ => "GET",
    }
}
