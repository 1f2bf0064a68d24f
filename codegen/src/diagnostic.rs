//! What is wrong with a document, where, and what to do about it.
//!
//! Every stage returns [`Diagnostics`] with all the problems that it finds. A [`Diagnostic`] knows byte ranges only;
//! lines and columns are looked up when a [`diagnostic_formats`](crate::diagnostic_formats) is printed.

mod code;
mod quoting;
mod suggest;

pub use code::{Code, explain};
pub use quoting::{plain, quoted};
pub(crate) use suggest::closest;

use std::collections::HashMap;

use crate::source::Span;

/// The most errors and the most warnings of one code that are kept; a document that is wrong in more places is wrong in one way, many
/// times. Each code has room of its own, so that none crowds out another.
const LIMIT: usize = 1_000;

/// Whether a document can be generated from in spite of the problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The document has no single meaning at this place.
    Error,
    /// The meaning is plain, but the place violates the specification or is suspect.
    Warning,
}

impl Severity {
    /// The word that listings print.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A marked place and a text about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// What is marked.
    pub span: Span,
    /// The text beside the marker; may be empty.
    pub text: String,
}

/// One problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of problem.
    pub code: Code,
    /// Whether it stops the generator.
    pub severity: Severity,
    /// One line that says what is wrong.
    pub message: String,
    /// The place at fault.
    pub fault: Label,
    /// The places that it disagrees with.
    pub others: Vec<Label>,
    /// The change to make.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A problem of the given severity at a place.
    #[must_use]
    pub fn new(code: Code, severity: Severity, message: impl Into<String>, span: Span) -> Self {
        Self {
            code,
            severity,
            message: quoting::plain(message),
            fault: Label { span, text: String::new() },
            others: Vec::new(),
            help: None,
        }
    }

    /// Sets the text beside the marker of the place at fault.
    pub fn mark(&mut self, text: impl Into<String>) -> &mut Self {
        self.fault.text = quoting::plain(text);
        self
    }

    /// Sets the change to make as help, and as the text beside the marker.
    pub fn suggest(&mut self, text: impl Into<String>) -> &mut Self {
        let text = text.into();
        self.mark(text.clone()).help(text)
    }

    /// Marks another place that the first one disagrees with.
    pub fn label(&mut self, span: Span, text: impl Into<String>) -> &mut Self {
        self.others.push(Label { span, text: quoting::plain(text) });
        self
    }

    /// Sets the change to make.
    pub fn help(&mut self, text: impl Into<String>) -> &mut Self {
        self.help = Some(quoting::plain(text));
        self
    }

    /// The place at fault.
    #[must_use]
    pub const fn span(&self) -> Span {
        self.fault.span
    }

    /// The places concerned, the one at fault first.
    pub fn labels(&self) -> impl Iterator<Item = &Label> {
        std::iter::once(&self.fault).chain(&self.others)
    }
}

/// A warning that the document allows, with a reason, at a place and below (`x-specie-allow`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The warning.
    pub code: Code,
    /// The key and the value within which it is allowed.
    pub span: Span,
    /// Where the code stands in the document.
    pub code_span: Span,
}

/// Every problem found so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    errors: usize,
    /// How many problems of each kind are kept, and how many more there are.
    kept: HashMap<(Severity, Code), usize>,
    omitted: HashMap<(Severity, Code), usize>,
    /// The last problem that was counted and not kept.
    spare: Option<Diagnostic>,
    /// The warnings that the document allows.
    allowances: Vec<Allowance>,
}

/// All problems of several passes, in their order.
impl FromIterator<Self> for Diagnostics {
    fn from_iter<I: IntoIterator<Item = Self>>(passes: I) -> Self {
        let mut all = Self::new();
        passes.into_iter().for_each(|pass| all.extend(pass));
        all
    }
}

impl Diagnostics {
    /// No problems.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a problem; its label, help and further labels can be added to what is returned.
    pub fn push(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let kind = (diagnostic.severity, diagnostic.code);
        self.errors += usize::from(diagnostic.severity == Severity::Error);
        let kept = self.kept.entry(kind).or_default();
        if *kept == LIMIT {
            *self.omitted.entry(kind).or_default() += 1;
            return self.spare.insert(diagnostic);
        }
        *kept += 1;
        let index = self.found.len();
        self.found.push(diagnostic);
        &mut self.found[index]
    }

