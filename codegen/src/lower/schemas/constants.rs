//! Properties whose value is known: `const`, and discriminators of objects that one value leads to.
//!
//! The caller does not choose them, so they are kept apart from the other properties of the object.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::discriminators;
use crate::api::{
    Branch, Constant, ConstantValue, Discriminator, EntrySpan, Enumeration, Object, Property, Schema, SchemaId,
    Schemas, Sensitivity, Shape, Value,
};
use crate::source::Span;

/// The constants of each object, the discriminators first.
pub(super) fn of_objects(schemas: &Schemas) -> Vec<(SchemaId, Vec<Constant>)> {
    let branches = Branches::of(schemas);
    schemas
        .iter()
        .map(|(id, _)| (id, constants(schemas, id, &branches)))
        .filter(|(_, found)| !found.is_empty())
        .collect()
}

/// Takes the properties with one value out of those that are given.
pub(super) fn separate(schema: &mut Schema, constants: Vec<Constant>) {
    let Shape::Object(object) = &mut schema.shape else { return };
    let is_given = |name: &str| constants.iter().all(|constant| constant.name != name);
    object.properties.retain(|property| is_given(&property.name));
    object.required_beside.retain(|(name, _)| is_given(name));
    object.constants = constants;
}

/// The discriminator that the branches of a union have by their constants, of each union without one: the property, and the value of each
/// branch.
pub(super) fn of_unions(schemas: &Schemas) -> Vec<(SchemaId, (String, Vec<String>))> {
    schemas.iter().filter_map(|(id, _)| Some((id, own_discriminator(schemas, id)?))).collect()
}

/// A text that each branch of a union has as a constant, with another value in each.
fn own_discriminator(schemas: &Schemas, id: SchemaId) -> Option<(String, Vec<String>)> {
    let Shape::Union(union) = &schemas.get(id)?.shape else { return None };
    let texts = |branch: &Branch| match &schemas.get(schemas.resolve(branch.schema))?.shape {
        Shape::Object(object) => {
            let texts = object.constants.iter().filter_map(|one| Some((one.name.as_str(), one.value.as_str()?)));
            Some(texts.collect::<BTreeMap<_, _>>())
        }
        _ => None,
    };
    if union.discriminator.is_some() {
        return None;
    }
    let of_each: Option<Vec<BTreeMap<&str, &str>>> = union.branches.iter().map(texts).collect();
    discriminators::distinct(&of_each?)
}

/// The objects that unions tell apart by a discriminator.
pub(super) struct Branches {
    /// The discriminators of each object.
    discriminators: HashMap<SchemaId, Vec<Tag>>,
    /// The schemas whose values stand elsewhere as well.
    elsewhere: HashSet<SchemaId>,
}

/// A property by which unions know an object.
struct Tag {
    property: String,
    /// The values that lead to the object.
    tags: Vec<String>,
    /// Where the first discriminator of the property stands.
    span: Span,
}

impl Branches {
    pub(super) fn of(schemas: &Schemas) -> Self {
        let mut found = Self { discriminators: HashMap::new(), elsewhere: HashSet::new() };
        let mut places: HashSet<SchemaId> = HashSet::new();
        for (_, schema) in schemas.iter() {
            let Shape::Union(union) = &schema.shape else { continue };
            let Some(stated) = &union.discriminator else { continue };
            found.elsewhere.extend(stated.default.map(|id| schemas.resolve(id)));
            for branch in &union.branches {
                places.extend(schemas.chain_ids(branch.schema));
                found.add(schemas.resolve(branch.schema), stated, &branch.tags);
            }
        }
        let references = schemas.iter().filter(|(id, schema)| schema.is_reference() && !places.contains(id));
        let mut followed: HashSet<SchemaId> = HashSet::new();
        let ends = references.filter_map(|(id, _)| {
            let chain = schemas.chain_ids(id);
            // A chain that joins one that was followed ends as that one does.
            chain.clone().all(|one| followed.insert(one)).then(|| chain.last()).flatten()
        });
        found.elsewhere.extend(ends);
        found
    }

    /// Whether an object is nothing but a branch, and all unions know it by the same value of a property.
    pub(super) fn is_only_branch(&self, id: SchemaId, property: &str) -> bool {
        !self.elsewhere.contains(&id) && self.agreed(id).any(|(known, _)| known.property == property)
    }

    fn add(&mut self, id: SchemaId, stated: &Discriminator, tags: &[String]) {
        let all = self.discriminators.entry(id).or_default();
        match all.iter_mut().find(|known| known.property == stated.property) {
            Some(known) => known.tags.extend(tags.iter().cloned()),
            None => all.push(Tag { property: stated.property.clone(), tags: tags.to_vec(), span: stated.span }),
        }
    }

