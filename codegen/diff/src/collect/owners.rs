//! The schemas that state properties which others take over by `allOf`.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use specie_codegen::api::{Key, Object, SchemaId, Schemas, Shape};
use specie_codegen::source::Span;

use crate::{Edit, Rule};

/// The schemas of both documents that state properties.
pub(super) struct Owners<'a> {
    old: OwnedStatements<'a>,
    new: OwnedStatements<'a>,
}

/// A schema that gained or lost a property.
pub(super) struct SchemaOwner<'a> {
    /// The document that has the property.
    pub(super) schemas: &'a Schemas,
    pub(super) key: &'a Key,
    /// Where the schema stands in the document without the property.
    pub(super) other: Span,
}

impl<'a> Owners<'a> {
    pub(super) const fn new(old: &'a Schemas, new: &'a Schemas) -> Self {
        Self { old: OwnedStatements::new(old), new: OwnedStatements::new(new) }
    }

    /// The schema that states a property which came or went; `None` where this schema has the property in both documents, or is in one alone.
    pub(super) fn of(&self, rule: Rule, name: &str, spans: (Option<Span>, Option<Span>)) -> Option<SchemaOwner<'a>> {
        let (with, without, span) = match rule {
            Rule::PropertyAdded => (&self.new, self.old.schemas, spans.1?),
            Rule::PropertyRemoved => (&self.old, self.new.schemas, spans.0?),
            _ => return None,
        };
        let schemas = with.schemas;
        let key = &schemas.get(with.owner(span)?)?.key;
        let other = without.find(key)?;
        let is_without = members(object(without, without.resolve(other))?).all(|(own, _)| own != name);
        is_without.then_some(SchemaOwner { schemas, key, other: without.get(other)?.span })
    }

    /// A change as one for all schemas that take it over: a property that its owner gained or lost is the same one wherever it is missed.
    pub(super) fn inherited(&self, edit: &Edit) -> Edit {
        let edit = edit.clone();
        match self.of(edit.rule, &edit.about, (edit.old, edit.new)) {
            Some(_) if edit.rule == Rule::PropertyAdded => Edit { old: None, ..edit },
            Some(_) => Edit { new: None, ..edit },
            None => edit,
        }
    }
}

/// Where the schemas of one document state properties.
struct OwnedStatements<'a> {
    schemas: &'a Schemas,
    owners: OnceCell<HashMap<Span, SchemaId>>,
}

impl<'a> OwnedStatements<'a> {
    const fn new(schemas: &'a Schemas) -> Self {
        Self { schemas, owners: OnceCell::new() }
    }

    /// The first schema that states the property at a place, and takes it over from no part of it.
    fn owner(&self, span: Span) -> Option<SchemaId> {
        self.owners.get_or_init(|| owners(self.schemas)).get(&span).copied()
    }
}

fn owners(schemas: &Schemas) -> HashMap<Span, SchemaId> {
    let mut found = HashMap::new();
    for (id, _) in schemas.iter() {
        let Some(own) = object(schemas, id) else { continue };
        let parts = own.parts.iter().filter_map(|part| object(schemas, schemas.resolve(*part)));
        let taken: HashSet<Span> = parts.flat_map(members).map(|(_, span)| span).collect();
        for (_, span) in members(own).filter(|(_, span)| !taken.contains(span)) {
            found.entry(span).or_insert(id);
        }
    }
    found
}

fn object(schemas: &Schemas, id: SchemaId) -> Option<&Object> {
    match schemas.get(id)?.shape.base() {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

/// The names that an object lists, with where they stand.
fn members(object: &Object) -> impl Iterator<Item = (&str, Span)> {
    let properties = object.properties.iter().map(|one| (one.name.as_str(), one.span.key));
    let constants = object.constants.iter().map(|one| (one.name.as_str(), one.span.key));
    let beside = object.required_beside.iter().map(|(name, span)| (name.as_str(), *span));
    properties.chain(constants).chain(beside)
}
