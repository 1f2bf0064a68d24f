//! Schemas that are composed of others: `allOf`, `oneOf` and `anyOf`.

use std::collections::HashSet;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::document::schema::{Keywords, SchemaId};
use crate::source::Span;

/// Components that are composed of themselves, with no property or item in between.
pub(super) fn endless_composition(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let mut left = HashSet::new();
    for (name, id) in index.schemas.components() {
        if let Some(span) = way_back(index, *id, &mut left) {
            diagnostics
                .error(Code::RecursiveComposition, format!("{} is composed of itself", quoted(name)), span)
                .label(index.schemas[*id].name, "this schema")
                .help("refer to it from a property or from `items` instead");
        }
    }
}

/// The schemas that one is composed of.
fn composed_of(keywords: &Keywords) -> Vec<SchemaId> {
    let composition = &keywords.composition;
    let beside = keywords.reference.as_ref().and_then(|reference| reference.value.target);
    let lists = [composition.all_of(), composition.one_of(), composition.any_of()].concat();
    beside.into_iter().chain(lists).collect()
}

/// The reference by which a schema is composed of itself, where there is one. `left` holds the schemas that were searched already.
///
/// The search is a loop and no recursion: a chain of schemas may be as long as the document.
fn way_back(index: &Index<'_>, start: SchemaId, left: &mut HashSet<SchemaId>) -> Option<Span> {
    let mut around = HashSet::new();
    let mut way: Vec<(SchemaId, Vec<SchemaId>)> = Vec::new();
    let mut next = Some(start);
    let mut back = None;
    loop {
        if let Some(id) = next.take() {
            let target = index.schemas.target(id);
            if around.contains(&target) {
                back = back.or(Some(span_of(index, id)));
            } else if left.insert(target) {
                around.insert(target);
                way.push((target, composed_of(index.keywords(target))));
            }
        }
        let Some((id, branches)) = way.last_mut() else { return back };
        next = branches.pop();
        if next.is_none() {
            around.remove(id);
            way.pop();
        }
    }
}

/// Where the `$ref` of a schema stands, or else the whole schema.
fn span_of(index: &Index<'_>, id: SchemaId) -> Span {
    index.keywords(id).reference.as_ref().map_or(index.schemas[id].span, |reference| reference.span)
}
