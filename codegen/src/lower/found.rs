//! The operations of a document where they stand.

use openapiv3::{Operation, PathItem, ReferenceOr};

use super::context::Lowering;
use super::located::At;

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
}

/// The operations of all paths.
pub fn find<'a>(lowering: &Lowering<'a>) -> Vec<Found<'a>> {
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
            found.push(Found { http_method: upper(method), path, at, item, id });
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
