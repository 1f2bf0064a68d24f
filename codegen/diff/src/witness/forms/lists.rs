//! Facts of lists that hold together.

use std::collections::BTreeSet;

use super::fact::{Fact, Form, Together};
use super::numbers::Sizes;
use super::settle::Settler;

/// Up to which size a list whose items are all listed is looked at item by item.
const PLACES: usize = 100;

/// The facts of lists in one form; `None` where the settler gives up.
pub(super) fn of_lists(facts: BTreeSet<Fact>, settler: &mut Settler) -> Option<Together> {
    let (mut sizes, facts) = Sizes::of(facts);
    let (mut places, mut others, mut found) = (Vec::new(), Form::any(), BTreeSet::new());
    let mut contained = Vec::new();
    for fact in facts {
        match fact {
            Fact::Items(first, rest) => (places, others) = together((places, others), (first, rest)),
            Fact::Contains(form, least, most) => contained.push((settler.form(form)?, least, most)),
            other => drop(found.insert(other)),
        }
    }
    let mut places = places.into_iter().map(|place| settler.form(place)).collect::<Option<Vec<Form>>>()?;
    let mut others = settler.form(others)?;
    shorten(&mut places, &mut others, &mut sizes);
    for (form, least, most) in contained {
        // Each item is one that is counted.
        if form == Form::any() || places.is_empty() && form == others {
            sizes.least = sizes.least.max(least);
            sizes.most = sizes.most.into_iter().chain(most).min();
        } else if least > 0 || most.is_some() {
            found.insert(Fact::Contains(form, least, most));
        }
    }
    shorten(&mut places, &mut others, &mut sizes);
    if sizes.are_none() {
        return Some(Together::None);
    }
    if sizes.most.is_some_and(|most| most < 2) {
        found.remove(&Fact::Unique);
    }
    if !places.is_empty() || others != Form::any() {
        found.insert(Fact::Items(places, others));
    }
    sizes.put(&mut found);
    Some(Together::These(found))
}

/// The items that two facts allow, place by place.
fn together((one, rest): (Vec<Form>, Form), (other, other_rest): (Vec<Form>, Form)) -> (Vec<Form>, Form) {
    let at = |places: &[Form], rest: &Form, index: usize| places.get(index).unwrap_or(rest).clone();
    let places = (0..one.len().max(other.len()))
        .map(|index| at(&one, &rest, index).and(at(&other, &other_rest, index)))
        .collect();
    (places, rest.and(other_rest))
}

/// Leaves out places that no list has, and those that are like all others.
fn shorten(places: &mut Vec<Form>, others: &mut Form, sizes: &mut Sizes) {
    if let Some(at) = places.iter().position(|place| *place == Form::never()) {
        sizes.at_most(at as u64);
    }
    if *others == Form::never() {
        sizes.at_most(places.len() as u64);
    }
    if let Some(most) = sizes.most.and_then(|most| usize::try_from(most).ok()).filter(|most| *most <= PLACES)
        && places.len() >= most
    {
        places.truncate(most);
        *others = places.last().cloned().unwrap_or_else(Form::any);
    }
    while places.last() == Some(others) {
        places.pop();
    }
}
