//! The types that are made of schemas: structs, enums of texts, unions, and names for any JSON.

use super::{checks, structs, tuples, unions};
use crate::api::{self, Directions, Enumeration};
use crate::plan::docs::namesakes::Namesakes;
use crate::plan::docs::paragraphs;
use crate::plan::member_names;
use crate::plan::members::{self, Member};
use crate::plan::schemas::elements;
use crate::plan::schemas::kinds::{self, Kind};
use crate::plan::schemas::value_constraints::ValueConstraints;
use crate::plan::stated_docs::{self, StatedDocs};
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::names::NamedType;
use crate::plan::types::type_contents::RestValues;
use crate::rust::{
    Assertion, Derive, Docs, Enum, EnumValues, Item, ItemKind, Nested, Object, Rest, Struct, Text, Type, TypeId,
    Undeclared, Variant,
};

/// One type; `in_parameter` tells whether it is the value of a parameter, other than as one text.
pub(super) fn item(
    analysis: &TypeAnalysis<'_>,
    namesakes: &Namesakes<'_>,
    id: TypeId,
    in_parameter: bool,
) -> Option<Item> {
    let named = analysis.names.types.get(id.0)?;
    let schema = analysis.schemas.get(named.schema)?;
    let stated_docs = || stated_docs::of_schema(schema);
    let beside = |docs: Docs| namesakes.of_schema(&named.name, docs);
    let kind = match analysis.kind(id)? {
        Kind::Struct(stated) => ItemKind::Object(Box::new(object(analysis, (id, named), stated, beside))),
        Kind::Enum(listed) => {
            let of = listed_values(&named.name, stated_docs(), (listed, &named.members), analysis.is_open(id));
            ItemKind::Enum(Enum { docs: beside(of.docs), ..of })
        }
        Kind::Union(stated) => ItemKind::Union(unions::union(
            analysis,
            id,
            beside(paragraphs::of_type(&named.name, &stated_docs())),
            stated,
        )),
        Kind::Tuple(_) => {
            let docs = beside(paragraphs::of_type(&named.name, &stated_docs()));
            ItemKind::Tuple(tuples::tuple(analysis, id, docs, schema)?)
        }
        Kind::Nested(_) => {
            let of = nested(analysis, id, (&named.name, &stated_docs()))?;
            ItemKind::Nested(Nested { docs: beside(of.docs), ..of })
        }
        Kind::Json(_) => {
            ItemKind::Alias { target: Type::Json, docs: beside(paragraphs::of_type(&named.name, &stated_docs())) }
        }
    };
    Some(Item {
        name: named.name.clone(),
        schema: schema.key.clone(),
        kind,
        checked: analysis.is_checked(id),
        assertions: assertions(analysis, id),
        in_parameter,
    })
}

fn object(
    analysis: &TypeAnalysis<'_>,
    (id, named): (TypeId, &NamedType<'_>),
    stated: &api::Object,
    beside: impl Fn(Docs) -> Docs,
) -> Object {
    let (stated_docs, members) = members::of_type(analysis, id);
    let rest = analysis.contents(id).and_then(|contents| contents.rest.clone());
    let rest = rest.map(|further| rest_field(analysis, rest_name(&members), further));
    let is_closed = elements::is_closed(stated);
    let structure = structs::structure(
        analysis,
        (&named.name, &named.required),
        beside(paragraphs::of_object(&named.name, &stated_docs, &stated.constants)),
        &structs::derives(analysis.has_eq(id)),
        &members,
    );
    // The table implements `Debug` where it keeps what it must not print.
    let is_undescribed = rest.as_ref().is_some_and(Rest::is_undescribed);
    let derives = if is_undescribed { structure.derives.without(Derive::Debug) } else { structure.derives.clone() };
    let demands = (checks::of_size(analysis.schemas, named.schema), assertions(analysis, id));
    let check = checks::of_object(&structure, stated.constants.len(), rest.as_ref(), demands);
    Object {
        structure: Struct { derives, ..structure },
        constants: stated.constants.iter().map(|one| (one.name.clone(), one.value.clone())).collect(),
        check,
        closed: is_closed,
        undeclared: undeclared(analysis.directions(id), is_closed && rest.is_none()),
        rest,
    }
}

/// What is asserted of a value. A list or map around such values is checked as what it holds, and a listed value where it stands.
fn assertions(analysis: &TypeAnalysis<'_>, id: TypeId) -> Vec<Assertion> {
    let is_elsewhere = matches!(analysis.kind(id), Some(Kind::Nested(_) | Kind::Enum(_)));
    let named = analysis.names.types.get(id.0).filter(|_| !is_elsewhere);
    named.map(|named| checks::of_type(analysis.schemas, named.schema)).unwrap_or_default()
}

/// The field that keeps the further properties, which are a map.
fn rest_field(analysis: &TypeAnalysis<'_>, name: String, further: RestValues) -> Rest {
    let map = Type::Map(Box::new(further.ty.clone()));
    let value_constraints = ValueConstraints::default().of_each(further.value_constraints);
    Rest { name, checks: checks::of_value(analysis, &map, &value_constraints), value: further.ty }
}

fn nested(analysis: &TypeAnalysis<'_>, id: TypeId, (name, stated_docs): (&str, &StatedDocs)) -> Option<Nested> {
    let part = analysis.contents(id)?.parts.first()?;
    let constraints = paragraphs::constraints(&part.ty, &part.value_constraints);
    Some(Nested {
        docs: paragraphs::of_constrained(name, stated_docs, constraints),
        derives: structs::derives_of_scalar(analysis.has_eq(id), analysis.is_hashable(id))
            .and(&[Derive::Default], true),
        checks: checks::of_value(analysis, &part.ty, &part.value_constraints),
        value: part.ty.clone(),
    })
}

/// Servers are strict and clients are not: an API may send more tomorrow.
const fn undeclared(travels: Directions, is_closed: bool) -> Undeclared {
    match (is_closed, travels.response, travels.request) {
        (true, false, _) => Undeclared::Refused,
        (true, true, true) => Undeclared::RefusedByServers,
        (true, true, false) | (false, ..) => Undeclared::PassedOver,
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
fn listed_values(
    name: &str,
    mut stated_docs: StatedDocs,
    (listed, names): (&Enumeration, &[String]),
    is_open: bool,
) -> Enum {
    let wires: Vec<&str> = listed.values.iter().filter_map(|one| one.value.scalar_text()).collect();
    let mut docs_of_each: Vec<StatedDocs> = listed.values.iter().map(|one| stated_docs::of(&one.docs)).collect();
    stated_docs::distribute(&mut stated_docs, wires.iter().copied().zip(&mut docs_of_each));
    let variants = wires.iter().zip(names).zip(&docs_of_each).map(|((wire, name), stated_docs)| Variant {
        name: name.clone(),
        wire: (*wire).to_owned(),
        // What a variant stands for on the wire comes first: it is what a reader looks for.
        docs: paragraphs::document(Docs::line(Text::of_code(wire)), stated_docs),
    });
    let are_integers = listed.values.iter().all(|one| kinds::integer(&one.value).is_some());
    let is_closed = !is_open && !listed.open;
    Enum {
        docs: paragraphs::of_type(name, &stated_docs),
        derives: structs::derives_of_scalar(true, true).and(&[Derive::Copy], is_closed),
        values: if are_integers { EnumValues::Integers } else { EnumValues::Strings },
        variants: variants.collect(),
        allows_others: listed.open,
        unknown: (!is_closed).then(|| member_names::unknown(names)),
    }
}
