//! The texts of decoding errors: without the values that serde puts in, and with the places that unions put in.

/// Takes the values of the payload out of the messages that serde makes (`serde::de::Error`).
pub(super) fn without_values(message: &str) -> String {
    for what in ["invalid type", "invalid value"] {
        if let Some(rest) = message.strip_prefix(what).and_then(|rest| rest.strip_prefix(": ")) {
            // The expectation comes last, so whatever a value contains stands before it.
            let (found, expected) = rest.rsplit_once(", expected ").unwrap_or((rest, "another"));
            return format!("{what}: {}, expected {expected}", kind_of(found));
        }
    }
    if let Some(rest) = message.strip_prefix("unknown variant") {
        let (_, expected) = rest.rsplit_once("`, expected ").unwrap_or((rest, "another"));
        return format!("unknown value, expected {expected}");
    }
    message.to_owned()
}

/// "one of `a`, `b`", or "`a`" where that is all.
pub(crate) fn one_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let list = names.join(", ");
    if names.len() == 1 { list } else { format!("one of {list}") }
}

/// The kind of a value in serde's words, which stand before the value itself.
fn kind_of(found: &str) -> &str {
    let end = found.find(['`', '"', '\'']).unwrap_or(found.len());
    found.get(..end).unwrap_or_default().trim_end()
}

/// A message with the place inside the value that it is about. Serde's errors have no room for it but their text.
pub(super) fn with_place(pointer: &str, message: &str) -> String {
    if pointer.is_empty() { message.to_owned() } else { format!("at {pointer}: {message}") }
}

/// The place that [`with_place`] put in, and the message.
pub(super) fn split_place(message: &str) -> (&str, &str) {
    message
        .strip_prefix("at ")
        .and_then(|rest| rest.split_once(": "))
        .filter(|(place, _)| place.starts_with('/'))
        .unwrap_or(("", message))
}

/// That a property is not there, in serde's words (`serde::de::Error::missing_field`).
pub(crate) fn missing_field(name: &str) -> String {
    format!("missing field `{name}`")
}

/// The property whose absence a message is about, in these words.
pub(crate) fn missing_property(message: &str) -> Option<&str> {
    message.strip_prefix("missing field `")?.strip_suffix('`')
}

/// A message of bearable length: a union's message holds those of its branches, and so on.
pub(super) fn shortened(message: &str) -> String {
    const MAX: usize = 1000;
    match message.char_indices().nth(MAX) {
        Some((end, _)) => message.get(..end).unwrap_or_default().to_owned() + "…",
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_taken_out() {
        let cases = [
            (r#"invalid type: string "4111", expected i64"#, "invalid type: string, expected i64"),
            (r#"invalid type: string "a\", expected 4111", expected a map"#, "invalid type: string, expected a map"),
            ("invalid value: integer `-4111`, expected u32", "invalid value: integer, expected u32"),
            ("invalid type: null, expected a string", "invalid type: null, expected a string"),
            ("unknown variant `4111`, expected `a` or `b`", "unknown value, expected `a` or `b`"),
            ("unknown variant `4`, there are no variants", "unknown value, expected another"),
            ("missing field `amount`", "missing field `amount`"),
        ];
        for (message, clean) in cases {
            assert_eq!(without_values(message), clean);
        }
    }

    #[test]
    fn a_missing_property_has_its_name() {
        assert_eq!(missing_property(&missing_field("amount")), Some("amount"));
        let of_serde: serde_json::Error = serde::de::Error::missing_field("amount");
        assert_eq!(missing_property(&of_serde.to_string()), Some("amount"));
        assert_eq!(missing_property("invalid type: null, expected a string"), None);
    }

    #[test]
    fn a_place_is_found_again() {
        assert_eq!(split_place(&with_place("/a/0", "bad: x")), ("/a/0", "bad: x"));
        assert_eq!(split_place(&with_place("", "at noon: x")), ("", "at noon: x"));
    }
}
