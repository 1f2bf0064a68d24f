//! Writes a JSON text whose scalars are texts of which it is still open what they stand for: a parameter and a form do not tell strings from
//! numbers. What each text may stand for, and when another reading of it is tried, says who reads them (`param/candidate_values`,
//! `body_kinds/form/tree`).

use serde_json::Value;

/// A text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Appends a list, whose items are written by `write`.
pub(crate) fn push_list<T>(json: &mut String, items: &[T], write: impl Fn(&T, &mut String)) {
    json.push('[');
    for (index, item) in items.iter().enumerate() {
        json.push_str(if index == 0 { "" } else { "," });
        write(item, json);
    }
    json.push(']');
}

/// Appends an object, whose values are written by `write`.
pub(crate) fn push_object<T>(json: &mut String, members: &[(String, T)], write: impl Fn(&T, &mut String)) {
    json.push('{');
    for (index, (name, member)) in members.iter().enumerate() {
        json.push_str(if index == 0 { "" } else { "," });
        json.push_str(&quoted(name));
        json.push(':');
        write(member, json);
    }
    json.push('}');
}
