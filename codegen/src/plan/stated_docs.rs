//! What the document says of each item: its texts, defaults and examples, and where it comes from.

use crate::api::{self, Docs, Provenance, Schema, SchemaId, Schemas, Value};

/// What the document says of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct StatedDocs {
    /// The first line.
    pub(super) summary: Option<String>,
    /// The paragraphs after it, `CommonMark` as in the document.
    pub(super) description: Option<String>,
    /// Marked `deprecated` in the document.
    pub(super) deprecated: bool,
    /// `x-specie-provenance` of the item.
    pub(super) provenance: Vec<Provenance>,
    /// Defaults, examples and the like.
    pub(super) notes: Vec<Note>,
}

impl StatedDocs {
    /// The first example.
    pub(super) fn example(&self) -> Option<&Value> {
        self.notes.iter().find_map(|note| match note {
            Note::Example(value) => Some(value),
            Note::Default(_) | Note::OnlyInResponses | Note::OnlyInRequests | Note::OfTheBody(_) => None,
        })
    }
}

/// What is said of an item beside its description.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Note {
    /// `default`.
    Default(Value),
    /// `example`.
    Example(Value),
    /// `readOnly`.
    OnlyInResponses,
    /// `writeOnly`.
    OnlyInRequests,
    /// It is this property of the body, and goes by another name because a parameter has its own.
    OfTheBody(String),
}

/// The texts of anything but a schema.
pub(super) fn of(stated: &Docs) -> StatedDocs {
    StatedDocs {
        summary: stated.summary.clone(),
        description: stated.description.clone(),
        deprecated: stated.deprecated,
        provenance: stated.provenance.clone(),
        notes: Vec::new(),
    }
}

/// The texts of a schema, with its default and example as notes.
pub(super) fn of_schema(schema: &Schema) -> StatedDocs {
    let mut stated_docs = of(&schema.docs);
    // A title repeats the schema's name; where there is a description it says more.
    if stated_docs.description.is_some() {
        stated_docs.summary = None;
    }
    stated_docs.notes.extend(schema.default.clone().filter(is_scalar).map(Note::Default));
    stated_docs.notes.extend(example(&schema.examples));
    stated_docs.notes.extend(schema.read_only.then_some(Note::OnlyInResponses));
    stated_docs.notes.extend(schema.write_only.then_some(Note::OnlyInRequests));
    stated_docs
}

/// The example of one value.
fn example(examples: &[api::Example]) -> Option<Note> {
    let stated = examples.iter().find(|example| example.name.is_none())?;
    stated.value.clone().filter(is_scalar).map(Note::Example)
}

const fn is_scalar(value: &Value) -> bool {
    !matches!(value, Value::List(_) | Value::Object(_))
}

/// A parameter's texts; where it has none, those of its schema. `examples` are those of its values.
pub(super) fn of_parameter(docs: &Docs, examples: &[api::Example], schema: Option<&Schema>) -> StatedDocs {
    let mut own = of(docs);
    own.notes.extend(example(examples));
    let Some(behind) = schema.map(of_schema) else { return own };
    StatedDocs {
        summary: own.summary.or(behind.summary),
        description: own.description.or(behind.description),
        notes: [own.notes, behind.notes].concat(),
        deprecated: own.deprecated || behind.deprecated,
        provenance: [own.provenance, behind.provenance].concat(),
    }
}

/// A property's texts; where it is only a reference, those of what is behind it.
pub(super) fn of_property(schemas: &Schemas, id: SchemaId) -> StatedDocs {
    let mut chain = schemas.chain(id);
    let own = chain.next().map(of_schema).unwrap_or_default();
    if own.summary.is_some() || own.description.is_some() {
        return own;
    }
    let has_words = |schema: &&Schema| schema.docs.summary.is_some() || schema.docs.description.is_some();
    let Some(schema) = chain.clone().find(has_words).or_else(|| chain.last()) else { return own };
    let mut behind = of_schema(schema);
    behind.notes.retain(|note| !own.notes.contains(note));
    // Values listed on the type are documented there.
    let is_listed = matches!(schema.shape, api::Shape::Enumeration(_));
    StatedDocs {
        summary: behind.summary,
        description: behind.description,
        notes: if is_listed { own.notes } else { [own.notes, behind.notes].concat() },
        deprecated: own.deprecated,
        provenance: own.provenance,
    }
}

/// Hands provenance that names parts (`of: […]`) to those parts; what names no part stays.
pub(super) fn distribute<'p>(stated_docs: &mut StatedDocs, parts: impl Iterator<Item = (&'p str, &'p mut StatedDocs)>) {
    let mut handed: Vec<(usize, String)> = Vec::new();
    for (name, part) in parts {
        for (index, entry) in stated_docs.provenance.iter().enumerate() {
            if entry.of.iter().any(|of| of == name) {
                part.provenance.push(Provenance { of: Vec::new(), ..entry.clone() });
                handed.push((index, name.to_owned()));
            }
        }
    }
    for (index, entry) in stated_docs.provenance.iter_mut().enumerate() {
        entry.of.retain(|of| !handed.iter().any(|(at, name)| *at == index && name == of));
    }
    let covered: Vec<usize> = handed.iter().map(|(index, _)| *index).collect();
    let mut index = 0;
    stated_docs.provenance.retain(|entry| {
        let keep = !entry.of.is_empty() || !covered.contains(&index);
        index += 1;
        keep
    });
}
