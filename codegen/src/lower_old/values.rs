//! `enum`: lists of values.

use std::collections::HashSet;

use super::context::Lowering;
use super::located::Facets;
use super::texts;
use crate::ir::{Docs, EnumDef, TypeId, Variant};
use crate::names::{Scope, type_name};
use crate::syntax::{Node, PARTS_OF_ONE};

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
    let mut scope = Scope::reserving(&["Unknown", "Self"]);
    let mut variants: Vec<Variant> = Vec::new();
    let mut seen = HashSet::new();
    if !lowering.affords(facets.values.unwrap_or_default().len(), PARTS_OF_ONE, place(facets)) {
        return EnumDef { variants };
    }
    for value in facets.values.unwrap_or_default() {
        let Some(wire) = value.text().filter(|_| !value.is_null()) else {
            continue;
        };
        if !seen.insert(wire) {
            continue; // A value listed twice was reported by validation.
        }
        let claimed = scope.claim_for(&variant_name(wire), Some(value.span));
        if claimed.collided && type_name(wire) != "Unknown" {
            lowering.report.name_collision(&type_name(wire), &claimed, value);
        }
        variants.push(Variant { name: claimed.name, wire: wire.to_owned(), docs: Docs::default() });
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
