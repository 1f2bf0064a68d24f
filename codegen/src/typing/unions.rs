//! `oneOf` and `anyOf`: a variant for each branch.

use super::context::{Hint, Typing};
use super::{docs, schemas};
use crate::api::{SchemaId, Shape, Union};
use crate::ir::{Branch, TypeKind, TypeRef, UnionDef};
use crate::names::{Scope, type_name};
use crate::source::Span;
use crate::syntax::BRANCHES;

/// The branches in the document's order.
pub fn union(typing: &mut Typing<'_>, stated: &Union, span: Span, hint: &Hint) -> TypeKind {
    if !typing.affords(stated.branches.len(), BRANCHES, span) {
        return TypeKind::Alias(TypeRef::Json);
    }
    let mut scope = Scope::reserving(&["Unknown", "Self"]);
    let mut branches = Vec::new();
    for branch in &stated.branches {
        let name = branch_name(typing, branch.schema);
        if let Some(schema) = typing.schema(branch.schema) {
            typing.stated(schema.given_name.as_ref());
        }
        let typed = schemas::schema(typing, branch.schema, &hint.part(&name, &name));
        branches.push(Branch {
            name: scope.claim(&name).name,
            tags: branch.tags.clone(),
            ty: typed.element(),
            docs: typing.schema(branch.schema).map(|schema| docs::docs(&schema.docs)).unwrap_or_default(),
        });
    }
    let discriminator = stated.discriminator.as_ref().map(|stated| stated.property.clone());
    TypeKind::Union(UnionDef { branches, discriminator })
}

/// A branch is called after what it is named, its component or its title, or else after the kind of JSON it is.
fn branch_name(typing: &Typing<'_>, id: SchemaId) -> String {
    let Some(schema) = typing.schema(id) else { return "Other".to_owned() };
    if let Shape::Reference(target) = schema.shape
        && let Some(name) = typing.component_name(target)
    {
        let stated = typing.schema(target).and_then(|component| component.given_name.as_ref());
        return type_name(stated.map_or(name, |name| &name.text));
    }
    if let Some(name) = &schema.given_name {
        return type_name(&name.text);
    }
    if let Some(title) = &schema.title {
        return type_name(title);
    }
    let name = match schema.shape.base() {
        Shape::List(_) => "Array",
        Shape::String { .. } => "String",
        Shape::Integer { .. } => "Integer",
        Shape::Number { .. } => "Number",
        Shape::Boolean => "Boolean",
        Shape::Object(_) => "Object",
        _ => "Other",
    };
    name.to_owned()
}
