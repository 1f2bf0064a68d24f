//! Values that the documents' own texts tell apart, held against what is said of them.
//!
//! What is compared is what the generator reads of a document, and that is not all that JSON Schema says: a value of two branches that list
//! their values is one of the list there, and refused by `oneOf`. So where a schema has changed, values are tried. One that only one document
//! allows though nothing says so is a change of its own; a change that names its value is none where both documents say the same of it; and
//! where keywords are compared as a whole and no value shows that they allow more or less, that is not said.

mod changed_texts;
mod disproved;
mod equal;
mod overlaps;
mod reported_relations;
mod too_many;
mod tried_values;
mod unlisted_properties;
mod unread_keywords;
mod unread_statements;

use specie_codegen::api::{Additional, Shape};

use super::forms;
use super::judge::Judges;
use crate::schemas::{Carrier, Comparer, Null, Pair, View, is_scalar};
use crate::{Answer, Edit, Relation, Rule};
use changed_texts::ChangedPairs;
use reported_relations::Said;
use tried_values::{Shown, Tried};

/// How many values are tried of all schemas, and of one at least and at most: in a document of which nearly all has changed, they are few.
const TRIED: usize = 60_000;
const LEAST: usize = 200;
const MOST: usize = 6_000;

/// Amends what is found at pairs of schemas by what the documents' own texts say.
pub(crate) fn amend(comparer: &mut Comparer<'_>, pairs: &[Pair], judges: &mut Judges<'_>) {
    let mut changed = ChangedPairs::of(comparer, pairs, judges);
    for pair in pairs {
        unlisted_properties::say(comparer, *pair, judges);
    }
    let mut said = Said::of(comparer, pairs, &changed);
    // What is open of a part keeps it where all else that is said of it is retracted.
    overlaps::foresee(comparer, pairs, (&changed, &mut said), judges);
    for pair in pairs.iter().rev() {
        equal::retract(comparer, *pair, (&changed, &said), judges);
    }
    changed.leave_out_parts(comparer, pairs);
    // Parts come before what they are parts of, which has nothing more to say of the same values.
    let of_json = || pairs.iter().rev().copied().filter(|pair| pair.carrier == Carrier::Json);
    for pair in of_json() {
        disproved::retract(comparer, pair, &changed, judges);
    }
    let mut said = Said::of(comparer, pairs, &changed);
    unread_keywords::say(comparer, pairs, (&changed, &mut said), judges);
    overlaps::say(comparer, pairs, (&changed, &mut said), judges);
    let most = (TRIED / changed.count().max(1)).clamp(LEAST, MOST);
    for pair in of_json().filter(|pair| changed.has(*pair)) {
        if said.at(pair) == Relation::INCOMPARABLE && !may_be_guessed(comparer, pair) {
            continue;
        }
        let Some(tried) = Tried::at(comparer, pair, judges, (said.at(pair), most)) else { continue };
        for is_old in [true, false] {
            match (answer(said.at(pair), is_old), tried.shown(is_old), tried.shown_by_any(is_old)) {
                (Answer::Yes, Some(shown), _) => said.raise(pair, foresee(comparer, pair, shown, is_old), &changed),
                (Answer::Yes, None, Some(shown @ Shown::Overlap)) if has_other_branches(comparer, pair, is_old) => {
                    said.raise(pair, foresee(comparer, pair, shown, is_old), &changed);
                }
                (Answer::Yes, None, _) if tried.overlaps(is_old) && !is_shown_by_forms(judges, pair, is_old) => {
                    said.raise(pair, foresee(comparer, pair, &Shown::Overlap, is_old), &changed);
                }
                (Answer::Unknown, meant, Some(_)) => {
                    decide(comparer, pair, (meant, tried.fits_together(is_old)), is_old);
                }
                (Answer::No, _, None) if tried.is_whole(is_old) => leave_open(comparer, pair, &changed, is_old),
                _ => {}
            }
        }
    }
    too_many::say(comparer, pairs, &said, judges);
}

