//! What a formula says of a property that has to be one of few values.

use std::collections::BTreeSet;

use super::fact::{Fact, Form, Kind};
use super::logic::Logic;
use super::settle::Settler;

/// Says of a property that is there which of its values it has, by the fewer ones: that it is another one is the same as that it is none of
/// these. `None` where the settler gives up; other facts stay as they are.
pub(super) fn of_fact(fact: Fact, known: &BTreeSet<Fact>, settler: &mut Settler) -> Option<Logic> {
    let Fact::Property(name, form) = &fact else { return Some(Logic::Is(fact)) };
    let is_there = known.contains(&Fact::Required(name.clone()));
    let Some((choices, all)) = known.iter().filter(|_| is_there).find_map(|one| choices(one, name)) else {
        return Some(Logic::Is(fact));
    };
    let both = settler.form(choices.clone().and(form.clone()))?;
    let Some(chosen) = values(&both) else { return Some(Logic::Is(fact)) };
    let others: BTreeSet<(Kind, String)> = all.difference(&chosen).cloned().collect();
    let of = |values: &BTreeSet<(Kind, String)>| Logic::Is(Fact::Property(name.clone(), form_of(values)));
    Some(match (chosen.is_empty(), others.is_empty()) {
        (true, _) => Logic::NEVER,
        (_, true) => Logic::ALWAYS,
        _ if (chosen.len(), &chosen) <= (others.len(), &others) => of(&chosen),
        _ => Logic::not(of(&others)),
    })
}

/// The values that a property has.
fn choices<'f>(fact: &'f Fact, name: &str) -> Option<(&'f Form, BTreeSet<(Kind, String)>)> {
    match fact {
        Fact::Property(other, form) if other == name => Some((form, values(form)?)),
        _ => None,
    }
}

/// All values of a form, as JSON; `None` where they are not listed.
fn values(form: &Form) -> Option<BTreeSet<(Kind, String)>> {
    let mut found = BTreeSet::new();
    for kind in Kind::ALL {
        match form.at(kind) {
            Logic::Is(Fact::Values(values)) => found.extend(values.into_iter().map(|json| (kind, json))),
            logic if logic == Logic::NEVER => {}
            logic if kind == Kind::Null && logic == Logic::ALWAYS => drop(found.insert((kind, "null".to_owned()))),
            _ => return None,
        }
    }
    Some(found)
}

fn form_of(values: &BTreeSet<(Kind, String)>) -> Form {
    Form::each(|kind| {
        let own: BTreeSet<String> =
            values.iter().filter(|(one, _)| *one == kind).map(|(_, json)| json.clone()).collect();
        match kind {
            _ if own.is_empty() => Logic::NEVER,
            Kind::Null => Logic::ALWAYS,
            _ => Logic::Is(Fact::Values(own)),
        }
    })
}
