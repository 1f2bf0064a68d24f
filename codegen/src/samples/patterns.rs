//! Texts that match a pattern.

use std::collections::HashSet;

use regex_syntax::hir::{Class, Hir, HirKind};

use crate::api::Constraints;
use crate::patterns::{Pattern, readable};

/// The longest text that is made, in bytes.
const LONGEST: usize = 4096;

/// How often more than the least number a repetition is tried, one after the other.
const FURTHER: [u32; 8] = [0, 1, 2, 3, 8, 16, 64, 256];

/// How many branches of each alternation are tried.
const BRANCHES: usize = 4;

/// Whether it can be told what matches a pattern.
pub(super) fn is_read(pattern: &str) -> bool {
    Pattern::read(pattern).is_some()
}

/// Texts of which the first that is valid may be taken, each made when it is asked for; none where the pattern cannot be read.
pub(super) fn texts(pattern: &str, stated: &Constraints) -> impl Iterator<Item = String> {
    let parsed = readable(pattern).and_then(|pattern| regex_syntax::parse(&pattern).ok());
    let least = usize::try_from(stated.min_length.unwrap_or_default()).unwrap_or(usize::MAX).min(LONGEST);
    parsed.into_iter().flat_map(move |parsed| {
        let tried = (0..BRANCHES).flat_map(|branch| FURTHER.map(|further| (branch, further)));
        tried.flat_map(move |(branch, further)| text(&parsed, branch, further, least).into_iter().flatten())
    })
}

/// Texts that seem to match a pattern: of the first branches of its alternations, and of some lengths in characters. None where the pattern
/// cannot be read.
#[must_use]
pub fn of_lengths(pattern: &str, lengths: &[usize]) -> Vec<String> {
    let Some(parsed) = readable(pattern).and_then(|pattern| regex_syntax::parse(&pattern).ok()) else {
        return Vec::new();
    };
    let made = |branch: usize, further: u32| {
        let mut text = String::new();
        write(&parsed, branch, further, &mut text).map(|()| text)
    };
    let length = |further: u32| made(0, further).map(|text| text.chars().count());
    let of_length = |wanted: usize| {
        let (least, next) = (length(0)?, length(1)?);
        let further = wanted.checked_sub(least)?.checked_div(next.checked_sub(least)?)?;
        made(0, u32::try_from(further).ok()?)
    };
    let mut found: Vec<String> =
        (0..BRANCHES).flat_map(|branch| [made(branch, 0), made(branch, 1)]).flatten().collect();
    found.extend(lengths.iter().filter_map(|wanted| of_length(*wanted)));
    let mut known = HashSet::new();
    found.retain(|text| known.insert(text.clone()));
    found
}

/// A text that an expression matches, and the same with at least so many characters.
fn text(parsed: &Hir, branch: usize, further: u32, least: usize) -> Option<[String; 2]> {
    let mut text = String::new();
    write(parsed, branch, further, &mut text)?;
    // Behind a match that is not anchored, anything may stand.
    let missing = least.saturating_sub(text.chars().count());
    let longer = format!("{text}{}", "a".repeat(missing));
    Some([text, longer])
}

/// Appends a text that an expression matches, as far as its own place tells; `None` where it gets too long.
fn write(hir: &Hir, branch: usize, further: u32, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(sign(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            for _ in 0..repetition.min.saturating_add(further).min(most) {
                let before = text.len();
                write(&repetition.sub, branch, further, text)?;
                // What is empty stays so, however often it is repeated.
                if text.len() == before {
                    break;
                }
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, branch, further, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, branch, further, text))?,
        HirKind::Alternation(parts) => write(parts.get(branch % parts.len().max(1))?, branch, further, text)?,
    }
    Some(())
}

/// A sign of a class: a letter or digit where it has one.
fn sign(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class.iter().map(|range| (range.start(), range.end())).collect(),
        Class::Bytes(class) => class.iter().map(|range| (range.start().into(), range.end().into())).collect(),
    };
    let has = |sign: &char| ranges.iter().any(|(first, last)| (first..=last).contains(&sign));
    let usual = ('a'..='z').chain('A'..='Z').chain('1'..='9').chain(['0', '-', '_', '.', ' ']).chain('!'..='~');
    usual.into_iter().find(has).or_else(|| ranges.first().map(|(first, _)| *first))
}

#[cfg(test)]
mod tests {
    use super::of_lengths;

    #[test]
    fn texts_have_the_branches_and_the_lengths_that_are_asked_for() {
        for (pattern, lengths, texts) in [
            ("^x-", &[][..], &["x-"][..]),
            ("^[0-9]{4}$", &[], &["1111"]),
            ("^(EUR|USD)$", &[], &["EUR", "USD"]),
            ("^c_[a-z]+$", &[6], &["c_a", "c_aa", "c_aaaa"]),
            ("^a{2,}$", &[2, 4], &["aa", "aaa", "aaaa"]),
            ("(?=a)b", &[3], &[]),
            ("a)", &[3], &[]),
        ] {
            assert_eq!(of_lengths(pattern, lengths), texts, "{pattern}");
        }
    }
}
