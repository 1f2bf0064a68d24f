//! Lists of required properties.

use super::survey::{Found, Survey};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::grammar::Kind;
use crate::document::{Node, closest};

/// Names under `required` that no property has.
pub(super) fn names_without_property(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        let Some(required) = found.node.get("required") else { continue };
        if may_be_declared_elsewhere(found) {
            continue;
        }
        let properties = found.node.get("properties");
        for item in required.items() {
            let Some(name) = item.as_str() else { continue };
            if properties.is_some_and(|properties| properties.get(name).is_some()) {
                continue;
            }
            let message = format!("{} is required, and there is no such property", quoted(name));
            let diagnostic = diagnostics.warning(Code::RequiredWithoutProperty, message, item.place);
            let names = properties.into_iter().flat_map(Node::entries).map(|(key, _)| key.text());
            match closest(name, names) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic.help("declare it under `properties`, or remove it here"),
            };
        }
    }
}

/// Whether a schema is put together with others, or takes properties of any name.
fn may_be_declared_elsewhere(found: &Found<'_>) -> bool {
    let composed = ["allOf", "oneOf", "anyOf"].iter().any(|key| found.node.get(key).is_some());
    let open = found.node.get("additionalProperties").is_some_and(|node| node.as_bool() != Some(false));
    // A component that only requires is made to be put together.
    let partial = found.node.get("properties").is_none();
    composed || open || partial || found.is_branch
}