/// Whether the forms of both schemas of a pair say that each value of one document is one of the other.
fn is_shown_by_forms(judges: &Judges<'_>, pair: Pair, is_old: bool) -> bool {
    let texts = judges.whole_texts(pair);
    texts.is_some_and(|[one, other]| answer(forms::compare(&one, &other).relation, is_old) == Answer::Yes)
}

/// Whether one document has branches at a pair that values of the other one may fit as well as one of their own.
fn has_other_branches(comparer: &mut Comparer<'_>, pair: Pair, is_old: bool) -> bool {
    let rules = if is_old { [Rule::BranchAdded, Rule::BecameUnion] } else { [Rule::BranchRemoved, Rule::UnionRemoved] };
    comparer.local(pair).edits.iter().any(|edit| rules.contains(&edit.rule))
}

const fn answer(relation: Relation, is_old: bool) -> Answer {
    if is_old { relation.old_in_new } else { relation.new_in_old }
}

/// A relation with another answer for the values of one document.
const fn with(relation: Relation, is_old: bool, answer: Answer) -> Relation {
    if is_old { Relation::new(answer, relation.new_in_old) } else { Relation::new(relation.old_in_new, answer) }
}

/// Says of a value that only one document allows that it is, and returns how values stand to each other.
fn foresee(comparer: &mut Comparer<'_>, pair: Pair, shown: &Shown, is_old: bool) -> Relation {
    let (old, new) = (View::of(comparer.old, pair.old).span, View::of(comparer.new, pair.new).span);
    let (rule, answer) = match shown {
        Shown::Null if is_old => (Rule::BecameNotNullable, Answer::No),
        Shown::Null => (Rule::BecameNullable, Answer::No),
        Shown::Overlap => (Rule::BranchesOverlap, Answer::Unknown),
        Shown::Value(_) => (Rule::ValuesChanged, Answer::No),
    };
    let json = match shown {
        Shown::Value(json) => Some(json.clone()),
        Shown::Null | Shown::Overlap => None,
    };
    let (before, after) = if is_old { (json, None) } else { (None, json) };
    let relation = with(Relation::SAME, is_old, answer);
    let edit = Edit::new(rule, relation, Some(old), Some(new));
    comparer.amend(pair, |local| local.push(edit.values(before, after)));
    relation
}

/// Keywords of which it was not computed which of two allows more, but of which a value shows it.
const DECIDED: &[Rule] = &[
    Rule::AssertionChanged,
    Rule::BranchAdded,
    Rule::BranchRemoved,
    Rule::BranchesOverlap,
    Rule::CombinationChanged,
    Rule::PatternPropertyAdded,
    Rule::PatternPropertyRemoved,
    Rule::UncheckedChanged,
];

/// Changes that may be what refuses a value with properties that nothing lists.
const OF_UNLISTED: &[Rule] = &[Rule::PropertyAdded, Rule::PropertyRemoved];

/// Says that a change refuses a value, of which that was not computed. Keywords speak of properties that nothing else lists.
fn decide(comparer: &mut Comparer<'_>, pair: Pair, (meant, fits_together): (Option<&Shown>, bool), is_old: bool) {
    let is_open = |edit: &Edit| DECIDED.contains(&edit.rule) && answer(edit.relation, is_old) == Answer::Unknown;
    let is_shown = |edit: &Edit| match edit.rule {
        Rule::AssertionChanged | Rule::PatternPropertyAdded | Rule::PatternPropertyRemoved => true,
        Rule::BranchesOverlap if fits_together => true,
        _ => meant.is_some_and(|meant| *meant != Shown::Overlap),
    };
    comparer.amend(pair, |local| {
        let has_unlisted = local.edits.iter().any(|edit| OF_UNLISTED.contains(&edit.rule));
        let is_shown = |edit: &Edit| is_shown(edit) || edit.rule == Rule::UncheckedChanged && !has_unlisted;
        if let Some(edit) = local.edits.iter_mut().find(|edit| is_open(edit)).filter(|edit| is_shown(edit)) {
            edit.relation = with(edit.relation, is_old, Answer::No);
        }
    });
}

