//! Whether values hold reserved characters (RFC 3986 section 2.2), so that it makes a difference whether these are sent as they are.

use std::iter::Peekable;
use std::str::Chars;

use specie_codegen::api::{SchemaId, Schemas, Shape, Value};

use crate::schemas::View;

/// How deep unions and lists are looked into.
const DEPTH: usize = 4;

/// Whether values may hold a reserved character, or a per cent sign, which is sent as it is with them (OpenAPI 3.2.0, Parameter Object).
pub(super) fn may_be_held(schemas: &Schemas, id: SchemaId) -> bool {
    may_hold(schemas, id, DEPTH)
}

fn may_hold(schemas: &Schemas, id: SchemaId, depth: usize) -> bool {
    let view = View::of(schemas, id);
    match view.shape {
        _ if depth == 0 => true,
        Shape::Boolean | Shape::Integer { .. } | Shape::Null => false,
        Shape::Enumeration(listed) if !listed.open => listed.values.iter().any(|one| !is_plain(&one.value)),
        Shape::String { format: Some(format), .. } if matches!(format.as_str(), "date" | "uuid") => false,
        Shape::String { .. } => !view.constraints.pattern.as_deref().is_some_and(allows_unreserved_alone),
        Shape::List(list) if list.prefix.is_empty() => {
            list.items.is_none_or(|items| may_hold(schemas, items, depth - 1))
        }
        Shape::Union(union) => union.branches.iter().any(|branch| may_hold(schemas, branch.schema, depth - 1)),
        _ => true,
    }
}

/// Whether a value is written without such characters.
fn is_plain(value: &Value) -> bool {
    match value {
        Value::String(text) => text.chars().all(is_unreserved),
        Value::Number(number) => number.chars().all(is_unreserved),
        Value::Null | Value::Bool(_) => true,
        Value::List(_) | Value::Object(_) => false,
    }
}

/// The unreserved characters (RFC 3986 section 2.3), and those that are always encoded because an address cannot hold them.
fn is_unreserved(char: char) -> bool {
    char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '_' | '~') || !char.is_ascii()
}

/// Whether all texts that match a regular expression from end to end are of unreserved characters. What is not read is taken to match others.
fn allows_unreserved_alone(pattern: &str) -> bool {
    let inner = pattern.strip_prefix('^').and_then(|rest| rest.strip_suffix('$'));
    inner.is_some_and(|inner| is_of_unreserved(&mut inner.chars().peekable()))
}

fn is_of_unreserved(rest: &mut Peekable<Chars<'_>>) -> bool {
    let mut depth = 0_usize;
    while let Some(char) = rest.next() {
        let is_read = match char {
            '[' => is_class_of_unreserved(rest),
            '(' => {
                depth += 1;
                rest.next_if_eq(&'?').is_none() || rest.next() == Some(':')
            }
            ')' => {
                depth = depth.saturating_sub(1);
                true
            }
            '{' => rest.any(|char| char == '}'),
            // An alternative that stands alone is held by one end.
            '|' => depth > 0,
            '*' | '+' | '?' => true,
            '\\' => rest.next().is_some_and(is_escaped_unreserved),
            '.' => false,
            char => is_unreserved(char),
        };
        if !is_read {
            return false;
        }
    }
    true
}

/// Whether the rest of a class of characters has unreserved ones alone.
fn is_class_of_unreserved(rest: &mut Peekable<Chars<'_>>) -> bool {
    while let Some(char) = rest.next() {
        let is_read = match char {
            ']' => return true,
            // A range that begins with an escape is not read.
            '\\' => {
                rest.next().is_some_and(is_escaped_unreserved)
                    && (rest.next_if_eq(&'-').is_none() || rest.peek() == Some(&']'))
            }
            first if rest.next_if_eq(&'-').is_some() => match rest.next_if(|end| *end != ']') {
                Some(last) => is_range(first, last),
                None => is_unreserved(first),
            },
            char => is_unreserved(char),
        };
        if !is_read {
            return false;
        }
    }
    false
}

fn is_escaped_unreserved(char: char) -> bool {
    matches!(char, 'd' | 'w' | '-' | '.' | '_' | '~')
}

/// Whether a range has digits, upper or lower letters alone.
fn is_range(first: char, last: char) -> bool {
    let of = [char::is_ascii_digit, char::is_ascii_uppercase, char::is_ascii_lowercase];
    of.iter().any(|is_one| is_one(&first) && is_one(&last))
}

#[cfg(test)]
mod tests {
    use super::allows_unreserved_alone;

    #[test]
    fn patterns_of_unreserved_characters_are_read() {
        for pattern in
            ["^[A-Z]{3}$", r"^\d+$", "^[a-z0-9_-]{1,9}$", "^(?:eu|us)-[0-9]$", r"^[\w.~-]*$", r"^[.\w-]*$", "^$"]
        {
            assert!(allows_unreserved_alone(pattern), "{pattern}");
        }
        for pattern in [
            "[A-Z]",
            "^.$",
            "^a|b$",
            "^[^a]$",
            "^[A-z]$",
            "^a/b$",
            r"^\S$",
            "^[a",
            "^(?=a)$",
            "^[a:]$",
            r"^a\$",
            r"^[\w\.-_]+$",
            r"^[\--9]$",
        ] {
            assert!(!allows_unreserved_alone(pattern), "{pattern}");
        }
    }
}
