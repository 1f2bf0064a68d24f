//! Security requirements that name no scheme.

use std::collections::HashSet;

use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::path_item_operations::operations_mut;
use crate::syntax::{Node, Value};

/// Drops the alternatives that name a scheme which is nowhere declared: nobody can meet them.
pub(super) fn drop_undeclared(root: &mut Node, diagnostics: &mut Diagnostics) {
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
    let schemes: HashSet<String> =
        schemes.into_iter().flat_map(Node::entries).map(|(key, _)| key.text().to_owned()).collect();
    let mut drop_from = |holder: &mut Node| {
        if let Some(security) = holder.get_mut("security") {
            drop_alternatives(security, &schemes, diagnostics);
        }
    };
    drop_from(root);
    for holder in ["paths", "x-webhooks", "webhooks"] {
        for (_, item) in root.get_mut(holder).into_iter().flat_map(Node::entries_mut) {
            operations_mut(item).for_each(|(_, operation)| drop_from(operation));
        }
    }
}

fn drop_alternatives(security: &mut Node, schemes: &HashSet<String>, diagnostics: &mut Diagnostics) {
    let Value::Sequence(alternatives) = &mut security.value else { return };
    alternatives.retain(|alternative| {
        let Some((key, _)) = alternative.entries().find(|(key, _)| !schemes.contains(key.text())) else { return true };
        let message =
            format!("there is no security scheme {}, and nobody can meet this requirement", quoted(key.text()));
        let found = diagnostics.warning(Code::UndeclaredSecurityScheme, message, key.span);
        match closest(key.text(), schemes.iter().map(String::as_str)) {
            Some(meant) => found.suggest(format!("did you mean `{meant}`?")),
            None => found.help("declare it under `components.securitySchemes`"),
        };
        false
    });
}
