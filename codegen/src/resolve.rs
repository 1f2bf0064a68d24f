//! Many files with references between them to one checked document, in which every reference names a component that exists.

mod bundle;
mod circular_components;
mod detect_version;
mod inline;
mod misplaced_references;
mod names;
mod reference_errors;
mod reference_lookup;
mod repair;

use std::collections::{HashSet, VecDeque};

use crate::diagnostic::{Allowance, Code, Diagnostic, Diagnostics, Severity, quoted};
use crate::document::Document;
use crate::grammar::{Checker, Site, Strictness, Version};
use crate::grammar::{Kind, SECTIONS, Shape, shape_at};
use crate::source::{FileId, Refusal, Source, Span, Target};
use crate::syntax::{Documents, Node};

use bundle::Bundle;
use misplaced_references::Expansion;
use reference_lookup::{Failure, Location, Trees};

/// One checked document.
#[derive(Clone, Debug)]
pub struct Resolved {
    /// What it holds.
    pub document: Document,
    pub(crate) version: Version,
    pub(crate) strictness: Strictness,
    pub(crate) allowances: Vec<Allowance>,
    /// The names that the document gives by `x-specie-name`.
    pub(crate) names: Vec<Span>,
}

impl Resolved {
    /// Where the document names types, properties and operations itself (`x-specie-name`).
    #[must_use]
    pub fn stated_names(&self) -> &[Span] {
        &self.names
    }

    /// Orders the diagnostics, and drops the warnings that the document allows by `x-specie-allow`. Where every stage has had its say, an allowance that no warning
    /// needed is reported.
    pub fn allow(&self, diagnostics: &mut Diagnostics) {
        let is_complete = !diagnostics.has_errors() && diagnostics.omitted() == 0;
        let unused = settle(&self.allowances, diagnostics);
        for allowance in unused.into_iter().filter(|_| is_complete) {
            let message = format!("nothing here has the warning `{}`", allowance.code.as_str());
            diagnostics
                .warning(Code::UnusedAllowance, message, allowance.code_span)
                .help("remove the entry, or put it where the warning is");
        }
        diagnostics.sort();
    }
}

/// Checks the documents against the grammar, follows every reference, and brings all that the root document needs into it.
///
/// There is a result when there are no errors.
pub fn resolve(
    source: &Source,
    documents: Documents,
    strictness: Strictness,
    diagnostics: &mut Diagnostics,
) -> Option<Resolved> {
    let Bundled { root, version, allowances, names } = bundled(source, documents, strictness, diagnostics)?;
    match Document::read(&root, version) {
        Ok(document) => Some(Resolved { document, version, strictness, allowances, names }),
        Err(refused) => {
            let message = format!("this cannot be read: {}", refused.reason);
            diagnostics
                .error(Code::WrongType, message, refused.span)
                .help("compare it with the specification of OpenAPI 3.0.4, and report it to us if it is right");
            settle(&allowances, diagnostics);
            None
        }
    }
}

/// A document and all that it refers to in one tree.
pub struct Bundled {
    /// Every `$ref` in it is `#/components/<kind>/<name>` and names something of the kind expected; path items, and the callbacks of
    /// operations, stand where they are used.
    pub root: Node,
    version: Version,
    allowances: Vec<Allowance>,
    names: Vec<Span>,
}

/// Checks all files, follows the references between them, and puts what is needed into the tree of the root document. [`resolve`] reads
/// its document from this tree; no later stage sees it.
///
/// There is a result when there are no errors.
pub fn bundled(
    source: &Source,
    documents: Documents,
    strictness: Strictness,
    diagnostics: &mut Diagnostics,
) -> Option<Bundled> {
    let mut trees = Trees::new(source, documents.trees);
    let root = trees.root()?;
    let version = detect_version::version(root, diagnostics)?;
    let known = known_components(root);
    let mut resolver = Resolver {
        checker: Checker::new(strictness, version, &known, diagnostics),
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
    let Resolver { checker, bundle, .. } = resolver;
    let (allowances, names) = (checker.allowances, checker.names);
    circular_components::check(&trees, diagnostics);
    if diagnostics.has_errors() {
        settle(&allowances, diagnostics);
        return None;
    }
    let mut root = bundle.apply(trees, version, diagnostics)?;
    if strictness.is_lenient() {
        repair::repair(&mut root, version, diagnostics);
    }
    Some(Bundled { root, version, allowances, names })
}

/// Drops what is allowed and orders the rest; returns the allowances that nothing needed.
fn settle<'a>(allowances: &'a [Allowance], diagnostics: &mut Diagnostics) -> Vec<&'a Allowance> {
    let unused = diagnostics.allow(allowances);
    diagnostics.sort();
    unused
}

/// The references to components of the root document, as they are usually written.
fn known_components(root: &Node) -> HashSet<String> {
    let mut known = HashSet::new();
    for (_, section) in SECTIONS {
        let entries =
            root.get("components").and_then(|components| components.get(section)).into_iter().flat_map(Node::entries);
        known.extend(entries.map(|(key, _)| bundle::reference_to(section, key.text())));
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
                    self.checker.diagnostics,
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
                    reference_errors::report(self.trees, &site, failure, self.strictness, self.checker.diagnostics);
                }
            }
        }
    }

    fn locate(&self, site: &Site) -> Result<Location, Failure> {
        let source = self.trees.source;
        let target = Target::parse(&site.text, source.referrer(site.span.file), &source.base)?;
        self.trees.follow(&target)
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
            let outside = std::mem::take(self.checker.diagnostics);
            self.check_at(location, Shape::Ref(site.kind));
            let inside = std::mem::replace(self.checker.diagnostics, outside);
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
