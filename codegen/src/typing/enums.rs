//! Lists of texts: one variant each.

use super::context::Typing;
use super::docs;
use crate::api::{Enumeration, Shape, Untyped};
use crate::ir::{EnumDef, TypeId, Variant};
use crate::names::{disambiguate, type_name};
use crate::syntax::PARTS_OF_ONE;

/// Whether a schema lists texts, and nothing else but null.
pub fn are_texts(listed: &Enumeration) -> bool {
    let is_text = match &*listed.base {
        Shape::String { .. } | Shape::Union(_) | Shape::Reference(_) => true,
        Shape::Any(reason) => *reason == Untyped::NoType,
        _ => false,
    };
    is_text && listed.values.iter().all(|one| one.value.as_str().is_some())
}

/// The values as variants, in the document's order.
pub fn of_texts(typing: &mut Typing<'_>, listed: &Enumeration, id: TypeId) -> EnumDef {
    if !typing.affords(listed.values.len(), PARTS_OF_ONE, listed.span) {
        return EnumDef { variants: Vec::new(), open: listed.open };
    }
    let texts: Vec<&str> = listed.values.iter().filter_map(|one| one.value.as_str()).collect();
    let words: Vec<&str> =
        listed.values.iter().filter_map(|one| one.given_name.as_deref().or(one.value.as_str())).collect();
    let names = disambiguate(&words, variant_name, &["Unknown", "Self"]);
    let mut variants: Vec<Variant> = Vec::new();
    for ((wire, one), found) in texts.iter().zip(&listed.values).zip(names) {
        if let Some(holder) = found.holder {
            let holder = listed.values.get(holder).map(|holder| holder.span);
            let word = one.given_name.as_deref().unwrap_or(wire);
            typing.report.name_collision(&variant_name(word), &found.name, holder, one.span);
        }
        variants.push(Variant { name: found.name, wire: (*wire).to_owned(), docs: docs::docs(&one.docs) });
    }
    let docs = &mut typing.types[id.0].docs;
    docs::distribute(docs, variants.iter_mut().map(|variant| (variant.wire.as_str(), &mut variant.docs)));
    EnumDef { variants, open: listed.open }
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
