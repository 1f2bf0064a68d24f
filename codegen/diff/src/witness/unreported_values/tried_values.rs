//! Values of two schemas of which only one of both documents allows one.

use std::rc::Rc;

use jsonschema::Validator;
use serde_json::{Map, Value, json};
use specie_codegen::api::{Combination, Direction, SchemaId, Schemas, Shape, Union};

use super::super::candidates::Candidates;
use super::super::judge::{Judge, Judges, are_certain, validator};
use super::super::{listed_properties, mentioned_values};
use crate::json_value::of_the_api;
use crate::schemas::{Comparer, Pair, View};
use crate::{Answer, Relation};

/// What the values that were tried show.
pub(super) struct Tried {
    /// What only the old document allows, and what only the new one does, of values that were meant.
    shown: [Option<Shown>; 2],
    /// The same of all values, such as objects with properties that their schema does not list.
    any: [Option<Shown>; 2],
    /// Whether the old document, and the new one, refuses values that several branches of a `oneOf` list.
    overlaps: [bool; 2],
    /// Whether a value that only the old document allows, and one that only the new one does, fits branches of the other one that list all that
    /// it holds together.
    together: [bool; 2],
    /// Whether both documents were judged with all that they refer to, and values of the old and of the new one were among them.
    whole: [bool; 2],
}

/// The shortest value of those that were found, with the length of its text.
type ShortestValue = Option<(usize, Value)>;

/// Values that only one document allows: those of the old one, and those of the new one.
#[derive(Default)]
struct Refused {
    /// The shortest one of those that were meant.
    best: [ShortestValue; 2],
    /// The shortest one of all.
    any: [ShortestValue; 2],
    /// Whether one fits branches of the other document that list all that it holds together.
    together: [bool; 2],
}

impl Refused {
    /// Adds a value of the document at a place of two.
    fn add(&mut self, at: usize, value: Value, (sides, sender): ([(&Schemas, SchemaId); 2], Direction)) {
        let ((schemas, id), (refusing, other)) = (sides[at], sides[1 - at]);
        self.together[at] |= holds_properties(&value)
            && listed_properties::is_listed_together(refusing, other, &of_the_api(&value), sender);
        let size = value.to_string().len();
        let is_shorter = |known: &ShortestValue| known.as_ref().is_none_or(|(known, _)| size < *known);
        let is_meant = || listed_properties::holds_only_listed(schemas, id, &of_the_api(&value), sender);
        if is_shorter(&self.best[at]) && is_meant() {
            self.best[at] = Some((size, value.clone()));
        }
        if is_shorter(&self.any[at]) {
            self.any[at] = Some((size, value));
        }
    }
}

/// What shows that a document refuses values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// It refuses null.
    Null,
    /// It refuses objects that fit several branches of a `oneOf` because these are open, which nobody meant.
    Overlap,
    /// It refuses a value, as JSON.
    Value(String),
}

impl Tried {
    /// So many values at a pair of schemas; `None` where they cannot be judged. Of a document of which it is said that the other one refuses
    /// values of it, any such value is enough.
    pub(super) fn at(
        comparer: &Comparer<'_>,
        pair: Pair,
        judges: &mut Judges<'_>,
        (said, most): (Relation, usize),
    ) -> Option<Self> {
        let both = judges.of(pair)?;
        let sides = [(comparer.old, pair.old), (comparer.new, pair.new)];
        let candidates = Candidates::of(sides, pair.sender, "", [None; 2]);
        let values = candidates.values();
        let (mut found, mut has_values) = (Refused::default(), [false; 2]);
        let is_said = [said.old_in_new, said.new_in_old].map(|answer| answer == Answer::No);
        let mut overlaps = Overlap::at(&both, sides, said);
        let mentioned = mentioned_values::values(&both[0].schema, &both[1].schema);
        let turned = mentioned_values::turned_around(&both[0].schema, &both[1].schema);
        for value in values.chain(mentioned).chain(turned).take(most) {
            if is_said == [true, true] && found.any.iter().all(Option::is_some) {
                break;
            }
            let allowed = [&both[0], &both[1]].map(|one| one.validator.is_valid(&value));
            for (overlap, is_allowed) in overlaps.iter_mut().zip(allowed) {
                overlap.look(&value, is_allowed, pair.sender);
            }
            let is_new = match allowed {
                [true, false] => 0,
                [false, true] => 1,
                [is_valid, _] => {
                    has_values = has_values.map(|has| has || is_valid);
                    continue;
                }
            };
            if are_certain(&both, allowed, sides, (&value, pair.sender)) {
                found.add(is_new, value, (sides, pair.sender));
            }
        }
        let is_listed = |value: &Value, by_old: bool| {
            let [(refusing, id), (allowing, other)] = if by_old { sides } else { [sides[1], sides[0]] };
            let value = of_the_api(value);
            // What `anyOf` allows is meant to fit several branches, where they list all that it holds.
            is_of_any(allowing, other) && listed_properties::holds_only_listed(allowing, other, &value, pair.sender)
                || listed_properties::is_listed_by_each(refusing, id, &value, pair.sender)
        };
        let overlaps = overlaps.map(|overlap| overlap.is_found);
        let Refused { best, any, together } = found;
        Some(Self { overlaps, together, ..Self::of(&both, [best, any], has_values, is_listed) })
    }

