//! Members of values by JSON pointers (RFC 6901).

use std::borrow::Cow;

use crate::api::{Find, Reconcile, Value};
use crate::instance::member;
use crate::pointer;

/// The names of a pointer, from the outermost on; `None` for what is no pointer.
pub(super) fn names(pointer: &str) -> Option<Vec<String>> {
    Some(pointer::tokens(pointer)?.into_iter().map(Cow::into_owned).collect())
}

/// What a pointer names.
fn find<'v>(value: &'v Value, names: &[String]) -> Option<&'v Value> {
    names.iter().try_fold(value, |value, name| match value {
        Value::List(items) => items.get(name.parse::<usize>().ok()?),
        other => member(other, name),
    })
}

/// Puts a member where the names lead, through objects and lists that are there; elsewhere nothing changes.
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
        let sent = names(asked).and_then(|asked| find(request, &asked)).filter(|sent| !sent.is_null());
        if let (Some(sent), Some(found)) = (sent, names(&format!("{}{found}", stated.resource))) {
            put(&mut value, &found, sent);
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::names;

    #[test]
    fn names_are_those_of_a_pointer_and_of_nothing_else() {
        assert_eq!(names("/a~1b/m~0n"), Some(vec!["a/b".to_owned(), "m~n".to_owned()]));
        assert_eq!(names(""), Some(Vec::new()));
        assert_eq!(names("a/b"), None);
    }
}
