//! How many findings there are of each kind.

use crate::{Audience, Finding, Verdict};

/// One line: how many changes there are, whom they break, and for whom a person has to judge them.
pub(super) fn summary(findings: &[&Finding], has_code: bool) -> String {
    if findings.is_empty() {
        return "no changes".to_owned();
    }
    let count = |test: &dyn Fn(&Finding) -> bool| findings.iter().filter(|finding| test(finding)).count();
    let breaks = |audience: Audience| count(&|finding| finding.verdict(audience) == Verdict::Breaks);
    let to_review = |audience: Audience| count(&|finding| finding.verdict(audience) == Verdict::Review);
    let all = if findings.len() == 1 { "1 change".to_owned() } else { format!("{} changes", findings.len()) };
    let audiences = if has_code { &Audience::ALL[..] } else { &Audience::WIRE[..] };
    let broken: Vec<String> =
        audiences.iter().map(|audience| format!("{} {}", audience.words(), broken(breaks(*audience)))).collect();
    let review: Vec<String> = audiences.iter().filter_map(|audience| review(*audience, to_review(*audience))).collect();
    let review = if review.is_empty() { "0 to review".to_owned() } else { review.join(", ") };
    format!("{all}: {}, {review}", broken.join(", "))
}

/// How many changes are to be reviewed for an audience, where any is.
fn review(audience: Audience, count: usize) -> Option<String> {
    (count > 0).then(|| format!("{count} to review for {}", audience.words()))
}

fn broken(count: usize) -> String {
    match count {
        0 => "unbroken".to_owned(),
        1 => "broken by 1".to_owned(),
        several => format!("broken by {several}"),
    }
}
