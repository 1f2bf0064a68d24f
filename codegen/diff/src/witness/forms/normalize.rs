//! Formulas in their normal form, with the atoms in them.

mod choices;
mod lists;
mod objects;

use std::collections::BTreeSet;

use super::atom::{Atom, Conjunction, Formula, JsonType, NormalForm};
use super::numbers;

/// How many formulas are normalized for one schema.
const MOST: usize = 20_000;

/// How often what follows from atoms may lead to further atoms.
const ROUNDS: usize = 6;

/// Brings forms into their normal form, as long as there are not too many.
pub(super) struct Normalizer {
    left: usize,
}

impl Normalizer {
    pub(super) const fn new() -> Self {
        Self { left: MOST }
    }

    /// The normal form of a form; `None` where it takes too many steps.
    pub(super) fn form(&mut self, form: NormalForm) -> Option<NormalForm> {
        let all = JsonType::ALL.into_iter().zip(form.0).map(|(kind, formula)| self.formula(kind, formula));
        all.collect::<Option<_>>().map(NormalForm)
    }

    /// The normal form of what is said of values of a type.
    pub(super) fn formula(&mut self, kind: JsonType, formula: Formula) -> Option<Formula> {
        let mut formula = formula;
        for _ in 0..ROUNDS {
            self.left = self.left.checked_sub(1)?;
            let mut atoms = BTreeSet::new();
            let mut open = Vec::new();
            for part in formula.clone().into_parts() {
                match always(part) {
                    Formula::Is(atom) => drop(atoms.insert(atom)),
                    part => open.push(part),
                }
            }
            let Conjunction::These(mut atoms) = self.atoms(kind, atoms)? else { return Some(Formula::NEVER) };
            lists::state_least(&mut atoms);
            let rest = Formula::all(open).replace(&mut |atom| self.within(kind, atom, &atoms))?.tabled();
            let next = Formula::all(atoms.into_iter().map(Formula::Is).chain([rest]));
            if next == formula {
                break;
            }
            formula = next;
        }
        Some(formula)
    }

    /// What an atom within a formula is where others hold.
    fn within(&mut self, kind: JsonType, atom: Atom, known: &BTreeSet<Atom>) -> Option<Formula> {
        if let Some(holds) = known_of(&atom, known) {
            return Some(of_bool(holds));
        }
        let Conjunction::These(alone) = self.atoms(kind, BTreeSet::from([atom]))? else { return Some(Formula::NEVER) };
        let of = |atom: Atom| match known_of(&atom, known) {
            Some(holds) => Some(of_bool(holds)),
            None => match choices::of_atom(atom, known, self)? {
                Formula::Is(atom) => Some(one_sided(atom)),
                formula => Some(formula),
            },
        };
        Some(Formula::all(alone.into_iter().map(of).collect::<Option<Vec<Formula>>>()?))
    }

    /// Atoms that hold together, in one form.
    fn atoms(&mut self, kind: JsonType, mut atoms: BTreeSet<Atom>) -> Option<Conjunction> {
        if atoms.is_empty() {
            return Some(Conjunction::These(atoms));
        }
        let listed = listed(&mut atoms);
        if listed.as_ref().is_some_and(BTreeSet::is_empty) {
            return Some(Conjunction::None);
        }
        let normalized = match kind {
            JsonType::Null | JsonType::Boolean => Conjunction::These(atoms),
            JsonType::Number => numbers::of_numbers(atoms),
            JsonType::String => numbers::of_texts(atoms),
            JsonType::Array => lists::of_lists(atoms, self)?,
            JsonType::Object => objects::of_objects(atoms, self)?,
        };
        let Conjunction::These(mut normalized) = normalized else { return Some(Conjunction::None) };
        // A list of all values that there are says nothing.
        let all = match kind {
            JsonType::Null => 1,
            JsonType::Boolean => 2,
            _ => usize::MAX,
        };
        normalized.extend(listed.filter(|values| values.len() < all).map(Atom::Values));
        Some(Conjunction::These(normalized))
    }
}

const fn of_bool(holds: bool) -> Formula {
    if holds { Formula::ALWAYS } else { Formula::NEVER }
}

/// A part that always holds as an atom, where it is one: a property that may not be there has no value, and what is not at least a number is
/// below it.
fn always(part: Formula) -> Formula {
    let Formula::Not(inner) = part else { return part };
    match *inner {
        Formula::Is(Atom::Required(name)) => Formula::Is(Atom::Property(name, NormalForm::never())),
        Formula::Is(Atom::Lower(at, is_open)) => Formula::Is(Atom::Upper(at, !is_open)),
        Formula::Is(Atom::Upper(at, is_open)) => Formula::Is(Atom::Lower(at, !is_open)),
        Formula::Is(Atom::Least(0)) => Formula::NEVER,
        Formula::Is(Atom::Least(size)) => Formula::Is(Atom::Most(size - 1)),
        Formula::Is(Atom::Most(size)) if size < u64::MAX => Formula::Is(Atom::Least(size + 1)),
        inner => Formula::Not(Box::new(inner)),
    }
}

/// An atom within a formula, with upper bounds as what is not above them, so that both are one atom of a truth table.
fn one_sided(atom: Atom) -> Formula {
    match atom {
        Atom::Upper(at, is_open) => Formula::not(Formula::Is(Atom::Lower(at, !is_open))),
        Atom::Most(size) if size < u64::MAX => Formula::not(Formula::Is(Atom::Least(size + 1))),
        atom => Formula::Is(atom),
    }
}

/// Whether an atom holds where others do; `None` where it may or may not.
fn known_of(atom: &Atom, known: &BTreeSet<Atom>) -> Option<bool> {
    if known.contains(atom) {
        return Some(true);
    }
    match atom {
        Atom::Required(name) if !objects::may_be_there(name, known) => Some(false),
        // Nothing is said of what is not there.
        Atom::Property(name, _) if !objects::may_be_there(name, known) => Some(true),
        _ => None,
    }
}

/// Takes the lists of values out of atoms, and returns the values that all of them name.
fn listed(atoms: &mut BTreeSet<Atom>) -> Option<BTreeSet<String>> {
    let mut found: Option<BTreeSet<String>> = None;
    atoms.retain(|atom| {
        let Atom::Values(values) = atom else { return true };
        found = Some(match found.take() {
            Some(known) => known.intersection(values).cloned().collect(),
            None => values.clone(),
        });
        false
    });
    found
}
