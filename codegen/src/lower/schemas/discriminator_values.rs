//! What tells the branches of a union apart where the document names it, or where the branches do by themselves.

use std::collections::{BTreeMap, BTreeSet};

use super::analysis::AnalyzedSchemas;
use super::enumerations;
use crate::document::schema::SchemaId;

/// The name of the component that a branch refers to, which is its value of the discriminator where no mapping has one.
pub(super) fn component_name(schemas: &AnalyzedSchemas<'_>, branch: SchemaId) -> Option<String> {
    let target = schemas[branch].keywords.reference.as_ref()?.value.target?;
    schemas[target].schema.parent.component().map(str::to_owned)
}

/// A property that every branch requires, with one value that no other branch has: its name and the value of each branch.
pub(super) fn implied(schemas: &AnalyzedSchemas<'_>, branches: &[SchemaId]) -> Option<(String, Vec<String>)> {
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

/// The values that a branch lists of a property, null aside, as texts: a mapping names numbers and flags by theirs.
pub(super) fn listed_values(schemas: &AnalyzedSchemas<'_>, branch: SchemaId, property: &str) -> Vec<String> {
    let all = schemas[branch].all.list.iter();
    let mut stated: Vec<SchemaId> = all.filter_map(|one| schemas[one.id].keywords.object.property(property)).collect();
    stated.sort_unstable();
    let listed = stated.iter().find_map(|id| enumerations::texts(schemas[schemas[*id].target].keywords));
    listed.unwrap_or_default()
}
