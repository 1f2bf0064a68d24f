//! What is said about a finding in every format.

use specie_codegen::diagnostic::plain;

use crate::version::Step;
use crate::{Audience, CodeChange, ComparedCrate, Finding, Rule, Shows, Verdict, Witness};

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
        (Some(before), Some(after)) => Some(from_to(before, after)),
    }
}

/// Two values, where they differ.
fn from_to(before: &str, after: &str) -> String {
    let (before, after) = (one_line(before), one_line(after));
    let is_short = |text: &str| text.chars().count() <= LENGTH;
    if is_short(&before) && is_short(&after) {
        return format!("{before} → {after}");
    }
    let same = before.chars().zip(after.chars()).take_while(|(one, other)| one == other).count();
    // Some words before the difference say what it belongs to.
    let skipped = same.saturating_sub(LENGTH / 4);
    let rest = |text: &str| {
        let rest: String = text.chars().skip(skipped).collect();
        format!("{}{}", if skipped > 0 { "…" } else { "" }, short(&rest))
    };
    format!("{} → {}", rest(&before), rest(&after))
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

/// How many changes of code are named; of the others there is the count.
const CODE_SHOWN: usize = 5;

/// The changes of code, the first few by name.
pub(super) fn code(finding: &Finding) -> Vec<String> {
    let mut sorted: Vec<&CodeChange> = finding.code.iter().collect();
    sorted.sort_by_key(|one| std::cmp::Reverse(one.worst()));
    let mut lines: Vec<String> = sorted.iter().take(CODE_SHOWN).map(|one| code_change(one)).collect();
    if sorted.len() > CODE_SHOWN {
        lines.push(format!("{} more items of code", sorted.len() - CODE_SHOWN));
    }
    lines
}

/// One change of code: `types::Payout.amount: i64 → String (major)`.
fn code_change(change: &CodeChange) -> String {
    let item = one_line(&change.item);
    let text = match (&change.before, &change.after) {
        (None, _) => format!("new: {item}"),
        (_, None) => format!("gone: {item}"),
        // An item of another name is named by both.
        (Some(before), Some(after)) if *before == change.item => from_to(before, after),
        (Some(before), Some(after)) => format!("{item}: {}", from_to(before, after)),
    };
    format!("{text} ({})", change.worst().as_str())
}

/// How generated code keeps the names that it had; `None` where no name of it changed.
pub(super) fn help(finding: &Finding) -> Option<&'static str> {
    let is_renamed = |one: &CodeChange| one.before.as_ref() == Some(&one.item) && one.after.is_some();
    (finding.rule == Rule::CodeChanged && finding.code.iter().any(is_renamed))
        .then_some("help: `x-specie-name` gives generated code the name that it had")
}

/// What a reader would not see: that the wire or the compiler says nothing.
pub(super) fn shows(finding: &Finding) -> Option<&'static str> {
    let is_open = Audience::WIRE.into_iter().any(|audience| finding.verdict(audience) == Verdict::Review);
    match finding.shows() {
        Shows::InCodeAlone if is_open => Some("Code does not compile; what it means on the wire is to be reviewed."),
        Shows::OnTheWireAlone => Some("It breaks the wire, and all code compiles: the compiler says nothing."),
        Shows::InCodeAlone if finding.rule == Rule::OperationIdReassigned => {
            Some("Code compiles and calls another operation: the compiler says nothing.")
        }
        Shows::InCodeAlone => Some("Code does not compile, and the wire is the same."),
        Shows::OnBoth | Shows::Nowhere => None,
    }
}

/// The payload that proves a break, or that there is none.
pub(super) fn witness(witness: &Witness) -> Option<String> {
    match witness {
        Witness::Value { json, is_old: true } => Some(format!("valid before and not any more: {}", short(json))),
        Witness::Value { json, is_old: false } => Some(format!("valid now and not before: {}", short(json))),
        Witness::Stated => None,
        Witness::NotProven => {
            Some("not proven: no value was found that one document allows and the other one does not".to_owned())
        }
    }
}

/// Audiences in a row.
pub(super) fn names(audiences: &[Audience]) -> String {
    audiences.iter().map(|one| one.words()).collect::<Vec<_>>().join(", ")
}

/// Which version the crate needs; as a number where its version is known.
pub(super) fn version(findings: &[&Finding], krate: Option<ComparedCrate<'_>>) -> Option<String> {
    let krate = krate?;
    let step = Step::of(findings);
    let numbers = krate.version.and_then(|last| Some((last, step.after(last)?)));
    let (kind, of_zero) = match step {
        Step::Major => ("a major version", " (of 0.x, the next minor one)"),
        Step::Minor => ("a minor version", " (of 0.x, the next patch)"),
        Step::Patch => ("a patch, as nothing that code names is another one", ""),
        Step::None => ("no other version", ""),
    };
    let number = numbers.map_or_else(|| of_zero.to_owned(), |(last, next)| format!(": {last} → {next}"));
    Some(format!("crate {} needs {kind}{number}", one_line(krate.name)))
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

#[cfg(test)]
mod tests {
    use super::from_to;

    #[test]
    fn long_values_are_shown_where_they_differ() {
        let long = |end: &str| format!("{}{end}", "the same words, ".repeat(8));
        let shown = from_to(&long("and one"), &long("and another"));
        assert_eq!(shown, "…the same words, and one → …the same words, and another");
        assert_eq!(from_to("1", "2"), "1 → 2");
    }
}
