//! Many files with references between them to one checked document, in which every reference names a component that exists.

mod base_uris;
mod bundle;
mod circular_components;
mod inline;
mod link_targets;
mod misplaced_references;
mod names;
mod reference_errors;
mod repair;
mod trees;

use std::collections::{HashSet, VecDeque};

use crate::component_reference_text::reference_to;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::grammar::{Checker, Kind, SECTIONS, Shape, Site, Version, shape_at};
use crate::source::{FileId, Refusal, Source, Span};
use crate::strictness::Strictness;
use crate::syntax::{Documents, Node};

use crate::syntax::reference_lookup::{Failure, Location};
use bundle::Bundle;
use link_targets::LinkTargets;
use misplaced_references::Expansion;
use trees::Trees;

/// A document and all that it refers to in one tree.
pub struct Bundled {
    /// Every `$ref` in it is `#/components/<kind>/<name>` and names something of the kind expected; path items, and the callbacks of
    /// operations, stand where they are used.
    pub root: Node,
    pub(crate) version: Version,
    pub(crate) strictness: Strictness,
    /// The names that the document gives by `x-specie-name`.
    pub(crate) names: Vec<Span>,
    /// The `security` keys whose alternatives all named undeclared schemes.
    pub(crate) undeclared_security: Vec<Span>,
}

/// Checks all files, follows the references between them, and puts what is needed into the tree of the root document.
/// [`document::of`](crate::document::of) reads this tree; no later stage sees it.
///
/// There is a result when there are no errors. The diagnostics hold the warnings that the document allows.
#[must_use]
pub fn bundled(source: &Source, mut documents: Documents, strictness: Strictness) -> (Option<Bundled>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let version = documents.root().and_then(|root| Version::of(root, &mut diagnostics));
    let Some(version) = version else { return (None, diagnostics) };
    base_uris::refer_by_place(source, &mut documents, version, &mut diagnostics);
    if diagnostics.has_errors() {
        return (None, diagnostics);
    }
    let trees = Trees::new(source, documents.trees);
    let (followed, mut diagnostics) = follow(trees, version, strictness);
    let bundled = followed.into_bundled(&mut diagnostics);
    (bundled, diagnostics)
}

/// Documents of which every part that is used was checked, and every reference followed.
struct Followed<'s> {
    trees: Trees<'s>,
    bundle: Bundle,
    version: Version,
    strictness: Strictness,
    names: Vec<Span>,
}

fn follow(mut trees: Trees<'_>, version: Version, strictness: Strictness) -> (Followed<'_>, Diagnostics) {
    let known = trees.root().map(known_components).unwrap_or_default();
    let mut resolver = Resolver {
        checker: Checker::new(strictness, version, &known),
        strictness,
        version,
        bundle: Bundle::new(&trees),
        trees: &mut trees,
        queue: VecDeque::new(),
        expansion: Expansion::default(),
        unfit: HashSet::new(),
    };
    resolver.check_root();
    // A map of components may have been copied from another file by now.
    resolver.bundle = Bundle::new(resolver.trees);
    resolver.follow_all();
    let Resolver { checker: Checker { mut diagnostics, allowances, names, .. }, bundle, .. } = resolver;
    diagnostics.allow(allowances);
    (Followed { trees, bundle, version, strictness, names }, diagnostics)
}

impl Followed<'_> {
    /// One tree of all; `None` after an error.
    fn into_bundled(self, diagnostics: &mut Diagnostics) -> Option<Bundled> {
        let Self { trees, bundle, version, strictness, names } = self;
        circular_components::check(&trees, diagnostics);
        if diagnostics.has_errors() {
            return None;
        }
        let links = LinkTargets::of(&trees);
        let mut root = bundle.apply(trees, version, diagnostics)?;
        links.rewrite(&mut root, version);
        let undeclared_security =
            if strictness.is_lenient() { repair::repair(&mut root, version, diagnostics) } else { Vec::new() };
        Some(Bundled { root, version, strictness, names, undeclared_security })
    }
}

/// The references to components of the root document, as they are usually written.
fn known_components(root: &Node) -> HashSet<String> {
    let mut known = HashSet::new();
    for (_, section) in SECTIONS {
        let entries =
            root.get("components").and_then(|components| components.get(section)).into_iter().flat_map(Node::entries);
        known.extend(entries.map(|(key, _)| reference_to(section, key.text())));
    }
    known
}

struct Resolver<'a, 's> {
    checker: Checker<'a>,
    strictness: Strictness,
    version: Version,
    bundle: Bundle,
    trees: &'a mut Trees<'s>,
    queue: VecDeque<Site>,
    expansion: Expansion,
    /// The places that were taken for an object of a kind that they do not hold.
    unfit: HashSet<(Location, Kind)>,
}

