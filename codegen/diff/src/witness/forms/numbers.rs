//! Bounds of numbers and lengths that hold together.

use std::collections::BTreeSet;

use serde_json::Value;
use specie_codegen::instance::Exact;

use super::atom::{Atom, Conjunction, Number};
use crate::schemas::common_multiple;

/// The atoms of numbers as the narrowest bounds and one step.
pub(super) fn of_numbers(atoms: BTreeSet<Atom>) -> Conjunction {
    let (mut lower, mut upper, mut step): (Option<Bound>, Option<Bound>, Option<Number>) = Default::default();
    let mut found = BTreeSet::new();
    for atom in atoms {
        match atom {
            Atom::Lower(at, is_open) => match narrower(lower, (at, is_open), true) {
                None => drop(found.insert(Atom::Lower(at, is_open))),
                both => lower = both,
            },
            Atom::Upper(at, is_open) => match narrower(upper, (at, is_open), false) {
                None => drop(found.insert(Atom::Upper(at, is_open))),
                both => upper = both,
            },
            Atom::Step(size) => match step.map_or(Some(size), |known| in_steps_of_both(known, size)) {
                None => drop(found.insert(Atom::Step(size))),
                both => step = both,
            },
            other => drop(found.insert(other)),
        }
    }
    if let Some(step) = step {
        lower = lower.map(|bound| at_step(bound, step, true).unwrap_or(bound));
        upper = upper.map(|bound| at_step(bound, step, false).unwrap_or(bound));
    }
    if let (Some((least, is_open)), Some((most, is_open_too))) = (lower, upper)
        && let Some((least, most)) = least.exact().aligned(most.exact())
        && (least > most || least == most && (is_open || is_open_too))
    {
        return Conjunction::None;
    }
    found.extend(lower.map(|(at, is_open)| Atom::Lower(at, is_open)));
    found.extend(upper.map(|(at, is_open)| Atom::Upper(at, is_open)));
    found.extend(step.map(Atom::Step));
    Conjunction::These(found)
}

/// The step whose multiples are those of both; `None` where it has more digits than are counted with.
fn in_steps_of_both(one: Number, other: Number) -> Option<Number> {
    Number::of(common_multiple(one.exact(), other.exact())?)
}

/// The last multiple of a step that a bound allows; `None` where the two have more digits together than are counted with.
fn at_step((at, is_open): Bound, step: Number, is_lower: bool) -> Option<Bound> {
    let places = at.exact().places().max(step.exact().places());
    let (digits, step) = at.exact().aligned(step.exact())?;
    let (below, rest) = (digits.checked_div_euclid(step)?, digits.checked_rem_euclid(step)?);
    let count = match (is_lower, rest == 0) {
        (_, true) if !is_open => below,
        (true, _) => below.checked_add(1)?,
        (false, true) => below.checked_sub(1)?,
        (false, false) => below,
    };
    Some((Number::of(Exact::of(count.checked_mul(step)?, places))?, false))
}

/// A number, and whether it is itself outside.
type Bound = (Number, bool);

/// The bound that says more; `None` where the two have more digits together than are counted with.
fn narrower(known: Option<Bound>, bound: Bound, is_lower: bool) -> Option<Bound> {
    let Some(known) = known else { return Some(bound) };
    let (one, other) = known.0.exact().aligned(bound.0.exact())?;
    if one == other {
        return Some((known.0, known.1 || bound.1));
    }
    Some(if (one > other) == is_lower { known } else { bound })
}

/// The atoms of texts with the narrowest lengths.
pub(super) fn of_texts(atoms: BTreeSet<Atom>) -> Conjunction {
    let (sizes, mut found) = Sizes::of(atoms);
    if sizes.are_none() {
        return Conjunction::None;
    }
    sizes.put(&mut found);
    Conjunction::These(found)
}

/// How many characters, items or properties values have.
#[derive(Clone, Copy, Default)]
pub(super) struct Sizes {
    pub(super) least: u64,
    pub(super) most: Option<u64>,
}

impl Sizes {
    /// The sizes that atoms allow, and the other atoms.
    pub(super) fn of(atoms: BTreeSet<Atom>) -> (Self, BTreeSet<Atom>) {
        let (mut sizes, mut found) = (Self::default(), BTreeSet::new());
        for atom in atoms {
            match atom {
                Atom::Least(size) => sizes.least = sizes.least.max(size),
                Atom::Most(size) => sizes.at_most(size),
                other => drop(found.insert(other)),
            }
        }
        (sizes, found)
    }

    pub(super) fn at_most(&mut self, size: u64) {
        self.most = Some(self.most.map_or(size, |most| most.min(size)));
    }

    /// Whether no size is allowed.
    pub(super) fn are_none(self) -> bool {
        self.most.is_some_and(|most| most < self.least)
    }

    /// Adds the atoms that say so.
    pub(super) fn put(self, atoms: &mut BTreeSet<Atom>) {
        atoms.extend((self.least > 0).then_some(Atom::Least(self.least)));
        atoms.extend(self.most.map(Atom::Most));
    }
}

/// A number of a document.
pub(super) fn number(value: &Value) -> Option<Number> {
    let Value::Number(number) = value else { return None };
    Number::of(Exact::parse(&number.to_string())?)
}
