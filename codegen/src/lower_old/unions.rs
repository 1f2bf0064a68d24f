//! `oneOf` and `anyOf`: one of several shapes.

use std::collections::HashMap;

use super::context::{Hint, Lowering};
use super::located::{Facets, Link, SchemaAt};
use super::{naming, schemas, texts};
use crate::ir::{Branch, TypeKind, TypeRef, UnionDef};
use crate::names::{Scope, type_name};
use crate::syntax::{BRANCHES, Node};

/// Whether a schema is one of several shapes, null aside.
pub fn is_union(facets: &Facets<'_>) -> bool {
    present(facets).count() > 1 && !only_requires(facets)
}

/// The one shape beside null, where there is just one.
pub fn only_branch<'a>(facets: &Facets<'a>) -> Option<SchemaAt<'a>> {
    let mut branches = present(facets);
    let only = branches.next()?;
    (branches.next().is_none() && facets.properties.is_empty()).then_some(only)
}

/// Whether null is one of the shapes.
pub fn has_null_branch(facets: &Facets<'_>) -> bool {
    facets.branches.iter().any(is_null)
}

fn present<'f, 'a>(facets: &'f Facets<'a>) -> impl Iterator<Item = SchemaAt<'a>> + 'f {
    facets.branches.iter().copied().filter(|branch| !is_null(branch))
}

/// How OpenAPI 3.0 writes a null branch: `nullable` with null as the only value.
fn is_null(branch: &SchemaAt<'_>) -> bool {
    let kind = branch.node.get("type").and_then(Node::text);
    let only_null = branch
        .node
        .get("enum")
        .is_some_and(|values| !values.items().is_empty() && values.items().iter().all(Node::is_null));
    matches!(branch.link, Link::Inline(_)) && (kind == Some("null") || only_null)
}

/// Branches that only say which properties must be there describe one object, not several.
fn only_requires(facets: &Facets<'_>) -> bool {
    !facets.properties.is_empty()
        && present(facets).all(|branch| {
            matches!(branch.link, Link::Inline(_))
                && branch
                    .node
                    .entries()
                    .all(|(key, _)| matches!(key.text(), "required" | "title" | "description" | "type"))
        })
}

/// The shapes in the document's order.
pub fn union<'a>(lowering: &mut Lowering<'a>, facets: &Facets<'a>, hint: &Hint) -> TypeKind {
    if !facets.properties.is_empty() {
        lowering.report.union_beside_properties(facets.node);
        lowering.untyped(hint, "properties beside `oneOf` or `anyOf`");
        return TypeKind::Alias(TypeRef::Json);
    }
    if !lowering.affords(facets.branches.len(), BRANCHES, facets.node) {
        return TypeKind::Alias(TypeRef::Json);
    }
    let discriminator = facets.keywords.discriminator.as_ref().map(|stated| &stated.value);
    let mut mapped: HashMap<&str, Vec<String>> = HashMap::new();
    for (tag, target) in discriminator.iter().flat_map(|stated| &stated.mapping) {
        mapped.entry(target.name.text.rsplit('/').next().unwrap_or_default()).or_default().push(tag.to_string());
    }
    let mut scope = Scope::reserving(&["Unknown", "Self"]);
    let mut branches = Vec::new();
    for at in present(facets) {
        let kind_hint = branch_name(lowering, at);
        if matches!(at.link, Link::Inline(_)) {
            naming::stated(lowering, at.node);
        }
        let lowered = schemas::schema(lowering, at, &hint.part(&kind_hint, &kind_hint));
        branches.push(Branch {
            name: scope.claim(&kind_hint).name,
            tags: discriminator.map(|_| tags(&mut mapped, at)).unwrap_or_default(),
            ty: lowered.element(),
            docs: texts::docs(at.node),
        });
    }
    TypeKind::Union(UnionDef {
        branches,
        discriminator: discriminator.map(|stated| stated.property_name.text.to_string()),
    })
}

/// A branch is called after what it is named, its component or its title, or else after the kind of JSON it is.
fn branch_name<'a>(lowering: &Lowering<'a>, at: SchemaAt<'a>) -> String {
    if let Link::Component(name) = at.link {
        let stated = lowering.component_schema(name).and_then(|component| naming::node(component.node)?.text());
        return type_name(stated.unwrap_or(name));
    }
    if let Some(name) = naming::node(at.node).and_then(Node::text) {
        return type_name(name);
    }
    if let Some(title) = texts::text(at.node, "title") {
        return type_name(&title);
    }
    let Some(facets) = lowering.facets(at) else {
        return "Other".to_owned();
    };
    let name = match facets.kind {
        Some("array") => "Array",
        Some("string") => "String",
        Some("integer") => "Integer",
        Some("number") => "Number",
        Some("boolean") => "Boolean",
        _ if facets.is_object() => "Object",
        _ => "Other",
    };
    name.to_owned()
}

/// The discriminator values that name a branch: the mapping's, or else the component's name (OpenAPI 3.0.4, 4.7.25).
fn tags(mapped: &mut HashMap<&str, Vec<String>>, at: SchemaAt<'_>) -> Vec<String> {
    let Link::Component(name) = at.link else {
        return Vec::new();
    };
    // Where a component is a branch twice, the values lead to the first one.
    mapped.get_mut(name).map_or_else(|| vec![name.to_owned()], std::mem::take)
}
