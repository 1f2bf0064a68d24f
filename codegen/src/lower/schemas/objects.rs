//! Objects, and what the parts of an `allOf` say together.

use indexmap::IndexMap;

use super::additional_properties::AdditionalOfParts;
use super::all_of_subsumption;
use super::analysis::{AnalyzedSchemas, Conjunct};
use super::conjuncts_of_parts::{Conjunction, Part};
use super::derived_schemas::DerivedSchemas;
use super::ids_and_keys::same_id;
use crate::api::{self, EntrySpan, Key, Object, Property, Shape};
use crate::document::schema::SchemaId;
use crate::source::Span;

/// The properties of all schemas that an object has to satisfy, in one object.
pub(super) fn object(schemas: &AnalyzedSchemas<'_>, whole: &Conjunction<'_>, derived: &mut DerivedSchemas) -> Shape {
    let Conjunction { parts, all, key, span } = *whole;
    let mut members = PropertiesOfParts::default();
    for one in &all.list {
        members.add(schemas, one, &all.list);
    }
    let said = members.properties.len().saturating_mul(members.additional_of_parts.len().max(1));
    if all.list.len() > 1 && !derived.affords(said, span) {
        return Shape::Object(Object::default());
    }
    Shape::Object(members.object(schemas, key, taken_over(schemas, parts), derived))
}

/// The schemas that an object is put together from.
fn taken_over(schemas: &AnalyzedSchemas<'_>, parts: &[Part]) -> Vec<SchemaId> {
    match parts {
        [Part::Whole(only)] => schemas[*only].parts.clone(),
        several => several
            .iter()
            .map(|part| match part {
                Part::Whole(id) => *id,
                Part::Own(one) => one.id,
            })
            .collect(),
    }
}

/// What an object holds, gathered from its parts.
#[derive(Default)]
struct PropertiesOfParts<'a> {
    properties: IndexMap<&'a str, PropertyOfParts>,
    required: IndexMap<&'a str, Span>,
    patterns: IndexMap<&'a str, Vec<SchemaId>>,
    additional_of_parts: AdditionalOfParts<'a>,
}

/// A property: the schemas that the parts give it, and the component that it was taken over from.
struct PropertyOfParts {
    schemas: Vec<SchemaId>,
    owner: Option<api::SchemaId>,
    given_name: Option<api::Name>,
    span: EntrySpan,
}

impl<'a> PropertiesOfParts<'a> {
    /// Adds what one of all parts says; a property that an earlier part has keeps its place.
    fn add(&mut self, schemas: &'a AnalyzedSchemas<'_>, part: &Conjunct, all: &[Conjunct]) {
        let object = &schemas[part.id].keywords.object;
        for (name, id) in object.properties.iter().flat_map(|properties| &properties.value) {
            self.list(schemas, (name, *id), part.owner);
        }
        for name in object.required.iter().flat_map(|names| &names.value) {
            self.required.entry(&name.text).or_insert(name.span);
        }
        for (pattern, id) in object.pattern_properties.iter().flat_map(|patterns| &patterns.value) {
            self.patterns.entry(pattern).or_default().push(*id);
        }
        self.additional_of_parts.add(schemas, part, all);
    }

    fn list(&mut self, schemas: &AnalyzedSchemas<'_>, (name, id): (&'a str, SchemaId), owner: Option<api::SchemaId>) {
        let given_name = schemas[id].given_name.clone();
        let span = EntrySpan { key: schemas[id].schema.name, value: schemas[id].schema.span };
        let new = || PropertyOfParts { schemas: Vec::new(), owner: None, given_name: None, span };
        let member = self.properties.entry(name).or_insert_with(new);
        member.schemas.push(id);
        member.owner = owner;
        member.span = span;
        member.given_name = given_name.or(member.given_name.take());
    }

    fn object(
        mut self,
        schemas: &AnalyzedSchemas<'_>,
        key: &Key,
        parts: Vec<SchemaId>,
        derived: &mut DerivedSchemas,
    ) -> Object {
        let conditional = self.additional_of_parts.conditional(schemas, |name| self.properties.contains_key(name));
        for property in conditional {
            self.list(schemas, property, None);
        }
        let Self { properties, mut required, patterns, additional_of_parts } = self;
        let mut found = Vec::with_capacity(properties.len());
        for (name, member) in properties {
            let mut stated = additional_of_parts.of_property(schemas, name, &member.schemas, derived);
            // What lists the property comes last: it mostly says all that is said of any property.
            stated.extend(&member.schemas);
            let schema = all_of_subsumption::of_several(schemas, &stated, key, ("properties", name), derived);
            let Some(schema) = schema else { continue };
            // What several parts say together is taken over from none of them.
            let required_span = required.shift_remove(name);
            let is_stated = schema.0 < schemas.len();
            found.push(Property {
                name: name.to_owned(),
                schema,
                required: required_span.is_some(),
                required_span,
                owner: member.owner.filter(|_| is_stated),
                given_name: member.given_name,
                span: member.span,
            });
        }
        let of_pattern = |(pattern, stated): (&str, Vec<SchemaId>)| {
            let place = ("patternProperties", pattern);
            let schema = all_of_subsumption::of_several(schemas, &stated, key, place, derived)?;
            Some((pattern.to_owned(), schema))
        };
        let patterns = patterns.into_iter().filter_map(of_pattern).collect();
        let (additional, additional_owner) = additional_of_parts.of_others(schemas, key, derived);
        Object {
            properties: found,
            constants: Vec::new(),
            required_beside: required.into_iter().map(|(name, span)| (name.to_owned(), span)).collect(),
            patterns,
            additional,
            additional_owner,
            parts: parts.into_iter().map(same_id).collect(),
        }
    }
}
