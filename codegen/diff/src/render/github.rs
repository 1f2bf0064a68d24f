//! Workflow commands, which GitHub shows as annotations of a pull request.

use super::finding_texts::{change, names, one_line, version};
use super::lines::Lines;
use crate::{Audience, Finding};

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let version = version(findings, lines.sources.krate).filter(|_| !findings.is_empty());
    let version = version.map(|version| format!("::notice title=crate-version::{}\n", data(&version)));
    let has_code = lines.sources.krate.is_some();
    findings.iter().filter_map(|finding| annotation(finding, has_code, lines)).chain(version).collect()
}

/// The annotation of a change that breaks an audience or is to be reviewed for one; what is let pass makes none.
fn annotation(finding: &Finding, has_code: bool, lines: &mut Lines<'_>) -> Option<String> {
    let audiences = if has_code { &Audience::ALL[..] } else { &Audience::WIRE[..] };
    let those = |test: &dyn Fn(Audience) -> bool| -> Vec<Audience> {
        audiences.iter().copied().filter(|audience| test(*audience)).collect()
    };
    let broken = those(&|audience| finding.breaks(audience));
    let open = those(&|audience| finding.is_to_review(audience));
    let command = if broken.contains(&Audience::OldClients) {
        "error"
    } else if open.contains(&Audience::OldClients) {
        "warning"
    } else if broken.is_empty() && open.is_empty() {
        return None;
    } else {
        "notice"
    };
    let said = |what: &str, audiences: &[Audience]| {
        if audiences.is_empty() { String::new() } else { format!(" {what} {}.", names(audiences)) }
    };
    let for_whom = said("Breaks", &broken) + &said("To be reviewed for", &open);
    let place = lines.of(finding).map(|(place, is_new)| {
        // A pull request shows the lines of the new text alone.
        let line = if is_new { format!("line={},col={},", place.line, place.column) } else { String::new() };
        format!("file={},{line}", property(&place.file))
    });
    let change = change(finding).map(|change| format!(" ({change})")).unwrap_or_default();
    let text = format!("{}{change}: {}{for_whom}", one_line(&finding.subject()), finding.rule.explanation());
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
