//! What references name, found in the trees of a source. Nothing here knows what an object is for.

use std::collections::VecDeque;

use super::Node;
use crate::pointer;
use crate::source::{FileId, Refusal, Source, Span, Target};

/// A chain of references that is longer than this leads nowhere.
pub(crate) const LONGEST_CHAIN: usize = 100;

/// A place in one of the files. The tokens lead there through objects and lists alone, never through a `$ref`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Location {
    pub(crate) file: FileId,
    pub(crate) tokens: Vec<String>,
}

impl Location {
    pub(crate) const fn whole(file: FileId) -> Self {
        Self { file, tokens: Vec::new() }
    }
}

/// Why a reference leads nowhere.
pub(crate) enum Failure {
    Refused(Refusal),
    Circular,
    Unreadable {
        name: String,
        reason: String,
    },
    Unparsed,
    /// The last place that is there, and the key that it does not have.
    Missing {
        reached: Location,
        token: String,
    },
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// The text of a node that is a reference, and its place.
pub(crate) fn reference(node: &Node) -> Option<(&str, Span)> {
    let value = node.get("$ref")?;
    value.as_str().map(|text| (text, value.span))
}

/// The files of a source as trees.
#[derive(Clone, Copy)]
pub(crate) struct Trees<'a> {
    pub(crate) source: &'a Source,
    /// In the order of the files; a file that has no tree was reported.
    pub(crate) files: &'a [Option<Node>],
}

impl<'a> Trees<'a> {
    pub(crate) fn root(self) -> Option<&'a Node> {
        self.tree(FileId::ROOT)
    }

    pub(crate) fn tree(self, file: FileId) -> Option<&'a Node> {
        self.files.get(file.index())?.as_ref()
    }

    pub(crate) fn node(self, location: &Location) -> Option<&'a Node> {
        location.tokens.iter().try_fold(self.tree(location.file)?, |node, token| node.step(token))
    }

    /// What a reference names, by its text and the place of the text.
    pub(crate) fn target(self, text: &str, span: Span) -> Result<Target, Refusal> {
        Target::parse(text, self.source.referrer(span.file), &self.source.base)
    }

    /// The place that a reference names by its text, whatever stands there.
    pub(crate) fn named(self, text: &str, span: Span) -> Option<Location> {
        let target = self.target(text, span).ok()?;
        let start = self.start(&target).ok()?;
        Some(Location { tokens: tokens(&target.pointer).ok()?.into(), ..start })
    }

    /// Where a reference leads; `None` where that is nowhere, or goes by a name (`$id`, `$anchor`) or an address.
    pub(crate) fn destination(self, text: &str, span: Span) -> Option<Location> {
        let target = self.target(text, span).ok()?;
        self.follow(&target, &|text, span| self.target(text, span), &mut |_| {}).ok()
    }

    /// Finds what a reference names. References on the way and at the end are followed, so that the result is no reference; each of
    /// them is told to `pass`. `target` reads their texts.
    pub(crate) fn follow(
        self,
        named: &Target,
        target: &dyn Fn(&str, Span) -> Result<Target, Refusal>,
        pass: &mut dyn FnMut(&Location),
    ) -> Result<Location, Failure> {
        let mut location = self.start(named)?;
        let mut ahead = tokens(&named.pointer)?;
        let mut node = self.node(&location).ok_or(Failure::Unparsed)?;
        let mut hops = 0;
        loop {
            let next = ahead.front().and_then(|token| node.step(token));
            if let (None, Some((text, span))) = (next, reference(node)) {
                hops += 1;
                pass(&location);
                if hops > LONGEST_CHAIN {
                    return Err(Failure::Circular);
                }
                let named = target(text, span)?;
                location = self.start(&named)?;
                node = self.node(&location).ok_or(Failure::Unparsed)?;
                let mut longer = tokens(&named.pointer)?;
                longer.append(&mut ahead);
                ahead = longer;
                continue;
            }
            match (ahead.pop_front(), next) {
                (None, _) => return Ok(location),
                (Some(token), Some(inner)) => {
                    location.tokens.push(token);
                    node = inner;
                }
                (Some(token), None) => return Err(Failure::Missing { reached: location, token }),
            }
        }
    }

    fn start(self, target: &Target) -> Result<Location, Failure> {
        let unreadable = |reason: &str| Failure::Unreadable { name: target.file.clone(), reason: reason.to_owned() };
        let file = self.source.file(&target.file).ok_or_else(|| unreadable("it was not read"))?;
        match self.source.files.get_index(file.index()) {
            Some((_, Err(reason))) => Err(unreadable(reason)),
            _ => Ok(Location::whole(file)),
        }
    }
}

fn tokens(text: &str) -> Result<VecDeque<String>, Failure> {
    let tokens = pointer::tokens(text).ok_or(Failure::Refused(Refusal::NotAPointer))?;
    Ok(tokens.into_iter().map(std::borrow::Cow::into_owned).collect())
}
