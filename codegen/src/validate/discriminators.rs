//! Discriminators.

use std::collections::{HashMap, HashSet};

use super::composition::parts_of;
use super::survey::{Found, Survey};
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::grammar::Kind;
use crate::source::{Span, is_file_like};
use crate::syntax::{Key, Node};

/// Branches that do not have the property by which they are told apart, or need not have it.
pub(super) fn without_property(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        let Some(name_node) = found.node.get("discriminator").and_then(|node| node.get("propertyName")) else {
            continue;
        };
        let Some(name) = name_node.as_str() else { continue };
        let branches = branches(found.node);
        // What stands beside the branches holds for all of them.
        if parts_of(survey, found.node).iter().any(|part| declares(part, name)) {
            continue;
        }
        let lacking: Vec<&Node> =
            branches.iter().filter(|branch| !has_property(survey, branch, name)).copied().collect();
        if lacking.len() == branches.len() {
            nobody_has_it(survey, &branches, name_node, name, diagnostics);
            continue;
        }
        for branch in lacking {
            diagnostics
                .warning(
                    Code::DiscriminatorProperty,
                    format!("this branch has no property {}", quoted(name)),
                    span_of(branch),
                )
                .label(name_node.span, "which the discriminator names")
                .help("declare it in the branch, and require it");
        }
    }
}

/// The name is wrong rather than every branch.
fn nobody_has_it(survey: &Survey<'_>, branches: &[&Node], name_node: &Node, name: &str, diagnostics: &mut Diagnostics) {
    let whose = if branches.is_empty() { "this schema has no property" } else { "no branch has a property" };
    let message = format!("{whose} {}", quoted(name));
    let diagnostic = diagnostics.warning(Code::DiscriminatorProperty, message, name_node.span);
    let parts = branches.first().map(|branch| parts_of(survey, branch)).unwrap_or_default();
    let names = parts.iter().filter_map(|part| part.get("properties")).flat_map(Node::entries);
    match closest(name, names.map(|(key, _)| key.text())) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it under `properties`, and require it"),
    };
}

/// The branches that are objects or ought to be: not null, and not found by other means than `$ref` (JSON Schema's dynamic references).
fn branches(schema: &Node) -> Vec<&Node> {
    let is_null = |branch: &Node| {
        branch.get("enum").is_some_and(|values| !values.items().is_empty() && values.items().iter().all(Node::is_null))
    };
    let is_elsewhere =
        |branch: &Node| branch.entries().any(|(key, _)| key.text().starts_with('$') && key.text().ends_with("Ref"));
    let branches = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key)).flat_map(Node::items);
    branches.filter(|branch| !is_null(branch) && !is_elsewhere(branch)).collect()
}

fn span_of(branch: &Node) -> Span {
    let begins = || branch.entries().next().map_or(branch.span, |(key, _)| key.span);
    branch.get("$ref").map_or_else(begins, |text| text.span)
}

fn declares(schema: &Node, name: &str) -> bool {
    schema.get("properties").is_some_and(|properties| properties.get(name).is_some())
}

/// Whether a schema, or a part that it is composed of, declares a property.
fn has_property(survey: &Survey<'_>, node: &Node, name: &str) -> bool {
    let mut seen = HashSet::new();
    let mut ahead = vec![node];
    while let Some(node) = ahead.pop() {
        let schema = survey.target(node);
        if !seen.insert(schema.span) {
            continue;
        }
        if declares(schema, name) {
            return true;
        }
        // A branch that is a union itself has it if its own branches do.
        let parts = ["allOf", "oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
        ahead.extend(parts.flat_map(Node::items));
    }
    false
}

/// Mappings to schemas that do not exist or are no branches, values that name two branches, and branches that no value names.
pub(super) fn mappings(survey: &Survey<'_>, diagnostics: &mut Diagnostics) {
    for found in survey.all(Kind::Schema) {
        let Some(discriminator) = found.node.get("discriminator") else { continue };
        let entries: Vec<_> = discriminator.get("mapping").into_iter().flat_map(Node::entries).collect();
        let mut targets = Vec::new();
        for (key, value) in entries {
            match target(survey, value) {
                Some(target) => targets.push((key, value, target)),
                None => to_nowhere(survey, value, diagnostics),
            }
        }
        let branches = branches(found.node);
        if branches.is_empty() {
            to_strangers(survey, found, &targets, diagnostics);
        } else {
            let named = Naming::of(survey, &branches, &targets);
            named.to_no_branch(diagnostics);
            named.to_two_branches(diagnostics);
            let property = discriminator.get("propertyName").and_then(Node::as_str).unwrap_or_default();
            named.branches_without_name(property, diagnostics);
        }
    }
}

/// The schema that a value of a mapping names.
fn target<'a>(survey: &Survey<'a>, value: &'a Node) -> Option<&'a Node> {
    let text = value.as_str()?;
    let node = if is_file_like(text) { survey.named(text) } else { survey.component("schemas", text) };
    node.map(|node| survey.target(node))
}

fn to_nowhere(survey: &Survey<'_>, value: &Node, diagnostics: &mut Diagnostics) {
    let Some(name) = value.as_str() else { return };
    let schemas = survey.root.get("components").and_then(|components| components.get("schemas"));
    let message = format!("there is no schema {}", quoted(name));
    let diagnostic = diagnostics.error(Code::DiscriminatorMapping, message, value.span);
    let names = schemas.into_iter().flat_map(Node::entries).map(|(key, _)| key.text());
    match closest(name, names) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("write the name of a schema under `components`"),
    };
}

