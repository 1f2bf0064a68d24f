//! Lists.

use super::NoSample;
use super::distinct_values;
use super::generate::{Made, Maker};
use crate::api::{Constraints, List, SchemaId, Value};
use crate::instance::is_same;

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
            let earlier = if stated.unique_items.is_some() { items.as_slice() } else { &[] };
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
        let listed = schema.map(|schema| distinct_values::listed(self.schemas, schema)).unwrap_or_default();
        let others = listed.into_iter().chain(distinct_values::of(&first, earlier.len()));
        let is_valid = |value: &Value| schema.is_none_or(|schema| self.is_valid(schema, value));
        others.into_iter().find(|value| is_new(value) && is_valid(value)).ok_or(NoSample::Limits)
    }
}
