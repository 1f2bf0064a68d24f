//! Media types as a sender names them.

use crate::wire::header::is_token;

/// What may stand around the semicolons.
const SPACE: [char; 2] = [' ', '\t'];

/// Whether a text is one media type or one range of them, with or without parameters (RFC 9110 section 8.3.1).
pub(crate) fn is_media_type(text: &str) -> bool {
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let names = essence.trim_end_matches(SPACE).split_once('/');
    names.is_some_and(|(kind, subtype)| is_token(kind.as_bytes()) && is_token(subtype.as_bytes()))
        && are_parameters(parameters)
}

/// Whether what stands behind the first semicolon is parameters. Between two semicolons there may be none (RFC 9110 section 5.6.6).
fn are_parameters(text: &str) -> bool {
    let mut left = text.trim_start_matches(SPACE);
    while !left.is_empty() {
        let after = if left.starts_with(';') { Some(left) } else { after_parameter(left) };
        let Some(after) = after.map(|after| after.trim_start_matches(SPACE)) else { return false };
        match after.strip_prefix(';') {
            Some(next) => left = next.trim_start_matches(SPACE),
            None => return after.is_empty(),
        }
    }
    true
}

/// What follows a parameter; `None` where it is none.
fn after_parameter(text: &str) -> Option<&str> {
    let (_, value) = text.split_once('=').filter(|(name, _)| is_token(name.as_bytes()))?;
    if let Some(quoted) = value.strip_prefix('"') {
        return after_quoted(quoted);
    }
    let end = value.find([';', ' ', '\t']).unwrap_or(value.len());
    let (value, after) = value.split_at_checked(end)?;
    is_token(value.as_bytes()).then_some(after)
}

/// What follows the quotation mark that ends a text of printable ASCII (RFC 9110 section 5.6.4).
fn after_quoted(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        let shown = match character {
            '"' => return Some(characters.as_str()),
            '\\' => characters.next()?,
            other => other,
        };
        if !matches!(shown, '\t' | ' '..='~') {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_media_type_is_a_media_type() {
        for text in [
            "image/png",
            "image/*",
            "Application/vnd.api+JSON",
            "text/csv; charset=utf-8",
            "text/csv ;charset=utf-8 ; header=present;",
            r#"text/plain; note="a;b, \"c\""; q=1"#,
        ] {
            assert!(is_media_type(text), "{text}");
        }
        for text in [
            "",
            "image",
            "image/",
            "/png",
            "image/png/gif",
            "image/x y",
            " image/png",
            "image/png, text/html",
            "image/png; a=b, text/html",
            "image/png\u{e9}",
            "image/png\u{a0}; a=b",
            "image/png\n",
            "image/png; a",
            "image/png; a=",
            "image/png; =b",
            "image/png; a=b c",
            r#"image/png; a="b"#,
            r#"image/png; a="b" c"#,
            "image/png; a=\"\u{e9}\"",
        ] {
            assert!(!is_media_type(text), "{text}");
        }
    }
}
