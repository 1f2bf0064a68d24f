//! Members of values by JSON pointers (RFC 6901).

use crate::api::{Find, Reconcile, Value};

/// The names of a pointer, from the outermost on.
pub(super) fn names(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(|name| name.replace("~1", "/").replace("~0", "~")).collect()
}

/// What a pointer names.
fn find<'v>(value: &'v Value, names: &[String]) -> Option<&'v Value> {
    names.iter().try_fold(value, |value, name| match value {
        Value::Object(entries) => entries.iter().find(|(key, _)| key == name).map(|(_, inner)| inner),
        Value::List(items) => items.get(name.parse::<usize>().ok()?),
        _ => None,
    })
}

/// Puts a member into an object that is there; elsewhere nothing changes.
fn put(value: &mut Value, names: &[String], member: &Value) {
    match (value, names) {
        (value, []) => *value = member.clone(),
        (Value::List(items), [name, rest @ ..]) => {
            if let Some(item) = name.parse::<usize>().ok().and_then(|at| items.get_mut(at)) {
                put(item, rest, member);
            }
        }
        (Value::Object(entries), [name, rest @ ..]) => match entries.iter_mut().find(|(key, _)| key == name) {
            Some((_, inner)) => put(inner, rest, member),
            None if rest.is_empty() => entries.push((name.clone(), member.clone())),
            None => {}
        },
        _ => {}
    }
}

/// Copies the fields that reconciliation compares from the request into the sample.
pub(super) fn repeated(stated: &Reconcile, request: &Value, mut value: Value) -> Value {
    let reference = match &stated.find {
        Find::Among { matches, .. } => Some((&stated.value, matches)),
        Find::One { .. } => None,
    };
    for (asked, found) in stated.agree.iter().map(|(asked, found)| (asked, found)).chain(reference) {
        if let Some(sent) = find(request, &names(asked)).filter(|sent| !sent.is_null()) {
            put(&mut value, &names(&format!("{}{found}", stated.resource)), sent);
        }
    }
    value
}
