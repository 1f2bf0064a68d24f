//! Values that the documents' own texts tell apart, held against what is said of them.
//!
//! What is compared is what the generator reads of a document, and that is not all that JSON Schema says: a value of two branches that list
//! their values is one of the list there, and refused by `oneOf`. So where a schema has changed, values are tried: one that only one document
//! allows though nothing says so is a change of its own, and a change that names its value is none where both documents say the same of it.

mod changed;

use std::collections::HashSet;
use std::rc::Rc;

use serde_json::Value;
use specie_codegen::api::Direction;

use super::candidates::{Candidates, of_text};
use super::judge::{Judge, Judges, is_valid, of_the_api};
use super::{listed, mentioned};
use crate::schemas::{Carrier, Comparer, Pair, View};
use crate::{Answer, Edit, Relation, Rule};
use changed::Changed;

/// How many pairs of schemas below a pair are looked at to know what is said of its values.
const MOST: usize = 4_000;

/// Amends what is found at pairs of schemas by what the documents' own texts say.
pub(crate) fn amend(comparer: &mut Comparer<'_>, pairs: &[Pair], judges: &mut Judges<'_>) {
    let changed = Changed::of(comparer, pairs, judges);
    for pair in pairs.iter().rev().copied().filter(|pair| pair.carrier == Carrier::Json) {
        disprove(comparer, pair, &changed, judges);
    }
    // Parts come before what they are parts of, which has nothing more to say of the same values.
    for pair in pairs.iter().rev().copied().filter(|pair| pair.carrier == Carrier::Json) {
        if changed.has(pair) {
            foresee(comparer, pair, judges);
        }
    }
}

/// Takes back what is said of single values of which both documents say the same.
fn disprove(comparer: &mut Comparer<'_>, pair: Pair, changed: &Changed, judges: &mut Judges<'_>) {
    let edits = comparer.local(pair).edits.clone();
    let mut amended = Vec::new();
    for edit in &edits {
        let wholes = if is_of_null(edit.rule) { vec![pair] } else { changed.wholes(pair) };
        let limit = limit(edit, &wholes, judges);
        amended.push(limit.map_or(edit.relation, |limit| edit.relation.limited_to(limit)));
    }
    if edits.iter().zip(&amended).any(|(edit, relation)| edit.relation != *relation) {
        comparer.amend(pair, |local| {
            let mut relations = amended.into_iter();
            local.edits.retain_mut(|edit| {
                let before = std::mem::replace(&mut edit.relation, relations.next().unwrap_or(Relation::SAME));
                edit.relation != Relation::SAME || before == Relation::SAME
            });
        });
    }
}

const fn is_of_null(rule: Rule) -> bool {
    matches!(rule, Rule::BecameNullable | Rule::BecameNotNullable)
}

/// What is true of the values that a change names; `None` where it names none, or it cannot be judged.
fn limit(edit: &Edit, wholes: &[Pair], judges: &mut Judges<'_>) -> Option<Relation> {
    let text = |text: &Option<String>| text.as_deref().and_then(of_text);
    let (gone, added) = match edit.rule {
        Rule::BecameNotNullable => (Some(Value::Null), None),
        Rule::BecameNullable => (None, Some(Value::Null)),
        Rule::EnumValueRemoved | Rule::EnumValueAdded => (text(&edit.before), text(&edit.after)),
        Rule::ConstChanged if edit.about.is_empty() => (text(&edit.before), text(&edit.after)),
        _ => return None,
    };
    let mut found = Relation::SAME;
    for whole in wholes {
        let [before, after] = judges.of(*whole)?;
        if !before.is_whole || !after.is_whole {
            return None;
        }
        let is_within = |value: &Option<Value>, inner: &Judge, outer: &Judge| match value {
            Some(value) if inner.validator.is_valid(value) && !outer.validator.is_valid(value) => Answer::No,
            _ => Answer::Yes,
        };
        found = found.and(Relation::new(is_within(&gone, &before, &after), is_within(&added, &after, &before)));
    }
    (!wholes.is_empty()).then_some(found)
}

