//! What is said about a finding in every format.

use specie_codegen::diagnostic::plain;

use crate::Finding;

/// How many uses of a change are named; of the others there is the count.
const SHOWN: usize = 3;

/// How many characters of a value are shown.
const LENGTH: usize = 80;

/// What changed: `minimum 1 → 2`.
pub(super) fn change(finding: &Finding) -> Option<String> {
    match (&finding.before, &finding.after) {
        (None, None) => None,
        (Some(before), None) => Some(format!("was {}", short(before))),
        (None, Some(after)) => Some(format!("is {}", short(after))),
        (Some(before), Some(after)) => Some(format!("{} → {}", short(before), short(after))),
    }
}

/// The places that it reaches, the first few by name.
pub(super) fn uses(finding: &Finding) -> String {
    let named = finding.uses.iter().take(SHOWN);
    let mut text: Vec<String> = named
        .map(
            |one| if one.place.is_empty() { one.operation.clone() } else { format!("{} {}", one.operation, one.place) },
        )
        .collect();
    if finding.uses.len() > SHOWN {
        text.push(format!("{} more", finding.uses.len() - SHOWN));
    }
    one_line(&text.join("; "))
}

fn short(value: &str) -> String {
    let value = one_line(value);
    if value.chars().count() <= LENGTH {
        return value;
    }
    let start: String = value.chars().take(LENGTH).collect();
    format!("{start}…")
}

/// A text of the document, on one line and without what moves a cursor.
pub(super) fn one_line(text: &str) -> String {
    plain(text.replace(['\n', '\r'], " "))
}
