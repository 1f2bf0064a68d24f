//! A document that was checked and whose references were resolved.

use super::Document;
use crate::diagnostic::{Code, Diagnostics};
use crate::grammar::Version;
use crate::resolve::{self, Bundled};
use crate::source::{Source, Span};
use crate::strictness::Strictness;
use crate::syntax::Documents;

/// A document that was checked and whose references were resolved.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// What it holds.
    pub document: Document,
    pub(crate) version: Version,
    pub(crate) strictness: Strictness,
    names: Vec<Span>,
    undeclared_security: Vec<Span>,
}

impl Resolved {
    /// Where the document names types, properties and operations itself (`x-specie-name`).
    pub(crate) fn stated_names(&self) -> &[Span] {
        &self.names
    }

    /// Where `security` stands of which no alternative is left, because each names a scheme that is not declared.
    pub(crate) fn undeclared_security(&self) -> &[Span] {
        &self.undeclared_security
    }
}

/// Checks the documents against the grammar, follows every reference, brings all that the root document needs into it, and reads it.
///
/// There is a result when there are no errors. A text with a syntax error may fail in further ways: [`resolve::bundled`] and [`of`], which
/// this calls, are called one by one to stop before them.
#[must_use]
pub fn resolved(source: &Source, documents: Documents, strictness: Strictness) -> (Option<Resolved>, Diagnostics) {
    let (bundled, mut diagnostics) = resolve::bundled(source, documents, strictness);
    let Some(bundled) = bundled else { return (None, diagnostics) };
    let (resolved, found) = of(bundled);
    diagnostics.extend(found);
    (resolved, diagnostics)
}

/// Reads the document from its tree.
///
/// There is a result when there are no errors.
#[must_use]
pub fn of(bundled: Bundled) -> (Option<Resolved>, Diagnostics) {
    let Bundled { root, version, strictness, names, undeclared_security } = bundled;
    let mut diagnostics = Diagnostics::new();
    let resolved = match Document::read(&root, version) {
        Ok(document) => Some(Resolved { document, version, strictness, names, undeclared_security }),
        Err(refused) => {
            let message = format!("this cannot be read: {}", refused.reason);
            diagnostics
                .error(Code::WrongType, message, refused.span)
                .help("compare it with the specification of OpenAPI 3.0.4, and report it to us if it is right");
            None
        }
    };
    (resolved, diagnostics)
}