/// Says of values that only one document allows that they are, where nothing else does.
fn foresee(comparer: &mut Comparer<'_>, pair: Pair, judges: &mut Judges<'_>) -> Option<()> {
    let said = said(comparer, pair);
    if said.old_in_new != Answer::Yes && said.new_in_old != Answer::Yes {
        return None;
    }
    let both = judges.of(pair)?;
    let (old, new) = (View::of(comparer.old, pair.old).span, View::of(comparer.new, pair.new).span);
    let sides = [(comparer.old, pair.old), (comparer.new, pair.new)];
    let values = Candidates::of(sides, pair.sender, "", [None; 2]).values.into_iter();
    let [mut gone, mut added] = [None, None];
    for value in values.chain(mentioned::values(&both[0].schema, &both[1].schema)) {
        let [was, is] = [&both[0], &both[1]].map(|one| one.validator.is_valid(&value));
        let (slot, at, answer) = match (was, is) {
            (true, false) => (&mut gone, 0, said.old_in_new),
            (false, true) => (&mut added, 1, said.new_in_old),
            _ => continue,
        };
        let (allows, (schemas, id)) = (&both[at], sides[at]);
        if answer != Answer::Yes || !is_meant(allows, (schemas, id), &value, pair.sender) {
            continue;
        }
        let found = Unforeseen { size: value.to_string().len(), value };
        if slot.as_ref().is_none_or(|known: &Unforeseen| found.size < known.size) {
            *slot = Some(found);
        }
    }
    for (found, refuses, is_old) in [(gone, &both[1], true), (added, &both[0], false)] {
        let Some(found) = found else { continue };
        let edit = found.edit(is_old, refuses);
        let edit = Edit { old: Some(old), new: Some(new), ..edit };
        comparer.amend(pair, |local| local.push(edit));
    }
    Some(())
}

/// Whether a schema allows a value with all that it refers to, and was meant to.
fn is_meant(
    allows: &Judge,
    (schemas, id): (&specie_codegen::api::Schemas, specie_codegen::api::SchemaId),
    value: &Value,
    sender: Direction,
) -> bool {
    (allows.is_whole || is_valid(schemas, id, value, sender))
        && listed::holds_only_listed(schemas, id, &of_the_api(value), sender)
}

/// How the values of a pair stand to each other by what is said of it and of all that it is made of.
fn said(comparer: &mut Comparer<'_>, pair: Pair) -> Relation {
    let mut found = Relation::SAME;
    let (mut waiting, mut seen) = (vec![pair], HashSet::from([pair]));
    while let Some(next) = waiting.pop() {
        if found.old_in_new == Answer::No && found.new_in_old == Answer::No || seen.len() > MOST {
            break;
        }
        let local = comparer.local(next);
        found = local.edits.iter().filter_map(of_values).fold(found, Relation::and);
        waiting.extend(local.parts.iter().map(|(_, part)| *part).filter(|part| seen.insert(*part)));
    }
    found
}

/// What a change says of values; a property that may be ignored is none.
fn of_values(edit: &Edit) -> Option<Relation> {
    let ignored = |answer| if answer == Answer::Unknown { Answer::Yes } else { answer };
    match edit.rule {
        Rule::DefaultChanged | Rule::SchemaDeprecated | Rule::SensitivityChanged | Rule::KnownValuesChanged => None,
        Rule::PropertyAdded | Rule::PropertyRemoved => {
            Some(Relation::new(ignored(edit.relation.old_in_new), ignored(edit.relation.new_in_old)))
        }
        _ => Some(edit.relation),
    }
}

/// A value that only one document allows.
struct Unforeseen {
    value: Value,
    size: usize,
}

impl Unforeseen {
    fn edit(self, is_old: bool, refuses: &Rc<Judge>) -> Edit {
        let of = |answer| match is_old {
            true => Relation::new(answer, Answer::Yes),
            false => Relation::new(Answer::Yes, answer),
        };
        let edit = |rule, answer| Edit::new(rule, of(answer), None, None);
        if self.value.is_null() {
            return edit(if is_old { Rule::BecameNotNullable } else { Rule::BecameNullable }, Answer::No);
        }
        // Open objects fit more branches than they were meant for.
        if holds_properties(&self.value) && relaxed(&refuses.schema).is_some_and(|judge| judge.is_valid(&self.value)) {
            return edit(Rule::BranchesOverlap, Answer::Unknown);
        }
        let json = Some(self.value.to_string());
        let (before, after) = if is_old { (json, None) } else { (None, json) };
        edit(Rule::ValuesChanged, Answer::No).values(before, after)
    }
}

fn holds_properties(value: &Value) -> bool {
    match value {
        Value::Object(all) => !all.is_empty(),
        Value::Array(items) => items.iter().any(holds_properties),
        _ => false,
    }
}

/// What decides where a value may fit several branches of a `oneOf`; `None` where there is none.
fn relaxed(schema: &Value) -> Option<jsonschema::Validator> {
    let relaxed = without_one_of(schema);
    if relaxed == *schema {
        return None;
    }
    jsonschema::draft202012::options().should_validate_formats(true).build(&relaxed).ok()
}

fn without_one_of(schema: &Value) -> Value {
    match schema {
        Value::Object(all) => {
            let mut found: serde_json::Map<String, Value> =
                all.iter().map(|(keyword, value)| (keyword.clone(), without_one_of(value))).collect();
            if let Some(branches) = found.remove("oneOf") {
                let union = serde_json::json!({"anyOf": branches});
                match found.get_mut("allOf") {
                    Some(Value::Array(parts)) => parts.push(union),
                    _ => drop(found.insert("allOf".to_owned(), Value::Array(vec![union]))),
                }
            }
            Value::Object(found)
        }
        Value::Array(items) => Value::Array(items.iter().map(without_one_of).collect()),
        other => other.clone(),
    }
}
