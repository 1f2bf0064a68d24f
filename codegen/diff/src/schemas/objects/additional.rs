//! What may stand in an object beside its properties.

use specie_codegen::api::{Additional, Object, SchemaId};

use super::super::{ANY_OTHER, Comparer, Local, Pair, View};
use crate::{Edit, Relation, Rule};

/// Whether an object may hold properties that are not listed.
pub(super) fn is_open(object: &Object) -> bool {
    object.additional != Additional::None
}

/// Compares `additionalProperties` and `patternProperties`.
pub(super) fn compare(
    comparer: &Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    objects: (&Object, &Object),
    local: &mut Local,
) {
    let (one, other) = objects;
    let is_free = |view: &View<'_>, id: SchemaId| View::of(view.schemas, id).is_free();
    // Names that are said nothing of matter where all others are restricted.
    let stated = |view: &View<'_>, object: &Object| -> Vec<(String, SchemaId)> {
        let is_any = matches!(object.additional, Additional::Unstated | Additional::Any);
        object.patterns.iter().filter(|(_, id)| !is_any || !is_free(view, *id)).cloned().collect()
    };
    patterns(comparer, pair, views, (&stated(views.0, one), &stated(views.1, other)), local);
    let (rule, relation) = match (one.additional, other.additional) {
        (Additional::Schema(one), Additional::Schema(other)) => {
            local.part(".*", comparer.property_of(pair, ANY_OTHER, one, other));
            return;
        }
        (Additional::None, Additional::None) => return,
        (Additional::None, _) => (Rule::AdditionalOpened, Relation::WIDENS),
        (_, Additional::None) => (Rule::AdditionalClosed, Relation::NARROWS),
        (Additional::Schema(id), _) if !is_free(views.0, id) => (Rule::AdditionalUntyped, Relation::WIDENS),
        (_, Additional::Schema(id)) if !is_free(views.1, id) => (Rule::AdditionalTyped, Relation::NARROWS),
        _ => return,
    };
    let at = |view: &View<'_>| Some(view.at(&["additionalProperties", "unevaluatedProperties"]));
    local.push(Edit::new(rule, relation, at(views.0), at(views.1)));
}

type Patterns = [(String, SchemaId)];

fn patterns(
    comparer: &Comparer<'_>,
    pair: Pair,
    views: (&View<'_>, &View<'_>),
    patterns: (&Patterns, &Patterns),
    local: &mut Local,
) {
    let (old, new) = patterns;
    let find = |all: &Patterns, text: &str| all.iter().find(|(pattern, _)| pattern == text).map(|(_, id)| *id);
    let spans = (Some(views.0.span), Some(views.1.span));
    for (text, id) in old {
        if let Some(other) = find(new, text) {
            local.part(format!(".{{{text}}}"), comparer.property_of(pair, ANY_OTHER, *id, other));
        } else {
            let edit = Edit::new(Rule::PatternPropertyRemoved, Relation::WIDENS, spans.0, spans.1);
            local.push(edit.about(text.clone()));
        }
    }
    for (text, _) in new.iter().filter(|(text, _)| find(old, text).is_none()) {
        let edit = Edit::new(Rule::PatternPropertyAdded, Relation::NARROWS, spans.0, spans.1);
        local.push(edit.about(text.clone()));
    }
}
