//! Discriminators.

use std::collections::HashSet;

use super::survey::Survey;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::grammar::Kind;
use crate::document::{Node, closest};
use crate::source::is_file_like;

/// Branches that do not have the property by which they are told apart.
pub(super) fn without_property(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        let Some(name_node) = found.node.get("discriminator").and_then(|node| node.get("propertyName")) else {
            continue;
        };
        let Some(name) = name_node.as_str() else { continue };
        let branches = ["oneOf", "anyOf"].iter().filter_map(|key| found.node.get(key)).flat_map(Node::items);
        let mut branches = branches.peekable();
        if branches.peek().is_none() {
            if !has_property(survey, found.node, name) {
                let message = format!("this schema has no property {}", quoted(name));
                diagnostics
                    .warning(Code::DiscriminatorProperty, message, name_node.place)
                    .help("declare it under `properties`, and require it");
            }
            continue;
        }
        let shared = has_property(survey, found.node, name);
        for branch in branches.filter(|_| !shared) {
            if !has_property(survey, branch, name) {
                let place = branch.get("$ref").map_or(branch.place, |text| text.place);
                diagnostics
                    .warning(
                        Code::DiscriminatorProperty,
                        format!("this branch has no property {}", quoted(name)),
                        place,
                    )
                    .label(name_node.place, "which the discriminator names")
                    .help("declare it in the branch, and require it");
            }
        }
    }
}

/// Whether a schema, or a part that it is composed of, declares a property.
fn has_property(survey: &Survey<'_>, node: &Node, name: &str) -> bool {
    let mut seen = HashSet::new();
    let mut ahead = vec![node];
    while let Some(node) = ahead.pop() {
        let schema = survey.target(node);
        if !seen.insert(schema.place) {
            continue;
        }
        if schema.get("properties").is_some_and(|properties| properties.get(name).is_some()) {
            return true;
        }
        // A branch that is a union itself has it if its own branches do.
        let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
        ahead.extend(parts.flat_map(Node::items));
    }
    false
}

/// Mappings to schemas that do not exist.
pub(super) fn mapped_to_nowhere(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    let schemas = survey.root.get("components").and_then(|components| components.get("schemas"));
    for found in survey.all(Kind::Discriminator) {
        for (_, value) in found.node.get("mapping").into_iter().flat_map(Node::entries) {
            let Some(name) = value.as_str().filter(|name| !is_file_like(name)) else { continue };
            if schemas.is_some_and(|schemas| schemas.get(name).is_some()) {
                continue;
            }
            let message = format!("there is no schema {}", quoted(name));
            let diagnostic = diagnostics.error(Code::DiscriminatorMapping, message, value.place);
            let names = schemas.into_iter().flat_map(Node::entries).map(|(key, _)| key.text());
            match closest(name, names) {
                Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
                None => diagnostic.help("write the name of a schema under `components`"),
            };
        }
    }
}
