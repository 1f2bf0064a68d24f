//! Rules of Discriminator Objects.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::index::Index;
use crate::diagnostic::closest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::schema::{Discriminator, Keywords, Mapping, SchemaId, Text};
use crate::source::Span;

/// Branches that do not have the property by which they are told apart, or need not have it.
pub(super) fn without_property(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, discriminator) in discriminators(index) {
        let property = &discriminator.property_name;
        let branches = branches(index, id);
        // What stands beside the branches holds for all of them.
        if index.extended_by(id).iter().any(|part| declares(index.keywords(*part), &property.text)) {
            continue;
        }
        let lacking: Vec<SchemaId> =
            branches.iter().filter(|branch| !has_property(index, **branch, &property.text)).copied().collect();
        if lacking.len() == branches.len() {
            report_property_of_none(index, &branches, property, diagnostics);
            continue;
        }
        for branch in lacking {
            let message = format!("this branch has no property {}", quoted(&property.text));
            diagnostics
                .warning(Code::DiscriminatorProperty, message, span_of(index, branch))
                .label(property.span, "which the discriminator names")
                .help("declare it in the branch, and require it");
        }
    }
}

/// The schemas with a discriminator.
fn discriminators<'a>(index: &Index<'a>) -> impl Iterator<Item = (SchemaId, &'a Discriminator)> {
    let with = |(id, schema): (SchemaId, &'a crate::document::schema::Schema)| {
        Some((id, &schema.keywords().discriminator.as_ref()?.value))
    };
    index.all_schemas().filter_map(with)
}

/// Reports once that no branch has the property.
fn report_property_of_none(index: &Index<'_>, branches: &[SchemaId], property: &Text, diagnostics: &mut Diagnostics) {
    let whose = if branches.is_empty() { "this schema has no property" } else { "no branch has a property" };
    let message = format!("{whose} {}", quoted(&property.text));
    let diagnostic = diagnostics.warning(Code::DiscriminatorProperty, message, property.span);
    let parts = branches.first().map(|branch| index.parts_of(*branch)).unwrap_or_default();
    let names = parts.iter().flat_map(|part| index.keywords(*part).object.properties());
    match closest(&property.text, names.map(|(name, _)| name)) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("declare it under `properties`, and require it"),
    };
}

/// The branches that are objects or ought to be: not null, and not found by other means than `$ref` (JSON Schema's dynamic references).
fn branches(index: &Index<'_>, id: SchemaId) -> Vec<SchemaId> {
    let is_object = |branch: &&SchemaId| {
        let keywords = index.keywords(**branch);
        let is_dynamic = |text: &str| text.starts_with('$') && text.ends_with("Ref");
        let is_elsewhere =
            keywords.identity.dynamic_reference.is_some() || keywords.unknown.iter().any(|key| is_dynamic(key.text()));
        !(keywords.is_only_null() || is_elsewhere)
    };
    let composition = &index.keywords(id).composition;
    composition.one_of().iter().chain(composition.any_of()).filter(is_object).copied().collect()
}

/// The reference that a branch is, or its first key.
fn span_of(index: &Index<'_>, branch: SchemaId) -> Span {
    index.keywords(branch).reference.as_ref().map_or(index.schemas[branch].first, |reference| reference.span)
}

fn declares(keywords: &Keywords, name: &str) -> bool {
    keywords.object.property(name).is_some()
}

/// Whether a schema, or a part that it is composed of, declares a property.
fn has_property(index: &Index<'_>, id: SchemaId, name: &str) -> bool {
    let mut seen = HashSet::new();
    let mut ahead = vec![id];
    while let Some(id) = ahead.pop() {
        let target = index.schemas.target(id);
        if !seen.insert(target) {
            continue;
        }
        let keywords = index.keywords(target);
        if declares(keywords, name) {
            return true;
        }
        // A branch that is a union itself has it if its own branches do.
        let composition = &keywords.composition;
        ahead.extend([composition.all_of(), composition.one_of(), composition.any_of()].concat());
        ahead.extend(keywords.reference.as_ref().and_then(|reference| reference.value.target));
    }
    false
}

