//! Objects, and what the parts of an `allOf` say together.

use std::collections::HashSet;

use indexmap::{IndexMap, IndexSet};

use super::{Additions, facts, intersections, same_id, shapes, unions};
use crate::api::{self, Additional, Key, Object, Property, Shape, Untyped};
use crate::diagnostic::Code;
use crate::document::schema::{Home, Keyword, Keywords, SchemaId, Schemas};

/// An object by its own keywords alone.
pub fn own(schemas: &Schemas, id: SchemaId, key: &Key, additions: &mut Additions) -> Shape {
    let mut members = Members::default();
    members.add(schemas, schemas[id].keywords(), None);
    Shape::Object(members.object(schemas, key, Vec::new(), additions))
}

/// `allOf`, or a reference with keywords beside it: the properties of all parts in one object.
pub fn merged(schemas: &Schemas, id: SchemaId, key: &Key, additions: &mut Additions) -> Shape {
    let keywords = schemas[id].keywords();
    let parts = shapes::parts(keywords);
    let Some(mut members) = of_parts(schemas, &parts, additions) else {
        report_not_objects(schemas, id, additions);
        return Shape::Any(Untyped::NotAnObject);
    };
    members.add(schemas, keywords, None);
    if !additions.affords(members.properties.len(), schemas[id].name) {
        return Shape::Object(Object::default());
    }
    Shape::Object(members.object(schemas, key, parts, additions))
}

/// What several schemas say of one object together; `None` where one of them is no object.
pub fn intersection(schemas: &Schemas, ids: &[SchemaId], key: &Key, additions: &mut Additions) -> Option<Shape> {
    let members = of_parts(schemas, ids, additions)?;
    let span = ids.last().map(|id| schemas[*id].name)?;
    if !additions.affords(members.properties.len(), span) {
        return Some(Shape::Object(Object::default()));
    }
    Some(Shape::Object(members.object(schemas, key, ids.to_vec(), additions)))
}

fn report_not_objects(schemas: &Schemas, id: SchemaId, additions: &mut Additions) {
    let span = schemas[id].keywords().composition.all_of.as_ref().map_or(schemas[id].name, |list| list.key);
    additions
        .diagnostics
        .warning(Code::AllOfNotObjects, "`allOf` with a part that is not an object is typed as free JSON", span)
        .help("let every part be an object with properties");
}

/// Reports properties beside `oneOf` or `anyOf`.
pub fn report_beside_union(keywords: &Keywords, additions: &mut Additions) {
    let composition = &keywords.composition;
    if let Some(list) = composition.one_of.as_ref().or(composition.any_of.as_ref()) {
        additions
            .diagnostics
            .warning(
                Code::UnionBesideProperties,
                "properties beside `oneOf` or `anyOf` are typed as free JSON",
                list.key,
            )
            .help("move the shared properties into each branch");
    }
}

/// What an object holds, gathered from its parts.
#[derive(Default)]
struct Members<'a> {
    properties: IndexMap<&'a str, Member>,
    required: IndexSet<&'a str>,
    patterns: Vec<(String, api::SchemaId)>,
    additional: Option<(Additional, Option<api::SchemaId>)>,
}

/// A property: the schemas that the parts give it, and the component that it was taken over from.
struct Member {
    schemas: Vec<SchemaId>,
    owner: Option<api::SchemaId>,
    given_name: Option<api::Name>,
}

impl<'a> Members<'a> {
    /// Adds what one part says; a property that an earlier part has keeps its place.
    fn add(&mut self, schemas: &'a Schemas, keywords: &'a Keywords, owner: Option<api::SchemaId>) {
        let object = &keywords.object;
        for (name, id) in object.properties.iter().flat_map(|properties| &properties.value) {
            let given_name = facts::given_name(schemas[*id].keywords());
            let new = || Member { schemas: Vec::new(), owner: None, given_name: None };
            let member = self.properties.entry(name).or_insert_with(new);
            member.schemas.push(*id);
            member.owner = owner;
            member.given_name = given_name.or(member.given_name.take());
        }
        self.required.extend(object.required.iter().flat_map(|names| &names.value).map(|name| &*name.text));
        let patterns = object.pattern_properties.iter().flat_map(|patterns| &patterns.value);
        self.patterns.extend(patterns.map(|(pattern, id)| (pattern.to_string(), same_id(*id))));
        let further = object.additional_properties.as_ref().or(object.unevaluated_properties.as_ref());
        if let Some(stated) = further {
            self.additional = Some((additional(schemas, stated), owner));
        }
    }

