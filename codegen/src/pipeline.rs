//! The stages in order, from a source to a tree of files.

use crate::diagnostic::Diagnostics;
use crate::emit::{self, Manifest, Tree};
use crate::grammar::Strictness;
use crate::ir::Api;
use crate::rust::Crate;
use crate::source::Source;
use crate::syntax;
use crate::{lower, plan, resolve, surface, typing, validate};

/// What a run needs to know beside the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// The crate's name; [`names::is_crate_name`](crate::names::is_crate_name) says which are possible.
    pub crate_name: String,
    /// How strictly the document is read.
    pub strictness: Strictness,
    /// Where the crate will stand.
    pub manifest: Manifest,
}

/// What is generated from a document, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Generated {
    /// The crate's files; `None` where the document has an error.
    pub tree: Option<Tree>,
    /// The public API in plain lines; `None` where the document has an error.
    pub surface: Option<String>,
    /// Everything there is to say about the document.
    pub diagnostics: Diagnostics,
}

/// Generates a crate from a document, or says why not.
#[must_use]
pub fn generate(source: &Source, options: &Options) -> Generated {
    let (krate, diagnostics) = planned(source, options);
    Generated {
        tree: krate.as_ref().map(|krate| emit::tree(krate, &options.manifest)),
        surface: krate.as_ref().map(surface::surface),
        diagnostics,
    }
}

/// Plans the crate of a document, or says why not.
#[must_use]
pub fn planned(source: &Source, options: &Options) -> (Option<Crate>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let api = read(source, options.strictness, &options.crate_name, &mut diagnostics);
    (api.as_ref().map(plan::krate), diagnostics)
}

/// Says what is wrong with a document.
#[must_use]
pub fn check(source: &Source, strictness: Strictness) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    read(source, strictness, "checked", &mut diagnostics);
    diagnostics
}

/// Each stage says all it has to say; the next one runs on what the one before found sound.
fn read(source: &Source, strictness: Strictness, crate_name: &str, diagnostics: &mut Diagnostics) -> Option<Api> {
    let documents = syntax::read(source, diagnostics);
    let resolved = resolve::resolve(source, documents, strictness, diagnostics)?;
    validate::validate(&resolved, diagnostics);
    resolved.refuse_later_version(diagnostics);
    if diagnostics.has_errors() {
        resolved.allow(diagnostics);
        return None;
    }
    let (meant, found) = lower::api(&resolved.document);
    diagnostics.extend(found);
    let typed = (!diagnostics.has_errors()).then(|| {
        let around =
            typing::Around { crate_name, spec_path: shown(&source.root), strictness, names: resolved.stated_names() };
        typing::api(&meant, &around)
    });
    let api = typed.map(|(api, found)| {
        diagnostics.extend(found);
        api
    });
    resolved.allow(diagnostics);
    api.filter(|_| !diagnostics.has_errors())
}

/// How generated files call the document: never by a path that only one machine has.
fn shown(root: &str) -> &str {
    let inside = !root.starts_with(['/', '\\', '.']) && !root.contains(':');
    if inside { root } else { root.rsplit(['/', '\\']).next().unwrap_or(root) }
}
