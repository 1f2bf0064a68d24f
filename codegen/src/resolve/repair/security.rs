//! Security requirements that name no scheme.

use std::collections::HashSet;

use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::path_item_operations::operations_mut;
use crate::source::Span;
use crate::syntax::{Node, Value};

/// Drops the alternatives that name a scheme which is nowhere declared: nobody can meet them. Returns where `security` stands of which none is
/// left.
pub(super) fn drop_undeclared(root: &mut Node, diagnostics: &mut Diagnostics) -> Vec<Span> {
    let schemes = root.get("components").and_then(|components| components.get("securitySchemes"));
    let schemes: HashSet<String> =
        schemes.into_iter().flat_map(Node::entries).map(|(key, _)| key.text().to_owned()).collect();
    let mut emptied = Vec::new();
    let mut drop_from = |holder: &mut Node| {
        let key = holder.entry("security").map(|(key, _)| key.span);
        if let Some((key, security)) = key.zip(holder.get_mut("security"))
            && !security.items().is_empty()
        {
            drop_alternatives(security, &schemes, diagnostics);
            emptied.extend(security.items().is_empty().then_some(key));
        }
    };
    drop_from(root);
    for holder in ["paths", "x-webhooks", "webhooks"] {
        for (_, item) in root.get_mut(holder).into_iter().flat_map(Node::entries_mut) {
            operations_mut(item).for_each(|(_, operation)| drop_from(operation));
        }
    }
    emptied
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
