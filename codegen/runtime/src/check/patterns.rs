//! Regular expressions, each compiled once.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use regex_lite::Regex;

static COMPILED: Mutex<BTreeMap<&'static str, Option<Regex>>> = Mutex::new(BTreeMap::new());

/// Whether a part of a text matches. Matching takes time linear in the text. An expression that is none matches everything: the generator
/// lets none through.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    let found = compiled.entry(pattern).or_insert_with(|| Regex::new(pattern).ok()).clone();
    drop(compiled);
    found.is_none_or(|regex| regex.is_match(text))
}
