//! Lists of required properties.

use std::collections::HashSet;

use super::composition::parts_of;
use super::survey::Survey;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::source::Span;
use crate::syntax::Node;

/// Names under `required` that no property has.
pub(super) fn names_without_property(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let shared = survey.shared_branches();
    let components = survey.root.get("components").and_then(|components| components.get("schemas"));
    let components: HashSet<Span> =
        components.into_iter().flat_map(Node::entries).map(|(_, component)| component.span).collect();
    for found in survey.all(Kind::Schema) {
        let may_require = ["required", "allOf"].iter().any(|key| found.node.get(key).is_some());
        let is_partial = found.node.get("properties").is_none() && shared.contains(&found.node.span);
        // Parts are judged with the whole that they belong to.
        if !may_require || found.is_branch || is_partial {
            continue;
        }
        let parts = parts_of(survey, found.node);
        if parts.iter().any(|part| takes_any_name(part)) {
            continue;
        }
        let declared: HashSet<&str> = parts.iter().flat_map(|part| property_names(part)).collect();
        // A part that is a component is judged where it stands, or made to be put together.
        for part in parts.iter().filter(|part| part.span == found.node.span || !components.contains(&part.span)) {
            names_of(part, &declared, diagnostics);
        }
    }
}

fn names_of(part: &Node, declared: &HashSet<&str>, diagnostics: &mut Diagnostics) {
    for item in part.get("required").map_or(&[][..], Node::items) {
        let Some(name) = item.as_str().filter(|name| !declared.contains(name)) else { continue };
        let message = format!("{} is required, and there is no such property", quoted(name));
        let diagnostic = diagnostics.warning(Code::RequiredWithoutProperty, message, item.span);
        match closest(name, property_names(part).chain(declared.iter().copied())) {
            Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
            None => diagnostic.help("declare it under `properties`, or remove it here"),
        };
    }
}

fn property_names(schema: &Node) -> impl Iterator<Item = &str> {
    schema.get("properties").into_iter().flat_map(Node::entries).map(|(key, _)| key.text())
}

/// Whether a part says nothing final about the names of properties: it has alternatives or takes further ones, or the word for
/// its properties is misspelt, which was reported.
fn takes_any_name(part: &Node) -> bool {
    let alternatives = ["oneOf", "anyOf", "not", "patternProperties", "if", "dependentSchemas"]
        .iter()
        .any(|key| part.get(key).is_some());
    let open = part.get("additionalProperties").is_some_and(|node| node.as_bool() != Some(false));
    let misspelt = part.get("properties").is_none()
        && part.entries().any(|(key, _)| closest(key.text(), ["properties"]).is_some());
    alternatives || open || misspelt
}