    /// Adds an error.
    pub fn error(&mut self, code: Code, message: impl Into<String>, span: Span) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, Severity::Error, message, span))
    }

    /// Adds a warning.
    pub fn warning(&mut self, code: Code, message: impl Into<String>, span: Span) -> &mut Diagnostic {
        self.push(Diagnostic::new(code, Severity::Warning, message, span))
    }

    /// Adds all problems of another stage, and the warnings that are allowed.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.found {
            self.push(diagnostic);
        }
        for (kind, count) in other.omitted {
            *self.omitted.entry(kind).or_default() += count;
            self.errors += if kind.0 == Severity::Error { count } else { 0 };
        }
        self.allowances.extend(other.allowances);
    }

    /// Whether something stops the generator.
    #[must_use]
    pub const fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors were found.
    #[must_use]
    pub const fn errors(&self) -> usize {
        self.errors
    }

    /// How many problems were found beyond those that are kept.
    #[must_use]
    pub fn omitted(&self) -> usize {
        self.omitted.values().sum()
    }

    /// How many warnings of a code were found beyond those that are kept.
    #[must_use]
    pub fn omitted_warnings(&self, code: Code) -> usize {
        self.omitted.get(&(Severity::Warning, code)).copied().unwrap_or_default()
    }

    /// How many warnings were found.
    #[must_use]
    pub fn warnings(&self) -> usize {
        (self.found.len() + self.omitted()).saturating_sub(self.errors)
    }

    /// Whether nothing was found.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// How many problems are kept.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.found.len()
    }

    /// The problems.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.found.iter()
    }

    /// Drops the warnings of some codes, and makes errors of those of others; a code among both is an error.
    pub fn level(&mut self, allowed: &[Code], denied: &[Code]) {
        let is_denied = |code: Code| denied.contains(&code);
        let is_dropped = |severity: Severity, code: Code| {
            severity == Severity::Warning && allowed.contains(&code) && !is_denied(code)
        };
        self.found.retain(|found| !is_dropped(found.severity, found.code));
        self.omitted.retain(|(severity, code), _| !is_dropped(*severity, *code));
        for found in self.found.iter_mut().filter(|found| is_denied(found.code)) {
            found.severity = Severity::Error;
        }
        for code in denied {
            let more = self.omitted.remove(&(Severity::Warning, *code)).unwrap_or_default();
            if more > 0 {
                *self.omitted.entry((Severity::Error, *code)).or_default() += more;
            }
        }
        self.sort();
    }

    /// Changes each error that is kept; its place and its code stay.
    pub(crate) fn for_each_error(&mut self, change: impl FnMut(&mut Diagnostic)) {
        self.found.iter_mut().filter(|found| found.severity == Severity::Error).for_each(change);
    }

    /// Drops the problems of places that are not looked at any more.
    pub(crate) fn forget(&mut self, is_gone: impl Fn(Span) -> bool) {
        let errors = &mut self.errors;
        self.found.retain(|found| {
            let gone = is_gone(found.span());
            *errors -= usize::from(gone && found.severity == Severity::Error);
            !gone
        });
    }

    pub(crate) fn into_found(self) -> Vec<Diagnostic> {
        self.found
    }

    /// Orders the problems by file and place, and drops repetitions: what several documents or references share is checked
    /// once for each, and reported once.
    pub fn sort(&mut self) {
        self.found.sort_by(|left, right| left.order().cmp(&right.order()));
        self.found.dedup_by(|later, earlier| later.order() == earlier.order());
        let omitted =
            self.omitted.iter().filter(|((severity, _), _)| *severity == Severity::Error).map(|(_, count)| count);
        self.errors =
            omitted.sum::<usize>() + self.found.iter().filter(|found| found.severity == Severity::Error).count();
    }

    /// Notes warnings that the document allows. They are dropped by [`Self::settle`].
    pub fn allow(&mut self, allowances: impl IntoIterator<Item = Allowance>) {
        self.allowances.extend(allowances);
    }

    /// Orders the problems, and drops the warnings that the document allows by `x-specie-allow`. Where nothing stopped the stages, an
    /// allowance that no warning needed is reported.
    ///
    /// It is called once, after the last stage.
    pub fn settle(&mut self) {
        let is_complete = !self.has_errors() && self.omitted() == 0;
        let unused = self.drop_allowed();
        for allowance in unused.into_iter().filter(|_| is_complete) {
            let message = format!("nothing here has the warning `{}`", allowance.code.as_str());
            self.warning(Code::UnusedAllowance, message, allowance.code_span)
                .help("remove the entry, or put it where the warning is");
        }
        self.sort();
    }

    /// Drops the warnings that the document allows; returns the allowances of which there was nothing to drop.
    fn drop_allowed(&mut self) -> Vec<Allowance> {
        let mut by_code: HashMap<Code, Vec<(Allowance, bool)>> = HashMap::new();
        for allowance in std::mem::take(&mut self.allowances) {
            by_code.entry(allowance.code).or_default().push((allowance, false));
        }
        self.found.retain(|found| {
            if found.severity == Severity::Error {
                return true;
            }
            let mut allowed = false;
            for (allowance, used) in by_code.get_mut(&found.code).into_iter().flatten() {
                if allowance.span.contains(found.span()) {
                    (*used, allowed) = (true, true);
                }
            }
            !allowed
        });
        by_code.into_values().flatten().filter(|(_, used)| !used).map(|(allowance, _)| allowance).collect()
    }
}

impl Diagnostic {
    fn order(&self) -> (Span, Severity, Code, &str) {
        (self.span(), self.severity, self.code, &self.message)
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

#[cfg(test)]
mod tests;
