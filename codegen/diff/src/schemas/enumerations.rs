//! Lists of values.

use std::collections::{HashMap, HashSet};

use specie_codegen::api::{
    Constraints, Direction, Enumeration, EnumerationValue, SchemaId, Schemas, Shape, Value, order,
};
use specie_codegen::instance;
use specie_codegen::source::Span;

use super::{Local, Pair, View, types};
use crate::{Answer, Edit, Relation, Rule, json_value};

/// Compares two schemas of which at least one lists all of its values; whether what else restricts them is still to be compared.
pub(super) fn compare(pair: Pair, old: &View<'_>, new: &View<'_>, local: &mut Local) -> bool {
    match (old.closed_list(), new.closed_list()) {
        (Some(one), Some(other)) => {
            let all = (allowed(one, old, pair.sender), allowed(other, new, pair.sender));
            lists(pair, (&all.0, &all.1), (one.span, other.span), local);
        }
        (Some(one), None) => {
            let within = fit(&allowed(one, old, pair.sender), pair, new);
            let relation = Relation::new(within, if covers(one, pair, new) { Answer::Yes } else { Answer::No });
            unlisted(Rule::EnumRemoved, (old, new), relation, local);
        }
        (None, Some(other)) => {
            let within = fit(&allowed(other, new, pair.sender), pair, old);
            let relation = Relation::new(if covers(other, pair, old) { Answer::Yes } else { Answer::No }, within);
            unlisted(Rule::EnumAdded, (old, new), relation, local);
        }
        (None, None) => return true,
    }
    false
}

/// The listed values that the keywords beside the list allow.
pub(super) fn allowed<'a>(listed: &'a Enumeration, view: &View<'_>, sender: Direction) -> Vec<&'a EnumerationValue> {
    let is_alone = view.constraints == Constraints::default() && view.unchecked.is_empty();
    let is_allowed = |one: &&EnumerationValue| is_alone || takes(view.schemas, view.id, &one.value, sender);
    listed.values.iter().filter(is_allowed).collect()
}

/// Compares two lists value by value.
fn lists(pair: Pair, (old, new): (&[&EnumerationValue], &[&EnumerationValue]), spans: (Span, Span), local: &mut Local) {
    let missing = |ones: &[&EnumerationValue], others: &[&EnumerationValue]| -> Vec<EnumerationValue> {
        let known = ListedValues::of(others.iter().map(|one| &one.value), pair.carrier.is_text());
        ones.iter().filter(|one| !known.has(&one.value)).map(|one| (*one).clone()).collect()
    };
    let (gone, added) = (missing(old, new), missing(new, old));
    if let ([before], [after]) = (gone.as_slice(), added.as_slice())
        && old.len() == 1
        && new.len() == 1
    {
        let edit = Edit::new(Rule::ConstChanged, Relation::INCOMPARABLE, Some(before.span), Some(after.span));
        local.push(edit.values(Some(before.value.to_string()), Some(after.value.to_string())));
        return;
    }
    for value in gone {
        let edit = Edit::new(Rule::EnumValueRemoved, Relation::NARROWS, Some(value.span), Some(spans.1));
        local.push(edit.values(Some(value.value.to_string()), None));
    }
    for value in added {
        let edit = Edit::new(Rule::EnumValueAdded, Relation::WIDENS, Some(spans.0), Some(value.span));
        local.push(edit.values(None, Some(value.value.to_string())));
    }
}

/// Listed values, to look others up in.
pub(super) struct ListedValues<'a> {
    /// Those that may be equal, together.
    alike: HashMap<String, Vec<&'a Value>>,
    /// The values as plain texts, where they are written so.
    texts: HashSet<String>,
}

impl<'a> ListedValues<'a> {
    pub(super) fn of(values: impl Iterator<Item = &'a Value>, are_texts: bool) -> Self {
        let mut alike: HashMap<String, Vec<&Value>> = HashMap::new();
        let mut texts = HashSet::new();
        for value in values {
            alike.entry(likeness(value)).or_default().push(value);
            texts.extend(are_texts.then(|| value.plain_text()));
        }
        Self { alike, texts }
    }

