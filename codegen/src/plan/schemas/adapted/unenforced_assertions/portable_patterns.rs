//! Regular expressions that mean the same in ECMA-262 and to the runtime.
//!
//! They are compiled with `regex-lite`, as the runtime does it, so that none reaches it which it refuses. What the generator itself matches
//! is read by [`crate::patterns`].

use std::iter::Peekable;
use std::str::Chars;

use regex_lite::RegexBuilder;

/// How many bytes a compiled expression takes at most. Matching takes time linear in its size and in the text.
const SIZE: usize = 256 * 1024;

/// How many bytes an expression has at most.
const LENGTH: usize = 1_000;

/// Whether the runtime finds the same with an expression as ECMA-262 does. Left out is what it has no word for, such as looking around, and
/// what it has another meaning for, such as `\s`, which is ASCII there. A dot matches a carriage return as well.
pub(super) fn is_portable(pattern: &str) -> bool {
    let mut rest = pattern.chars().peekable();
    let mut in_class = false;
    if pattern.len() > LENGTH {
        return false;
    }
    while let Some(character) = rest.next() {
        let is_known = match (character, in_class) {
            ('\\', _) => is_escape(rest.next(), in_class),
            ('[', true) => rest.peek() != Some(&':'),
            ('&' | '~' | '-', true) => rest.peek() != Some(&character),
            ('(', false) => is_group(&rest),
            _ => true,
        };
        if !is_known {
            return false;
        }
        in_class = match character {
            '[' => true,
            ']' => false,
            _ => in_class,
        };
    }
    RegexBuilder::new(pattern).size_limit(SIZE).build().is_ok()
}

fn is_escape(escaped: Option<char>, in_class: bool) -> bool {
    escaped.is_some_and(|escaped| match escaped {
        'd' | 'D' | 'w' | 'W' | 't' | 'n' | 'r' | 'f' | 'v' | 'x' | 'u' => true,
        'b' | 'B' => !in_class,
        other => other.is_ascii_punctuation(),
    })
}

/// Whether what stands behind the bracket is a group like any other, captured or not.
fn is_group(rest: &Peekable<Chars<'_>>) -> bool {
    let mut rest = rest.clone();
    rest.next() != Some('?') || rest.next() == Some(':')
}

#[cfg(test)]
mod tests {
    use super::is_portable;

    #[test]
    fn what_means_the_same_is_taken() {
        for pattern in [
            "^p_",
            r"^[a-z]\w*$",
            "_id$",
            r"\/\.",
            "^(?:a|b){1,3}$",
            "[A-Za-z0-9_.-]+",
            "[&~]",
            r"^\u0041\x7A\b",
            r"[\]:]",
            "",
        ] {
            assert!(is_portable(pattern), "{pattern}");
        }
        for pattern in [
            r"\s",
            "(?=a)",
            "(?<!a)b",
            "(?<name>a)",
            "(?i)a",
            r"(a)\1",
            r"\p{L}",
            r"[\b]",
            "[[:alpha:]]",
            "[a&&b]",
            "(",
            "(?:.{1,9999}b){9}",
        ] {
            assert!(!is_portable(pattern), "{pattern}");
        }
    }
}
