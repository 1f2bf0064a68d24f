//! Security requirements.

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::syntax::Node;

/// Requirements that name no security scheme.
pub(super) fn undeclared_schemes(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let schemes = index.root.get("components").and_then(|components| components.get("securitySchemes"));
    for found in index.all(Kind::SecurityRequirement) {
        for (key, _) in found.node.entries() {
            if schemes.is_some_and(|schemes| schemes.get(key.text()).is_some()) {
                continue;
            }
            let message = format!("there is no security scheme {}", quoted(key.text()));
            let diagnostic = diagnostics.error(Code::UndeclaredSecurityScheme, message, key.span);
            let names = schemes.into_iter().flat_map(Node::entries).map(|(key, _)| key.text());
            match closest(key.text(), names) {
                Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
                None => diagnostic.help("declare it under `components.securitySchemes`"),
            };
        }
    }
}
