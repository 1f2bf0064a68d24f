//! Branches of a `oneOf` that change beside others which may have the same values: what a branch gains may fit another one already, so that
//! both refuse it, and what it loses may fit another one alone.

use super::changed_texts::Changed;
use super::reported_relations::Said;
use super::{answer, is_shown_by_forms, with};
use crate::schemas::{Comparer, Null, Pair, View, branches_of, is_exclusive, may_share};
use crate::witness::judge::Judges;
use crate::{Answer, Edit, Relation, Rule};

/// Says of such unions that it is not computed which values fit two branches.
pub(super) fn say(
    comparer: &mut Comparer<'_>,
    pairs: &[Pair],
    (changed, said): (&Changed, &mut Said),
    judges: &Judges<'_>,
) {
    for pair in pairs.iter().rev().copied() {
        let found = relation(comparer, pair, said);
        let is_open = |is_old: bool| {
            answer(found, is_old) == Answer::Unknown
                && answer(said.at(pair), is_old) == Answer::Yes
                && !is_shown_by_forms(judges, pair, is_old)
        };
        let open = [true, false].into_iter().filter(|is_old| is_open(*is_old));
        let relation = open.fold(Relation::SAME, |found, is_old| with(found, is_old, Answer::Unknown));
        if relation != Relation::SAME {
            let (old, new) = (View::of(comparer.old, pair.old).span, View::of(comparer.new, pair.new).span);
            comparer.amend(pair, |local| local.push(Edit::new(Rule::BranchesOverlap, relation, Some(old), Some(new))));
            said.raise(pair, relation, changed);
        }
    }
}

/// What the changes of branches that are in both documents leave open of a pair.
fn relation(comparer: &Comparer<'_>, pair: Pair, said: &Said) -> Relation {
    let (old, new) = (View::of(comparer.old, pair.old), View::of(comparer.new, pair.new));
    if !is_exclusive(&old) && !is_exclusive(&new) {
        return Relation::SAME;
    }
    let (ones, others) = (branches_of(&old, &new), branches_of(&new, &old));
    let shares = |view: &View<'_>, all: &[_], branch| {
        let mut others = all.iter().filter(|other| **other != branch);
        is_exclusive(view) && others.any(|other| may_share(view.schemas, [branch, *other], pair.sender))
    };
    let mut found = Relation::SAME;
    for part in comparer.parts(pair).into_iter().filter(|part| part.null == Null::Elsewhere) {
        let branch = said.at(part);
        if branch.new_in_old != Answer::Yes && shares(&new, &others, part.new) {
            found = with(found, true, Answer::Unknown);
        }
        if branch.old_in_new != Answer::Yes && shares(&old, &ones, part.old) {
            found = with(found, false, Answer::Unknown);
        }
    }
    found
}
