//! The list of all schemas of a document.

use std::collections::{HashMap, HashSet};
use std::ops::Index;
use std::sync::Arc;

use indexmap::IndexMap;
use rayon::prelude::*;

use super::{Schema, SchemaId, Text, reachable};
use crate::component_reference_text::component_name;
use crate::document::path_step::PathStep;
use crate::document::source_map::{ObjectId, Objects};
use crate::grammar::Version;
use crate::pointer;
use crate::source::is_file_like;

/// What holds a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parent {
    /// `components.schemas`, under a name.
    Component(Arc<str>),
    /// An object of the document, such as a parameter or a media type.
    Object(ObjectId, PathStep),
    /// Another schema.
    Schema(SchemaId, PathStep),
}

impl Parent {
    /// The name of the component that the schema is; `None` for any other schema.
    #[must_use]
    pub fn component(&self) -> Option<&str> {
        match self {
            Self::Component(name) => Some(name),
            Self::Object(..) | Self::Schema(..) => None,
        }
    }

    /// The last step, where another schema holds this one.
    #[must_use]
    pub const fn step(&self) -> Option<&PathStep> {
        match self {
            Self::Schema(_, step) => Some(step),
            Self::Component(_) | Self::Object(..) => None,
        }
    }
}

/// All schemas of a document, in its order: a schema stands before those in it.
#[derive(Clone, Debug)]
pub struct Schemas {
    pub(super) version: Version,
    pub(super) list: Vec<Schema>,
    pub(super) components: IndexMap<Arc<str>, SchemaId>,
}

impl Index<SchemaId> for Schemas {
    type Output = Schema;

    fn index(&self, id: SchemaId) -> &Schema {
        &self.list[id.0 as usize]
    }
}

/// How references into the list begin. No document can write one: a reference to a file is rewritten.
const REFERENCE: &str = "schema:";

impl SchemaId {
    pub(super) fn from_index(index: usize) -> Self {
        // A file has fewer nodes than this, and copies are limited.
        Self(u32::try_from(index).unwrap_or(u32::MAX))
    }

    /// The text of a reference to it in `openapiv3`'s types.
    pub(in crate::document) fn to_reference(self) -> String {
        format!("{REFERENCE}{}", self.0)
    }

    /// The schema that such a text names.
    pub(in crate::document) fn from_reference(text: &str) -> Option<Self> {
        text.strip_prefix(REFERENCE)?.parse().ok().map(Self)
    }

    /// The place in the document's list of schemas, from zero.
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl Schemas {
    /// No schemas yet, of a document of a version.
    pub(in crate::document) fn new(version: Version) -> Self {
        Self { version, list: Vec::new(), components: IndexMap::new() }
    }

    /// The version of OpenAPI that the document is written in.
    pub(crate) const fn version(&self) -> Version {
        self.version
    }

    /// The schema of a number.
    #[must_use]
    pub fn get(&self, id: SchemaId) -> Option<&Schema> {
        self.list.get(id.index())
    }

    /// The schema that stands at a place of the list, counted from zero.
    #[must_use]
    pub fn at(&self, index: usize) -> Option<SchemaId> {
        (index < self.list.len()).then(|| SchemaId::from_index(index))
    }

    /// How many there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// All of them with their numbers, in the order of the document.
    #[must_use]
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (SchemaId, &Schema)> {
        self.list.iter().enumerate().map(|(index, schema)| (SchemaId::from_index(index), schema))
    }

    /// The same on all cores.
    pub(crate) fn par_iter(&self) -> impl IndexedParallelIterator<Item = (SchemaId, &Schema)> {
        self.list.par_iter().enumerate().map(|(index, schema)| (SchemaId::from_index(index), schema))
    }

    /// The schemas under `components.schemas`, in the order of the document.
    #[must_use]
    pub const fn components(&self) -> &IndexMap<Arc<str>, SchemaId> {
        &self.components
    }

    /// The schema of a name under `components.schemas`.
    #[must_use]
    pub fn component(&self, name: &str) -> Option<SchemaId> {
        self.components.get(name).copied()
    }

    /// The schema that another one is, or plainly refers to: references with nothing but texts beside them are followed to their end.
    #[must_use]
    pub fn target(&self, id: SchemaId) -> SchemaId {
        self.way(id).fold(id, |_, next| next)
    }

    /// Whether a schema allows nothing but null, and is no reference.
    #[must_use]
    pub fn is_null(&self, id: SchemaId) -> bool {
        let keywords = self[id].keywords();
        keywords.reference.is_none() && keywords.is_only_null()
    }

    /// A schema, and what it plainly refers to, step by step.
    pub fn way(&self, id: SchemaId) -> impl Iterator<Item = SchemaId> + use<'_> {
        let next = |id: &SchemaId| {
            let keywords = self[*id].keywords();
            keywords.reference.as_ref().filter(|_| keywords.is_alias()).and_then(|named| named.value.target)
        };
        // A chain is never longer than there are components; a circular one was reported.
        std::iter::successors(Some(id), next).take(self.components.len() + 2)
    }

    /// What a schema is known by, whatever else is added to the document: the name of a component, or a JSON pointer as a fragment,
    /// such as `#/components/schemas/Payout/properties/amount`. `objects` are those of the same document.
    #[must_use]
    pub fn key(&self, id: SchemaId, objects: &Objects) -> String {
        match &self[id].parent {
            Parent::Component(name) => name.to_string(),
            _ => format!("#{}", self.pointer(id, objects)),
        }
    }

