//! How long texts are by what a schema says beside `minLength` and `maxLength`.

use specie_codegen::api::Shape;

use super::View;

/// The least and the largest count of characters; `None`: any.
type Lengths = (u64, Option<u64>);

/// The shortest text that the format and the pattern of a schema allow.
pub(super) fn shortest(view: &View<'_>) -> u64 {
    stated(view).map(|(least, _)| least).max().unwrap_or(0)
}

/// The longest text that the format and the pattern of a schema allow.
pub(super) fn longest(view: &View<'_>) -> Option<u64> {
    stated(view).filter_map(|(_, most)| most).min()
}

fn stated<'v>(view: &'v View<'_>) -> impl Iterator<Item = Lengths> + use<'v> {
    let format = match view.shape {
        Shape::String { format: Some(format), .. } => of_format(format),
        _ => None,
    };
    let pattern = view.constraints.pattern.as_deref().filter(|_| matches!(view.shape, Shape::String { .. }));
    format.into_iter().chain(pattern.and_then(of_pattern))
}

/// The lengths of a format (RFC 9562 section 4, RFC 3339 section 5.6, RFC 2673 section 3.2).
fn of_format(format: &str) -> Option<Lengths> {
    match format {
        "uuid" => Some((36, Some(36))),
        "date" => Some((10, Some(10))),
        "date-time" => Some((20, None)),
        "ipv4" => Some((7, Some(15))),
        _ => None,
    }
}

/// The lengths of the texts that match a regular expression from end to end; `None` where it has groups or alternatives, or is read in
/// another way than character by character.
fn of_pattern(pattern: &str) -> Option<Lengths> {
    let mut rest = pattern.strip_prefix('^')?.strip_suffix('$')?;
    let (mut least, mut most) = (0_u64, Some(0_u64));
    while !rest.is_empty() {
        let behind = behind_character(rest)?;
        let ((fewest, largest), behind) = repeated(behind)?;
        least = least.checked_add(fewest)?;
        most = most.zip(largest).and_then(|(sum, largest)| sum.checked_add(largest));
        rest = behind;
    }
    Some((least, most))
}

/// What follows one character or character class.
fn behind_character(text: &str) -> Option<&str> {
    let mut characters = text.chars();
    match characters.next()? {
        '[' => behind_class(text),
        '\\' => {
            let escaped = characters.next()?;
            let is_one = matches!(escaped, 'd' | 'D' | 'w' | 'W' | 's' | 'S') || escaped.is_ascii_punctuation();
            is_one.then_some(characters.as_str())
        }
        '(' | ')' | '|' | '^' | '$' | '*' | '+' | '?' | '{' => None,
        literal => literal.is_ascii().then_some(characters.as_str()),
    }
}

/// What follows a character class that is not empty.
fn behind_class(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?;
    let inner = inner.strip_prefix('^').unwrap_or(inner);
    if inner.starts_with(']') {
        return None;
    }
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next()?),
            ']' => return Some(characters.as_str()),
            _ => {}
        }
    }
    None
}

/// How often a character is repeated, and what follows.
fn repeated(text: &str) -> Option<(Lengths, &str)> {
    let (times, rest) = match text.chars().next() {
        Some('*') => ((0, None), text.get(1..)?),
        Some('+') => ((1, None), text.get(1..)?),
        Some('?') => ((0, Some(1)), text.get(1..)?),
        Some('{') => {
            let (inner, rest) = text.get(1..)?.split_once('}')?;
            let times = match inner.split_once(',') {
                None => (inner.parse().ok()?, Some(inner.parse().ok()?)),
                Some((least, "")) => (least.parse().ok()?, None),
                Some((least, most)) => (least.parse().ok()?, Some(most.parse().ok()?)),
            };
            (times, rest)
        }
        _ => return Some(((1, Some(1)), text)),
    };
    Some((times, rest.strip_prefix('?').unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::of_pattern;

    #[test]
    fn a_pattern_from_end_to_end_has_lengths() {
        assert_eq!(of_pattern("^[A-Z]{3}$"), Some((3, Some(3))));
        assert_eq!(of_pattern(r"^\d{4}-[^\]]?x+$"), Some((6, None)));
        assert_eq!(of_pattern(r"^acct_[a-zA-Z0-9]{2,24}$"), Some((7, Some(29))));
        assert_eq!(of_pattern("^$"), Some((0, Some(0))));
        for unread in ["[A-Z]{3}", "^a|b$", r"^a\$", "^(ab){2}$", r"^\bx$", "^[]$", "^é$", r"^\u0041$", "^a{2$"] {
            assert_eq!(of_pattern(unread), None, "{unread}");
        }
    }
}
