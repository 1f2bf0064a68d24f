//! Numbers within their limits.

use super::NoSample;
use super::generate::{Made, Maker};
use crate::api::{Bound, Constraints, SchemaId, Value};
use crate::instance::Exact;

/// How many decimal places are tried where a range has no whole number.
const FINER: u32 = 2;

impl Maker<'_> {
    /// The number 1 where it is valid, else the one that is nearest to a limit.
    pub(super) fn number(&mut self, id: SchemaId, is_integer: bool, stated: &Constraints) -> Made {
        let found = candidates(is_integer, stated).into_iter().map(|number| Value::Number(number.to_string()));
        self.first_valid(id, found, NoSample::Limits)
    }
}

/// Numbers of which one is valid, where a short one is.
fn candidates(is_integer: bool, stated: &Constraints) -> Vec<Exact> {
    let exact = |bound: &Option<Bound>| bound.as_ref().and_then(|bound| Exact::parse(&bound.value));
    let limits = [exact(&stated.minimum), exact(&stated.maximum)];
    let step = stated.multiple_of.as_deref().and_then(Exact::parse);
    let places = limits.iter().flatten().chain(&step).map(|number| number.places()).max().unwrap_or_default();
    let finer = places + if is_integer { 0 } else { FINER };
    let (one, zero) = (Some(Exact::of(1, 0)), Some(Exact::of(0, 0)));
    let mut found = Vec::new();
    for start in [one, limits[0], limits[1], zero].into_iter().flatten() {
        found.extend(around(start, step.unwrap_or(Exact::of(1, 0)), places).into_iter().flatten());
    }
    for start in limits.into_iter().flatten() {
        found.extend(around(start, step.unwrap_or(Exact::of(1, finer)), finer).into_iter().flatten());
    }
    found
}

/// How many multiples on either side of a number are tried: the first that is whole may be some steps away.
const STEPS: i128 = 10;

/// The multiples of a grid at and around a number: the next one that is not below it, and then the nearest ones.
fn around(start: Exact, grid: Exact, places: u32) -> Option<Vec<Exact>> {
    let (start, grid) = (start.in_places(places)?, grid.in_places(places)?.checked_abs()?);
    let nearest = start.checked_neg()?.checked_div_euclid(grid)?.checked_neg()?;
    let multiple = |steps: i128| nearest.checked_add(steps)?.checked_mul(grid);
    let steps = (0..=STEPS).flat_map(|step| [step, -step]);
    Some(steps.filter_map(multiple).map(|digits| Exact::of(digits, places)).collect())
}