impl Resolver<'_, '_> {
    fn check_root(&mut self) {
        self.check_at(&Location::whole(FileId::ROOT), Shape::Object(Kind::OpenApi));
    }

    fn check_at(&mut self, location: &Location, shape: Shape) {
        let yaml = self.trees.is_yaml(location.file);
        self.expansion.rounds = 0;
        loop {
            if let Some(node) = self.trees.node_mut(location) {
                self.checker.check(node, shape, yaml);
            }
            self.queue.extend(self.checker.sites.drain(..));
            let misplaced = std::mem::take(&mut self.checker.expansions);
            if misplaced.is_empty()
                || !self.expansion.apply(
                    self.trees,
                    location,
                    (shape, self.version),
                    misplaced,
                    &mut self.checker.diagnostics,
                )
            {
                return;
            }
            // What was copied is checked with all that is around it; what is said twice is reported once.
        }
    }

    fn follow_all(&mut self) {
        while let Some(site) = self.queue.pop_front() {
            match self.locate(&site) {
                Ok(location) => self.accept(&site, &location),
                // JSON Schema has names of its own for schemas.
                Err(Failure::Refused(Refusal::NotAPointer)) if self.version > Version::V30 => {}
                Err(failure) => {
                    if reference_errors::is_needless(&site, self.strictness) {
                        self.bundle.drop_reference(site.span);
                    }
                    reference_errors::report(
                        self.trees,
                        &site,
                        failure,
                        self.strictness,
                        &mut self.checker.diagnostics,
                    );
                }
            }
        }
    }

    fn locate(&self, site: &Site) -> Result<Location, Failure> {
        self.trees.follow(&self.trees.target(&site.text, site.span)?)
    }

    /// Handles a reference whose target exists: reports a target of another kind, and checks a target that was not checked yet.
    fn accept(&mut self, site: &Site, location: &Location) {
        let found = self.kind_at(location);
        let other = match found {
            KindAt::Kind(kind) => Some(kind).filter(|kind| *kind != site.kind).map(Kind::name),
            KindAt::Other => Some("something else"),
            KindAt::Unknown => self.bundle.kind_of(location).filter(|kind| *kind != site.kind).map(Kind::name),
        };
        if let Some(other) = other {
            return self.accept_other(site, location, other);
        }
        let checked = location.file == FileId::ROOT && matches!(found, KindAt::Kind(_));
        if self.bundle.note(self.trees, site, location, false) && !checked {
            self.check_at(location, Shape::Ref(site.kind));
        }
    }

    /// Handles a reference to an object of another kind. In documents by others it is a warning where the object also passes as one of the
    /// kind expected.
    fn accept_other(&mut self, site: &Site, location: &Location, other: &str) {
        if !self.strictness.is_lenient() {
            return self.wrong_kind(site, other, Severity::Error);
        }
        let key = (location.clone(), site.kind);
        if self.bundle.note(self.trees, site, location, true) {
            let outside = std::mem::take(&mut self.checker.diagnostics);
            self.check_at(location, Shape::Ref(site.kind));
            let inside = std::mem::replace(&mut self.checker.diagnostics, outside);
            // What the object lacks, and has beyond what is expected, follows from the one mistake.
            if inside.has_errors() {
                self.unfit.insert(key.clone());
            }
        }
        let severity = if self.unfit.contains(&key) { Severity::Error } else { Severity::Warning };
        self.wrong_kind(site, other, severity);
    }

    /// What the grammar says about a place, in files that look like OpenAPI documents.
    fn kind_at(&self, location: &Location) -> KindAt {
        let is_fragment = location.tokens.is_empty() && location.file != FileId::ROOT;
        if is_fragment || !self.trees.is_open_api(location.file) {
            return KindAt::Unknown;
        }
        match shape_at(location.tokens.iter().map(String::as_str), self.version) {
            None | Some(Shape::Any) => KindAt::Unknown,
            Some(shape) => shape.kind().map_or(KindAt::Other, KindAt::Kind),
        }
    }

    fn wrong_kind(&mut self, site: &Site, other: &str, severity: Severity) {
        let message = format!("{} names {other}, and {} is expected here", quoted(&site.text), site.kind.name());
        self.checker
            .diagnostics
            .push(Diagnostic::new(Code::ReferenceKind, severity, message, site.span))
            .help(format!("refer to {}, or move what this names", site.kind.name()));
    }
}

/// What the grammar has at a location.
enum KindAt {
    Kind(Kind),
    /// A place that holds no object.
    Other,
    Unknown,
}

#[cfg(test)]
mod tests;