    fn object(self, schemas: &Schemas, key: &Key, parts: Vec<SchemaId>, additions: &mut Additions) -> Object {
        let Self { properties, mut required, patterns, additional } = self;
        let mut found = Vec::with_capacity(properties.len());
        for (name, member) in properties {
            found.push(Property {
                name: name.to_owned(),
                schema: intersections::schema(schemas, &member.schemas, key, name, additions),
                required: required.shift_remove(name),
                owner: member.owner,
                given_name: member.given_name,
            });
        }
        let (additional, additional_owner) = additional.unwrap_or_default();
        Object {
            properties: found,
            required_beside: required.into_iter().map(str::to_owned).collect(),
            patterns,
            additional,
            additional_owner,
            parts: parts.into_iter().map(same_id).collect(),
        }
    }
}

/// `additionalProperties: {}` says no more than `true`.
fn additional(schemas: &Schemas, stated: &Keyword<SchemaId>) -> Additional {
    let schema = &schemas[stated.value];
    match schema.as_bool() {
        Some(false) => Additional::None,
        _ if schema.keywords().is_empty() => Additional::Any,
        _ => Additional::Schema(same_id(stated.value)),
    }
}

/// Gathers the members of parts and of the parts in them; nothing where one is not an object.
///
/// Each schema is visited once. Pending schemas are kept in a list, because a chain of them may be as long as the document
/// and would overflow the stack.
fn of_parts<'a>(schemas: &'a Schemas, parts: &[SchemaId], additions: &Additions) -> Option<Members<'a>> {
    let mut members = Members::default();
    let mut seen = HashSet::new();
    let mut way: Vec<Step<'_>> = Vec::new();
    for &part in parts {
        way.extend(Step::to(schemas, part, None)?.once(&mut seen));
        // Where there is too much already, nothing is made of these.
        while let Some(at) = way.last_mut().filter(|_| additions.is_affordable()) {
            let Some(&next) = at.parts.get(at.next) else {
                members.add(schemas, at.keywords, at.owner);
                way.pop();
                continue;
            };
            at.next += 1;
            let owner = at.owner;
            way.extend(Step::to(schemas, next, owner)?.once(&mut seen));
        }
    }
    Some(members)
}

/// A part, and how many of its own parts were gathered.
struct Step<'a> {
    id: SchemaId,
    keywords: &'a Keywords,
    parts: Vec<SchemaId>,
    next: usize,
    owner: Option<api::SchemaId>,
}

impl<'a> Step<'a> {
    /// A part to be gathered; `None` where it is not an object.
    fn to(schemas: &'a Schemas, part: SchemaId, outer: Option<api::SchemaId>) -> Option<Self> {
        let id = schemas.target(part);
        if !may_be_object(schemas, id) {
            return None;
        }
        let is_component = id != part && matches!(schemas[id].home, Home::Component(_));
        let owner = if is_component { Some(same_id(id)) } else { outer };
        let keywords = schemas[id].keywords();
        Some(Self { id, keywords, parts: shapes::parts(keywords), next: 0, owner })
    }

    /// The same, unless it was gathered before.
    fn once(self, seen: &mut HashSet<SchemaId>) -> Option<Self> {
        seen.insert(self.id).then_some(self)
    }
}

/// Whether a schema can be a part of an object: it is one, or says nothing of what its values look like.
pub fn may_be_object(schemas: &Schemas, id: SchemaId) -> bool {
    let keywords = schemas[id].keywords();
    let is_object = shapes::is_object(keywords) || !shapes::parts(keywords).is_empty() || shapes::is_silent(keywords);
    is_object && !unions::has_branches(keywords) && schemas[id].as_bool() != Some(false)
}

/// The schemas that a schema takes its members from, by way of others as well.
pub fn all_parts(schemas: &Schemas, id: SchemaId) -> HashSet<SchemaId> {
    let mut seen = HashSet::from([schemas.target(id)]);
    let mut waiting = vec![schemas.target(id)];
    while let Some(at) = waiting.pop() {
        for part in shapes::parts(schemas[at].keywords()) {
            let target = schemas.target(part);
            if seen.insert(target) {
                waiting.push(target);
            }
        }
    }
    seen
}
