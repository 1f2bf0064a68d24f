//! Security requirements.

use indexmap::IndexSet;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;

/// Requirements that name no security scheme.
pub(super) fn undeclared_schemes(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let declared = index.document.skeleton.components.iter().flat_map(|components| components.security_schemes.keys());
    let schemes: IndexSet<&str> =
        declared.chain(index.document.supplement.security_schemes.keys()).map(String::as_str).collect();
    for (_, requirement) in index.objects.iter().filter(|(_, object)| object.kind == Kind::SecurityRequirement) {
        for scheme in requirement.fields.iter().filter(|scheme| !schemes.contains(&*scheme.name)) {
            let message = format!("there is no security scheme {}", quoted(&scheme.name));
            let diagnostic = diagnostics.error(Code::UndeclaredSecurityScheme, message, scheme.key);
            match closest(&scheme.name, schemes.iter().copied()) {
                Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
                None => diagnostic.help("declare it under `components.securitySchemes`"),
            };
        }
    }
}
