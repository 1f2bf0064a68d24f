//! What a plain scalar means: the core schema of YAML 1.2, narrowed to what JSON can hold.

use std::borrow::Cow;

use crate::number_text::NumberText;

/// The kind of value that a scalar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScalarKind {
    /// `null`, `~` or nothing at all.
    Null,
    /// `true` or `false`.
    Bool,
    /// A number without fraction and exponent.
    Integer,
    /// Any other number.
    Float,
    /// Everything else, and everything in quotes.
    String,
}

impl ScalarKind {
    /// The kind of an unquoted scalar. `.inf` and `.nan` are strings: no JSON number says that.
    #[must_use]
    pub fn of_plain(text: &str) -> Self {
        match text.as_bytes().first() {
            None => Self::Null,
            Some(b'~' | b'n' | b'N') if matches!(text, "~" | "null" | "Null" | "NULL") => Self::Null,
            Some(b't' | b'T' | b'f' | b'F') if is_bool(text) => Self::Bool,
            Some(b'0'..=b'9' | b'+' | b'-' | b'.') => of_number(text),
            _ => Self::String,
        }
    }
}

fn is_bool(text: &str) -> bool {
    matches!(text, "true" | "True" | "TRUE" | "false" | "False" | "FALSE")
}

fn of_number(text: &str) -> ScalarKind {
    if let Some((digits, radix)) = radix_digits(text) {
        let all = !digits.is_empty() && digits.chars().all(|char| char.is_digit(radix));
        return if all { ScalarKind::Integer } else { ScalarKind::String };
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let NumberText { is_negative: is_signed_twice, whole, fraction, exponent } = NumberText::of(unsigned);
    let exponent = exponent.map(|exponent| exponent.strip_prefix(['+', '-']).unwrap_or(exponent));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let some_digits = !whole.is_empty() || fraction.is_some_and(|fraction| !fraction.is_empty());
    let well_formed = !is_signed_twice
        && some_digits
        && is_digits(whole)
        && fraction.is_none_or(is_digits)
        && exponent.is_none_or(|exponent| !exponent.is_empty() && is_digits(exponent));
    match (well_formed, fraction, exponent) {
        (false, ..) => ScalarKind::String,
        (true, None, None) => ScalarKind::Integer,
        _ => ScalarKind::Float,
    }
}

fn radix_digits(text: &str) -> Option<(&str, u32)> {
    let hexadecimal = text.strip_prefix("0x").map(|digits| (digits, 16));
    hexadecimal.or_else(|| text.strip_prefix("0o").map(|digits| (digits, 8)))
}

/// A number's text as JSON writes it; everything that JSON could write is kept as it is.
pub(super) fn json_number(text: &str) -> Cow<'_, str> {
    if let Some((digits, radix)) = radix_digits(text) {
        return u128::from_str_radix(digits, radix).map_or(Cow::Borrowed("0"), |value| Cow::Owned(value.to_string()));
    }
    let (sign, unsigned) = match text.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let end = unsigned.find(['e', 'E']).unwrap_or(unsigned.len());
    let (mantissa, exponent) = unsigned.split_at(end);
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
    let trimmed = whole.trim_start_matches('0');
    let canonical =
        !fraction.is_empty() && (trimmed == whole && !whole.is_empty() || whole == "0") && !text.starts_with('+');
    if canonical {
        return Cow::Borrowed(text);
    }
    let whole = if trimmed.is_empty() { "0" } else { trimmed };
    let point = if mantissa.contains('.') && !fraction.is_empty() { format!(".{fraction}") } else { String::new() };
    Cow::Owned(format!("{sign}{whole}{point}{exponent}"))
}

/// The number as an integer, also when it is written `100.0` or `1e2`.
pub(crate) fn as_integer(text: &str) -> Option<i128> {
    let json = json_number(text);
    if let Ok(value) = json.parse() {
        return Some(value);
    }
    let number = NumberText::of(&json);
    let (sign, fraction) = (if number.is_negative { "-" } else { "" }, number.significant_fraction());
    let zeros = number.power()?.checked_sub(i64::try_from(fraction.len()).ok()?)?;
    // Beyond 38 digits nothing fits, and a huge exponent must not become a huge string.
    let zeros = usize::try_from(zeros).ok().filter(|&zeros| zeros <= 38)?;
    format!("{sign}{}{fraction}{}", number.whole, "0".repeat(zeros)).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        let kinds = [
            ("", ScalarKind::Null),
            ("~", ScalarKind::Null),
            ("null", ScalarKind::Null),
            ("nul", ScalarKind::String),
            ("True", ScalarKind::Bool),
            ("yes", ScalarKind::String),
            ("0123", ScalarKind::Integer),
            ("-7", ScalarKind::Integer),
            ("--7", ScalarKind::String),
            ("0x1F", ScalarKind::Integer),
            ("0xG", ScalarKind::String),
            ("1.10", ScalarKind::Float),
            (".5", ScalarKind::Float),
            ("5.", ScalarKind::Float),
            (".", ScalarKind::String),
            ("1e3", ScalarKind::Float),
            ("1e", ScalarKind::String),
            (".inf", ScalarKind::String),
            ("2024-01-17", ScalarKind::String),
            ("1_000", ScalarKind::String),
            ("-", ScalarKind::String),
        ];
        for (text, kind) in kinds {
            assert_eq!(ScalarKind::of_plain(text), kind, "{text}");
        }
    }

    #[test]
    fn numbers_keep_their_text_in_json() {
        let numbers = [
            ("10.00", "10.00"),
            ("0", "0"),
            ("-0.10", "-0.10"),
            ("0123", "123"),
            ("+5", "5"),
            (".5", "0.5"),
            ("5.", "5"),
            ("-00.5e3", "-0.5e3"),
            ("0x10", "16"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
        ];
        for (text, json) in numbers {
            assert_eq!(json_number(text), json, "{text}");
        }
    }

    #[test]
    fn whole_numbers_are_integers_however_written() {
        assert_eq!(as_integer("100.0"), Some(100));
        assert_eq!(as_integer("1e2"), Some(100));
        assert_eq!(as_integer("1.5e1"), Some(15));
        assert_eq!(as_integer("1.5"), None);
        assert_eq!(as_integer("1e999999999"), None);
        assert_eq!(as_integer("-3"), Some(-3));
    }
}
