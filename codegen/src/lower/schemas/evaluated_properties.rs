//! `unevaluatedProperties: false` beside schemas that apply to some values only, as assertions: each property that only such schemas list
//! is there where one of them holds (JSON Schema 2020-12, Core, 11.3).

use indexmap::{IndexMap, IndexSet};

use super::analysis::{AnalyzedSchemas, Conjunct};
use super::unevaluated_properties::{ConditionalProperties, conditional, holding};
use crate::api::Assertion;
use crate::document::schema::{Keywords, SchemaId};

/// How many schemas are looked at in the conditions of one keyword; where there are more, nothing is asserted.
const MOST: usize = 50;

/// A schema as assertions.
type Condition = Vec<Assertion>;

/// Which properties a value may have, and where.
pub(super) struct EvaluatedProperties {
    /// All that may be there.
    names: IndexSet<String>,
    /// Those that may only be there where one of some schemas holds.
    conditions: IndexMap<String, Vec<Condition>>,
}

impl EvaluatedProperties {
    /// Those beside the `unevaluatedProperties` of a schema, of a value that satisfies all of these. `None` where that is not `false`,
    /// where no schema applies to some values only, and where what they evaluate cannot be told.
    pub(super) fn beside(schemas: &AnalyzedSchemas<'_>, id: SchemaId, all: &[Conjunct]) -> Option<Self> {
        let stated = schemas[id].keywords.object.unevaluated_properties.as_ref()?;
        let conditional = ConditionalProperties::beside(schemas, id, all);
        let is_closing = schemas[stated.value].schema.as_bool() == Some(false);
        if !is_closing || conditional.is_empty() || conditional.has_others {
            return None;
        }
        let always = holding(schemas, id, all);
        if always.iter().any(|one| *one != id && evaluates_others(schemas[*one].keywords))
            || schemas[id].keywords.object.pattern_properties.is_some()
        {
            return None;
        }
        let mut found = Self { names: IndexSet::new(), conditions: IndexMap::new() };
        for (one, condition) in applied_below(schemas, &always)? {
            for (name, _) in schemas[one].keywords.object.properties() {
                found.names.insert(name.to_owned());
                found.conditions.entry(name.to_owned()).or_default().push(condition.clone());
            }
        }
        let listed = |one: &SchemaId| schemas[*one].keywords.object.properties().map(|(name, _)| name.to_owned());
        let listed: IndexSet<String> = always.iter().flat_map(listed).collect();
        found.conditions.retain(|name, _| !listed.contains(name));
        found.names.extend(listed);
        Some(found)
    }

    /// What is asserted of an object that keeps properties which it does not list, or else refuses them.
    pub(super) fn asserted(self, keeps_others: bool) -> impl Iterator<Item = Assertion> {
        let Self { names, conditions } = self;
        let named = names.into_iter().map(|name| (name, Vec::new())).collect();
        let closed = Assertion::Properties { named, patterns: Vec::new(), others: vec![Assertion::Never] };
        let any = |(name, mut schemas): (String, Vec<Condition>)| {
            let only = if schemas.len() == 1 { schemas.pop() } else { None };
            (name, only.unwrap_or_else(|| vec![Assertion::AnyOf(schemas)]))
        };
        let entries: Vec<(String, Condition)> = conditions.into_iter().map(any).collect();
        let dependent = (!entries.is_empty()).then_some(Assertion::DependentSchemas(entries));
        keeps_others.then_some(closed).into_iter().chain(dependent)
    }
}

/// Whether a schema evaluates properties that it does not list.
fn evaluates_others(keywords: &Keywords) -> bool {
    let object = &keywords.object;
    object.pattern_properties.is_some()
        || object.additional_properties.is_some()
        || object.unevaluated_properties.is_some()
}

/// Whether a schema speaks of properties, by itself or where it holds.
fn evaluates_any(schemas: &AnalyzedSchemas<'_>, id: SchemaId) -> bool {
    schemas[id].all.list.iter().map(|one| schemas[one.id].keywords).any(|keywords| {
        keywords.object.properties.is_some()
            || !conditional(keywords).is_empty()
            || !keywords.composition.one_of().is_empty()
    })
}

/// The schemas that evaluate properties of some values where others apply to all, at every depth, each with what holds where it does. `None`
/// where there are too many of them, or where what holds cannot be written as assertions.
fn applied_below(schemas: &AnalyzedSchemas<'_>, always: &IndexSet<SchemaId>) -> Option<Vec<(SchemaId, Condition)>> {
    let mut found = Vec::new();
    // The next one comes last.
    let mut waiting: Vec<(SchemaId, Option<Condition>)> = always.iter().rev().map(|id| (*id, None)).collect();
    while let Some((holder, outer)) = waiting.pop() {
        let mut below = Vec::new();
        for (id, condition) in applied_where(schemas, holder, outer.is_some())? {
            let condition = [outer.clone().unwrap_or_default(), condition].concat();
            below.extend(schemas[id].all.list.iter().map(|one| (one.id, Some(condition.clone()))));
        }
        found.extend(outer.map(|condition| (holder, condition)));
        if found.len() + below.len() > MOST {
            return None;
        }
        waiting.extend(below.into_iter().rev());
    }
    Some(found)
}

/// The schemas that apply to some of the values of a schema and evaluate properties, each with what holds where it does. The branches of a
/// `oneOf` are those of a schema that is one of them itself; else one is chosen, with which the schema becomes a shape of its own.
fn applied_where(
    schemas: &AnalyzedSchemas<'_>,
    holder: SchemaId,
    is_within: bool,
) -> Option<Vec<(SchemaId, Condition)>> {
    let keywords = schemas[holder].keywords;
    let composition = &keywords.composition;
    let evaluates = |id: &SchemaId| evaluates_any(schemas, *id);
    let [condition, consequence, alternative] =
        [&composition.condition, &composition.consequence, &composition.alternative]
            .map(|stated| stated.as_ref().map(|stated| stated.value));
    let mut found = Vec::new();
    if let Some(condition) = condition
        && [Some(condition), consequence, alternative].iter().flatten().any(evaluates)
    {
        let holds = schemas.assertions(condition)?;
        found.extend(alternative.map(|id| (id, vec![Assertion::Not(holds.clone())])));
        found.extend([Some(condition), consequence].into_iter().flatten().map(|id| (id, holds.clone())));
    }
    for (name, id) in keywords.object.dependent_schemas.iter().flat_map(|entries| entries.value.iter()) {
        found.push((*id, vec![Assertion::Required(vec![name.to_string()])]));
    }
    let one_of = composition.one_of().iter().filter(|_| is_within);
    for branch in composition.any_of().iter().chain(one_of).filter(|id| evaluates(id)) {
        found.push((*branch, schemas.assertions(*branch)?));
    }
    found.retain(|(id, _)| evaluates(id));
    Some(found)
}
