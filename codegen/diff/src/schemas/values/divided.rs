//! Objects that differ in one property: together they are one object, if the values of the property together are.

use specie_codegen::api::{SchemaId, Schemas, Shape};

use super::super::{Comparer, Pair, View};
use super::parts::{self, Part};
use super::{branches, inner_in_outer, within};
use crate::{Answer, Rule};

/// Whether each object of a schema is one of others that each hold some of the values of one property; not where that is too much to
/// compare.
pub(super) fn covers(comparer: &mut Comparer<'_>, pair: Pair, objects: (SchemaId, &[SchemaId]), is_old: bool) -> bool {
    if !comparer.budget.enter(objects.1.len()) {
        return false;
    }
    let covers = are_divided(comparer, pair, objects, is_old);
    comparer.budget.leave();
    covers
}

fn are_divided(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (inner, outers): (SchemaId, &[SchemaId]),
    is_old: bool,
) -> bool {
    let mut property: Option<String> = None;
    let mut fitting = Vec::new();
    for outer in outers {
        match differing(comparer, branches(comparer, pair, (inner, *outer), is_old), is_old) {
            Some(name) if property.as_ref().is_none_or(|known| *known == name) => {
                property = Some(name);
                fitting.push(*outer);
            }
            _ => {}
        }
    }
    let Some(name) = property else { return false };
    let (schemas, other_schemas) = if is_old { (comparer.old, comparer.new) } else { (comparer.new, comparer.old) };
    let values = |schemas: &Schemas, id| values(schemas, id, &name, pair);
    let Some(of_inner) = values(schemas, inner) else { return false };
    let mut of_outers = Vec::new();
    for outer in fitting {
        of_outers.extend(values(other_schemas, outer).unwrap_or_default());
    }
    within(comparer, pair, (&of_inner, &of_outers), is_old) == Answer::Yes
}

/// The only property whose values keep an object from being one of another schema.
fn differing(comparer: &mut Comparer<'_>, pair: Pair, is_old: bool) -> Option<String> {
    let local = comparer.local(pair);
    let mut found: Option<&str> = None;
    for edit in local.edits.iter().filter(|edit| inner_in_outer(edit.relation, is_old) != Answer::Yes) {
        if edit.rule != Rule::ConstChanged || edit.about.is_empty() || found.is_some() {
            return None;
        }
        found = Some(&edit.about);
    }
    for (step, part) in &local.parts {
        if inner_in_outer(comparer.relation(*part), is_old) != Answer::Yes {
            let name = step.strip_prefix('.').filter(|_| found.is_none())?;
            found = Some(name);
        }
    }
    found.map(str::to_owned)
}

/// The values of a property of an object.
fn values(schemas: &Schemas, id: SchemaId, name: &str, pair: Pair) -> Option<Vec<Part>> {
    let view = View::of(schemas, id);
    let Shape::Object(object) = view.shape else { return None };
    if let Some(constant) = object.constants.iter().find(|constant| constant.name == name) {
        return Some(vec![Part::of_value(constant.value.value())]);
    }
    let property = object.properties.iter().find(|property| property.name == name)?;
    // A null is none of the parts.
    let is_nullable = View::of(schemas, property.schema).takes_null();
    parts::of(schemas, property.schema, pair.sender).filter(|_| !is_nullable)
}
