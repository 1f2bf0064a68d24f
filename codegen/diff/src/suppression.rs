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
    /// Where in the operation or the component, as the end of every place that the change reaches: `.amount`, `query parameter page`; `None`:
    /// wherever it is.
    pub at: Option<String>,
    /// What the old document says; `None`: whatever it is.
    pub before: Option<String>,
    /// What the new document says; `None`: whatever it is.
    pub after: Option<String>,
    /// For whom it is let pass.
    pub audiences: Vec<Audience>,
    /// Why, in the words of whoever lets it pass.
    pub reason: String,
}

/// Where a change is that is let pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SuppressedPlace {
    /// In these operations and no other one, each by its method and path or the name of a webhook: `POST /payouts`, `webhook paid`. What
    /// several operations share outside of the schemas, such as a header of `components`, is one change of all of them.
    Operations(Vec<String>),
    /// In a component.
    Schema(String),
    /// Neither in an operation nor in a component, such as of the title.
    Document,
}

impl Suppression {
    /// Whether it lets a finding pass for some audience that the finding breaks, or that it is to be reviewed for.
    #[must_use]
    pub fn fits(&self, finding: &Finding) -> bool {
        let is_there = match &self.place {
            SuppressedPlace::Schema(name) => finding.schema.as_ref() == Some(name),
            SuppressedPlace::Operations(names) => {
                !finding.uses.is_empty() && finding.uses.iter().all(|used| names.contains(&used.operation))
            }
            SuppressedPlace::Document => finding.schema.is_none() && finding.uses.is_empty(),
        };
        let at = |end: &String| !finding.uses.is_empty() && finding.uses.iter().all(|used| ends(&used.place, end));
        let is_at = self.at.as_ref().is_none_or(at);
        let is_about = self.about.as_ref().is_none_or(|about| finding.about == *about);
        let is = |wanted: &Option<String>, value: &Option<String>| wanted.is_none() || wanted == value;
        let values = is(&self.before, &finding.before) && is(&self.after, &finding.after);
        let matters = self.audiences.iter().any(|one| finding.verdict(*one) != Verdict::Fine);
        self.rule == finding.rule && is_there && is_at && is_about && values && matters
    }
}

/// Whether a place ends with some of its steps.
fn ends(place: &str, steps: &str) -> bool {
    let is_step = |before: &str| before.is_empty() || before.ends_with(' ') || steps.starts_with(['.', '[', '<']);
    place.strip_suffix(steps).is_some_and(is_step)
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
