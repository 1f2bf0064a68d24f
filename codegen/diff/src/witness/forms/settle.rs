//! Formulas in their normal form, with the facts in them.

use std::collections::BTreeSet;

use super::fact::{Fact, Form, Kind, Together};
use super::logic::Logic;
use super::{choices, lists, numbers, objects};

/// How many formulas are settled for one schema.
const MOST: usize = 20_000;

/// How often what follows from facts may lead to further facts.
const ROUNDS: usize = 6;

/// Brings forms into their normal form, as long as there are not too many.
pub(super) struct Settler {
    left: usize,
}

impl Settler {
    pub(super) const fn new() -> Self {
        Self { left: MOST }
    }

    /// The normal form of a form; `None` where it takes too many steps.
    pub(super) fn form(&mut self, form: Form) -> Option<Form> {
        let all = Kind::ALL.into_iter().zip(form.0).map(|(kind, logic)| self.logic(kind, logic));
        all.collect::<Option<_>>().map(Form)
    }

    /// The normal form of what is said of values of a type.
    pub(super) fn logic(&mut self, kind: Kind, logic: Logic) -> Option<Logic> {
        let mut logic = logic;
        for _ in 0..ROUNDS {
            self.left = self.left.checked_sub(1)?;
            let mut facts = BTreeSet::new();
            let mut open = Vec::new();
            for part in logic.clone().into_parts() {
                match always(part) {
                    Logic::Is(fact) => drop(facts.insert(fact)),
                    part => open.push(part),
                }
            }
            let Together::These(facts) = self.facts(kind, facts)? else { return Some(Logic::NEVER) };
            let rest = Logic::all(open).replace(&mut |fact| self.within(kind, fact, &facts))?.tabled();
            let next = Logic::all(facts.into_iter().map(Logic::Is).chain([rest]));
            if next == logic {
                break;
            }
            logic = next;
        }
        Some(logic)
    }

    /// What a fact within a formula is where others hold.
    fn within(&mut self, kind: Kind, fact: Fact, known: &BTreeSet<Fact>) -> Option<Logic> {
        if let Some(holds) = known_of(&fact, known) {
            return Some(of_flag(holds));
        }
        let Together::These(alone) = self.facts(kind, BTreeSet::from([fact]))? else { return Some(Logic::NEVER) };
        let of = |fact: Fact| match known_of(&fact, known) {
            Some(holds) => Some(of_flag(holds)),
            None => choices::of_fact(fact, known, self),
        };
        Some(Logic::all(alone.into_iter().map(of).collect::<Option<Vec<Logic>>>()?))
    }

    /// Facts that hold together, in one form.
    fn facts(&mut self, kind: Kind, mut facts: BTreeSet<Fact>) -> Option<Together> {
        if facts.is_empty() {
            return Some(Together::These(facts));
        }
        let listed = listed(&mut facts);
        if listed.as_ref().is_some_and(BTreeSet::is_empty) {
            return Some(Together::None);
        }
        let settled = match kind {
            Kind::Null | Kind::Boolean => Together::These(facts),
            Kind::Number => numbers::of_numbers(facts),
            Kind::String => numbers::of_texts(facts),
            Kind::Array => lists::of_lists(facts, self)?,
            Kind::Object => objects::of_objects(facts, self)?,
        };
        let Together::These(mut settled) = settled else { return Some(Together::None) };
        // A list of all values that there are says nothing.
        let all = match kind {
            Kind::Null => 1,
            Kind::Boolean => 2,
            _ => usize::MAX,
        };
        settled.extend(listed.filter(|values| values.len() < all).map(Fact::Values));
        Some(Together::These(settled))
    }
}

const fn of_flag(holds: bool) -> Logic {
    if holds { Logic::ALWAYS } else { Logic::NEVER }
}

/// A part that always holds as a fact, where it is one: a property that may not be there has no value.
fn always(part: Logic) -> Logic {
    match part {
        Logic::Not(inner) => match *inner {
            Logic::Is(Fact::Required(name)) => Logic::Is(Fact::Property(name, Form::never())),
            inner => Logic::Not(Box::new(inner)),
        },
        part => part,
    }
}

/// Whether a fact holds where others do; `None` where it may or may not.
fn known_of(fact: &Fact, known: &BTreeSet<Fact>) -> Option<bool> {
    if known.contains(fact) {
        return Some(true);
    }
    match fact {
        Fact::Required(name) if !objects::may_be_there(name, known) => Some(false),
        // Nothing is said of what is not there.
        Fact::Property(name, _) if !objects::may_be_there(name, known) => Some(true),
        _ => None,
    }
}

/// Takes the lists of values out of facts, and returns the values that all of them name.
fn listed(facts: &mut BTreeSet<Fact>) -> Option<BTreeSet<String>> {
    let mut found: Option<BTreeSet<String>> = None;
    facts.retain(|fact| {
        let Fact::Values(values) = fact else { return true };
        found = Some(match found.take() {
            Some(known) => known.intersection(values).cloned().collect(),
            None => values.clone(),
        });
        false
    });
    found
}
