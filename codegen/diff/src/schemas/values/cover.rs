//! Whether ranges of texts and numbers are covered by others.

use std::cmp::Ordering;

use specie_codegen::api::{Bound, SchemaId, Value, order};
use specie_codegen::instance::Exact;

use super::super::enumerations::ListedValues;
use super::super::multiples::{self, END};
use super::parts::{Mark, Part, PartKind};
use crate::Answer;

/// How many values of what is left over are looked at one by one.
const TRIED: i128 = 64;

/// Whether each value of a part is one of the others, of which `takes` says whether they have a value.
pub(super) fn covered(part: &Part, others: &[Part], takes: impl Fn(SchemaId, &Value) -> bool) -> Answer {
    let listed = others.iter().filter_map(Part::listed).flatten();
    let known = ListedValues::of(listed, false);
    let ranges: Vec<&Part> = others.iter().filter(|one| one.listed().is_none()).collect();
    let has = |one: &Part, value: &Value| one.may_hold(value) && one.schema.is_none_or(|id| takes(id, value));
    let is_held = |value: &Value| known.has(value) || ranges.iter().any(|one| has(one, value));
    let is_taken = |value: &Value| !part.may_hold(value) || is_held(value);
    // What demands nothing that the part does not demand has all values of its range.
    let plain = others.iter().filter(|one| one.marks.iter().all(|mark| part.marks.contains(mark)));
    let refused = plain.clone().flat_map(|one| &one.except).any(|value| !is_taken(value));
    // A value that is none of the part need not be covered.
    let except = PartKind::Listed(part.except.clone());
    let plain = || plain.clone().map(|one| &one.kind).chain([&except]);
    let is_covered = match &part.kind {
        PartKind::Listed(values) => return of(values.iter().all(is_held)),
        PartKind::Texts { least, most } => Some(texts((*least, *most), plain())),
        PartKind::Numbers { step: Some(step), lower, upper } => {
            multiples(*step, (lower.as_ref(), upper.as_ref()), plain(), &is_taken)
        }
        PartKind::Numbers { step: None, lower, upper } => {
            Some(reals((lower.as_ref(), upper.as_ref()), plain(), &is_taken))
        }
        PartKind::Structure(_) | PartKind::Loose(..) => Some(false),
    };
    match is_covered {
        // A value of the range may be none of the part.
        Some(true) if refused => Answer::Unknown,
        Some(true) => Answer::Yes,
        Some(false) if !others.iter().any(|one| is_unlike(one, part)) => Answer::No,
        _ => Answer::Unknown,
    }
}

/// Whether it cannot be said which values of a part another one has.
fn is_unlike(one: &Part, part: &Part) -> bool {
    let is_computed = |mark: &Mark| matches!(mark, Mark::Format(_) | Mark::Content(_)) || part.marks.is_empty();
    let same_type = matches!(
        (&one.kind, &part.kind),
        (PartKind::Texts { .. }, PartKind::Texts { .. }) | (PartKind::Numbers { .. }, PartKind::Numbers { .. })
    );
    same_type && !one.marks.iter().all(|mark| part.marks.contains(mark) || is_computed(mark))
}

/// Whether lengths are those of others.
fn texts<'p>((least, most): (u64, u64), others: impl Iterator<Item = &'p PartKind>) -> bool {
    let ranges = others.filter_map(|kind| match kind {
        PartKind::Texts { least, most } => Some((i128::from(*least), i128::from(*most))),
        // The only text of its length.
        PartKind::Listed(values) => {
            values.iter().any(|value| matches!(value, Value::String(text) if text.is_empty())).then_some((0, 0))
        }
        _ => None,
    });
    gap((i128::from(least), i128::from(most)), ranges.collect()).is_none()
}

/// The first and the last whole numbers of a range that no other range has, as far as the next one.
fn gap((first, last): (i128, i128), mut others: Vec<(i128, i128)>) -> Option<(i128, i128)> {
    others.retain(|(from, to)| from <= to);
    others.sort_unstable();
    let mut next = first;
    for (from, to) in others {
        if from > next {
            return (next <= last).then(|| (next, last.min(from - 1)));
        }
        next = next.max(to.saturating_add(1));
    }
    (next <= last).then_some((next, last))
}

