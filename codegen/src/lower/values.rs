//! `enum`: lists of values.

use std::collections::HashSet;

use super::context::Lowering;
use super::located::Facets;
use super::texts;
use crate::document::{Node, PARTS_OF_ONE};
use crate::ir::{Docs, EnumDef, TypeId, Variant};
use crate::names::{disambiguate, type_name};

/// Whether a schema lists strings, and nothing else but null.
pub fn are_strings(facets: &Facets<'_>) -> bool {
    let Some(values) = facets.values else { return false };
    let mut present = values.iter().filter(|value| !value.is_null()).peekable();
    present.peek().is_some()
        && matches!(facets.kind, None | Some("string"))
        && present.all(|value| value.as_str().is_some() || facets.kind == Some("string") && value.text().is_some())
}

/// The values as variants, in the document's order.
pub fn string_enum(lowering: &mut Lowering<'_>, facets: &Facets<'_>, id: Option<TypeId>) -> EnumDef {
    if !lowering.affords(facets.values.unwrap_or_default().len(), PARTS_OF_ONE, place(facets)) {
        return EnumDef { variants: Vec::new() };
    }
    let mut seen = HashSet::new();
    let values = facets.values.unwrap_or_default().iter().filter(|value| !value.is_null());
    let values = values.filter_map(|value| Some((value.text()?, value)));
    // A value listed twice was reported by validation.
    let values: Vec<(&str, &Node)> = values.filter(|(wire, _)| seen.insert(*wire)).collect();
    let wires: Vec<&str> = values.iter().map(|(wire, _)| *wire).collect();
    let names = disambiguate(&wires, variant_name, &["Unknown", "Self"]);
    let mut variants: Vec<Variant> = Vec::new();
    for ((wire, value), found) in values.iter().zip(names) {
        if let Some(holder) = found.holder {
            let holder = values.get(holder).map(|(_, holder)| holder.place);
            lowering.report.name_collision(&variant_name(wire), &found.name, holder, value);
        }
        variants.push(Variant { name: found.name, wire: (*wire).to_owned(), docs: Docs::default() });
    }
    if let Some(id) = id {
        let docs = &mut lowering.types[id.0].docs;
        texts::distribute(docs, variants.iter_mut().map(|variant| (variant.wire.as_str(), &mut variant.docs)));
    }
    EnumDef { variants }
}

/// A value's variant name; one that only has signs we have no word for is named by its place in Unicode.
fn variant_name(wire: &str) -> String {
    let name = type_name(wire);
    if name == "Empty" && !wire.is_empty() {
        let codes: Vec<String> = wire.chars().take(4).map(|c| format!("U{:04X}", u32::from(c))).collect();
        return codes.concat();
    }
    name
}

/// The place of the list itself, for what is said about it.
pub fn place<'a>(facets: &Facets<'a>) -> &'a Node {
    facets.node.get("enum").unwrap_or(facets.node)
}
