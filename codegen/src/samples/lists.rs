//! Lists, and values that differ from another one, for lists without equal items.

use super::NoSample;
use super::generate::{Made, Maker};
use crate::api::{Constraints, List, SchemaId, Schemas, Shape, Value};
use crate::instance::{Exact, is_same};

/// The longest list that is made.
const LONGEST: usize = 1000;

impl<'a> Maker<'a> {
    /// As many items as are demanded; one, or one of each kind, where there may be none.
    pub(super) fn list(&mut self, list: &'a List, stated: &Constraints) -> Made {
        let limit = |count: Option<u64>, none| count.map_or(none, |count| usize::try_from(count).unwrap_or(usize::MAX));
        let (least, most) = (limit(stated.min_items, 0), limit(stated.max_items, usize::MAX));
        if least > LONGEST {
            return Err(NoSample::TooLarge);
        }
        let wanted = if self.takes_optional() { list.prefix.len().max(1) } else { list.prefix.len() };
        let mut items: Vec<Value> = Vec::new();
        for at in 0..wanted.max(least).min(most) {
            let schema = list.prefix.get(at).copied().or(list.items);
            let earlier = if stated.unique_items { items.as_slice() } else { &[] };
            match self.item(schema, earlier) {
                Ok(item) => items.push(item),
                Err(_) if at >= least => break,
                Err(reason) => return Err(reason),
            }
        }
        Ok(Value::List(items))
    }

    /// A value that is none of the earlier ones.
    fn item(&mut self, schema: Option<SchemaId>, earlier: &[Value]) -> Made {
        let first = match schema {
            Some(schema) => self.value(schema)?,
            None => Value::String("text".to_owned()),
        };
        let is_new = |value: &Value| !earlier.iter().any(|other| is_same(value, other));
        if is_new(&first) {
            return Ok(first);
        }
        let listed = schema.map(|schema| self::listed(self.schemas, schema)).unwrap_or_default();
        let others = listed.into_iter().chain(others_like(&first, earlier.len()));
        let is_valid = |value: &Value| schema.is_none_or(|schema| self.is_valid(schema, value));
        others.into_iter().find(|value| is_new(value) && is_valid(value)).ok_or(NoSample::Limits)
    }
}

/// The values that a schema lists.
fn listed(schemas: &Schemas, schema: SchemaId) -> Vec<Value> {
    match schemas.get(schemas.resolve(schema)).map(|schema| &schema.shape) {
        Some(Shape::Enumeration(listed)) => listed.values.iter().map(|one| one.value.clone()).collect(),
        Some(Shape::Boolean) => vec![Value::Bool(true), Value::Bool(false)],
        _ => Vec::new(),
    }
}

/// Values like another one; some more than `count`, and not all of them valid where it is.
fn others_like(value: &Value, count: usize) -> Vec<Value> {
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
                others_like(member, count).into_iter().map(with).collect::<Vec<_>>()
            };
            entries.iter().enumerate().flat_map(changed).collect()
        }
        Value::List(items) => items.first().map_or_else(Vec::new, |first| {
            others_like(first, count).into_iter().map(|one| Value::List(vec![one])).collect()
        }),
        Value::Bool(flag) => vec![Value::Bool(!flag)],
        Value::Null => Vec::new(),
    }
}