/// Whether the multiples of a step are numbers of others; `None` where it is not computed.
fn multiples<'p>(
    step: Exact,
    (lower, upper): (Option<&Bound>, Option<&Bound>),
    others: impl Iterator<Item = &'p PartKind>,
    is_taken: &impl Fn(&Value) -> bool,
) -> Option<bool> {
    let (first, last) = multiples::times_within(step, lower, upper)?;
    let mut ranges = Vec::new();
    for kind in others {
        match kind {
            PartKind::Numbers { step: other, lower, upper }
                if other.is_none_or(|other| step.is_multiple_of(other) == Some(true)) =>
            {
                ranges.push(multiples::times_within(step, lower.as_ref(), upper.as_ref())?);
            }
            PartKind::Listed(values) => {
                for value in values {
                    let Value::Number(text) = value else { continue };
                    let (at, is_exact) = multiples::steps(Exact::parse(text)?, step)?;
                    ranges.extend(is_exact.then_some((at, at)));
                }
            }
            _ => {}
        }
    }
    let Some((from, to)) = gap((first, last), ranges) else { return Some(true) };
    // Multiples of other steps may have a few of those that are left over.
    let from = if from == -END { to.saturating_sub(TRIED) } else { from };
    let mut tried = (from..=to.min(from.saturating_add(TRIED))).filter_map(|at| multiples::times(step, at));
    tried.any(|one| !is_taken(&Value::Number(one.to_string()))).then_some(false)
}

/// Whether all numbers of a range are numbers of others.
fn reals<'p>(
    (lower, upper): (Option<&Bound>, Option<&Bound>),
    others: impl Iterator<Item = &'p PartKind>,
    is_taken: &impl Fn(&Value) -> bool,
) -> bool {
    let ranges = others.filter_map(|kind| match kind {
        PartKind::Numbers { step: None, lower, upper } => Some((lower.as_ref(), upper.as_ref())),
        _ => None,
    });
    let mut ranges: Vec<(Option<&Bound>, Option<&Bound>)> = ranges.collect();
    ranges.sort_by(|one, other| starts(one.0, other.0));
    // What is covered so far ends here; `None`: nothing is.
    let mut end: Option<Bound> = lower.map(|bound| Bound { value: bound.value.clone(), exclusive: !bound.exclusive });
    let mut is_open = lower.is_none();
    for (from, to) in ranges {
        let follows = match (&end, from) {
            _ if is_open => from.is_none(),
            (_, None) | (None, _) => true,
            (Some(end), Some(from)) => match order(&from.value, &end.value) {
                Ordering::Less => true,
                Ordering::Greater => false,
                Ordering::Equal => !(end.exclusive && from.exclusive) || is_taken(&Value::Number(end.value.clone())),
            },
        };
        if !follows {
            continue;
        }
        let Some(to) = to else { return true };
        let is_further = is_open || end.as_ref().is_none_or(|end| ends(end, to).is_lt());
        if is_further {
            end = Some(to.clone());
        }
        is_open = false;
    }
    let (Some(end), Some(upper)) = (end.filter(|_| !is_open), upper) else { return false };
    ends(&end, upper).is_ge() || order(&end.value, &upper.value).is_eq() && is_taken(&Value::Number(end.value))
}

/// Which of two ranges starts first.
fn starts(one: Option<&Bound>, other: Option<&Bound>) -> Ordering {
    match (one, other) {
        (None, None) => Ordering::Equal,
        (None, _) => Ordering::Less,
        (_, None) => Ordering::Greater,
        (Some(one), Some(other)) => order(&one.value, &other.value).then(one.exclusive.cmp(&other.exclusive)),
    }
}

/// Which of two ranges ends first.
fn ends(one: &Bound, other: &Bound) -> Ordering {
    order(&one.value, &other.value).then(other.exclusive.cmp(&one.exclusive))
}

const fn of(holds: bool) -> Answer {
    if holds { Answer::Yes } else { Answer::No }
}
