//! Keys that stand twice in one object.

use std::collections::HashMap;

use super::node::{Key, Node};
use crate::diagnostic::{Code, Diagnostics, quoted};

/// Reports the keys that an object repeats.
pub(super) fn check_duplicate_keys(entries: &[(Key, Node)], diagnostics: &mut Diagnostics) {
    if entries.len() <= 8 {
        for (at, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..at].iter().find(|(first, _)| first.text() == key.text()) {
                report_duplicate(first, key, diagnostics);
            }
        }
        return;
    }
    let mut seen = HashMap::with_capacity(entries.len());
    for (key, _) in entries {
        if let Some(first) = seen.insert(key.text(), key) {
            report_duplicate(first, key, diagnostics);
        }
    }
}

fn report_duplicate(first: &Key, again: &Key, diagnostics: &mut Diagnostics) {
    let key = quoted(again.text());
    diagnostics
        .error(Code::DuplicateKey, format!("{key} stands twice in one object"), again.span)
        .mark("again here")
        .label(first.span, "first here")
        .help("keep one of the two, or rename one");
}
