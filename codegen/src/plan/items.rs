//! The types that are made of schemas.

use super::context::Context;
use super::members::{self, Member};
use super::{checks, docs, enums, structs, unions};
use crate::ir::{StructDef, TypeDef, TypeId, TypeKind};
use crate::rust::{Derive, Item, ItemKind, Object, Rest};

/// One type.
pub(super) fn item(context: &Context<'_>, id: TypeId) -> Option<Item> {
    let def = context.definition(id)?;
    let kind = match &def.kind {
        TypeKind::Struct(stated) => ItemKind::Object(object(context, id, def, stated)),
        TypeKind::Enum(values) => ItemKind::Enum(enums::string_enum(def, values, context.is_open(id))),
        TypeKind::Union(stated) => ItemKind::Union(unions::union(context, id, def, stated)),
        TypeKind::Alias(target) => ItemKind::Alias { target: context.rust_type(target), docs: docs::of_type(def) },
    };
    Some(Item {
        name: def.name.clone(),
        kind,
        checked: context.is_checked(id),
        in_parameter: context.is_in_parameter(id),
    })
}

fn object(context: &Context<'_>, id: TypeId, def: &TypeDef, stated: &StructDef) -> Object {
    let members: Vec<Member<'_>> = members::of_type(context, id, stated);
    Object {
        structure: structs::structure(
            context,
            (&def.name, context.required_name(id)),
            docs::of_type(def),
            &[(Derive::Hash, context.is_hashable(id)), (Derive::Serde, stated.rest.is_none())],
            &members,
        ),
        rest: stated.rest.as_ref().map(|value| Rest {
            name: rest_name(&members),
            value: context.rust_type(value),
            checks_value: checks::demands(context, value),
        }),
        closed: stated.closed,
        // Only servers read what only clients send, and they are strict.
        denies_unknown: stated.closed && !context.directions(id).response && stated.rest.is_none(),
    }
}

/// The field that keeps the further properties.
fn rest_name(members: &[Member<'_>]) -> String {
    let mut name = "rest".to_owned();
    while members.iter().any(|member| member.name == name) {
        name.insert_str(0, "the_");
    }
    name
}
