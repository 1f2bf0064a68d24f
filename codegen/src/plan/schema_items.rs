//! The types that are made of schemas: structs, enums of texts, unions, and names for any JSON.

use super::annotations::{self, Said};
use super::member_names::UNKNOWN;
use super::members::{self, Member};
use super::type_analysis::Tables;
use super::type_kinds::Kind;
use super::{checks, docs, element_schemas, structs, unions};
use crate::api::Enumeration;
use crate::rust::{Derive, Docs, Enum, Item, ItemKind, Object, Rest, Text, Type, TypeId, Variant};

/// One type; `in_parameter` tells whether it is the value of a parameter, other than as one text.
pub(super) fn item(tables: &Tables<'_>, id: TypeId, in_parameter: bool) -> Option<Item> {
    let named = tables.names.types.get(id.0)?;
    let schema = tables.api.schemas.get(named.schema)?;
    let said = || annotations::of_schema(schema);
    let kind = match tables.kind(id)? {
        Kind::Struct(stated) => {
            ItemKind::Object(object(tables, id, (&named.name, &named.required), element_schemas::is_closed(stated)))
        }
        Kind::Enum(listed) => {
            ItemKind::Enum(string_enum(&named.name, said(), (listed, &named.members), tables.is_open(id)))
        }
        Kind::Union(stated) => ItemKind::Union(unions::union(tables, id, docs::of_type(&named.name, &said()), stated)),
        Kind::Json(_) => ItemKind::Alias { target: Type::Json, docs: docs::of_type(&named.name, &said()) },
    };
    Some(Item { name: named.name.clone(), kind, checked: tables.is_checked(id), in_parameter })
}

fn object(tables: &Tables<'_>, id: TypeId, (name, required): (&str, &str), is_closed: bool) -> Object {
    let (said, members) = members::of_type(tables, id);
    let rest = tables.contents(id).and_then(|contents| contents.rest.clone());
    Object {
        structure: structs::structure(
            tables,
            (name, required),
            docs::of_type(name, &said),
            &[(Derive::Hash, tables.is_hashable(id))],
            &members,
        ),
        closed: is_closed,
        // A type that only requests have is read by servers alone, which refuse what is not listed.
        denies_unknown: is_closed && !tables.directions(id).response && rest.is_none(),
        rest: rest.map(|value| Rest {
            name: rest_name(&members),
            checks_value: checks::demands(tables, &value),
            value,
        }),
    }
}

/// The field that keeps the further properties.
fn rest_name(members: &[Member]) -> String {
    let mut name = "rest".to_owned();
    while members.iter().any(|member| member.name == name) {
        name.insert_str(0, "the_");
    }
    name
}

/// The enum of a list of values, by its name and those of its variants.
fn string_enum(name: &str, mut said: Said, (listed, names): (&Enumeration, &[String]), is_open: bool) -> Enum {
    let wires: Vec<&str> = listed.values.iter().filter_map(|one| one.value.as_str()).collect();
    let mut said_of_each: Vec<Said> = listed.values.iter().map(|one| annotations::of(&one.docs)).collect();
    annotations::distribute(&mut said, wires.iter().copied().zip(&mut said_of_each));
    let variants = wires.iter().zip(names).zip(&said_of_each).map(|((wire, name), said)| Variant {
        name: name.clone(),
        wire: (*wire).to_owned(),
        // What a variant stands for on the wire comes first: it is what a reader looks for.
        docs: docs::document(Docs::line(Text::of_code(wire)), said),
    });
    Enum {
        docs: docs::of_type(name, &said),
        variants: variants.collect(),
        allows_others: listed.open,
        unknown: (is_open || listed.open).then(|| UNKNOWN.to_owned()),
    }
}
