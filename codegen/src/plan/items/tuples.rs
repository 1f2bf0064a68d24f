//! Lists whose places have schemas of their own.

use super::{checks, structs};
use crate::api::{Constraints, Schema, SchemaId, Shape};
use crate::plan::docs::paragraphs;
use crate::plan::stated_docs;
use crate::plan::types::analysis::TypeAnalysis;
use crate::plan::types::type_contents::Part;
use crate::rust::{Check, Docs, Text, Tuple, TuplePlace, TupleRest, TypeId};

/// The tuple of a list.
pub(super) fn tuple(analysis: &TypeAnalysis<'_>, id: TypeId, docs: Docs, schema: &Schema) -> Option<Tuple> {
    let contents = analysis.contents(id)?;
    let Shape::List(list) = &schema.shape else { return None };
    let places = list.prefix.iter().zip(&contents.parts).enumerate();
    let places = places.map(|(at, (stated, part))| place(analysis, *stated, part, (at, analysis.is_boxed(id, at))));
    Some(Tuple {
        docs,
        derives: structs::derives_of_scalar(analysis.has_eq(id), analysis.is_hashable(id)),
        places: places.collect(),
        rest: contents.rest.as_ref().map(|items| TupleRest {
            docs: Docs::line(Text::from("The items behind them.")),
            checks: checks::of_value(analysis, &items.ty, &items.value_constraints),
            size: size(&schema.constraints, list.prefix.len()),
            value: items.ty.clone(),
        }),
    })
}

fn place(analysis: &TypeAnalysis<'_>, stated: SchemaId, part: &Part, (at, boxed): (usize, bool)) -> TuplePlace {
    let stated_docs = stated_docs::of_property(analysis.schemas, stated);
    let constraints = paragraphs::constraints(analysis.resolved(&part.ty), &part.value_constraints);
    let number = Text::from(format!("Item {}.", at + 1));
    TuplePlace {
        docs: paragraphs::of_value(&stated_docs, constraints, number),
        value: part.ty.clone(),
        is_optional: !part.presence.required,
        boxed,
        checks: checks::of_value(analysis, &part.ty, &part.value_constraints),
    }
}

/// How many items there are in all, where those behind so many places decide it.
fn size(stated: &Constraints, places: usize) -> Vec<Check> {
    let places = u64::try_from(places).unwrap_or(u64::MAX);
    checks::length(stated.min_items.filter(|least| *least > places), stated.max_items).into_iter().collect()
}