    /// The JSON pointer to a schema in the resolved document.
    #[must_use]
    pub fn pointer(&self, id: SchemaId, objects: &Objects) -> String {
        let mut steps = Vec::new();
        let mut parent = &self[id].parent;
        while let Parent::Schema(outer, step) = parent {
            steps.push(step);
            parent = &self[*outer].parent;
        }
        let mut pointer = match parent {
            Parent::Object(object, step) => {
                steps.push(step);
                objects.pointer(*object)
            }
            Parent::Component(name) => format!("/components/schemas/{}", pointer::escape(name)),
            Parent::Schema(..) => String::new(),
        };
        steps.into_iter().rev().for_each(|step| step.write(&mut pointer));
        pointer
    }

    /// The schema that a reference in the resolved document names: a component, an `$anchor` or an `$id`.
    fn named(&self, names: &HashMap<String, SchemaId>, reference: &str) -> Option<SchemaId> {
        match component_name("schemas", reference) {
            Some(name) => self.component(&name),
            None => names.get(reference).copied(),
        }
    }

    /// Finds the schema that each reference and each value of a discriminator's mapping names. Call it when all schemas are read.
    pub(crate) fn link(&mut self) {
        let names = self.given_names();
        let references: Vec<_> = self
            .iter()
            .filter_map(|(id, schema)| {
                Some((id, self.named(&names, &schema.keywords().reference.as_ref()?.value.text)?))
            })
            .collect();
        let mapping = |text: &Text| {
            if is_file_like(&text.text) { self.named(&names, &text.text) } else { self.component(&text.text) }
        };
        let discriminators: Vec<_> = self
            .iter()
            .filter_map(|(id, schema)| {
                let stated = &schema.keywords().discriminator.as_ref()?.value;
                let targets = stated.mapping.values().map(|entry| mapping(&entry.name)).collect::<Vec<_>>();
                Some((id, targets, stated.default_mapping.as_ref().and_then(|entry| mapping(&entry.name))))
            })
            .collect();
        for (id, target) in references {
            if let Some(reference) = self.keywords_mut(id).and_then(|keywords| keywords.reference.as_mut()) {
                reference.value.target = Some(target);
            }
        }
        for (id, target) in ambiguous(self) {
            if let Some(keywords) = self.keywords_mut(id) {
                keywords.reference = keywords.reference.take().filter(|_| target.is_some());
                keywords.reference.iter_mut().for_each(|reference| reference.value.target = target);
            }
        }
        for (id, targets, default) in discriminators {
            let Some(stated) = self.keywords_mut(id).and_then(|keywords| keywords.discriminator.as_mut()) else {
                continue;
            };
            for (entry, target) in stated.value.mapping.values_mut().zip(targets) {
                entry.target = target;
            }
            if let Some(entry) = &mut stated.value.default_mapping {
                entry.target = default;
            }
        }
    }

    /// The names that schemas give themselves, as references write them.
    fn given_names(&self) -> HashMap<String, SchemaId> {
        let mut names = HashMap::new();
        for (id, schema) in self.iter().filter(|(_, schema)| !schema.keywords().identity.is_empty()) {
            let identity = &schema.keywords().identity;
            for anchor in identity.anchor.iter().chain(&identity.dynamic_anchor) {
                names.entry(format!("#{}", anchor.value)).or_insert(id);
            }
            if let Some(name) = &identity.id {
                names.entry(name.value.to_string()).or_insert(id);
            }
        }
        names
    }

    fn keywords_mut(&mut self, id: SchemaId) -> Option<&mut super::Keywords> {
        match &mut self.list.get_mut(id.index())?.body {
            super::Body::Keywords(keywords) => Some(keywords),
            super::Body::Boolean(_) => None,
        }
    }
}

/// The references by a `$dynamicAnchor` that several schemas have, each with the one of these that applies to the values of all, if there is
/// one. Which of them is meant depends on the way to the reference (JSON Schema 2020-12, Core, 8.2.3.2); what is read instead holds for all
/// of them.
fn ambiguous(schemas: &Schemas) -> Vec<(SchemaId, Option<SchemaId>)> {
    let mut anchored: HashMap<&str, Vec<SchemaId>> = HashMap::new();
    for (id, schema) in schemas.iter() {
        if let Some(anchor) = &schema.keywords().identity.dynamic_anchor {
            anchored.entry(&anchor.value).or_default().push(id);
        }
    }
    anchored.retain(|_, all| all.len() > 1);
    let common: HashMap<&str, Option<SchemaId>> =
        anchored.iter().map(|(name, all)| (*name, common(schemas, all))).collect();
    let meant = schemas.iter().filter_map(|(id, schema)| {
        let keywords = schema.keywords();
        let stated = &keywords.identity.dynamic_reference.as_ref()?.value;
        // Beside `$ref` it is not read.
        let is_read = keywords.reference.as_ref().is_some_and(|reference| reference.value.text == *stated);
        Some((id, *common.get(stated.strip_prefix('#').filter(|_| is_read)?)?))
    });
    meant.collect()
}

/// The one of several schemas that applies to the values of all of them.
fn common(schemas: &Schemas, all: &[SchemaId]) -> Option<SchemaId> {
    let applied = |id: &SchemaId| reachable(*id, usize::MAX, |id| schemas[id].keywords().always_applied());
    let mut wholes = all.iter().map(|id| applied(id).into_iter().collect::<HashSet<SchemaId>>());
    let first = wholes.next()?;
    let shared = wholes.fold(first, |shared, whole| shared.intersection(&whole).copied().collect());
    all.iter().copied().find(|id| shared.contains(id))
}
