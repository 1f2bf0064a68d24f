//! Schemas that allow the same values in other words, or all values that others do.

use super::super::forms::{self, Compared};
use super::super::judge::Judges;
use super::changed_texts::ChangedPairs;
use super::has_structures;
use super::reported_relations::Said;
use crate::schemas::{Carrier, Comparer, Pair, View, is_of_values, speaks_of};
use crate::{Relation, Rule};

/// Retracts what is said of the values of such schemas and is not so.
pub(super) fn retract(
    comparer: &mut Comparer<'_>,
    pair: Pair,
    (changed, said): (&ChangedPairs, &Said),
    judges: &Judges<'_>,
) {
    // How a form or XML is written does not follow from its values alone.
    let is_plain = !matches!(pair.carrier, Carrier::Form(_) | Carrier::Xml);
    if !is_plain || said.at(pair) == Relation::SAME || !changed.has(pair) {
        return;
    }
    if are_unions_of_structures(comparer, pair) {
        return;
    }
    let Some([before, after]) = judges.whole_texts(pair) else { return };
    let Compared { relation: whole, are_closed } = forms::compare(&before, &after);
    if whole == Relation::UNKNOWN {
        return;
    }
    let parts: Vec<Pair> = comparer.parts(pair).into_iter().filter(|part| is_meant_alone(comparer, *part)).collect();
    let shape = View::of(comparer.old, pair.old).shape.base().clone();
    comparer.amend(pair, |local| {
        local.edits.retain_mut(|edit| {
            // A property that is new in an open object is one that nothing was said of.
            let is_open = matches!(edit.rule, Rule::PropertyAdded | Rule::PropertyRemoved) && !are_closed;
            let is_of_values = is_of_values(edit.rule) || edit.rule == Rule::TooComplex;
            if !is_of_values || is_open && whole != Relation::SAME || !speaks_of(edit.rule, &shape) {
                return true;
            }
            let limited = edit.relation.limited_to(whole);
            let before = std::mem::replace(&mut edit.relation, limited);
            before == limited || limited != Relation::SAME
        });
        local.parts.retain(|(_, part)| {
            let relation = said.at(*part);
            relation == Relation::SAME || relation.limited_to(whole) != Relation::SAME || parts.contains(part)
        });
    });
}

/// Whether both schemas are unions of objects or lists. These are taken to be told apart by what they hold, as people mean them, though
/// `oneOf` refuses what fits two of them.
fn are_unions_of_structures(comparer: &Comparer<'_>, pair: Pair) -> bool {
    let are_unions = [View::of(comparer.old, pair.old), View::of(comparer.new, pair.new)]
        .iter()
        .all(|view| view.branches().is_some());
    are_unions && has_structures(comparer, pair)
}

/// Whether all that is said of a pair are limits of another type, which stand there for a reason, whatever they were meant to say.
fn is_meant_alone(comparer: &mut Comparer<'_>, pair: Pair) -> bool {
    let shape = View::of(comparer.old, pair.old).shape.base();
    let local = comparer.local(pair);
    local.parts.is_empty() && local.edits.iter().all(|edit| !speaks_of(edit.rule, shape))
}
