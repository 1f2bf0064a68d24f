//! Schemas that are composed of others: `allOf`, `oneOf` and `anyOf`.

use std::collections::HashSet;

use super::index::Index;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, quoted};
use crate::document::schema::{Keywords, SchemaId};
use crate::source::Span;

/// Components that are composed of themselves, with no property or item in between.
///
/// One that lists what extends it, as in `Pet: {oneOf: [Cat, Dog]}` and `Cat: {allOf: [Pet, …]}`, has a plain meaning: in `Cat` it stands for
/// what it says beside its list. To JSON Schema it has none (2020-12 Core, 9.4.1).
pub(super) fn endless_composition(index: &Index<'_>, diagnostics: &mut Diagnostics) {
    let mut left = HashSet::new();
    for (name, id) in index.schemas.components() {
        if let Some(span) = extending_branch(index, *id) {
            let message = format!("{} lists a schema that is composed of it", quoted(name));
            diagnostics
                .push(Diagnostic::new(Code::RecursiveComposition, index.strictness.severity(), message, span))
                .label(index.schemas[*id].name, "this schema")
                .help("let the listed schemas extend another one that has no list, with what all have in common");
        }
        if let Some(span) = way_back(index, *id, &mut left) {
            diagnostics
                .error(Code::RecursiveComposition, format!("{} is composed of itself", quoted(name)), span)
                .label(index.schemas[*id].name, "this schema")
                .help("refer to it from a property or from `items` instead");
        }
    }
}

/// The first branch of a schema's union that extends the schema.
fn extending_branch(index: &Index<'_>, id: SchemaId) -> Option<Span> {
    let keywords = index.keywords(id);
    let branch = listed(keywords).find(|branch| extends(index, *branch, id))?;
    Some(span_of(index, branch))
}

/// The branches of a schema's unions; one alone leaves nothing to choose, and applies as a part does.
fn listed(keywords: &Keywords) -> impl Iterator<Item = SchemaId> {
    let unions = [keywords.composition.one_of(), keywords.composition.any_of()];
    unions.into_iter().filter(|branches| branches.len() > 1).flatten().copied()
}

/// Whether a schema, which is more than a reference, is put together from another one by `allOf`.
fn extends(index: &Index<'_>, id: SchemaId, parent: SchemaId) -> bool {
    index.schemas.target(id) != parent && index.extended_by(id).contains(&parent)
}

/// The schemas that one is composed of, without those of its unions that extend it.
fn composed_of(index: &Index<'_>, id: SchemaId) -> Vec<SchemaId> {
    let keywords = index.keywords(id);
    let composition = &keywords.composition;
    let beside = keywords.reference.as_ref().and_then(|reference| reference.value.target);
    let extending: HashSet<SchemaId> = listed(keywords).filter(|branch| extends(index, *branch, id)).collect();
    let lists = [composition.all_of(), composition.one_of(), composition.any_of()].concat();
    beside.into_iter().chain(lists.into_iter().filter(|part| !extending.contains(part))).collect()
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
                way.push((target, composed_of(index, target)));
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
