//! What tells the branches of a union apart: the discriminator that the document states, or one that the branches have by themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::analysis::AnalyzedSchemas;
use super::enumerations;
use super::ids_and_keys::same_id;
use crate::api::{Branch, Discriminator, Schema, Shape};
use crate::document::schema::{self, Keyword, SchemaId};
use crate::source::Span;

/// A stated discriminator.
pub(super) fn stated(stated: &Keyword<schema::Discriminator>) -> Discriminator {
    Discriminator {
        property: stated.value.property_name.text.to_string(),
        default: stated.value.default_mapping.as_ref().and_then(|entry| entry.target).map(same_id),
        mapping: stated.value.mapping.iter().map(|(value, entry)| (value.to_string(), entry.key)).collect(),
        span: stated.key,
    }
}

/// The discriminator that the branches have by themselves, whose values are noted with them; `chosen` are the branches as stated.
pub(super) fn implied(
    schemas: &AnalyzedSchemas<'_>,
    chosen: &[SchemaId],
    branches: &mut [Branch],
    span: Span,
) -> Option<Discriminator> {
    Some(named(implied_values(schemas, chosen)?, branches, span))
}

/// Gives a union a discriminator that its branches have by themselves: the property, and the value of each branch.
pub(super) fn tell_apart(schema: &mut Schema, found: (String, Vec<String>)) {
    if let Shape::Union(union) = &mut schema.shape {
        union.discriminator = Some(named(found, &mut union.branches, union.span));
    }
}

/// The discriminator of a property, whose values are noted with the branches.
fn named((property, values): (String, Vec<String>), branches: &mut [Branch], span: Span) -> Discriminator {
    for (branch, value) in branches.iter_mut().zip(values) {
        branch.tags = vec![value];
    }
    Discriminator { property, default: None, mapping: Vec::new(), span }
}

/// A property that every branch requires, with one value that no other branch has: its name and the value of each branch.
fn implied_values(schemas: &AnalyzedSchemas<'_>, branches: &[SchemaId]) -> Option<(String, Vec<String>)> {
    distinct(&branches.iter().map(|branch| constants(schemas, *branch)).collect::<Vec<_>>())
}

/// The first property by name that has another text in each of some branches, whose constants these are, with those texts.
pub(super) fn distinct(of_each: &[BTreeMap<&str, &str>]) -> Option<(String, Vec<String>)> {
    of_each.first()?.keys().find_map(|name| {
        let values: Vec<&str> = of_each.iter().map(|texts| texts.get(name).copied()).collect::<Option<_>>()?;
        let is_distinct = values.iter().collect::<BTreeSet<_>>().len() == values.len();
        is_distinct.then(|| ((*name).to_owned(), values.into_iter().map(str::to_owned).collect()))
    })
}

/// The required properties of a schema that have just one value, a text.
fn constants<'a>(schemas: &AnalyzedSchemas<'a>, id: SchemaId) -> BTreeMap<&'a str, &'a str> {
    let mut found = BTreeMap::new();
    let all = || schemas[id].all.list.iter().map(|one| &schemas[one.id].keywords.object);
    let is_required = |name: &str| all().any(|object| object.required().iter().any(|text| &*text.text == name));
    for object in all() {
        for (name, property) in object.properties() {
            let keywords = schemas[schemas[property].target].keywords;
            if let Some(value) = enumerations::constant_text(keywords).filter(|_| is_required(name)) {
                found.insert(name, value);
            }
        }
    }
    found
}

/// The values of a discriminator by the schemas that they lead to.
pub(super) struct Tags<'a> {
    property: &'a str,
    mapped: HashMap<SchemaId, Vec<String>>,
}

impl<'a> Tags<'a> {
    /// Those of a mapping.
    pub(super) fn of(schemas: &AnalyzedSchemas<'_>, stated: &'a schema::Discriminator) -> Self {
        let mut tags: HashMap<SchemaId, Vec<String>> = HashMap::new();
        for (tag, entry) in &stated.mapping {
            if let Some(target) = entry.target {
                tags.entry(schemas[target].target).or_default().push(tag.to_string());
            }
        }
        Self { property: &stated.property_name.text, mapped: tags }
    }

    /// The values that lead to a branch, or else its component's name (OpenAPI 3.0.4, 4.7.25). Where the branch lists values of the
    /// property and the name is none of them, the listed ones are meant: no value of the branch has the name. Where a component is a
    /// branch twice, the values lead to the first one.
    pub(super) fn take(&mut self, schemas: &AnalyzedSchemas<'_>, branch: SchemaId) -> Vec<String> {
        if let Some(mapped) = self.mapped.get_mut(&schemas[branch].target) {
            return std::mem::take(mapped);
        }
        let name = component_name(schemas, branch);
        let listed = listed_values(schemas, branch, self.property);
        if listed.is_empty() || name.as_ref().is_some_and(|name| listed.contains(name)) {
            return name.into_iter().collect();
        }
        listed
    }

    /// The values that lead to a component, or else its name.
    pub(super) fn of_component(&mut self, schemas: &AnalyzedSchemas<'_>, id: SchemaId) -> Vec<String> {
        let name = || schemas[id].schema.parent.component().map(str::to_owned).into_iter().collect();
        self.mapped.remove(&id).unwrap_or_else(name)
    }
}

/// The name of the component that a branch refers to, which is its value of the discriminator where no mapping has one.
fn component_name(schemas: &AnalyzedSchemas<'_>, branch: SchemaId) -> Option<String> {
    let target = schemas[branch].keywords.reference.as_ref()?.value.target?;
    schemas[target].schema.parent.component().map(str::to_owned)
}

/// The values that a branch lists of a property, null aside, as texts: a mapping names numbers and flags by theirs.
fn listed_values(schemas: &AnalyzedSchemas<'_>, branch: SchemaId, property: &str) -> Vec<String> {
    let all = schemas[branch].all.list.iter();
    let mut stated: Vec<SchemaId> = all.filter_map(|one| schemas[one.id].keywords.object.property(property)).collect();
    stated.sort_unstable();
    let listed = stated.iter().find_map(|id| enumerations::texts(schemas[schemas[*id].target].keywords));
    listed.unwrap_or_default()
}
