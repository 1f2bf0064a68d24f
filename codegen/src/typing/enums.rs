//! Lists of texts: one variant each.

use super::context::Typing;
use super::docs;
use crate::api::{Enumeration, Shape, Untyped, Value};
use crate::ir::{Docs, EnumDef, TypeId, Variant};
use crate::names::{Scope, type_name};
use crate::syntax::PARTS_OF_ONE;

/// Whether a schema lists texts, and nothing else but null.
pub fn are_texts(listed: &Enumeration) -> bool {
    let is_text = match &*listed.base {
        Shape::String { .. } | Shape::Union(_) | Shape::Reference(_) => true,
        Shape::Any(reason) => *reason == Untyped::NoType,
        _ => false,
    };
    is_text && listed.values.iter().all(|one| wire(&one.value).is_some())
}

/// How a value is written where texts are listed.
fn wire(value: &Value) -> Option<&str> {
    value.as_str()
}

/// The values as variants, in the document's order.
pub fn of_texts(typing: &mut Typing<'_>, listed: &Enumeration, id: TypeId) -> EnumDef {
    let mut scope = Scope::reserving(&["Unknown", "Self"]);
    let mut variants: Vec<Variant> = Vec::new();
    if !typing.affords(listed.values.len(), PARTS_OF_ONE, listed.span) {
        return EnumDef { variants };
    }
    for one in &listed.values {
        let Some(wire) = wire(&one.value) else { continue };
        let claimed = scope.claim_for(&variant_name(wire), Some(one.span));
        if claimed.collided && type_name(wire) != "Unknown" {
            typing.report.name_collision(&type_name(wire), &claimed, one.span);
        }
        variants.push(Variant { name: claimed.name, wire: wire.to_owned(), docs: Docs::default() });
    }
    let docs = &mut typing.types[id.0].docs;
    docs::distribute(docs, variants.iter_mut().map(|variant| (variant.wire.as_str(), &mut variant.docs)));
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