/// Mappings to schemas that do not exist or are no branches, values that name two branches, and branches that no value names.
pub(super) fn mappings(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, discriminator) in discriminators(index) {
        let mut targets = Vec::new();
        for (value, entry) in &discriminator.mapping {
            match entry.target {
                Some(target) => targets.push(Mapped { value, entry, target: index.schemas.target(target) }),
                None => to_nowhere(index, &entry.name, diagnostics),
            }
        }
        let branches = branches(index, id);
        if branches.is_empty() {
            to_strangers(index, id, &targets, diagnostics);
        } else {
            let named = Naming::of(index, &branches, &targets);
            named.to_no_branch(diagnostics);
            named.to_two_branches(diagnostics);
            named.branches_without_name(&discriminator.property_name.text, diagnostics);
        }
    }
}

/// Schemas that a discriminator names by values which they do not allow: no valid value is read as one of them. Looked at are branches that a
/// mapping names, and what extends a base that has no branches, under its own name where no mapping has it (OpenAPI 3.0.4, 4.7.25).
pub(super) fn without_value(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    for (id, discriminator) in discriminators(index) {
        let mut named: HashMap<SchemaId, Vec<&str>> = HashMap::new();
        if index.keywords(id).composition.one_of().is_empty() && index.keywords(id).composition.any_of().is_empty() {
            named.extend(extensions(index, id).map(|(name, extension)| (extension, vec![name])));
        }
        let mapped: HashSet<SchemaId> = discriminator.mapping.values().filter_map(|entry| entry.target).collect();
        named.retain(|extension, _| !mapped.iter().any(|target| index.schemas.target(*target) == *extension));
        for (value, entry) in &discriminator.mapping {
            let target = entry.target.map(|target| index.schemas.target(target));
            named.entry(target.unwrap_or(id)).or_default().push(value);
        }
        named.remove(&id);
        let mut named: Vec<_> = named.into_iter().collect();
        named.sort_unstable();
        for (schema, values) in named {
            if let Some(listing) = listing_without(index, schema, &discriminator.property_name.text, &values) {
                named_in_vain(index, &discriminator.property_name, (schema, &values), listing, diagnostics);
            }
        }
    }
}

fn named_in_vain(
    index: &Index<'_>,
    property: &Text,
    (schema, values): (SchemaId, &[&str]),
    listing: Span,
    diagnostics: &mut Diagnostics,
) {
    let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
    let message = format!("{} is not listed here, and nothing else names the schema", values.join(", "));
    diagnostics
        .warning(Code::DiscriminatorMapping, message, listing)
        .label(index.schemas[schema].name, "no valid value is read as this schema")
        .label(property.span, "which this property names")
        .help("list the value, or map one of the listed values to the schema");
}

/// The components that extend a base and that no other one extends, by their names.
fn extensions<'i>(index: &'i Index<'_>, base: SchemaId) -> impl Iterator<Item = (&'i str, SchemaId)> {
    let components = || index.schemas.components().iter().map(|(name, id)| (&**name, *id));
    let of: Vec<(&str, SchemaId, Vec<SchemaId>)> = components()
        .map(|(name, id)| (name, id, index.extended_by(id)))
        .filter(|(_, id, bases)| *id != base && index.schemas.target(*id) == *id && bases.contains(&base))
        .collect();
    let extended: HashSet<SchemaId> =
        of.iter().flat_map(|(_, id, bases)| bases.iter().copied().filter(move |one| one != id)).collect();
    of.into_iter().filter(move |(_, id, _)| !extended.contains(id)).map(|(name, id, _)| (name, id))
}

/// The list of values of a property that has none of these, in a schema or in what it extends.
fn listing_without(index: &Index<'_>, id: SchemaId, property: &str, values: &[&str]) -> Option<Span> {
    let parts = index.extended_by(id);
    let mut stated = parts.iter().filter_map(|part| index.keywords(*part).object.property(property));
    stated.find_map(|property| index.keywords(index.schemas.target(property)).listing_without(values))
}

