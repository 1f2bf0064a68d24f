//! `oneOf` and `anyOf`: a variant for each branch.

use super::context::{Hint, Typing};
use super::{docs, schemas};
use crate::api::{Shape, Union};
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
        let name = branch_name(typing, branch);
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

/// A branch is called after what it is named, its component or its title, or else after the value that names it or the kind of JSON it
/// is.
fn branch_name(typing: &Typing<'_>, branch: &crate::api::Branch) -> String {
    let Some(schema) = typing.schema(branch.schema) else { return "Other".to_owned() };
    let referred = match schema.shape {
        Shape::Reference(target) => Some(target),
        _ => Some(branch.schema),
    };
    if let Some(target) = branch.component.or(referred)
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
    if let (Shape::Object(_), Some(tag)) = (&schema.shape, branch.tags.first()) {
        return type_name(tag);
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
