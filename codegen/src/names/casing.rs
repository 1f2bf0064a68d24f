//! A text in the casing of Rust: types, variants, fields, parameters and methods.

use std::borrow::Cow;

use super::casing_words::{pascal, snake};

/// A type's or variant's name, `PascalCase`.
///
/// ```
/// use specie_codegen::names::type_name;
/// assert_eq!(type_name("payout-invoices"), "PayoutInvoices");
/// assert_eq!(type_name("PENDING_3DS"), "Pending3ds");
/// assert_eq!(type_name("3ds"), "N3ds");
/// assert_eq!(type_name("+1"), "Plus1");
/// ```
#[must_use]
pub fn type_name(text: &str) -> String {
    let name = identifier(pascal(&spelled(text)), 'N');
    if matches!(name.as_str(), "Self") {
        return "Self_".to_owned();
    }
    name
}

/// The name of a type that belongs to another one.
///
/// ```
/// use specie_codegen::names::companion_name;
/// assert_eq!(companion_name("CreatePayout", "Required"), "CreatePayoutRequired");
/// assert_eq!(companion_name("Self_", "Error"), "SelfError");
/// ```
#[must_use]
pub fn companion_name(name: &str, suffix: &str) -> String {
    // The underscore only tells a name from a keyword.
    format!("{}{suffix}", name.trim_end_matches('_'))
}

/// A field's, parameter's or method's name, `snake_case`; it may be a keyword, which emitters write raw (`r#type`).
///
/// ```
/// use specie_codegen::names::value_name;
/// assert_eq!(value_name("filter[reference_id]"), "filter_reference_id");
/// assert_eq!(value_name("createPayIn"), "create_pay_in");
/// assert_eq!(value_name("self"), "self_");
/// ```
#[must_use]
pub fn value_name(text: &str) -> String {
    let name = identifier(snake(&spelled(text)), 'n');
    // These four cannot be written as raw identifiers.
    if matches!(name.as_str(), "self" | "super" | "crate" | "_") {
        return format!("{name}_");
    }
    name
}

/// Words for the signs that carry the meaning of a name: `+1` and `-1`, `<` and `>=`.
fn spelled(text: &str) -> Cow<'_, str> {
    if text.starts_with(|first: char| first.is_ascii_alphanumeric()) {
        return Cow::Borrowed(text);
    }
    let signs = text.chars().filter(|c| !c.is_alphanumeric()).count();
    let only_signs = signs == text.chars().count();
    let mut spelled = String::with_capacity(text.len());
    for (position, sign) in text.chars().enumerate() {
        let leading = position == 0 && matches!(sign, '+' | '-');
        match word(sign).filter(|_| only_signs || leading) {
            Some(word) => {
                spelled.push_str(word);
                spelled.push(' ');
            }
            None => spelled.push(sign),
        }
    }
    Cow::Owned(spelled)
}

/// A path with a word for each sign that its name would leave out, but for what parts it and for braces.
///
/// ```
/// use specie_codegen::names::worded;
/// assert_eq!(worded("/a_b/{id}.json"), "/a underscore b/{id} dot json");
/// ```
#[must_use]
pub fn worded(path: &str) -> String {
    let word = |c: char| match c {
        '/' | '{' | '}' => None,
        '-' => Some("dash"),
        _ => word(c),
    };
    path.chars()
        .map(|c| word(c).map_or_else(|| c.to_string(), |word| format!(" {word} ")))
        .collect::<String>()
        .replace("  ", " ")
}

/// The word for a sign.
pub(super) fn word(sign: char) -> Option<&'static str> {
    Some(match sign {
        '+' => "plus",
        '-' => "minus",
        '*' => "star",
        '/' => "slash",
        '<' => "less",
        '>' => "greater",
        '=' => "equal",
        '!' => "not",
        '%' => "percent",
        '&' => "and",
        '|' => "or",
        '$' => "dollar",
        '€' => "euro",
        '.' => "dot",
        ',' => "comma",
        ':' => "colon",
        ';' => "semicolon",
        '_' => "underscore",
        '#' => "hash",
        '@' => "at",
        '?' => "question",
        '~' => "tilde",
        '^' => "caret",
        ' ' => "space",
        _ => return None,
    })
}

/// Makes a cased text an identifier: nothing but letters, digits and underscores, never a digit first, never empty.
fn identifier(mut name: String, prefix: char) -> String {
    name.retain(|c| c.is_ascii_alphanumeric() || c == '_' || is_letter(c));
    if name.is_empty() {
        name.push_str(if prefix.is_uppercase() { "Empty" } else { "empty" });
    }
    if name.starts_with(|c: char| !c.is_ascii_alphabetic() && !is_letter(c)) {
        name.insert(0, prefix);
    }
    name
}

/// Letters beyond ASCII that may stand anywhere in an identifier and are their own normal form.
fn is_letter(c: char) -> bool {
    // Latin with accents, Greek, Cyrillic, kana, and the CJK and Hangul blocks: what APIs are written in. Left out are the letters that
    // rustc warns of (`uncommon_codepoints`): ligatures, the long s and the like.
    matches!(c, '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{131}' | '\u{134}'..='\u{13e}' | '\u{141}'..='\u{148}'
        | '\u{14a}'..='\u{17e}' | '\u{391}'..='\u{3c9}' | '\u{400}'..='\u{45f}' | '\u{1ea0}'..='\u{1ef9}' | '\u{3041}'..='\u{3096}'
        | '\u{30a1}'..='\u{30fa}' | '\u{30fc}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
        && c.is_alphabetic()
}

/// A name with something behind it. The underscore that tells a name from a keyword is no longer needed there, and rustc would warn of it.
pub(super) fn longer(name: &str, between: &str, own: &str) -> String {
    format!("{}{between}{own}", name.trim_end_matches('_'))
}

/// A character by its number in Unicode.
pub(super) fn code_point(c: char) -> String {
    format!("u{:04x}", u32::from(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_identifiers_whatever_the_text() {
        for text in [
            "größe",
            "Łódź",
            "ß",
            "",
            "1",
            "a b",
            "é",
            "\u{202e}x",
            "type",
            "*/",
            "Self",
            "_",
            "\0",
            "名前",
            "<=",
            "a\"#b",
        ] {
            for name in [type_name(text), value_name(text)] {
                assert!(
                    syn::parse_str::<syn::Ident>(&name).is_ok()
                        || syn::parse_str::<syn::Ident>(&format!("r#{name}")).is_ok(),
                    "{text:?} became {name:?}"
                );
            }
        }
    }

    #[test]
    fn letters_of_other_languages_are_kept() {
        assert_eq!((value_name("größe"), type_name("größe")), ("größe".into(), "Größe".into()));
        assert_eq!(value_name("données reçues"), "données_reçues");
        assert_eq!(value_name("numer_łódź"), "numer_łódź");
        assert_eq!(value_name("数"), "数");
    }
}
