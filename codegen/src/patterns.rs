//! Regular expressions of ECMA-262, as far as a linear matcher has them: no lookaround, no references back.
//!
//! The generator matches texts of a document by these alone. It reads them with `regex`, which knows the classes of Unicode and by which
//! sample texts are made. The runtime matches with `regex-lite`, which is a fraction of its size and knows less: whether an expression
//! means the same to it is asked where assertions are lowered.

use std::cell::RefCell;
use std::collections::HashMap;

use regex::{Regex, RegexBuilder};

/// The most memory that a compiled pattern may take, in bytes.
const LARGEST: usize = 1 << 20;

/// How many patterns a thread keeps compiled.
const KEPT: usize = 64;

thread_local! {
    /// Compiling takes far longer than matching, and a document has one pattern in many places.
    static COMPILED: RefCell<HashMap<String, Option<Pattern>>> = RefCell::default();
}

/// A pattern that can be matched in linear time.
#[derive(Clone)]
pub(crate) struct Pattern(Regex);

impl Pattern {
    /// Reads a pattern; `None` where it cannot be told what it matches.
    pub(crate) fn read(pattern: &str) -> Option<Self> {
        COMPILED.with_borrow_mut(|compiled| {
            if let Some(known) = compiled.get(pattern) {
                return known.clone();
            }
            if compiled.len() == KEPT {
                compiled.clear();
            }
            compiled.entry(pattern.to_owned()).or_insert_with(|| Self::compiled(pattern)).clone()
        })
    }

    fn compiled(pattern: &str) -> Option<Self> {
        RegexBuilder::new(&readable(pattern)?).size_limit(LARGEST).dfa_size_limit(LARGEST).build().ok().map(Self)
    }

    /// Whether some part of a text matches.
    pub(crate) fn matches(&self, text: &str) -> bool {
        self.0.is_match(text)
    }
}

/// A pattern in the words of the `regex` crate: classes of ASCII as ECMA-262 has them, and signs that are plain there escaped.
///
/// `None` where the two differ in a way that is not rewritten.
pub(crate) fn readable(pattern: &str) -> Option<String> {
    let mut text = String::with_capacity(pattern.len());
    let mut signs = pattern.chars().peekable();
    let mut in_class = false;
    while let Some(sign) = signs.next() {
        match sign {
            '\\' => escape(signs.next()?, in_class, &mut text)?,
            '[' if !in_class => {
                in_class = true;
                text.push('[');
                if signs.next_if_eq(&'^').is_some() {
                    text.push('^');
                }
                // An empty class, which matches nothing or everything, is no class to `regex`.
                if signs.peek() == Some(&']') {
                    return None;
                }
            }
            '[' | '&' | '~' if in_class => {
                text.push('\\');
                text.push(sign);
            }
            ']' if in_class => {
                in_class = false;
                text.push(']');
            }
            // What begins a group with another meaning is left to the reader, which refuses what it does not know.
            other => text.push(other),
        }
    }
    Some(text)
}

fn escape(sign: char, in_class: bool, text: &mut String) -> Option<()> {
    let class = match sign {
        'd' => "0-9",
        'w' => "0-9A-Za-z_",
        'D' if !in_class => "^0-9",
        'W' if !in_class => "^0-9A-Za-z_",
        // Negated classes within a class, and control letters.
        'D' | 'W' | 'c' | 'k' => return None,
        'b' if in_class => return None,
        other => {
            let is_word = other.is_ascii_alphanumeric();
            if is_word || other.is_ascii() {
                text.push('\\');
            }
            text.push(other);
            return Some(());
        }
    };
    if in_class {
        text.push_str(class);
    } else {
        text.push('[');
        text.push_str(class);
        text.push(']');
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn patterns_mean_what_they_mean_in_ecma_262() {
        let matches = |pattern: &str, text: &str| Pattern::read(pattern).map(|pattern| pattern.matches(text));
        assert_eq!(matches(r"^\d+$", "12"), Some(true));
        assert_eq!(matches(r"^\d+$", "\u{661}"), Some(false), "digits are those of ASCII");
        assert_eq!(matches(r"^[\w.-]+$", "a-b.c"), Some(true));
        assert_eq!(matches("^[a&&b~~[]+$", "&~[a"), Some(true));
        assert_eq!(matches(r"^https:\/\/", "https://x"), Some(true));
        assert_eq!(matches("^a", "ba"), Some(false));
        assert_eq!(matches("a", "bab"), Some(true));
        for unread in ["(?=a)b", r"(a)\1", "[", "a{2,1}", r"[^\D]", "[]"] {
            assert_eq!(matches(unread, "b"), None, "{unread}");
        }
    }
}
