//! Values that differ from another one, for lists without equal items.

use crate::api::{SchemaId, Schemas, Shape, Value};
use crate::instance::Exact;

/// The values that a schema lists.
pub(super) fn listed(schemas: &Schemas, schema: SchemaId) -> Vec<Value> {
    match schemas.get(schemas.resolve(schema)).map(|schema| &schema.shape) {
        Some(Shape::Enumeration(listed)) => listed.values.iter().map(|one| one.value.clone()).collect(),
        Some(Shape::Boolean) => vec![Value::Bool(true), Value::Bool(false)],
        _ => Vec::new(),
    }
}

/// Values like another one; some more than `count`, and not all of them valid where it is.
pub(super) fn of(value: &Value, count: usize) -> Vec<Value> {
    let numbers = 1..=count.saturating_add(12);
    match value {
        Value::Number(text) => {
            let Some(first) = Exact::parse(text) else { return Vec::new() };
            let step = |number: usize| {
                let digits = first.in_places(first.places())?;
                let change = i128::try_from(number).ok()?;
                Some(
                    [digits.checked_add(change)?, digits.checked_sub(change)?]
                        .map(|one| Exact::of(one, first.places())),
                )
            };
            // Of multiples, the next ones are further away.
            let further = numbers.flat_map(|number| [number, number * 5, number * 10, number * 100]);
            further.filter_map(step).flatten().map(|one| Value::Number(one.to_string())).collect()
        }
        Value::String(text) => {
            let shorter: String = text.chars().take(text.chars().count().saturating_sub(1)).collect();
            let signs = ('0'..='9').chain('a'..='z').map(|sign| format!("{shorter}{sign}"));
            numbers.map(|number| format!("{text}{number}")).chain(signs).map(Value::String).collect()
        }
        Value::Object(entries) => {
            let changed = |(at, (_, member)): (usize, &(String, Value))| {
                let with = |value: Value| {
                    let mut entries = entries.clone();
                    if let Some(entry) = entries.get_mut(at) {
                        entry.1 = value;
                    }
                    Value::Object(entries)
                };
                of(member, count).into_iter().map(with).collect::<Vec<_>>()
            };
            entries.iter().enumerate().flat_map(changed).collect()
        }
        Value::List(items) => items
            .first()
            .map_or_else(Vec::new, |first| of(first, count).into_iter().map(|one| Value::List(vec![one])).collect()),
        Value::Bool(flag) => vec![Value::Bool(!flag)],
        Value::Null => Vec::new(),
    }
}
