//! `unevaluatedProperties` beside schemas that apply to some values only: `then`, `dependentSchemas`, branches of an `anyOf`. What they list
//! is evaluated where they hold (JSON Schema 2020-12, Core, 11.3).

use indexmap::{IndexMap, IndexSet};

use super::analysis::{AnalyzedSchemas, Conjunct};
use crate::document::schema::{Keywords, SchemaId};

/// What schemas that apply to some values only evaluate beside those that apply to all.
#[derive(Default)]
pub(super) struct ConditionalProperties<'a> {
    /// The properties that only they list, with the schemas that they give them.
    pub(super) named: IndexMap<&'a str, Vec<SchemaId>>,
    /// Whether one of them evaluates properties that it does not list.
    pub(super) has_others: bool,
}

impl<'a> ConditionalProperties<'a> {
    /// Those beside the `unevaluatedProperties` of a schema whose values satisfy all these schemas; none where it allows all properties.
    pub(super) fn beside(schemas: &'a AnalyzedSchemas<'_>, id: SchemaId, all: &[Conjunct]) -> Self {
        let stated = schemas[id].keywords.object.unevaluated_properties.as_ref();
        let mut found = Self::default();
        if stated.is_none_or(|stated| schemas[stated.value].schema.as_bool() == Some(true)) {
            return found;
        }
        let mut seen = holding(schemas, id, all);
        let always: Vec<&Keywords> = seen.iter().map(|one| schemas[*one].keywords).collect();
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

/// The schemas that hold and are evaluated: what a schema refers to, the parts of its `allOf`, and the branches of its unions that are among
/// all that a value satisfies.
pub(super) fn holding(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &[Conjunct]) -> IndexSet<SchemaId> {
    let of = |id: SchemaId| schemas[id].all.list.iter().map(|one| one.id);
    let mut found: IndexSet<SchemaId> = of(id).collect();
    let mut at = 0;
    while let Some(&next) = found.get_index(at) {
        at += 1;
        let composition = &schemas[next].keywords.composition;
        let branches = composition.one_of().iter().chain(composition.any_of());
        let chosen = branches.filter(|branch| all.iter().any(|one| one.id == schemas[**branch].target));
        found.extend(chosen.flat_map(|branch| of(*branch)));
    }
    found
}

/// The schemas that apply to some of the values of a schema, but the branches of its `oneOf`.
pub(super) fn conditional(keywords: &Keywords) -> Vec<SchemaId> {
    let composition = &keywords.composition;
    let conditions = [&composition.condition, &composition.consequence, &composition.alternative];
    let dependent = keywords.object.dependent_schemas.iter().flat_map(|entries| entries.value.iter());
    let found = conditions.into_iter().flatten().map(|stated| stated.value);
    found.chain(dependent.map(|(_, id)| *id)).chain(composition.any_of().iter().copied()).collect()
}
