//! Changes that name their values, of which both documents say the same.

use serde_json::Value;

use super::super::candidates::{Candidates, of_text};
use super::super::judge::{Judge, Judges};
use super::changed_texts::ChangedPairs;
use crate::schemas::{Comparer, Pair};
use crate::{Answer, Edit, Relation, Rule};

/// How many objects are given other values of a property: another property may decide which branch allows them.
const BASES: usize = 24;

/// Retracts what is said of single values of which both documents say the same.
pub(super) fn retract(comparer: &mut Comparer<'_>, pair: Pair, changed: &ChangedPairs, judges: &mut Judges<'_>) {
    let edits = comparer.local(pair).edits.clone();
    if edits.is_empty() {
        return;
    }
    let mut amended = Vec::new();
    for edit in &edits {
        let is_of_null = matches!(edit.rule, Rule::BecameNullable | Rule::BecameNotNullable);
        let wholes = if is_of_null { vec![pair] } else { changed.wholes(pair) };
        // The value of a discriminator belongs to its union, where the object itself says the same in both documents.
        let is_of_union = edit.rule == Rule::ConstChanged && !edit.about.is_empty() && !changed.is_other(pair);
        let limit = if is_of_union { Some(Relation::SAME) } else { limit(comparer, (pair, edit), &wholes, judges) };
        amended.push(limit.map_or(edit.relation, |limit| edit.relation.limited_to(limit)));
    }
    if edits.iter().zip(&amended).all(|(edit, relation)| edit.relation == *relation) {
        return;
    }
    comparer.amend(pair, |local| {
        let mut relations = amended.into_iter();
        local.edits.retain_mut(|edit| {
            let before = std::mem::replace(&mut edit.relation, relations.next().unwrap_or(Relation::SAME));
            edit.relation != Relation::SAME || before == Relation::SAME
        });
    });
}

/// What is true of the values that a change names at all of some pairs; `None` where it names none, or it cannot be judged.
fn limit(
    comparer: &Comparer<'_>,
    (pair, edit): (Pair, &Edit),
    wholes: &[Pair],
    judges: &mut Judges<'_>,
) -> Option<Relation> {
    let text = |text: &Option<String>| text.as_deref().and_then(of_text).into_iter().collect::<Vec<Value>>();
    let (gone, added) = match edit.rule {
        Rule::BecameNotNullable => (vec![Value::Null], Vec::new()),
        Rule::BecameNullable => (Vec::new(), vec![Value::Null]),
        Rule::EnumValueRemoved | Rule::EnumValueAdded => (text(&edit.before), text(&edit.after)),
        Rule::ConstChanged if edit.about.is_empty() => (text(&edit.before), text(&edit.after)),
        Rule::ConstChanged => return of_property(comparer, (pair, edit), wholes, judges),
        _ => return None,
    };
    let mut found = Relation::SAME;
    for whole in wholes {
        let [before, after] = judges.of(*whole).filter(|both| both.iter().all(|judge| judge.is_whole))?;
        found = found.and(of_values((&before, &after), &gone, &added));
    }
    (!wholes.is_empty()).then_some(found)
}

/// How some values of the old document and of the new one stand to the other one.
fn of_values((before, after): (&Judge, &Judge), gone: &[Value], added: &[Value]) -> Relation {
    let is_within = |values: &[Value], inner: &Judge, outer: &Judge| {
        let is_out = |value: &Value| inner.validator.is_valid(value) && !outer.validator.is_valid(value);
        if values.iter().any(is_out) { Answer::No } else { Answer::Yes }
    };
    Relation::new(is_within(gone, before, after), is_within(added, after, before))
}

/// What is true of objects of a pair of which the property that a change is about has other values: another branch may allow those that the
/// change refuses. `None` where no object is found that both schemas of the pair allow.
fn of_property(
    comparer: &Comparer<'_>,
    (pair, edit): (Pair, &Edit),
    wholes: &[Pair],
    judges: &mut Judges<'_>,
) -> Option<Relation> {
    let [before, after] = judges.of(pair)?;
    let sides = [(comparer.old, pair.old), (comparer.new, pair.new)];
    let stated = [&edit.before, &edit.after].map(|text| text.as_deref());
    let all = Candidates::of(sides, pair.sender, &edit.about, stated);
    let near = all.about(BASES, |value| before.validator.is_valid(value) && after.validator.is_valid(value));
    let only = |inner: &Judge, outer: &Judge| -> Vec<Value> {
        let is_only = |value: &&Value| inner.validator.is_valid(value) && !outer.validator.is_valid(value);
        near.iter().filter(is_only).cloned().collect()
    };
    let (gone, added) = (only(&before, &after), only(&after, &before));
    let mut found = Relation::SAME;
    for whole in wholes {
        let [before, after] = judges.of(*whole).filter(|both| both.iter().all(|judge| judge.is_whole))?;
        found = found.and(of_values((&before, &after), &gone, &added));
    }
    (!wholes.is_empty() && !near.is_empty()).then_some(found)
}
