//! Lists of values.

use specie_codegen::api::{Direction, Enumeration, EnumerationValue, SchemaId, Schemas, Shape, Value, order};
use specie_codegen::instance;

use super::{Local, Pair, View, types};
use crate::{Answer, Edit, Relation, Rule};

/// Compares two schemas of which at least one lists all of its values; whether what else restricts them is still to be compared.
pub(super) fn compare(pair: Pair, old: &View<'_>, new: &View<'_>, local: &mut Local) -> bool {
    match (old.closed_list(), new.closed_list()) {
        (Some(one), Some(other)) => lists(pair, (one, other), local),
        (Some(one), None) => {
            let within = fit(one, pair, new);
            let relation = Relation::new(within, if covers(one, new) { Answer::Yes } else { Answer::No });
            unlisted(Rule::EnumRemoved, (old, new), relation, local);
        }
        (None, Some(other)) => {
            let within = fit(other, pair, old);
            let relation = Relation::new(if covers(other, old) { Answer::Yes } else { Answer::No }, within);
            unlisted(Rule::EnumAdded, (old, new), relation, local);
        }
        (None, None) => return true,
    }
    false
}

/// Compares two lists value by value.
fn lists(pair: Pair, lists: (&Enumeration, &Enumeration), local: &mut Local) {
    let (old, new) = lists;
    let same = |one: &Value, other: &Value| {
        equal(one, other) || pair.carrier.is_text() && one.plain_text() == other.plain_text()
    };
    let missing = |one: &'_ Enumeration, other: &Enumeration| -> Vec<EnumerationValue> {
        let is_missing = |value: &&EnumerationValue| other.values.iter().all(|known| !same(&known.value, &value.value));
        one.values.iter().filter(is_missing).cloned().collect()
    };
    let (gone, added) = (missing(old, new), missing(new, old));
    if let ([before], [after]) = (gone.as_slice(), added.as_slice())
        && old.values.len() == 1
        && new.values.len() == 1
    {
        let edit = Edit::new(Rule::ConstChanged, Relation::INCOMPARABLE, Some(before.span), Some(after.span));
        local.push(edit.values(Some(before.value.to_string()), Some(after.value.to_string())));
        return;
    }
    for value in gone {
        let edit = Edit::new(Rule::EnumValueRemoved, Relation::NARROWS, Some(value.span), Some(new.span));
        local.push(edit.values(Some(value.value.to_string()), None));
    }
    for value in added {
        let edit = Edit::new(Rule::EnumValueAdded, Relation::WIDENS, Some(old.span), Some(value.span));
        local.push(edit.values(None, Some(value.value.to_string())));
    }
}

fn unlisted(rule: Rule, views: (&View<'_>, &View<'_>), relation: Relation, local: &mut Local) {
    let (old, new) = views;
    if relation == Relation::SAME {
        return;
    }
    if relation == Relation::INCOMPARABLE && old.type_name() != new.type_name() {
        types::report(old, new, relation, local);
        return;
    }
    let values = |view: &View<'_>| {
        let listed = view.closed_list()?.values.iter().map(|one| one.value.to_string());
        Some(listed.collect::<Vec<_>>().join(", "))
    };
    let at = |view: &View<'_>| view.closed_list().map_or(view.span, |listed| listed.span);
    local.push(Edit::new(rule, relation, Some(at(old)), Some(at(new))).values(values(old), values(new)));
}

/// Whether all listed values are values of another schema.
fn fit(listed: &Enumeration, pair: Pair, other: &View<'_>) -> Answer {
    let takes_texts = pair.carrier.is_text() && matches!(other.shape, Shape::String { .. });
    let fits = |one: &EnumerationValue| {
        let text = Value::String(one.value.plain_text());
        let value = if takes_texts { &text } else { &one.value };
        takes(other.schemas, other.id, value, pair.sender)
    };
    if listed.values.iter().all(fits) { Answer::Yes } else { Answer::No }
}

/// How deep a value is looked for in unions within unions.
const DEPTH: usize = 8;

/// Whether a value is one of a schema.
pub(crate) fn takes(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    instance::faults(schemas, id, value, sender).is_empty() && fits_branches(schemas, id, (value, sender), DEPTH)
}

/// Whether a value that a schema has no fault to find with fits as many branches as its unions ask for: one that fits two fits no `oneOf`.
fn fits_branches(schemas: &Schemas, id: SchemaId, (value, sender): (&Value, Direction), depth: usize) -> bool {
    let view = View::of(schemas, id);
    let Some(branches) = view.branches().filter(|_| depth > 0 && *value != Value::Null) else { return true };
    let fits = |id| {
        instance::faults(schemas, id, value, sender).is_empty()
            && fits_branches(schemas, id, (value, sender), depth - 1)
    };
    let count = branches.iter().filter(|branch| fits(branch.schema)).count();
    if types::is_exclusive(&view) { count == 1 } else { count > 0 }
}

/// Whether a list has all values of a schema that lists none.
fn covers(listed: &Enumeration, other: &View<'_>) -> bool {
    let has = |flag: bool| listed.values.iter().any(|one| one.value == Value::Bool(flag));
    match other.shape {
        Shape::Boolean => has(true) && has(false),
        Shape::Null => true,
        _ => false,
    }
}

/// Compares values that are named where others are allowed as well. Whoever receives a response copes with all of them; whether a server
/// understands a value of a request that its document does not name is not said.
pub(super) fn known(pair: Pair, old: &View<'_>, new: &View<'_>, local: &mut Local) {
    let named = |view: &View<'_>| match view.shape {
        Shape::Enumeration(listed) => {
            let mut values: Vec<String> = listed.values.iter().map(|one| one.value.to_string()).collect();
            values.sort();
            Some(values)
        }
        _ => None,
    };
    let (before, after) = (named(old), named(new));
    if before == after {
        return;
    }
    let understood = |sent: &Option<Vec<String>>, named: &Option<Vec<String>>| match (sent, named) {
        (Some(sent), Some(named)) if pair.sender == Direction::Request => {
            if sent.iter().all(|value| named.contains(value)) { Answer::Yes } else { Answer::Unknown }
        }
        _ => Answer::Yes,
    };
    let relation = Relation::new(understood(&before, &after), understood(&after, &before));
    let edit = Edit::new(Rule::KnownValuesChanged, relation, Some(old.span), Some(new.span));
    let text = |values: Option<Vec<String>>| values.map(|values| values.join(", "));
    local.push(edit.values(text(before), text(after)));
}

/// Whether two values are one; numbers are, however they are written.
pub(super) fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => order(one, other).is_eq(),
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let has = |(key, value): &(String, Value)| other.iter().any(|(name, it)| name == key && equal(value, it));
            one.len() == other.len() && one.iter().all(has)
        }
        _ => one == other,
    }
}
