//! The stages in order, from a source to a tree of files.

use crate::api::Api;
use crate::diagnostic::Diagnostics;
use crate::emit::{self, Manifest, Tree};
use crate::grammar::Strictness;
use crate::plan::Settings;
use crate::source::Source;
use crate::syntax;
use crate::{lower, plan, resolve, surface, validate};

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
    let mut diagnostics = Diagnostics::new();
    let strictness = options.strictness;
    let krate = planned(source, strictness, &options.crate_name, &mut diagnostics, plan::krate).flatten();
    Generated {
        tree: krate.as_ref().map(|krate| emit::tree(krate, &options.manifest)),
        surface: krate.as_ref().map(surface::surface),
        diagnostics,
    }
}

/// Says what is wrong with a document.
#[must_use]
pub fn check(source: &Source, strictness: Strictness) -> Diagnostics {
    let mut diagnostics = Diagnostics::new();
    let check = |api: &Api, settings: &Settings<'_>| ((), plan::check(api, settings));
    planned(source, strictness, "checked", &mut diagnostics, check);
    diagnostics
}

/// What `plan` makes of a document without an error. Each stage says all it has to say; the next one runs on what the one before
/// found sound.
fn planned<T>(
    source: &Source,
    strictness: Strictness,
    crate_name: &str,
    diagnostics: &mut Diagnostics,
    plan: impl FnOnce(&Api, &Settings<'_>) -> (T, Diagnostics),
) -> Option<T> {
    let documents = syntax::read(source, diagnostics);
    let resolved = resolve::resolve(source, documents, strictness, diagnostics)?;
    validate::validate(&resolved, diagnostics);
    resolved.refuse_later_version(diagnostics);
    if diagnostics.has_errors() {
        resolved.allow(diagnostics);
        return None;
    }
    let (api, found) = lower::api(&resolved.document);
    diagnostics.extend(found);
    let planned = (!diagnostics.has_errors()).then(|| {
        let stated_names = resolved.stated_names();
        let settings = Settings { crate_name, spec_path: shown(&source.root), strictness, stated_names };
        plan(&api, &settings)
    });
    let planned = planned.map(|(planned, found)| {
        diagnostics.extend(found);
        planned
    });
    resolved.allow(diagnostics);
    planned.filter(|_| !diagnostics.has_errors())
}

/// How generated files call the document: never by a path that only one machine has.
fn shown(root: &str) -> &str {
    let inside = !root.starts_with(['/', '\\', '.']) && !root.contains(':');
    if inside { root } else { root.rsplit(['/', '\\']).next().unwrap_or(root) }
}
