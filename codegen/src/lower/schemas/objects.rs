//! Objects, and what the parts of an `allOf` say together.

use indexmap::IndexMap;

use super::additional_properties::{AdditionalOfParts, AdditionalSchemas, OtherProperties};
use super::all_of_subsumption;
use super::analysis::{AnalyzedSchemas, Conjunct};
use super::ids_and_keys::same_id;
use super::intersection::{Intersection, Part};
use super::lowering_result::{DerivedSchemas, LoweringResult};
use crate::api::{self, Additional, EntrySpan, Key, Object, Property, Shape};
use crate::document::schema::SchemaId;
use crate::lower::copied_parts::CopiedParts;
use crate::source::Span;

/// The properties of all schemas that an object has to satisfy, in one object.
pub(super) fn object(schemas: &AnalyzedSchemas<'_>, whole: &Intersection<'_>) -> LoweringResult<Shape> {
    let Intersection { parts, all, key, span } = *whole;
    let listed = ListedByParts::of(schemas, &all.list);
    let additional = AdditionalOfParts::of(schemas, &all.list, |name| listed.properties.contains_key(name));
    let said = CopiedParts(listed.properties.len().saturating_mul(additional.len().max(1)));
    let is_composed = all.list.len() > 1;
    let mut derived = DerivedSchemas::default();
    if is_composed {
        derived.count_copied(said, span);
    }
    if is_composed && said.are_too_many() {
        return LoweringResult::with(Shape::Object(Object::default()), derived);
    }
    let listed = listed.with(schemas, &additional.conditional);
    let names = listed.properties.iter().map(|(name, property)| (*name, &*property.schemas));
    let additional = additional.schemas(schemas, names, key);
    listed.object(schemas, key, additional, derived).map(|object| {
        let parts = composed_of(schemas, parts).into_iter().map(same_id).collect();
        Shape::Object(Object { parts, ..object })
    })
}

/// The schemas that an object is put together from.
fn composed_of(schemas: &AnalyzedSchemas<'_>, parts: &[Part]) -> Vec<SchemaId> {
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

/// What the parts of an object list.
#[derive(Default)]
struct ListedByParts<'a> {
    properties: IndexMap<&'a str, PropertyOfParts>,
    required: IndexMap<&'a str, Span>,
    patterns: IndexMap<&'a str, Vec<SchemaId>>,
}

/// A property: the schemas that the parts give it, and the component that lists it.
struct PropertyOfParts {
    schemas: Vec<SchemaId>,
    owner: Option<api::SchemaId>,
    given_name: Option<api::Name>,
    span: EntrySpan,
}

impl<'a> ListedByParts<'a> {
    /// What all parts list; a property that an earlier part has keeps its place.
    fn of(schemas: &'a AnalyzedSchemas<'_>, all: &[Conjunct]) -> Self {
        let mut found = Self::default();
        for part in all {
            let object = &schemas[part.id].keywords.object;
            for (name, id) in object.properties.iter().flat_map(|properties| &properties.value) {
                found.add(schemas, (name, *id), part.owner);
            }
            for name in object.required.iter().flat_map(|names| &names.value) {
                found.required.entry(&name.text).or_insert(name.span);
            }
            for (pattern, id) in object.pattern_properties.iter().flat_map(|patterns| &patterns.value) {
                found.patterns.entry(pattern).or_default().push(*id);
            }
        }
        found
    }

    /// The same with further properties, which no component has.
    fn with(mut self, schemas: &AnalyzedSchemas<'_>, further: &[(&'a str, SchemaId)]) -> Self {
        for property in further {
            self.add(schemas, *property, None);
        }
        self
    }

    fn add(&mut self, schemas: &AnalyzedSchemas<'_>, (name, id): (&'a str, SchemaId), owner: Option<api::SchemaId>) {
        let given_name = schemas[id].given_name.clone();
        let span = EntrySpan { key: schemas[id].schema.name, value: schemas[id].schema.span };
        let new = || PropertyOfParts { schemas: Vec::new(), owner: None, given_name: None, span };
        let member = self.properties.entry(name).or_insert_with(new);
        member.schemas.push(id);
        member.owner = owner;
        member.span = span;
        member.given_name = given_name.or(member.given_name.take());
    }

    /// The object, without the schemas that it is put together from.
    fn object(
        self,
        schemas: &AnalyzedSchemas<'_>,
        key: &Key,
        additional: AdditionalSchemas,
        mut derived: DerivedSchemas,
    ) -> LoweringResult<Object> {
        let Self { properties, mut required, patterns } = self;
        let mut found = Vec::with_capacity(properties.len());
        for ((name, member), stated) in properties.into_iter().zip(additional.of_listed) {
            // The schemas that list the property come last: they mostly include `additionalProperties` of the other parts.
            let stated = [stated.as_slice(), &member.schemas].concat();
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
        let object = Object {
            properties: found,
            required_beside: required.into_iter().map(|(name, span)| (name.to_owned(), span)).collect(),
            patterns,
            additional: match additional.of_others {
                OtherProperties::Unstated => Additional::Unstated,
                OtherProperties::None => Additional::None,
                OtherProperties::Any => Additional::Any,
                OtherProperties::Schema(values) => Additional::Schema(derived.copied_id(schemas, values)),
            },
            additional_owner: additional.owner,
            ..Object::default()
        };
        LoweringResult { value: object, derived, diagnostics: additional.diagnostics }
    }
}

impl PropertyOfParts {
    /// The property with its schema. A derived schema, which several parts describe, belongs to no component.
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
            owner: self.owner.filter(|_| schemas.stated(schema).is_some()),
            given_name: self.given_name,
            span: self.span,
        }
    }
}