/// Keywords of which each was compared alone, though only all together say which values there are.
const COMPARED_ALONE: &[Rule] = &[
    Rule::TypeChanged,
    Rule::TypeWidened,
    Rule::TypeNarrowed,
    Rule::EnumAdded,
    Rule::EnumRemoved,
    Rule::AssertionAdded,
    Rule::AssertionRemoved,
    Rule::AssertionChanged,
    Rule::PatternPropertyAdded,
    Rule::PatternPropertyRemoved,
    Rule::BecameUnion,
    Rule::UnionRemoved,
    Rule::BranchAdded,
    Rule::BranchRemoved,
    Rule::BranchesRegrouped,
    Rule::CombinationChanged,
];

/// Whether what is said of a pair may be retracted: it is said of it or of its branches.
fn may_be_guessed(comparer: &mut Comparer<'_>, pair: Pair) -> bool {
    let local = comparer.local(pair);
    local.edits.iter().any(|edit| COMPARED_ALONE.contains(&edit.rule))
        || local.parts.iter().any(|(_, part)| part.null == Null::Elsewhere)
}

/// Leaves open whether changes at a pair and its branches refuse a value, where none shows it.
fn leave_open(comparer: &mut Comparer<'_>, pair: Pair, changed: &ChangedPairs, is_old: bool) {
    let mut all = vec![pair];
    let mut at = 0;
    while let Some(next) = all.get(at).copied() {
        let parts = comparer.parts(next);
        let branches = parts.into_iter().filter(|part| part.null == Null::Elsewhere && changed.wholes(*part) == [pair]);
        let branches: Vec<Pair> = branches.filter(|part| !all.contains(part)).collect();
        all.extend(branches);
        at += 1;
    }
    let overlaps = comparer.local(pair).edits.iter().any(|edit| edit.rule == Rule::BranchesOverlap);
    for one in all {
        let has_structures = has_structures(comparer, one);
        // What a branch of a `oneOf` gains, another one may have, so that both refuse it.
        let is_of_overlap = overlaps && one != pair && are_scalars(comparer, one);
        let is_guessed = |edit: &Edit| {
            let is_branch = matches!(edit.rule, Rule::BranchAdded | Rule::BranchRemoved);
            (COMPARED_ALONE.contains(&edit.rule) || is_of_overlap)
                && answer(edit.relation, is_old) == Answer::No
                && !(is_branch && has_structures)
        };
        if comparer.local(one).edits.iter().any(is_guessed) {
            comparer.amend(one, |local| {
                for edit in local.edits.iter_mut().filter(|edit| is_guessed(edit)) {
                    edit.relation = with(edit.relation, is_old, Answer::Unknown);
                }
            });
        }
    }
}

/// Whether both schemas are texts, numbers or flags.
fn are_scalars(comparer: &Comparer<'_>, pair: Pair) -> bool {
    let of = |view: View<'_>| is_scalar(view.shape.base());
    of(View::of(comparer.old, pair.old)) && of(View::of(comparer.new, pair.new))
}

/// Whether a union has open objects or lists as branches, of which not all values that matter are tried.
fn has_structures(comparer: &Comparer<'_>, pair: Pair) -> bool {
    let of = |view: View<'_>| {
        let branches = view.branches().unwrap_or_default().iter().map(|branch| View::of(view.schemas, branch.schema));
        branches.into_iter().any(|branch| match branch.shape {
            Shape::Object(object) => object.additional != Additional::None,
            shape => matches!(shape, Shape::List(_) | Shape::Union(_)),
        })
    };
    of(View::of(comparer.old, pair.old)) || of(View::of(comparer.new, pair.new))
}