    /// What was found of values that were meant, and of all; `is_listed` says whether a value was meant to fit the branches that it fits.
    fn of(
        both: &[Rc<Judge>; 2],
        found: [[ShortestValue; 2]; 2],
        has_values: [bool; 2],
        is_listed: impl Fn(&Value, bool) -> bool,
    ) -> Self {
        let is_whole = both.iter().all(|judge| judge.is_whole);
        let whole = has_values.map(|has| has && is_whole);
        let [shown, any] = found.map(|[gone, added]| {
            let of = |found: ShortestValue, by_old: bool| {
                let refuses = if by_old { &both[0] } else { &both[1] };
                found.map(|(_, value)| shown(&value, refuses, |value| is_listed(value, by_old)))
            };
            [of(gone, false), of(added, true)]
        });
        Self { shown, any, overlaps: [false; 2], together: [false; 2], whole }
    }

    /// What shows it, of all values.
    pub(super) const fn shown_by_any(&self, is_old: bool) -> Option<&Shown> {
        let [old, new] = &self.any;
        if is_old { old.as_ref() } else { new.as_ref() }
    }

    /// What shows that a value of one document is refused by the other one.
    pub(super) const fn shown(&self, is_old: bool) -> Option<&Shown> {
        let [old, new] = &self.shown;
        if is_old { old.as_ref() } else { new.as_ref() }
    }

    /// Whether a document that is said to allow all values of the other one refuses some because several of its branches list them: then one
    /// that a branch gains or loses may be one of those.
    pub(super) const fn overlaps(&self, is_old: bool) -> bool {
        let [old, new] = self.overlaps;
        if is_old { new } else { old }
    }

    /// Whether a value of one document was found which fits several branches of the other one that list all that it holds together.
    pub(super) const fn fits_together(&self, is_old: bool) -> bool {
        let [old, new] = self.together;
        if is_old { old } else { new }
    }

    /// Whether it says something that no value of one document was found which the other one refuses.
    pub(super) const fn is_whole(&self, is_old: bool) -> bool {
        let [old, new] = self.whole;
        if is_old { old } else { new }
    }
}

/// Looks for values that one document refuses because several branches of a `oneOf` list all that they hold.
struct Overlap<'a> {
    side: (&'a Schemas, SchemaId),
    /// What decides where a value may fit several branches; `None` where nothing is looked for.
    relaxed: Option<Validator>,
    is_found: bool,
}

impl<'a> Overlap<'a> {
    /// In each document, where it is said to allow all that the other one does.
    fn at(both: &[Rc<Judge>; 2], sides: [(&'a Schemas, SchemaId); 2], said: Relation) -> [Self; 2] {
        let is_other = both[0].schema != both[1].schema;
        let is_open = is_other && sides.iter().all(|(schemas, id)| is_of_one(schemas, *id));
        let of = |at: usize, answer: Answer| {
            let is_wanted = is_open && answer == Answer::Yes;
            let judge = both.get(at).filter(|_| is_wanted);
            let relaxed = judge.and_then(|judge| relaxed(&judge.schema));
            Self { side: if at == 0 { sides[0] } else { sides[1] }, relaxed, is_found: false }
        };
        [of(0, said.new_in_old), of(1, said.old_in_new)]
    }

    fn look(&mut self, value: &Value, is_allowed: bool, sender: Direction) {
        if is_allowed || self.is_found || !holds_properties(value) {
            return;
        }
        let Some(relaxed) = &self.relaxed else { return };
        let (schemas, id) = self.side;
        self.is_found =
            relaxed.is_valid(value) && listed_properties::is_listed_by_each(schemas, id, &of_the_api(value), sender);
    }
}

/// Whether a schema is a `oneOf` whose branches no property names.
fn is_of_one(schemas: &Schemas, id: SchemaId) -> bool {
    let is_one = |union: &Union| union.combination == Combination::One && union.discriminator.is_none();
    matches!(View::of(schemas, id).shape, Shape::Union(union) if is_one(union))
}

fn shown(value: &Value, refuses: &Rc<Judge>, is_listed: impl Fn(&Value) -> bool) -> Shown {
    if value.is_null() {
        return Shown::Null;
    }
    let is_overlap =
        holds_properties(value) && relaxed(&refuses.schema).is_some_and(|validator| validator.is_valid(value));
    let is_overlap = is_overlap && !is_listed(value);
    if is_overlap { Shown::Overlap } else { Shown::Value(value.to_string()) }
}

/// Whether a schema is an `anyOf`.
fn is_of_any(schemas: &Schemas, id: SchemaId) -> bool {
    matches!(View::of(schemas, id).shape, Shape::Union(union) if union.combination == Combination::Any)
}

fn holds_properties(value: &Value) -> bool {
    match value {
        Value::Object(all) => !all.is_empty(),
        Value::Array(items) => items.iter().any(holds_properties),
        _ => false,
    }
}

/// What decides where a value may fit several branches of a `oneOf`; `None` where there is none.
fn relaxed(schema: &Value) -> Option<Validator> {
    has_one_of(schema).then(|| validator(&without_one_of(schema))).flatten()
}

fn has_one_of(schema: &Value) -> bool {
    match schema {
        Value::Object(all) => all.contains_key("oneOf") || all.values().any(has_one_of),
        Value::Array(items) => items.iter().any(has_one_of),
        _ => false,
    }
}

fn without_one_of(schema: &Value) -> Value {
    match schema {
        Value::Object(all) => {
            let mut found: Map<String, Value> =
                all.iter().map(|(keyword, value)| (keyword.clone(), without_one_of(value))).collect();
            if let Some(branches) = found.remove("oneOf") {
                let union = json!({"anyOf": branches});
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