    pub(super) fn has(&self, value: &Value) -> bool {
        let has_equal =
            |likeness: &str| self.alike.get(likeness).is_some_and(|all| all.iter().any(|one| equal(one, value)));
        has_equal(&likeness(value)) || !self.texts.is_empty() && self.texts.contains(&value.plain_text())
    }
}

/// Whether two lists have a value in common.
pub(super) fn share<'a>(mut ones: impl Iterator<Item = &'a Value>, others: impl Iterator<Item = &'a Value>) -> bool {
    let known = ListedValues::of(others, false);
    ones.any(|value| known.has(value))
}

/// A text that equal values share.
fn likeness(value: &Value) -> String {
    match value {
        // Equal numbers have the same nearest one of the machine.
        Value::Number(text) => format!("number {}", text.parse::<f64>().unwrap_or(0.0) + 0.0),
        Value::List(items) => format!("list of {}", items.len()),
        Value::Object(entries) => format!("object of {}", entries.len()),
        scalar => scalar.to_string(),
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

/// Whether all listed values are values of another schema. Where values are written as texts, one that is written like it is enough.
fn fit(listed: &[&EnumerationValue], pair: Pair, other: &View<'_>) -> Answer {
    let takes = |value: &Value| takes(other.schemas, other.id, value, pair.sender);
    let fits = |one: &&EnumerationValue| {
        takes(&one.value) || pair.carrier.is_text() && written_like(&one.value).iter().any(takes)
    };
    if listed.iter().all(fits) { Answer::Yes } else { Answer::No }
}

/// The text that a scalar is written as, and the number or the flag that it is read as.
pub(super) fn written_like(value: &Value) -> Vec<Value> {
    let text = value.plain_text();
    let read = json_value::of_json(&text).filter(|read| matches!(read, Value::Number(_) | Value::Bool(_)));
    std::iter::once(Value::String(text)).chain(read).collect()
}

/// How deep a value is looked for in unions within unions.
const DEPTH: usize = 8;

/// How many branches are asked whether they have a value. After that it is taken to be one.
const ASKED: usize = 2_000;

/// Whether a value is one of a schema.
pub(crate) fn takes(schemas: &Schemas, id: SchemaId, value: &Value, sender: Direction) -> bool {
    instance::faults(schemas, id, value, sender).is_empty()
        && Fitting { schemas, value, sender, left: ASKED }.fits(id, DEPTH)
}

/// A value that a schema has no fault to find with.
struct Fitting<'a> {
    schemas: &'a Schemas,
    value: &'a Value,
    sender: Direction,
    /// How many branches may still be asked.
    left: usize,
}

impl Fitting<'_> {
    /// Whether the value fits as many branches as the unions of a schema ask for: one that fits two fits no `oneOf`.
    fn fits(&mut self, id: SchemaId, depth: usize) -> bool {
        let view = View::of(self.schemas, id);
        let Some(branches) = view.branches().filter(|_| depth > 0 && *self.value != Value::Null) else { return true };
        let most = if types::is_exclusive(&view) { 2 } else { 1 };
        let mut count = 0;
        for branch in branches {
            let Some(left) = self.left.checked_sub(1) else { return true };
            self.left = left;
            let has_fault = !instance::faults(self.schemas, branch.schema, self.value, self.sender).is_empty();
            count += usize::from(!has_fault && self.fits(branch.schema, depth - 1));
            if count == most {
                break;
            }
        }
        count == 1
    }
}

/// Whether a list has all values of a schema that lists none.
fn covers(listed: &Enumeration, pair: Pair, other: &View<'_>) -> bool {
    let is = |value: &Value, flag: bool| {
        *value == Value::Bool(flag) || pair.carrier.is_text() && value.plain_text() == flag.to_string()
    };
    let has = |flag: bool| listed.values.iter().any(|one| is(&one.value, flag));
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
