//! Components that nothing uses.

use std::collections::{HashMap, HashSet};

use super::index::Index;
use crate::component_reference_text::{component_name, section_of};
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::path_step::{Entry, PathStep};
use crate::document::schema::{Parent, Schema, SchemaId};
use crate::document::source_map::ObjectId;
use crate::grammar::{Kind, SECTIONS};
use crate::source::Span;

/// Components that cannot be reached from an operation.
pub(super) fn unused_components(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    // Without operations the document is a collection of components for others.
    if index.operations.is_empty() {
        return;
    }
    let used = used(index);
    let extends = |name: &str| {
        let schema = index.schemas.component(name).map(|id| &index.schemas[id]);
        schema.is_some_and(|schema| extends_a_used_one(index, schema, &used))
    };
    for (component, span) in components(index) {
        let (section, name) = (component.section, &*component.name);
        if used.contains(&component) || section == "schemas" && extends(name) {
            continue;
        }
        let Some((kind, _)) = SECTIONS.iter().find(|(_, one)| *one == section) else { continue };
        let message = format!("the {} {} is not used", kind.noun(), quoted(name));
        diagnostics.warning(Code::UnusedComponent, message, span).help("refer to it from an operation, or remove it");
    }
}

/// A component by its section of `components` and its name there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Component {
    section: &'static str,
    name: Box<str>,
}

impl Component {
    /// The component that stands at a step from `components`.
    fn at(step: &PathStep) -> Option<Self> {
        match &step.entry {
            Entry::Name(name) => Some(Self { section: step.key, name: (&**name).into() }),
            Entry::Only | Entry::Index(_) => None,
        }
    }

    /// The component that a reference names.
    fn named(reference: &str) -> Option<Self> {
        let stated = section_of(reference)?;
        let (_, section) = SECTIONS.iter().find(|(_, one)| *one == stated)?;
        Some(Self { section, name: (&*component_name(section, reference)?).into() })
    }
}

/// Every component, and where its name stands.
fn components(index: &Index<'_>) -> impl Iterator<Item = (Component, Span)> {
    let schemas = index.schemas.components().iter();
    let schemas =
        schemas.map(|(name, id)| (Component { section: "schemas", name: (&**name).into() }, index.schemas[*id].name));
    let holders = index.objects.iter().filter(|(_, object)| object.kind == Kind::Components);
    let references = holders.flat_map(|(id, _)| index.document.supplement.references(id));
    let references = references.filter_map(|(step, site)| Some((Component::at(step)?, site.name)));
    let objects = index.objects.iter().filter_map(|(_, object)| {
        let (holder, step) = object.parent.as_ref()?;
        let component = Component::at(step).filter(|_| index.objects[*holder].kind == Kind::Components)?;
        Some((component, object.name))
    });
    schemas.chain(references).chain(objects)
}

/// The components that operations reach by references, by the values of discriminators and by security requirements.
fn used(index: &Index<'_>) -> HashSet<Component> {
    let mut edges: HashMap<Option<Component>, Vec<Component>> = HashMap::new();
    let mut edge = |from: Option<Component>, to: Option<Component>| edges.entry(from).or_default().extend(to);
    for (id, schema) in index.schemas.iter() {
        for target in references_of(schema) {
            edge(component_around_schema(index, id), component_around_schema(index, target));
        }
    }
    for (holder, step, site) in index.document.supplement.all_references() {
        let is_component = index.objects[holder].kind == Kind::Components;
        let owner = if is_component { Component::at(step) } else { component_around(index, holder) };
        edge(owner, Component::named(&site.reference));
    }
    for (_, requirement) in index.objects.iter().filter(|(_, object)| object.kind == Kind::SecurityRequirement) {
        for scheme in &requirement.fields {
            edge(None, Some(Component { section: "securitySchemes", name: (&*scheme.name).into() }));
        }
    }
    // Some references are replaced by copies of what they name, which stand where the component stands.
    let outside = index.objects.iter().filter(|(id, _)| component_around(index, *id).is_none());
    let outside: HashSet<Span> = outside.map(|(_, object)| object.span).collect();
    for (id, _) in index.objects.iter().filter(|(_, object)| outside.contains(&object.span)) {
        edge(None, component_around(index, id));
    }
    let mut used = HashSet::new();
    let mut next = edges.remove(&None).unwrap_or_default();
    while let Some(component) = next.pop() {
        if !used.contains(&component) {
            next.extend(edges.remove(&Some(component.clone())).into_iter().flatten());
            used.insert(component);
        }
    }
    used
}

/// The schemas that a schema names: by `$ref`, and in the mapping of its discriminator.
fn references_of(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let keywords = schema.keywords();
    let reference = keywords.reference.iter().filter_map(|reference| reference.value.target);
    let mapped = keywords.discriminator.iter().flat_map(|stated| {
        stated.value.mapping.values().chain(&stated.value.default_mapping).filter_map(|entry| entry.target)
    });
    reference.chain(mapped)
}

/// The component that an object stands in; `None` outside of `components`.
fn component_around(index: &Index<'_>, id: ObjectId) -> Option<Component> {
    let mut inner = id;
    while let Some((outer, step)) = &index.objects[inner].parent {
        if index.objects[*outer].kind == Kind::Components {
            return Component::at(step);
        }
        inner = *outer;
    }
    None
}

/// The component that a schema is or stands in; `None` outside of `components`.
fn component_around_schema(index: &Index<'_>, id: SchemaId) -> Option<Component> {
    let mut parent = &index.schemas[id].parent;
    while let Parent::Schema(outer, _) = parent {
        parent = &index.schemas[*outer].parent;
    }
    match parent {
        Parent::Component(name) => Some(Component { section: "schemas", name: (&**name).into() }),
        Parent::Object(object, _) => component_around(index, *object),
        Parent::Schema(..) => None,
    }
}

/// Whether a schema extends one that is used and has a discriminator: then values of it appear where the other is named.
fn extends_a_used_one(index: &Index<'_>, schema: &Schema, used: &HashSet<Component>) -> bool {
    let parts = schema.keywords().composition.all_of().iter();
    let mut bases = parts.filter_map(|part| index.keywords(*part).reference.as_ref()?.value.target);
    bases.any(|base| {
        let has_discriminator = index.keywords(base).discriminator.is_some();
        has_discriminator && component_around_schema(index, base).is_some_and(|component| used.contains(&component))
    })
}
