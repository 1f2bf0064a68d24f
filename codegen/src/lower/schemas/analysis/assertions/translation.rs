//! A schema as a list of assertions.

use std::sync::Arc;

use indexmap::IndexMap;

use super::limits::{self, texts};
use crate::api::{Asserted, Assertion, ValueType};
use crate::document::schema::{
    ArrayKeywords, Composition, Keyword, Keywords, ObjectKeywords, SchemaId, SchemaMap, Schemas, Text, Type,
};
use crate::lower::values;

/// How many assertions one keyword becomes at most. What says more is left out, with a warning.
const MOST: usize = 200;

/// Schemas that are written out as assertions, references followed. `None` stands for what cannot be written so: one that leads back to
/// itself, and keywords without an assertion.
#[derive(Default)]
pub(super) struct Translation {
    /// The schemas around the one that is written out.
    way: Vec<SchemaId>,
    count: usize,
}

type Assertions = Vec<Assertion>;

impl Translation {
    /// One schema.
    pub(super) fn of(schemas: &Schemas, id: SchemaId) -> Option<Assertions> {
        Self::default().schema(schemas, id)
    }

    fn schema(&mut self, schemas: &Schemas, id: SchemaId) -> Option<Assertions> {
        match schemas[id].as_bool() {
            Some(true) => return Some(Vec::new()),
            Some(false) => return Some(vec![Assertion::Never]),
            None => {}
        }
        if self.way.contains(&id) {
            return None;
        }
        self.way.push(id);
        let found = self.keywords(schemas, schemas[id].keywords());
        self.way.pop();
        let found = found?;
        self.count += found.len();
        (self.count <= MOST).then_some(found)
    }

    /// What all keywords of a schema say. `format` says nothing here: it describes (JSON Schema Validation 2020-12, 7.2.1).
    fn keywords(&mut self, schemas: &Schemas, keywords: &Keywords) -> Option<Assertions> {
        if is_beyond(keywords) {
            return None;
        }
        let mut found = Vec::new();
        if let Some(reference) = &keywords.reference {
            found.extend(self.schema(schemas, reference.value.target?)?);
        }
        for part in keywords.composition.all_of() {
            found.extend(self.schema(schemas, *part)?);
        }
        found.extend(values_of(keywords));
        found.extend(alone(limits::of_numbers(&keywords.number)));
        found.extend(of_texts(keywords));
        found.extend(self.of_lists(schemas, &keywords.array)?);
        found.extend(self.of_objects(schemas, keywords)?);
        found.extend(self.of_compositions(schemas, &keywords.composition)?);
        if keywords.adds_null() && !found.is_empty() {
            return Some(vec![Assertion::AnyOf(vec![vec![Assertion::Type(vec![ValueType::Null])], found])]);
        }
        Some(found)
    }

    fn of_lists(&mut self, schemas: &Schemas, array: &ArrayKeywords) -> Option<Assertions> {
        let mut found = Vec::new();
        if array.prefix_items.is_some() || array.items.is_some() {
            let places: &[SchemaId] = array.prefix_items.as_ref().map_or(&[], |places| &places.value);
            let others = array.items.as_ref().map_or(Some(Vec::new()), |items| self.schema(schemas, items.value));
            found.push(Assertion::Items(self.each(schemas, places)?, others?));
        }
        found.extend(alone(limits::of_lists(array)));
        if array.contains.is_some() {
            found.push(self.contains(schemas, array)?);
        }
        Some(found)
    }

    /// `contains` with the counts beside it.
    pub(super) fn contains(&mut self, schemas: &Schemas, array: &ArrayKeywords) -> Option<Assertion> {
        let schema = self.schema(schemas, array.contains.as_ref()?.value)?;
        let least = array.min_contains.as_ref().map_or(1, |count| count.value);
        Some(Assertion::Contains(schema, least, array.max_contains.as_ref().map(|count| count.value)))
    }

    fn of_objects(&mut self, schemas: &Schemas, keywords: &Keywords) -> Option<Assertions> {
        let object = &*keywords.object;
        let mut found = Vec::new();
        if object.properties.is_some() || object.pattern_properties.is_some() || object.additional_properties.is_some()
        {
            let mut named = Vec::new();
            for (name, id) in object.properties() {
                named.push((name.to_owned(), self.schema(schemas, id)?));
            }
            found.push(self.properties_beside(schemas, object, named, object.additional_properties.as_ref())?);
        }
        if let Some(names) = &object.property_names {
            found.push(Assertion::PropertyNames(self.schema(schemas, names.value)?));
        }
        found.extend(alone(limits::of_objects(object)));
        found.extend(object.dependent_required.as_ref().map(dependent_required));
        if let Some(entries) = &object.dependent_schemas {
            found.push(Assertion::DependentSchemas(self.by_name(schemas, &entries.value)?));
        }
        Some(found)
    }