    /// The discriminators of an object by which all unions know it alike.
    fn agreed(&self, id: SchemaId) -> impl Iterator<Item = (&Tag, &str)> {
        self.discriminators.get(&id).into_iter().flatten().filter_map(|known| {
            let first = known.tags.first()?;
            known.tags.iter().all(|tag| tag == first).then_some((known, first.as_str()))
        })
    }

    /// Whether a union knows an object by a property.
    fn know(&self, id: SchemaId, property: &str) -> bool {
        self.discriminators
            .get(&id)
            .into_iter()
            .flatten()
            .any(|known| known.property == property && !known.tags.is_empty())
    }
}

/// The constants of a schema that is an object, the discriminators first.
fn constants(schemas: &Schemas, id: SchemaId, branches: &Branches) -> Vec<Constant> {
    let Some(Shape::Object(object)) = schemas.get(id).map(|schema| &schema.shape) else { return Vec::new() };
    let is_only_branch = !branches.elsewhere.contains(&id);
    let tags = branches.agreed(id).filter_map(|(Tag { property, span, .. }, tag)| {
        let value = tag_value(schemas, object, (property, tag), is_only_branch)?;
        let stated = object.properties.iter().find(|stated| stated.name == *property);
        let span = stated.map_or(EntrySpan { key: *span, value: *span }, |stated| stated.span);
        Some(Constant { name: property.clone(), value, span })
    });
    // Where a union knows the object by another value, the document contradicts itself, and whoever makes the object has to choose.
    let others = object.properties.iter().filter(|property| !branches.know(id, &property.name));
    let others = others.filter_map(|property| {
        let value = only_value(schemas, property)?;
        Some(Constant { name: property.name.clone(), value, span: property.span })
    });
    tags.chain(others).collect()
}

/// The value of a discriminator, where an object can have no other. What is only ever a branch of unions is found by that value, so that
/// it has it whatever else its schema allows.
fn tag_value(
    schemas: &Schemas,
    object: &Object,
    (name, tag): (&str, &str),
    is_only_branch: bool,
) -> Option<ConstantValue> {
    let text = || ConstantValue::Text(tag.to_owned());
    let Some(property) = object.properties.iter().find(|property| property.name == name) else {
        let is_required = object.required_beside.iter().any(|(required, _)| required == name);
        return (is_only_branch || is_required).then(text);
    };
    let is_always_there = property.required && !schemas.is_nullable(property.schema);
    if !is_plain(schemas, property) || !is_always_there && !is_only_branch {
        return None;
    }
    match &schemas.get(schemas.resolve(property.schema))?.shape {
        Shape::Enumeration(listed) => {
            let value = listed.values.iter().map(|one| &one.value).find(|value| is_named(value, tag))?;
            ConstantValue::of(value).filter(|_| is_only_branch || listed.values.len() == 1 && !listed.open)
        }
        Shape::String { format: None, encoding: None, .. } => is_only_branch.then(text),
        Shape::Integer { .. } => tag.parse().ok().filter(|_| is_only_branch).map(ConstantValue::Integer),
        _ => None,
    }
}

/// Whether a tag names a value: a text, a flag, or an integer that fits into 64 bits.
fn is_named(value: &Value, tag: &str) -> bool {
    match value {
        Value::String(text) => text == tag,
        Value::Number(text) => text == tag && text.parse::<i64>().is_ok(),
        Value::Bool(flag) => tag == if *flag { "true" } else { "false" },
        Value::Null | Value::List(_) | Value::Object(_) => false,
    }
}

/// The only value of a property that is always there, where no later version of the API adds another: it is given as `const`, or it is a
/// flag.
fn only_value(schemas: &Schemas, property: &Property) -> Option<ConstantValue> {
    if !property.required || schemas.is_nullable(property.schema) || !is_plain(schemas, property) {
        return None;
    }
    let shape = &schemas.get(schemas.resolve(property.schema))?.shape;
    let Shape::Enumeration(Enumeration { values, open: false, constant, .. }) = shape else { return None };
    let [only] = values.as_slice() else { return None };
    // The only value of an `enum` may be the first of more; a flag has no more.
    ConstantValue::of(&only.value).filter(|value| *constant || matches!(value, ConstantValue::Bool(_)))
}

/// Whether a property travels in both directions, may be shown, and has no name of its own in code.
fn is_plain(schemas: &Schemas, property: &Property) -> bool {
    let is_hidden = |schema: &Schema| matches!(schema.sensitivity, Sensitivity::Secret(_));
    let is_one_way = |schema: &Schema| schema.read_only || schema.write_only;
    property.given_name.is_none()
        && !schemas.chain(property.schema).any(|schema| is_hidden(schema) || is_one_way(schema))
}
