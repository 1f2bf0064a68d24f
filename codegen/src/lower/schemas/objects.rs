//! Objects, and what the parts of an `allOf` say together.

use indexmap::IndexMap;

use super::additional_properties::{AdditionalOfParts, OtherProperties};
use super::all_of_subsumption;
use super::analysis::{AnalyzedSchemas, Conjunct};
use super::conjuncts_of_parts::{Conjunction, Part};
use super::ids_and_keys::same_id;
use super::lowered::{DerivedSchemas, Lowered};
use crate::api::{self, Additional, EntrySpan, Key, Object, Property, Shape};
use crate::diagnostic::Diagnostics;
use crate::document::schema::SchemaId;
use crate::source::Span;
use crate::syntax::TAKEN_OVER;

/// The properties of all schemas that an object has to satisfy, in one object.
pub(super) fn object(schemas: &AnalyzedSchemas<'_>, whole: &Conjunction<'_>) -> Lowered<Shape> {
    let Conjunction { parts, all, key, span } = *whole;
    let mut members = PropertiesOfParts::default();
    for one in &all.list {
        members.add(schemas, one, &all.list);
    }
    let said = members.properties.len().saturating_mul(members.additional_of_parts.len().max(1));
    let is_composed = all.list.len() > 1;
    let mut derived = DerivedSchemas::default();
    if is_composed {
        derived.count_copied(said, span);
    }
    if is_composed && said > TAKEN_OVER {
        return Lowered::with(Shape::Object(Object::default()), derived);
    }
    members.object(schemas, key, taken_over(schemas, parts), derived).map(Shape::Object)
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
        mut derived: DerivedSchemas,
    ) -> Lowered<Object> {
        let conditional = self.additional_of_parts.conditional(schemas, |name| self.properties.contains_key(name));
        for property in conditional {
            self.list(schemas, property, None);
        }
        let Self { properties, mut required, patterns, additional_of_parts } = self;
        let mut diagnostics = Diagnostics::new();
        let mut found = Vec::with_capacity(properties.len());
        for (name, member) in properties {
            let (mut stated, contradicting) = additional_of_parts.of_property(schemas, name, &member.schemas);
            diagnostics.extend(contradicting);
            // What lists the property comes last: it mostly says all that is said of any property.
            stated.extend(&member.schemas);
            let schema = all_of_subsumption::of_several(schemas, &stated, key, ("properties", name));
            let Some(schema) = schema else { continue };
            let schema = derived.copied_id(schemas, schema);
            found.push(member.property(schemas, name, schema, required.shift_remove(name)));
        }
        let of_pattern = |(pattern, stated): (&str, Vec<SchemaId>)| {
            let schema = all_of_subsumption::of_several(schemas, &stated, key, ("patternProperties", pattern))?;
            Some((pattern.to_owned(), derived.copied_id(schemas, schema)))
        };
        let patterns = patterns.into_iter().filter_map(of_pattern).collect();
        let (others, additional_owner) = additional_of_parts.of_others(schemas, key);
        let additional = match others {
            OtherProperties::Unstated => Additional::Unstated,
            OtherProperties::None => Additional::None,
            OtherProperties::Any => Additional::Any,
            OtherProperties::Schema(values) => Additional::Schema(derived.copied_id(schemas, values)),
        };
        let object = Object {
            properties: found,
            constants: Vec::new(),
            required_beside: required.into_iter().map(|(name, span)| (name.to_owned(), span)).collect(),
            patterns,
            additional,
            additional_owner,
            parts: parts.into_iter().map(same_id).collect(),
        };
        Lowered { value: object, derived, diagnostics }
    }
}

impl PropertyOfParts {
    /// The property, of a schema. What several parts say together is taken over from none of them.
    fn property(
        self,
        schemas: &AnalyzedSchemas<'_>,
        name: &str,
        schema: api::SchemaId,
        required_span: Option<Span>,
    ) -> Property {
        Property {
            name: name.to_owned(),
            schema,
            required: required_span.is_some(),
            required_span,
            owner: self.owner.filter(|_| schema.0 < schemas.len()),
            given_name: self.given_name,
            span: self.span,
        }
    }
}
