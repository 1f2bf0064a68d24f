//! The last page of a list: one that leads to no other.

use super::{NoSample, at_pointer};
use crate::api::{Direction, MediaType, Pagination, PaginationStyle, Schemas, Value};
use crate::instance;

/// A page without what leads to the next one: the link or cursor is left out, else null, else empty (`x-specie-pagination`).
pub(super) fn last(schemas: &Schemas, media: &MediaType, pages: &Pagination, page: Value) -> Result<Value, NoSample> {
    let next = match &pages.style {
        PaginationStyle::Link { next } | PaginationStyle::Cursor { next, .. } => next,
        PaginationStyle::Page { .. } => return Ok(page),
    };
    let Some(names) = at_pointer::names(next) else { return Ok(page) };
    let is_valid = |page: &Value| {
        media.schema.is_none_or(|schema| instance::faults(schemas, schema, page, Direction::Response).is_empty())
    };
    let without = [None, Some(Value::Null), Some(Value::String(String::new()))];
    let pages = without.into_iter().map(|end| with(page.clone(), &names, end.as_ref()));
    pages.into_iter().find(is_valid).ok_or(NoSample::Limits)
}

/// A value with another member at a place, or without it. Where the place is not there, nothing changes.
fn with(value: Value, names: &[String], member: Option<&Value>) -> Value {
    let (Value::Object(entries), Some((name, rest))) = (&value, names.split_first()) else { return value };
    let changed = entries.iter().filter_map(|(key, inner)| match (key == name, rest.is_empty(), member) {
        (false, _, _) => Some((key.clone(), inner.clone())),
        (true, false, _) => Some((key.clone(), with(inner.clone(), rest, member))),
        (true, true, member) => member.map(|member| (key.clone(), member.clone())),
    });
    Value::Object(changed.collect())
}
