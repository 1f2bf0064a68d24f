//! Branches of a `oneOf` that change beside others which may have the same values: what a branch gains may fit another one already, so that
//! both refuse it, and what it loses may fit another one alone.

use super::changed_texts::ChangedPairs;
use super::reported_relations::Said;
use super::{answer, is_shown_by_forms, with};
use crate::schemas::{Comparer, Null, Pair, View, branches_of, is_exclusive, may_share};
use crate::witness::judge::Judges;
use crate::{Answer, Edit, Relation, Rule};
use specie_codegen::api::{SchemaId, Schemas, Shape};

/// How deep properties within properties are looked at.
const DEPTH: usize = 8;

/// Says of such unions that it is not computed which values fit two branches.
pub(super) fn say(
    comparer: &mut Comparer<'_>,
    pairs: &[Pair],
    (changed, said): (&ChangedPairs, &mut Said),
    judges: &Judges<'_>,
) {
    for pair in pairs.iter().rev().copied() {
        let relation = open(comparer, pair, said, judges);
        if relation != Relation::SAME {
            let (old, new) = (View::of(comparer.old, pair.old).span, View::of(comparer.new, pair.new).span);
            comparer.amend(pair, |local| local.push(Edit::new(Rule::BranchesOverlap, relation, Some(old), Some(new))));
            said.raise(pair, relation, changed);
        }
    }
}

/// Raises what is said of such unions, without a change that says so: some of what is said of their branches may yet be retracted.
pub(super) fn foresee(
    comparer: &mut Comparer<'_>,
    pairs: &[Pair],
    (changed, said): (&ChangedPairs, &mut Said),
    judges: &Judges<'_>,
) {
    for pair in pairs.iter().rev().copied() {
        let relation = open(comparer, pair, said, judges);
        said.raise(pair, relation, changed);
    }
}

/// What is not computed of a union and not said to be open yet.
fn open(comparer: &mut Comparer<'_>, pair: Pair, said: &Said, judges: &Judges<'_>) -> Relation {
    let found = relation(comparer, pair, said);
    let is_open = |is_old: bool| {
        answer(found, is_old) == Answer::Unknown
            && answer(said.at(pair), is_old) == Answer::Yes
            && !is_shown_by_forms(judges, pair, is_old)
    };
    let open = [true, false].into_iter().filter(|is_old| is_open(*is_old));
    open.fold(Relation::SAME, |found, is_old| with(found, is_old, Answer::Unknown))
}

/// What the changes of branches that are in both documents leave open of a pair.
fn relation(comparer: &mut Comparer<'_>, pair: Pair, said: &Said) -> Relation {
    let (old, new) = (View::of(comparer.old, pair.old), View::of(comparer.new, pair.new));
    if !is_exclusive(&old) && !is_exclusive(&new) {
        return Relation::SAME;
    }
    let (ones, others) = (branches_of(&old, &new), branches_of(&new, &old));
    let mut found = Relation::SAME;
    for part in comparer.parts(pair).into_iter().filter(|part| part.null == Null::Elsewhere) {
        let branch = said.at(part);
        let sides = [(&new, &others, part.new, branch.new_in_old), (&old, &ones, part.old, branch.old_in_new)];
        for (is_old, (view, all, branch, within)) in [true, false].into_iter().zip(sides) {
            let shares = |other: &SchemaId| may_share(view.schemas, [branch, *other], pair.sender);
            let others = all.iter().filter(|other| **other != branch && shares(other));
            let others: Vec<SchemaId> = if is_exclusive(view) { others.copied().collect() } else { Vec::new() };
            let rule = if is_old { Rule::PropertyRemoved } else { Rule::PropertyAdded };
            let mut is_listed =
                || others.iter().any(|other| is_of_listed(comparer, part, (rule, view.schemas, *other), DEPTH));
            if within != Answer::Yes && !others.is_empty() || is_listed() {
                found = with(found, is_old, Answer::Unknown);
            }
        }
    }
    found
}

/// Whether a property that only one of two objects lists, or one of a property of both, is one that another branch lists. What stands in it
/// is meant, so that objects with it which the branch refuses may fit the other one.
fn is_of_listed(
    comparer: &mut Comparer<'_>,
    part: Pair,
    (rule, schemas, other): (Rule, &Schemas, SchemaId),
    depth: usize,
) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return true };
    let Shape::Object(object) = View::of(schemas, other).shape.base() else { return false };
    let listed = |name: &str| object.properties.iter().find(|property| property.name == name);
    let is_constant = |name: &str| object.constants.iter().any(|constant| constant.name == name);
    let local = comparer.local(part);
    let mut stated = local.edits.iter().filter(|edit| edit.rule == rule);
    stated.any(|edit| listed(&edit.about).is_some() || is_constant(&edit.about))
        || local.parts.iter().any(|(step, part)| {
            let property = step.strip_prefix('.').and_then(listed);
            property.is_some_and(|property| is_of_listed(comparer, *part, (rule, schemas, property.schema), depth))
        })
}
