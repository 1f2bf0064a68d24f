//! Changes that are let pass, each with a reason.

use crate::finding::Allowed;
use crate::{Audience, Finding, Rule, Verdict};

/// Lets one change pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The kind of change.
    pub rule: Rule,
    /// Where the change is.
    pub place: SuppressedPlace,
    /// What was changed within the place, such as the name of a property; `None`: whatever it is.
    pub about: Option<String>,
    /// For whom it is let pass.
    pub audiences: Vec<Audience>,
    /// Why, in the words of whoever lets it pass.
    pub reason: String,
}

/// Where a change is that is let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuppressedPlace {
    /// In one operation alone, by its method and path or the name of a webhook: `POST /payouts`, `webhook paid`.
    Operation(String),
    /// In a component.
    Schema(String),
    /// Neither in an operation nor in a component, such as of the title.
    Document,
}

impl Suppression {
    /// Whether it lets a finding pass for some audience that the finding breaks.
    fn fits(&self, finding: &Finding) -> bool {
        let is_there = match &self.place {
            SuppressedPlace::Schema(name) => finding.schema.as_ref() == Some(name),
            SuppressedPlace::Operation(name) => {
                !finding.uses.is_empty() && finding.uses.iter().all(|used| used.operation == *name)
            }
            SuppressedPlace::Document => finding.schema.is_none() && finding.uses.is_empty(),
        };
        let is_about = self.about.as_ref().is_none_or(|about| finding.about == *about);
        let breaks = self.audiences.iter().any(|one| finding.verdict(*one) == Verdict::Breaks);
        self.rule == finding.rule && is_there && is_about && breaks
    }
}

/// Lets findings pass; returns the places of the suppressions that fit none.
pub fn suppress(findings: &mut [Finding], suppressions: &[Suppression]) -> Vec<usize> {
    let mut unused = Vec::new();
    for (index, suppression) in suppressions.iter().enumerate() {
        let mut is_used = false;
        for finding in findings.iter_mut().filter(|finding| suppression.fits(finding)) {
            is_used = true;
            let known = finding.allowed.get_or_insert_with(|| Allowed { audiences: Vec::new(), reason: String::new() });
            for audience in &suppression.audiences {
                if !known.audiences.contains(audience) {
                    known.audiences.push(*audience);
                }
            }
            if !known.reason.is_empty() {
                known.reason.push_str("; ");
            }
            known.reason.push_str(&suppression.reason);
        }
        if !is_used {
            unused.push(index);
        }
    }
    unused
}
