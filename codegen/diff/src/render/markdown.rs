//! A table for a pull request.

use std::fmt::Write as _;

use super::counts::summary;
use super::finding_texts::{change, code, names, one_line, shows, uses, version, witness};
use super::lines::Lines;
use crate::{Audience, Finding, Needs, Verdict};

/// How many characters the text may have; GitHub refuses comments of more than 65,536.
const LONGEST: usize = 60_000;

pub(super) fn render(findings: &[&Finding], lines: &mut Lines<'_>) -> String {
    let title = escaped(&one_line(&lines.sources.new.root));
    let krate = lines.sources.krate;
    let since = lines.sources.revision.map(|name| format!(" since {}", escaped(&one_line(name)))).unwrap_or_default();
    let mut out = format!("### Changes of {title}{since}\n\n{}\n", summary(findings, krate.is_some()));
    if let Some(version) = version(findings, krate) {
        // Writing to a `String` cannot fail.
        let _ = writeln!(out, "\n{}", escaped(&version));
    }
    if findings.is_empty() {
        return out;
    }
    // A table that follows a text directly would be a part of its paragraph.
    out.push('\n');
    let audiences = if krate.is_some() { &Audience::ALL[..] } else { &Audience::WIRE[..] };
    for audience in audiences {
        let _ = write!(out, "| {} ", audience.words());
    }
    let _ = writeln!(out, "| change | where |\n|{}", "---|".repeat(audiences.len() + 2));
    for (index, finding) in findings.iter().enumerate() {
        let row = row(finding, audiences, lines);
        let left = findings.len() - index;
        if out.chars().count() + row.chars().count() > LONGEST {
            let _ = writeln!(out, "\n{left} more changes do not fit here; `diff --format human` lists them.");
            break;
        }
        out.push_str(&row);
    }
    out
}

fn row(finding: &Finding, audiences: &[Audience], lines: &mut Lines<'_>) -> String {
    let verdicts: Vec<String> = audiences.iter().map(|audience| verdict(finding, *audience)).collect();
    let verdicts = verdicts.join(" | ");
    let change = change(finding).map(|change| format!(": {}", escaped(&change))).unwrap_or_default();
    let subject = escaped(&one_line(&finding.subject()));
    let place = lines.of(finding).map(|(place, is_new)| {
        format!("{}:{}{}", one_line(&place.file), place.line, if is_new { "" } else { " (old)" })
    });
    let place = escaped(&place.unwrap_or_default());
    let uses = escaped(&uses(finding));
    let shown = shows(finding).filter(|_| lines.sources.krate.is_some()).map(str::to_owned);
    let notes = shown.into_iter().chain(finding.witness.as_ref().and_then(witness)).chain(code(finding));
    let notes: Vec<String> = notes.map(|note| escaped(&note)).collect();
    let notes = if notes.is_empty() { String::new() } else { format!("<br>{}", notes.join("<br>")) };
    let allowed = finding.allowed.as_ref().map(|allowed| {
        format!("<br>let pass for {}: {}", names(&allowed.audiences), escaped(&one_line(&allowed.reason)))
    });
    let allowed = allowed.unwrap_or_default();
    format!("| {verdicts} | {subject} `{}`{change}{notes}{allowed} | {place} {uses} |\n", finding.rule.id())
}

fn verdict(finding: &Finding, audience: Audience) -> String {
    match finding.verdict(audience) {
        Verdict::Breaks | Verdict::Review if finding.is_let_pass(audience) => "let pass".to_owned(),
        Verdict::Breaks => "**breaks**".to_owned(),
        Verdict::Review => "review".to_owned(),
        Verdict::Fine if finding.needs(audience) == Needs::Minor => "minor".to_owned(),
        Verdict::Fine => "–".to_owned(),
    }
}

/// A text that Markdown shows as it is (`CommonMark` 0.31, section 2.4), and that GitHub makes no link, mention, reference, emoji or formula of.
///
/// GitHub looks for these in what Markdown makes of the text, so that a backslash does not help; it finds none that an element divides.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(char) = chars.next() {
        let is_divided = match char {
            '@' | '#' | '$' => true,
            ':' => chars.peek().is_some_and(|next| !next.is_whitespace()),
            '.' => out.get(out.len().saturating_sub(3)..).is_some_and(|end| end.eq_ignore_ascii_case("www")),
            _ => false,
        };
        if is_divided {
            out.push_str("<span>");
            out.push(char);
            out.push_str("</span>");
            continue;
        }
        if matches!(char, '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '!') {
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

    #[test]
    fn a_name_of_the_document_makes_no_link_mention_reference_or_formula() {
        for (text, expected) in [
            ("https://example.com", "https<span>:</span>//example.com"),
            ("WWW.example.com", "WWW<span>.</span>example.com"),
            ("a@example.com", "a<span>@</span>example.com"),
            ("@team", "<span>@</span>team"),
            ("owner/repository#1", "owner/repository<span>#</span>1"),
            ("$x^2$", "<span>$</span>x^2<span>$</span>"),
            (":tada:", "<span>:</span>tada:"),
            ("was: 1.5", "was: 1.5"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }
}