type Mapped<'a> = (&'a Key, &'a Node, &'a Node);

/// A base that names its extensions: each has to extend it.
fn to_strangers(survey: &Survey<'_>, found: &Found<'_>, targets: &[Mapped<'_>], diagnostics: &mut Diagnostics) {
    for (_, value, target) in targets {
        let is_extension = parts_of(survey, target).iter().any(|part| part.span == found.node.span);
        if !is_extension {
            diagnostics
                .warning(Code::DiscriminatorMapping, "this schema does not extend the one that maps to it", value.span)
                .help("let it have the base under `allOf`, or list both under `oneOf`");
        }
    }
}

/// How the branches of a union are named.
struct Naming<'n, 'a> {
    survey: &'n Survey<'a>,
    branches: &'n [&'a Node],
    targets: &'n [Mapped<'a>],
    /// The schemas that are mapped to.
    mapped: HashSet<Span>,
}

impl<'n, 'a> Naming<'n, 'a> {
    fn of(survey: &'n Survey<'a>, branches: &'n [&'a Node], targets: &'n [Mapped<'a>]) -> Self {
        Self { survey, branches, targets, mapped: targets.iter().map(|(_, _, target)| target.span).collect() }
    }

    /// The name that a branch has where no mapping names it: its component's (OpenAPI 3.0.4, 4.7.25).
    fn implied<'b>(&self, branch: &'b Node) -> Option<&'b str> {
        let is_mapped = self.mapped.contains(&self.survey.target(branch).span);
        let text = branch.get("$ref")?.as_str()?;
        text.rsplit('/').next().filter(|_| !is_mapped)
    }

    fn to_no_branch(&self, diagnostics: &mut Diagnostics) {
        let reached = reached(self.survey, self.branches);
        for (_, value, target) in self.targets {
            // A schema that is built on a branch is one of its values.
            if !parts_of(self.survey, target).iter().any(|part| reached.contains(&part.span)) {
                diagnostics
                    .warning(Code::DiscriminatorMapping, "this schema is no branch of the union", value.span)
                    .help("add it to the branches, or remove the mapping");
            }
        }
    }

    fn to_two_branches(&self, diagnostics: &mut Diagnostics) {
        let mapped: HashMap<&str, Span> = self.targets.iter().map(|(key, ..)| (key.text(), key.span)).collect();
        let mut implied: HashMap<&str, Span> = HashMap::new();
        for branch in self.branches {
            let Some(name) = self.implied(branch) else { continue };
            let span = span_of(branch);
            let first = implied.insert(name, span);
            if let Some(first) = mapped.get(name).copied().or(first) {
                let message = format!("the value {} names two branches", quoted(name));
                let severity = self.survey.strictness.severity();
                diagnostics
                    .push(Diagnostic::new(Code::DiscriminatorMapping, severity, message, span))
                    .mark("this branch by its name")
                    .label(first, "and another one here")
                    .help("map a value of its own to each branch, and list each branch once");
            }
        }
    }

    /// Inline branches. One that lacks the property was reported for that.
    fn branches_without_name(&self, property: &str, diagnostics: &mut Diagnostics) {
        for branch in self.branches.iter().filter(|branch| branch.get("$ref").is_none()) {
            if has_property(self.survey, branch, property) {
                diagnostics
                    .warning(
                        Code::DiscriminatorMapping,
                        "no value of the discriminator names this branch, as it has no name",
                        span_of(branch),
                    )
                    .help("move it to `components.schemas` and refer to it");
            }
        }
    }
}

/// The branches, and the branches of those that are unions themselves.
fn reached(survey: &Survey<'_>, branches: &[&Node]) -> HashSet<Span> {
    let mut reached = HashSet::new();
    let mut ahead: Vec<&Node> = branches.to_vec();
    while let Some(node) = ahead.pop() {
        let schema = survey.target(node);
        if reached.insert(schema.span) {
            let inner = ["oneOf", "anyOf"].iter().filter_map(|key| schema.get(key));
            ahead.extend(inner.flat_map(Node::items));
        }
    }
    reached
}
