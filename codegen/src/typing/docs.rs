//! What the generated documentation will say of each item.

use crate::api::{self, Provenance, Schema, SchemaId, Schemas, Value};
use crate::ir::{Docs, Note};

/// The texts of anything but a schema.
pub fn docs(stated: &api::Docs) -> Docs {
    Docs {
        summary: stated.summary.clone(),
        description: stated.description.clone(),
        deprecated: stated.deprecated,
        provenance: stated.provenance.clone(),
        notes: Vec::new(),
    }
}

/// The texts of a schema, with its default and example as notes.
pub fn of_schema(schema: &Schema) -> Docs {
    let mut docs = docs(&schema.docs);
    // A title repeats the schema's name; where there is a description it says more.
    if docs.description.is_some() {
        docs.summary = None;
    }
    docs.notes.extend(schema.default.clone().filter(is_scalar).map(Note::Default));
    docs.notes.extend(example(&schema.examples));
    docs.notes.extend(schema.read_only.then_some(Note::OnlyInResponses));
    docs.notes.extend(schema.write_only.then_some(Note::OnlyInRequests));
    docs
}

/// The example of one value.
fn example(examples: &[api::Example]) -> Option<Note> {
    let stated = examples.iter().find(|example| example.name.is_none())?;
    stated.value.clone().filter(is_scalar).map(Note::Example)
}

const fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Object(_))
}

/// A parameter's texts; where it has none, those of its schema.
pub fn of_parameter(stated: &api::Parameter, schema: Option<&Schema>) -> Docs {
    let mut own = docs(&stated.docs);
    own.notes.extend(example(&stated.examples));
    let Some(behind) = schema.map(of_schema) else { return own };
    Docs {
        summary: own.summary.or(behind.summary),
        description: own.description.or(behind.description),
        notes: [own.notes, behind.notes].concat(),
        deprecated: own.deprecated || behind.deprecated,
        provenance: [own.provenance, behind.provenance].concat(),
    }
}

/// A property's texts; where it is only a reference, those of what is behind it.
pub fn of_property(schemas: &Schemas, id: SchemaId) -> Docs {
    let mut chain = schemas.chain(id);
    let own = chain.next().map(of_schema).unwrap_or_default();
    if own.summary.is_some() || own.description.is_some() {
        return own;
    }
    let has_words = |schema: &&Schema| schema.docs.summary.is_some() || schema.docs.description.is_some();
    let Some(schema) = chain.clone().find(has_words).or_else(|| chain.last()) else { return own };
    let behind = of_schema(schema);
    // Values listed on the type are documented there.
    let is_listed = matches!(schema.shape, api::Shape::Enumeration(_));
    Docs {
        summary: behind.summary,
        description: behind.description,
        notes: if is_listed { own.notes } else { [own.notes, behind.notes].concat() },
        deprecated: own.deprecated,
        provenance: own.provenance,
    }
}

/// Hands provenance that names parts (`of: […]`) to those parts; what names no part stays.
pub fn distribute<'p>(docs: &mut Docs, parts: impl Iterator<Item = (&'p str, &'p mut Docs)>) {
    let mut handed: Vec<(usize, String)> = Vec::new();
    for (name, part) in parts {
        for (index, entry) in docs.provenance.iter().enumerate() {
            if entry.of.iter().any(|of| of == name) {
                part.provenance.push(Provenance { of: Vec::new(), ..entry.clone() });
                handed.push((index, name.to_owned()));
            }
        }
    }
    for (index, entry) in docs.provenance.iter_mut().enumerate() {
        entry.of.retain(|of| !handed.iter().any(|(at, name)| *at == index && name == of));
    }
    let covered: Vec<usize> = handed.iter().map(|(index, _)| *index).collect();
    let mut index = 0;
    docs.provenance.retain(|entry| {
        let keep = !entry.of.is_empty() || !covered.contains(&index);
        index += 1;
        keep
    });
}
