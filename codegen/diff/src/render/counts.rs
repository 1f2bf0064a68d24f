//! How many findings there are of each kind.

use crate::{Audience, Finding, Verdict};

/// One line: how many changes there are, and whom they break.
pub(super) fn summary(findings: &[&Finding], has_code: bool) -> String {
    if findings.is_empty() {
        return "no changes".to_owned();
    }
    let count = |test: &dyn Fn(&Finding) -> bool| findings.iter().filter(|finding| test(finding)).count();
    let breaks = |audience: Audience| count(&|finding| finding.verdict(audience) == Verdict::Breaks);
    let review = count(&|finding| finding.worst() == Verdict::Review);
    let all = if findings.len() == 1 { "1 change".to_owned() } else { format!("{} changes", findings.len()) };
    let audiences = if has_code { &Audience::ALL[..] } else { &Audience::WIRE[..] };
    let broken: Vec<String> =
        audiences.iter().map(|audience| format!("{} {}", audience.words(), broken(breaks(*audience)))).collect();
    format!("{all}: {}, {review} to review", broken.join(", "))
}

fn broken(count: usize) -> String {
    match count {
        0 => "unbroken".to_owned(),
        1 => "broken by 1".to_owned(),
        several => format!("broken by {several}"),
    }
}
