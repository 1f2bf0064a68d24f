//! What emitters decide once for all files: companion names, who is checked, how large things are.

use std::collections::BTreeSet;

use super::members::{self, Member};
use super::sizes;
use crate::ir::{Api, Operation, Payload, TypeDef, TypeId, TypeKind, TypeRef};
use crate::names::companion_name;

/// An API with everything that follows from it.
pub(crate) struct Context<'a> {
    /// What is emitted.
    pub(crate) api: &'a Api,
    /// The `…Required` names of types, by [`TypeId`].
    required_types: Vec<String>,
    /// The names around each operation, in the API's order.
    operations: Vec<OperationNames>,
    /// Which types a client sends, by [`TypeId`].
    checked: Vec<bool>,
    /// Estimated sizes of types in bytes, by [`TypeId`].
    sizes: Vec<usize>,
}

/// The names of the types that stand beside a request struct.
pub(crate) struct OperationNames {
    /// `CreatePayoutRequired`
    pub(crate) required: String,
    /// `CreatePayoutError`
    pub(crate) error: String,
    /// `CreatePayoutOutput`
    pub(crate) output: String,
}

impl<'a> Context<'a> {
    /// Draws the conclusions from an API.
    pub(crate) fn new(api: &'a Api) -> Self {
        Self {
            api,
            required_types: required_types(api),
            operations: operation_names(api),
            checked: checked(api),
            sizes: sizes::of_types(api),
        }
    }

    /// The companion struct that holds a type's required fields.
    pub(crate) fn required_name(&self, id: TypeId) -> &str {
        self.required_types.get(id.0).map_or("", String::as_str)
    }

    /// Every operation with the names around it.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&'a Operation, &OperationNames)> {
        self.api.operations.iter().zip(&self.operations)
    }

    /// Whether a type needs `Check`, because a client sends it.
    pub(crate) fn is_checked(&self, id: TypeId) -> bool {
        self.checked.get(id.0).copied().unwrap_or_default()
    }

    /// The estimated size of a value in bytes, rather too large than too small.
    pub(crate) fn size(&self, ty: &TypeRef) -> usize {
        sizes::of(ty, &|id| self.sizes.get(id.0).copied().unwrap_or_default())
    }

    /// A type with aliases followed to their end.
    pub(crate) fn resolved<'t>(&'t self, ty: &'t TypeRef) -> &'t TypeRef {
        let mut ty = ty;
        // Aliases are not circular; the bound only makes that evident.
        for _ in 0..self.api.types.len() {
            match ty {
                TypeRef::Named(id) => match self.definition(*id).map(|def| &def.kind) {
                    Some(TypeKind::Alias(target)) => ty = target,
                    _ => return ty,
                },
                _ => return ty,
            }
        }
        ty
    }

    /// A type with every alias inside of it followed: two that are the same type in Rust are equal.
    pub(crate) fn canonical(&self, ty: &TypeRef) -> TypeRef {
        let inner = |inner: &TypeRef| Box::new(self.canonical(inner));
        match self.resolved(ty) {
            TypeRef::List(item) => TypeRef::List(inner(item)),
            TypeRef::Map(value) => TypeRef::Map(inner(value)),
            TypeRef::Nullable(value) => TypeRef::Nullable(inner(value)),
            TypeRef::Secret(value) => TypeRef::Secret(inner(value)),
            other => other.clone(),
        }
    }

    /// The type behind an id.
    pub(crate) fn definition(&self, id: TypeId) -> Option<&'a TypeDef> {
        self.api.types.get(id.0)
    }
}

fn required_types(api: &Api) -> Vec<String> {
    let taken: BTreeSet<&str> = api.types.iter().map(|def| def.name.as_str()).collect();
    api.types.iter().map(|def| free(&taken, &companion_name(&def.name, "Required"))).collect()
}

fn operation_names(api: &Api) -> Vec<OperationNames> {
    let taken: BTreeSet<&str> = api.operations.iter().map(|operation| operation.type_name.as_str()).collect();
    let name = |operation: &Operation, suffix: &str| free(&taken, &companion_name(&operation.type_name, suffix));
    api.operations
        .iter()
        .map(|operation| OperationNames {
            required: name(operation, "Required"),
            error: name(operation, "Error"),
            output: name(operation, "Output"),
        })
        .collect()
}

/// A name that no type of the document has.
fn free(taken: &BTreeSet<&str>, wish: &str) -> String {
    let mut name = wish.to_owned();
    while taken.contains(name.as_str()) {
        name.push('2');
    }
    name
}

/// The types that requests hold, directly or inside of others.
fn checked(api: &Api) -> Vec<bool> {
    let mut checked = vec![false; api.types.len()];
    let mut pending: Vec<&TypeRef> = Vec::new();
    for operation in &api.operations {
        pending.extend(members::of_operation(operation).iter().map(|member| member.ty));
        if let Some(Payload::Whole(ty)) = operation.body.as_ref().map(|body| &body.payload) {
            pending.push(ty);
        }
    }
    for (def, checked) in api.types.iter().zip(&mut checked) {
        if def.usage.sent_by_client {
            *checked = true;
            parts(def, &mut pending);
        }
    }
    while let Some(ty) = pending.pop() {
        match ty {
            TypeRef::Named(id) => {
                if let (Some(seen @ false), Some(def)) = (checked.get_mut(id.0), api.types.get(id.0)) {
                    *seen = true;
                    parts(def, &mut pending);
                }
            }
            TypeRef::List(inner) | TypeRef::Map(inner) | TypeRef::Nullable(inner) | TypeRef::Secret(inner) => {
                pending.push(inner);
            }
            _ => {}
        }
    }
    checked
}

/// The types that a type holds.
fn parts<'a>(def: &'a TypeDef, parts: &mut Vec<&'a TypeRef>) {
    match &def.kind {
        TypeKind::Struct(object) => {
            parts.extend(object.fields.iter().map(|field| &field.ty));
            parts.extend(&object.rest);
        }
        TypeKind::Union(union) => parts.extend(union.branches.iter().map(|branch| &branch.ty)),
        TypeKind::Alias(ty) => parts.push(ty),
        TypeKind::Enum(_) => {}
    }
}

/// The members that `new` asks for.
pub(crate) fn required<'m, 'a>(members: &'m [Member<'a>]) -> Vec<&'m Member<'a>> {
    members.iter().filter(|member| member.is_required()).collect()
}
