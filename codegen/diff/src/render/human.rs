//! A list for a terminal.

use std::fmt::Write as _;

use super::counts::summary;
use super::finding_texts::{change, code, help, names, one_line, shows, uses, version, witness};
use super::lines::Lines;
use crate::{Audience, Finding, Verdict};

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let (old, new) = (&lines.sources.old.root, &lines.sources.new.root);
    let revision = lines.sources.revision.map(|name| format!(" at {}", one_line(name))).unwrap_or_default();
    let old = format!("{}{revision}", one_line(old));
    let mut out = format!("{old} → {}\n{}\n", one_line(new), summary(findings, lines.sources.krate.is_some()));
    for finding in findings {
        let _ = writeln!(out, "\n{}  {}  {}", word(finding.worst()), finding.rule.id(), one_line(&finding.subject()));
        if let Some(change) = change(finding) {
            let _ = writeln!(out, "        {change}");
        }
        let _ = writeln!(out, "        {}", finding.rule.explanation());
        let _ = writeln!(out, "        {}", verdicts(finding, lines.sources.krate.is_some()).join(", "));
        if let Some(note) = shows(finding).filter(|_| lines.sources.krate.is_some()) {
            let _ = writeln!(out, "        {note}");
        }
        if let Some((place, is_new)) = lines.of(finding) {
            let note = if is_new { "" } else { " (old)" };
            let _ = writeln!(out, "        at {}:{}:{}{note}", one_line(&place.file), place.line, place.column);
        }
        if !finding.uses.is_empty() {
            let _ = writeln!(out, "        in {}", uses(finding));
        }
        if let Some(witness) = finding.witness.as_ref().and_then(witness) {
            let _ = writeln!(out, "        {witness}");
        }
        for line in code(finding) {
            let _ = writeln!(out, "        {line}");
        }
        if let Some(help) = help(finding).filter(|_| finding.worst() == Verdict::Breaks) {
            let _ = writeln!(out, "        {help}");
        }
        if let Some(allowed) = &finding.allowed {
            let _ = writeln!(out, "        let pass for {}: {}", names(&allowed.audiences), one_line(&allowed.reason));
        }
    }
    if let Some(version) = version(findings, lines.sources.krate) {
        let _ = writeln!(out, "\n{version}");
    }
    out
}

/// What the finding means for each audience.
fn verdicts(finding: &Finding, has_code: bool) -> Vec<String> {
    let wire = Audience::WIRE.map(|one| format!("{}: {}", one.words(), finding.verdict(one).as_str()));
    let code = Audience::CODE.map(|one| format!("{}: {}", one.words(), finding.needs(one).as_str()));
    wire.into_iter().chain(code.into_iter().filter(|_| has_code)).collect()
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fine => "FINE  ",
        Verdict::Review => "REVIEW",
        Verdict::Breaks => "BREAKS",
    }
}
