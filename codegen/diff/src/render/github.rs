//! Workflow commands, which GitHub shows as annotations of a pull request.

use super::lines::Lines;
use super::words::{change, one_line, version};
use crate::{Audience, Finding, Verdict};

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let version = version(findings, lines.sources.krate).filter(|_| !findings.is_empty());
    let version = version.map(|version| format!("::notice title=crate-version::{}\n", data(&version)));
    findings.iter().filter_map(|finding| annotation(finding, lines)).chain(version).collect()
}

/// The annotation of a change that breaks an audience or is to be reviewed for old clients; what is let pass makes none.
fn annotation(finding: &Finding, lines: &mut Lines<'_>) -> Option<String> {
    let breaks = |audience: &Audience| finding.breaks(*audience);
    let command = match finding.verdict(Audience::OldClients) {
        Verdict::Breaks if breaks(&Audience::OldClients) => "error",
        Verdict::Review if finding.is_to_review(Audience::OldClients) => "warning",
        _ if Audience::ALL.iter().any(breaks) => "notice",
        _ => return None,
    };
    let place = lines.of(finding).map(|(place, is_new)| {
        // A pull request shows the lines of the new text alone.
        let line = if is_new { format!("line={},col={},", place.line, place.column) } else { String::new() };
        format!("file={},{line}", property(&place.file))
    });
    let change = change(finding).map(|change| format!(" ({change})")).unwrap_or_default();
    let text = format!("{}{change}: {}", one_line(&finding.subject()), finding.rule.explanation());
    Some(format!("::{command} {}title={}::{}\n", place.unwrap_or_default(), finding.rule.id(), data(&text)))
}

/// The text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// A property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
