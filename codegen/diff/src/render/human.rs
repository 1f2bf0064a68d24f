//! A list for a terminal.

use std::fmt::Write as _;

use super::counts::summary;
use super::lines::Lines;
use super::words::{change, one_line, uses};
use crate::{Audience, Finding, Verdict};

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let (old, new) = (&lines.sources.old.root, &lines.sources.new.root);
    let mut out = format!("{} → {}\n{}\n", one_line(old), one_line(new), summary(findings));
    for finding in findings {
        let _ = writeln!(out, "\n{}  {}  {}", word(finding.worst()), finding.rule.id(), one_line(&finding.subject()));
        if let Some(change) = change(finding) {
            let _ = writeln!(out, "        {change}");
        }
        let _ = writeln!(out, "        {}", finding.rule.explanation());
        let verdicts =
            Audience::ALL.map(|audience| format!("{} {}", words(audience), finding.verdict(audience).as_str()));
        let _ = writeln!(out, "        {}", verdicts.join(", "));
        if let Some((place, is_new)) = lines.of(finding) {
            let note = if is_new { "" } else { " (old)" };
            let _ = writeln!(out, "        at {}:{}:{}{note}", one_line(&place.file), place.line, place.column);
        }
        let _ = writeln!(out, "        in {}", uses(finding));
    }
    out
}

const fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Fine => "FINE  ",
        Verdict::Review => "REVIEW",
        Verdict::Breaks => "BREAKS",
    }
}

const fn words(audience: Audience) -> &'static str {
    match audience {
        Audience::OldClients => "old clients:",
        Audience::OldServers => "old servers:",
    }
}
