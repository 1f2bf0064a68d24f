//! Atoms of lists that hold together.

use std::collections::BTreeSet;

use super::super::atom::{Atom, Conjunction, NormalForm};
use super::super::numbers::Sizes;
use super::{Normalizer, choices};

/// Up to which size a list whose items are all listed is looked at item by item.
const PLACES: usize = 100;

/// The atoms of lists in one form; `None` where the normalizer gives up.
pub(super) fn of_lists(atoms: BTreeSet<Atom>, normalizer: &mut Normalizer) -> Option<Conjunction> {
    let (mut sizes, atoms) = Sizes::of(atoms);
    let (mut places, mut others, mut found) = (Vec::new(), NormalForm::any(), BTreeSet::new());
    let mut contained = Vec::new();
    for atom in atoms {
        match atom {
            Atom::Items(first, rest) => (places, others) = together((places, others), (first, rest)),
            Atom::Contains(form, least, most) => contained.push((normalizer.form(form)?, least, most)),
            other => drop(found.insert(other)),
        }
    }
    let mut places = places.into_iter().map(|place| normalizer.form(place)).collect::<Option<Vec<NormalForm>>>()?;
    let mut others = normalizer.form(others)?;
    shorten(&mut places, &mut others, &mut sizes);
    for (form, least, most) in contained {
        // Each item is one that is counted.
        if form == NormalForm::any() || places.is_empty() && form == others {
            sizes.least = sizes.least.max(least);
            sizes.most = sizes.most.into_iter().chain(most).min();
        } else if least > 0 || most.is_some() {
            found.insert(Atom::Contains(form, least, most));
        }
    }
    // No list has more unequal items than there are values.
    if let Some(count) = choices::count(&others).filter(|_| places.is_empty() && found.contains(&Atom::Unique)) {
        sizes.at_most(count);
    }
    shorten(&mut places, &mut others, &mut sizes);
    if sizes.are_none() {
        return Some(Conjunction::None);
    }
    if sizes.most.is_some_and(|most| most < 2) {
        found.remove(&Atom::Unique);
    }
    if !places.is_empty() || others != NormalForm::any() {
        found.insert(Atom::Items(places, others));
    }
    sizes.put(&mut found);
    Some(Conjunction::These(found))
}

/// States how many items lists have at least that contain so many of some kind.
pub(super) fn state_least(atoms: &mut BTreeSet<Atom>) {
    let contained = atoms.iter().filter_map(|atom| match atom {
        Atom::Contains(_, least, _) => Some(*least),
        _ => None,
    });
    let Some(least) = contained.max().filter(|least| *least > 0) else { return };
    if !atoms.iter().any(|atom| matches!(atom, Atom::Least(size) if *size >= least)) {
        atoms.retain(|atom| !matches!(atom, Atom::Least(_)));
        atoms.insert(Atom::Least(least));
    }
}

/// The items that two atoms allow, place by place.
fn together(
    (one, rest): (Vec<NormalForm>, NormalForm),
    (other, other_rest): (Vec<NormalForm>, NormalForm),
) -> (Vec<NormalForm>, NormalForm) {
    let at = |places: &[NormalForm], rest: &NormalForm, index: usize| places.get(index).unwrap_or(rest).clone();
    let places = (0..one.len().max(other.len()))
        .map(|index| at(&one, &rest, index).and(at(&other, &other_rest, index)))
        .collect();
    (places, rest.and(other_rest))
}

/// Leaves out places that no list has, and those that are like all others.
fn shorten(places: &mut Vec<NormalForm>, others: &mut NormalForm, sizes: &mut Sizes) {
    if let Some(at) = places.iter().position(|place| *place == NormalForm::never()) {
        sizes.at_most(at as u64);
    }
    if *others == NormalForm::never() {
        sizes.at_most(places.len() as u64);
    }
    if let Some(most) = sizes.most.and_then(|most| usize::try_from(most).ok()).filter(|most| *most <= PLACES)
        && places.len() >= most
    {
        places.truncate(most);
        *others = places.last().cloned().unwrap_or_else(NormalForm::any);
    }
    while places.last() == Some(others) {
        places.pop();
    }
}