fn to_nowhere(index: &Index<'_>, name: &Text, diagnostics: &mut Diagnostics) {
    let message = format!("there is no schema {}", quoted(&name.text));
    let severity = index.strictness.severity();
    let diagnostic = diagnostics.push(Diagnostic::new(Code::DiscriminatorMapping, severity, message, name.span));
    let names = index.schemas.components().keys().map(|name| &**name);
    match closest(&name.text, names) {
        Some(meant) => diagnostic.suggest(format!("did you mean `{meant}`?")),
        None => diagnostic.help("write the name of a schema under `components`"),
    };
}

/// A value of a mapping that leads to a schema.
struct Mapped<'a> {
    value: &'a Arc<str>,
    entry: &'a Mapping,
    target: SchemaId,
}

/// A base that names its extensions: each has to extend it.
fn to_strangers(index: &Index<'_>, base: SchemaId, targets: &[Mapped<'_>], diagnostics: &mut Diagnostics) {
    for mapped in targets {
        if !index.extended_by(mapped.target).contains(&base) {
            let message = "this schema does not extend the one that maps to it";
            diagnostics
                .warning(Code::DiscriminatorMapping, message, mapped.entry.name.span)
                .help("let it have the base under `allOf`, or list both under `oneOf`");
        }
    }
}

/// How the branches of a union are named.
struct Naming<'n, 'a> {
    index: &'n Index<'a>,
    branches: &'n [SchemaId],
    targets: &'n [Mapped<'a>],
    /// The schemas that are mapped to.
    mapped: HashSet<SchemaId>,
}

impl<'n, 'a> Naming<'n, 'a> {
    fn of(index: &'n Index<'a>, branches: &'n [SchemaId], targets: &'n [Mapped<'a>]) -> Self {
        Self { index, branches, targets, mapped: targets.iter().map(|mapped| mapped.target).collect() }
    }

    /// The name that a branch has where no mapping names it: its component's (OpenAPI 3.0.4, 4.7.25).
    fn implied(&self, branch: SchemaId) -> Option<&'a str> {
        let is_mapped = self.mapped.contains(&self.index.schemas.target(branch));
        let text = &self.index.keywords(branch).reference.as_ref()?.value.text;
        text.rsplit('/').next().filter(|_| !is_mapped)
    }

    fn to_no_branch(&self, diagnostics: &mut Diagnostics) {
        let reached = reached(self.index, self.branches);
        for mapped in self.targets {
            // A schema that is built on a branch is one of its values.
            if !self.index.extended_by(mapped.target).iter().any(|part| reached.contains(part)) {
                diagnostics
                    .warning(
                        Code::DiscriminatorMapping,
                        "this schema is no branch of the union",
                        mapped.entry.name.span,
                    )
                    .help("add it to the branches, or remove the mapping");
            }
        }
    }

    fn to_two_branches(&self, diagnostics: &mut Diagnostics) {
        let mapped: HashMap<&str, Span> =
            self.targets.iter().map(|mapped| (&**mapped.value, mapped.entry.key)).collect();
        let mut implied: HashMap<&str, Span> = HashMap::new();
        for branch in self.branches {
            let Some(name) = self.implied(*branch) else { continue };
            let span = span_of(self.index, *branch);
            let first = implied.insert(name, span);
            if let Some(first) = mapped.get(name).copied().or(first) {
                let message = format!("the value {} names two branches", quoted(name));
                let severity = self.index.strictness.severity();
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
        let is_inline = |branch: &&SchemaId| self.index.keywords(**branch).reference.is_none();
        for branch in self.branches.iter().filter(is_inline) {
            if has_property(self.index, *branch, property) {
                let message = "no value of the discriminator names this branch, as it has no name";
                diagnostics
                    .warning(Code::DiscriminatorMapping, message, span_of(self.index, *branch))
                    .help("move it to `components.schemas` and refer to it");
            }
        }
    }
}

/// The branches, and the branches of those that are unions themselves.
fn reached(index: &Index<'_>, branches: &[SchemaId]) -> HashSet<SchemaId> {
    let mut reached = HashSet::new();
    let mut ahead = branches.to_vec();
    while let Some(id) = ahead.pop() {
        let target = index.schemas.target(id);
        if reached.insert(target) {
            let composition = &index.keywords(target).composition;
            ahead.extend([composition.one_of(), composition.any_of()].concat());
        }
    }
    reached
}
