//! A table for a pull request.

use super::counts::summary;
use super::lines::Lines;
use super::words::{change, one_line, uses};
use crate::{Audience, Finding, Verdict};

/// How many characters the text may have; GitHub refuses comments of more than 65,536.
const LONGEST: usize = 60_000;

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let title = escaped(&one_line(&lines.sources.new.root));
    let mut out = format!("### Changes of {title}\n\n{}\n", summary(findings));
    if findings.is_empty() {
        return out;
    }
    out.push_str("\n| old clients | old servers | change | where |\n|---|---|---|---|\n");
    for (index, finding) in findings.iter().enumerate() {
        let row = row(finding, lines);
        let left = findings.len() - index;
        if out.chars().count() + row.chars().count() > LONGEST {
            out.push_str(&format!("\n{left} more changes do not fit here; `diff --format human` lists them.\n"));
            break;
        }
        out.push_str(&row);
    }
    out
}

fn row(finding: &Finding, lines: &mut Lines<'_>) -> String {
    let [clients, servers] = Audience::ALL.map(|audience| match finding.verdict(audience) {
        Verdict::Fine => "–",
        Verdict::Review => "review",
        Verdict::Breaks => "**breaks**",
    });
    let change = change(finding).map(|change| format!(": {}", escaped(&change))).unwrap_or_default();
    let subject = escaped(&one_line(&finding.subject()));
    let place = lines.of(finding).map(|(place, is_new)| {
        format!("{}:{}{}", one_line(&place.file), place.line, if is_new { "" } else { " (old)" })
    });
    let place = escaped(&place.unwrap_or_default());
    let uses = escaped(&uses(finding));
    format!("| {clients} | {servers} | {subject} `{}`{change} | {place} {uses} |\n", finding.rule.id())
}

/// A text that Markdown shows as it is (`CommonMark` 0.31, section 2.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '#' | '~' | '@' | '!') {
            out.push('\\');
        }
        out.push(char);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn a_name_of_the_document_makes_no_markdown() {
        assert_eq!(escaped("a|b<img>[x](y)"), "a\\|b\\<img\\>\\[x\\](y)");
    }
}