    /// `patternProperties` and what is said of all `others` (`additionalProperties`) beside properties that have names.
    pub(super) fn properties_beside(
        &mut self,
        schemas: &Schemas,
        object: &ObjectKeywords,
        named: Vec<(String, Assertions)>,
        others: Option<&Keyword<SchemaId>>,
    ) -> Option<Assertion> {
        let patterns = object.pattern_properties.as_ref().map(|patterns| self.by_name(schemas, &patterns.value));
        let patterns = patterns.unwrap_or(Some(Vec::new()))?;
        let others = others.map(|others| self.schema(schemas, others.value));
        let others = others.unwrap_or(Some(Vec::new()))?;
        Some(Assertion::Properties { named, patterns, others })
    }

    fn of_compositions(&mut self, schemas: &Schemas, composition: &Composition) -> Option<Assertions> {
        let mut found = Vec::new();
        if composition.any_of.is_some() {
            found.push(Assertion::AnyOf(self.alternatives(schemas, composition.any_of())?));
        }
        if composition.one_of.is_some() {
            found.push(Assertion::OneOf(self.alternatives(schemas, composition.one_of())?));
        }
        if let Some(not) = &composition.not {
            found.push(Assertion::Not(self.schema(schemas, not.value)?));
        }
        if composition.condition.is_some() {
            found.push(self.condition(schemas, composition)?);
        }
        Some(found)
    }

    /// `if` with `then` and `else`.
    pub(super) fn condition(&mut self, schemas: &Schemas, composition: &Composition) -> Option<Assertion> {
        let mut of = |stated: &Option<Keyword<SchemaId>>| {
            stated.as_ref().map_or(Some(Vec::new()), |stated| self.schema(schemas, stated.value))
        };
        Some(Assertion::If(of(&composition.condition)?, of(&composition.consequence)?, of(&composition.alternative)?))
    }

    /// The branches of a union. Where one states a format, which says nothing here, it cannot be told which of them a value satisfies.
    pub(super) fn alternatives(&mut self, schemas: &Schemas, ids: &[SchemaId]) -> Option<Vec<Assertions>> {
        let has_format = |id: &SchemaId| schemas[schemas.target(*id)].keywords().format.is_some();
        if ids.iter().any(has_format) { None } else { self.each(schemas, ids) }
    }

    /// Several schemas.
    fn each(&mut self, schemas: &Schemas, ids: &[SchemaId]) -> Option<Vec<Assertions>> {
        ids.iter().map(|id| self.schema(schemas, *id)).collect()
    }

    /// Several schemas by name.
    pub(super) fn by_name(&mut self, schemas: &Schemas, map: &SchemaMap) -> Option<Vec<(String, Assertions)>> {
        map.iter().map(|(name, id)| Some((name.to_string(), self.schema(schemas, *id)?))).collect()
    }
}

/// `dependentRequired`.
pub(super) fn dependent_required(entries: &Keyword<IndexMap<Arc<str>, Vec<Text>>>) -> Assertion {
    Assertion::DependentRequired(entries.value.iter().map(|(name, names)| (name.to_string(), texts(names))).collect())
}

/// Assertions without their keywords.
fn alone(asserted: Vec<Asserted>) -> impl Iterator<Item = Assertion> {
    asserted.into_iter().map(|one| one.assertion)
}

/// Whether there is a keyword that no assertion stands for.
fn is_beyond(keywords: &Keywords) -> bool {
    keywords.array.unevaluated_items.is_some()
        || keywords.object.unevaluated_properties.is_some()
        || keywords.identity.dynamic_reference.is_some()
}

/// `type`, `enum` and `const`.
fn values_of(keywords: &Keywords) -> Assertions {
    let types = keywords.types.as_ref().map(|types| Assertion::Type(types.value.iter().map(value_type).collect()));
    let listed = keywords.enumeration.as_ref().map(|listed| {
        let null = keywords.nullable && !listed.value.iter().any(crate::syntax::Node::is_null);
        let texts = listed.value.iter().map(|one| values::value(one).to_string());
        Assertion::Enum(texts.chain(null.then(|| "null".to_owned())).collect())
    });
    let constant = keywords.constant.as_ref().map(|one| Assertion::Enum(vec![values::value(&one.value).to_string()]));
    types.into_iter().chain(listed).chain(constant).collect()
}

const fn value_type(stated: Type) -> ValueType {
    match stated {
        Type::Null => ValueType::Null,
        Type::Boolean => ValueType::Boolean,
        Type::Object => ValueType::Object,
        Type::Array => ValueType::Array,
        Type::Number => ValueType::Number,
        Type::String => ValueType::String,
        Type::Integer => ValueType::Integer,
    }
}

fn of_texts(keywords: &Keywords) -> Assertions {
    let string = &*keywords.string;
    let pattern = string.pattern.as_ref().map(|pattern| Assertion::Pattern(pattern.value.to_string()));
    alone(limits::of_texts(string)).chain(pattern).collect()
}
