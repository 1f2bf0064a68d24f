//! What a formula says of a property that has to be one of few values.

use std::collections::BTreeSet;

use super::super::atom::{Atom, Formula, JsonType, NormalForm};
use super::Normalizer;

/// Says of a property that is there which of its values it has, by the fewer ones: that it is another one is the same as that it is none of
/// these. `None` where the normalizer gives up; other atoms stay as they are.
pub(super) fn of_atom(atom: Atom, known: &BTreeSet<Atom>, normalizer: &mut Normalizer) -> Option<Formula> {
    let Atom::Property(name, form) = &atom else { return Some(Formula::Is(atom)) };
    let is_there = known.contains(&Atom::Required(name.clone()));
    let Some((choices, all)) = known.iter().filter(|_| is_there).find_map(|one| choices(one, name)) else {
        return Some(Formula::Is(atom));
    };
    let both = normalizer.form(choices.clone().and(form.clone()))?;
    let Some(chosen) = values(&both) else { return Some(Formula::Is(atom)) };
    let others: BTreeSet<(JsonType, String)> = all.difference(&chosen).cloned().collect();
    let of = |values: &BTreeSet<(JsonType, String)>| Formula::Is(Atom::Property(name.clone(), form_of(values)));
    Some(match (chosen.is_empty(), others.is_empty()) {
        (true, _) => Formula::NEVER,
        (_, true) => Formula::ALWAYS,
        _ if (chosen.len(), &chosen) <= (others.len(), &others) => of(&chosen),
        _ => Formula::not(of(&others)),
    })
}

/// The values that a property has.
fn choices<'f>(atom: &'f Atom, name: &str) -> Option<(&'f NormalForm, BTreeSet<(JsonType, String)>)> {
    match atom {
        Atom::Property(other, form) if other == name => Some((form, values(form)?)),
        _ => None,
    }
}

/// All values of a form, as JSON; `None` where they are not listed.
fn values(form: &NormalForm) -> Option<BTreeSet<(JsonType, String)>> {
    let mut found = BTreeSet::new();
    for kind in JsonType::ALL {
        match form.at(kind) {
            Formula::Is(Atom::Values(values)) => found.extend(values.into_iter().map(|json| (kind, json))),
            formula if formula == Formula::NEVER => {}
            formula if kind == JsonType::Null && formula == Formula::ALWAYS => {
                found.insert((kind, "null".to_owned()));
            }
            _ => return None,
        }
    }
    Some(found)
}

/// How many values a form has; `None` where they are not listed.
pub(super) fn count(form: &NormalForm) -> Option<u64> {
    let of = |kind| match form.at(kind) {
        formula if formula == Formula::NEVER => Some(0),
        Formula::Is(Atom::Values(values)) => Some(values.len() as u64),
        formula if formula == Formula::ALWAYS => match kind {
            JsonType::Null => Some(1),
            JsonType::Boolean => Some(2),
            _ => None,
        },
        _ => None,
    };
    JsonType::ALL.into_iter().map(of).sum()
}

fn form_of(values: &BTreeSet<(JsonType, String)>) -> NormalForm {
    NormalForm::each(|kind| {
        let own: BTreeSet<String> =
            values.iter().filter(|(one, _)| *one == kind).map(|(_, json)| json.clone()).collect();
        match kind {
            _ if own.is_empty() => Formula::NEVER,
            JsonType::Null => Formula::ALWAYS,
            _ => Formula::Is(Atom::Values(own)),
        }
    })
}
