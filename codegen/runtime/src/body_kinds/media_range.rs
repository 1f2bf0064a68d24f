//! Media types as a document names them.

/// Whether a media type, without its parameters, is the documented one or in the documented range (`image/*`); parameters of the
/// documented one are not looked at (OpenAPI 3.0.3, Media Type Object; RFC 9110 section 8.3.1).
pub(crate) fn in_range(range: &str, essence: &str) -> bool {
    let range = essence_of(range);
    match range.split_once('/') {
        Some(("*", "*")) => essence.contains('/'),
        Some((kind, "*")) => essence.split_once('/').is_some_and(|(given, _)| given.eq_ignore_ascii_case(kind)),
        _ => essence.eq_ignore_ascii_case(range),
    }
}

/// Whether the document leaves open which media type is sent.
pub(crate) fn is_range(media_type: &str) -> bool {
    media_type.is_empty() || media_type.contains('*')
}

/// A media type without its parameters.
pub(crate) fn essence_of(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_in_their_range_whatever_their_case() {
        for (range, essence) in [
            ("application/json", "Application/JSON"),
            ("application/json; charset=utf-8", "application/json"),
            ("image/*", "image/png"),
            ("*/*", "text/html"),
        ] {
            assert!(in_range(range, essence), "{range} {essence}");
        }
        for (range, essence) in [
            ("application/json", "application/problem+json"),
            ("application/json", "text/html"),
            ("image/*", "text/html"),
            ("*/*", "html"),
            ("application/json", ""),
        ] {
            assert!(!in_range(range, essence), "{range} {essence}");
        }
        assert_eq!(essence_of(" text/plain ; charset=utf-8"), "text/plain");
    }
}
