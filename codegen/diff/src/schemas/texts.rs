//! Values of different types that are written as text, as in a query: what counts is which texts are sent.

use specie_codegen::api::{Direction, RangeEnd, Shape, Value, order};

use super::constraints::last_integer;
use super::enumerations::{takes, written_like};
use super::{Local, View, types, values};
use crate::{Answer, Edit, Relation, Rule};

/// How many integers of a range are written out.
const MOST: i128 = 1_000;

/// Regular expressions of all texts of integers that are not negative, and of all integers.
const UNSIGNED: &[&str] = &[r"^\d+$", r"^\d*$", "^[0-9]+$", "^[0-9]*$"];
const SIGNED: &[&str] = &[r"^-?\d+$", "^-?[0-9]+$"];

/// Takes back what is said of two types and their limits, and is not so of the texts.
pub(super) fn settle((old, new): (&View<'_>, &View<'_>), sender: Direction, local: &mut Local) {
    let are_scalars = [old, new].iter().all(|view| types::is_scalar(view.shape.base()));
    if !are_scalars || old.type_name() == new.type_name() {
        return;
    }
    of_the_type(local);
    let whole = Relation::new(within(old, new, sender), within(new, old, sender));
    let is_open = leads_to_numbers(old, new);
    local.edits.retain_mut(|edit| {
        if !values::is_of_values(edit.rule) {
            return true;
        }
        edit.relation = edit.relation.limited_to(whole);
        if is_of_types(edit.rule) {
            edit.relation = opened(edit.relation, is_open);
        }
        edit.relation != Relation::SAME && !holds(edit, old, new)
    });
}

const fn is_of_types(rule: Rule) -> bool {
    matches!(rule, Rule::TypeNarrowed | Rule::TypeWidened | Rule::TypeChanged)
}

/// Leaves out limits of numbers that refuse no one whom the other type does not refuse.
fn of_the_type(local: &mut Local) {
    let Some(said) = local.edits.iter().find(|edit| is_of_types(edit.rule)).map(|edit| edit.relation) else { return };
    let is_of_numbers = |rule| matches!(rule, Rule::MinimumChanged | Rule::MaximumChanged | Rule::MultipleOfChanged);
    local.edits.retain(|edit| !is_of_numbers(edit.rule) || said.and(edit.relation) != said);
}

/// Whether all texts of a schema are texts of another one, where the first ones can be written out.
fn within(inner: &View<'_>, outer: &View<'_>, sender: Direction) -> Answer {
    let takes = |value: &Value| takes(outer.schemas, outer.id, value, sender);
    let all = written_out(inner, sender);
    if all.is_some_and(|all| all.iter().all(|value| written_like(value).iter().any(takes))) {
        Answer::Yes
    } else {
        Answer::Unknown
    }
}

/// All values of a schema; `None` where these are too many.
fn written_out(view: &View<'_>, sender: Direction) -> Option<Vec<Value>> {
    let all: Vec<Value> = match view.shape {
        Shape::Enumeration(listed) if !listed.open => listed.values.iter().map(|one| one.value.clone()).collect(),
        Shape::Boolean => vec![Value::Bool(true), Value::Bool(false)],
        Shape::Integer { .. } => {
            let (least, most) = range(view);
            let (least, most) = (least?, most?);
            let is_short = most.checked_sub(least).is_some_and(|size| size < MOST);
            is_short.then(|| (least..=most).map(|number| Value::Number(number.to_string())).collect())?
        }
        _ => return None,
    };
    Some(all.into_iter().filter(|value| takes(view.schemas, view.id, value, sender)).collect())
}

/// The least and the largest integer that bounds allow.
fn range(view: &View<'_>) -> (Option<i128>, Option<i128>) {
    let stated = &view.constraints;
    let last = |bound: Option<_>, side| bound.and_then(|bound| last_integer(bound, side))?.value.parse().ok();
    (last(stated.minimum.as_ref(), RangeEnd::Lower), last(stated.maximum.as_ref(), RangeEnd::Upper))
}

/// Whether the numbers or flags of one schema fulfil a limit that the other one sets for texts.
fn holds(edit: &Edit, old: &View<'_>, new: &View<'_>) -> bool {
    let both = [(old, new), (new, old)];
    let mut texts = both.into_iter().filter(|(text, _)| matches!(text.shape.base(), Shape::String { .. }));
    texts.any(|(text, other)| match edit.rule {
        Rule::MaxLengthChanged => {
            longest(other).zip(text.constraints.max_length).is_some_and(|(longest, most)| longest as u64 <= most)
        }
        Rule::PatternAdded | Rule::PatternRemoved => {
            let is_unsigned = range(other).0.is_some_and(|least| least >= 0);
            is_integer(other) && (is_one_of(text, SIGNED) || is_unsigned && is_one_of(text, UNSIGNED))
        }
        _ => false,
    })
}

fn longest(view: &View<'_>) -> Option<usize> {
    match view.shape {
        Shape::Boolean => Some("false".len()),
        Shape::Integer { .. } => {
            let (least, most) = range(view);
            Some(least?.to_string().len().max(most?.to_string().len()))
        }
        _ => None,
    }
}

const fn is_integer(view: &View<'_>) -> bool {
    matches!(view.shape, Shape::Integer { .. })
}

fn is_one_of(view: &View<'_>, patterns: &[&str]) -> bool {
    view.constraints.pattern.as_deref().is_some_and(|stated| patterns.contains(&stated))
}

/// Whether texts of digits become numbers, and the reverse: whether `007` is a number, no document says.
fn leads_to_numbers(old: &View<'_>, new: &View<'_>) -> [bool; 2] {
    let is_free = |number: &View<'_>| {
        let stated = &number.constraints;
        let is_low = stated.minimum.as_ref().is_none_or(|least| order(&least.value, "0").is_le() && !least.exclusive);
        let has_format = matches!(number.shape, Shape::Integer { format: Some(_) });
        is_integer(number) && is_low && !has_format && stated.maximum.is_none() && stated.multiple_of.is_none()
    };
    let of = |text: &View<'_>, number: &View<'_>| {
        is_free(number)
            && (is_one_of(text, UNSIGNED) || number.constraints.minimum.is_none() && is_one_of(text, SIGNED))
    };
    [of(old, new), of(new, old)]
}

/// A relation of which answers are left open.
fn opened(relation: Relation, [old, new]: [bool; 2]) -> Relation {
    let of = |answer: Answer, is_open: bool| if is_open { answer.min(Answer::Unknown) } else { answer };
    Relation::new(of(relation.old_in_new, old), of(relation.new_in_old, new))
}
