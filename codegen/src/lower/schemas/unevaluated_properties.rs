//! `unevaluatedProperties` beside schemas that apply to some values only: `then`, `dependentSchemas`, branches of an `anyOf`. What they list
//! is evaluated where they hold (JSON Schema 2020-12, Core, 11.3).

use std::collections::HashSet;

use indexmap::IndexMap;

use super::analysis::AnalyzedSchemas;
use crate::document::schema::{Keywords, SchemaId};

/// What schemas that apply to some values only evaluate beside those that apply to all.
#[derive(Default)]
pub(super) struct ConditionalProperties<'a> {
    /// The properties that only they list, with the schemas that they give them.
    pub(super) named: IndexMap<&'a str, Vec<SchemaId>>,
    /// Whether one of them speaks of properties that it does not list.
    pub(super) has_others: bool,
}

impl<'a> ConditionalProperties<'a> {
    /// Those beside the `unevaluatedProperties` of a schema; none where that says nothing.
    pub(super) fn beside(schemas: &'a AnalyzedSchemas<'_>, id: SchemaId) -> Self {
        let stated = schemas[id].keywords.object.unevaluated_properties.as_ref();
        let mut found = Self::default();
        if stated.is_none_or(|stated| schemas[stated.value].schema.as_bool() == Some(true)) {
            return found;
        }
        let always: Vec<&Keywords> = schemas[id].all.list.iter().map(|one| schemas[one.id].keywords).collect();
        let mut seen: HashSet<SchemaId> = schemas[id].all.list.iter().map(|one| one.id).collect();
        // Of a `oneOf` one branch applies, with which the schema becomes a shape of its own.
        let mut waiting: Vec<SchemaId> = always.iter().flat_map(|keywords| conditional(keywords)).collect();
        let mut at = 0;
        while let Some(&next) = waiting.get(at) {
            at += 1;
            for one in schemas[next].all.list.iter().filter(|one| seen.insert(one.id)) {
                let keywords = schemas[one.id].keywords;
                found.add(keywords);
                waiting.extend(conditional(keywords));
                waiting.extend(keywords.composition.one_of());
            }
        }
        found.named.retain(|name, _| always.iter().all(|keywords| keywords.object.property(name).is_none()));
        found
    }

    fn add(&mut self, keywords: &'a Keywords) {
        let object = &keywords.object;
        for (name, id) in object.properties.iter().flat_map(|properties| &properties.value) {
            self.named.entry(name).or_default().push(*id);
        }
        self.has_others |= object.pattern_properties.is_some()
            || object.additional_properties.is_some()
            || object.unevaluated_properties.is_some();
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty() && !self.has_others
    }
}

/// The schemas that apply to some of the values of a schema, but the branches of its `oneOf`.
fn conditional(keywords: &Keywords) -> Vec<SchemaId> {
    let composition = &keywords.composition;
    let conditions = [&composition.condition, &composition.consequence, &composition.alternative];
    let dependent = keywords.object.dependent_schemas.iter().flat_map(|entries| entries.value.iter());
    let found = conditions.into_iter().flatten().map(|stated| stated.value);
    found.chain(dependent.map(|(_, id)| *id)).chain(composition.any_of().iter().copied()).collect()
}
