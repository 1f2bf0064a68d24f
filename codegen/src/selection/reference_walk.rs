//! The way along references, before anything is known about what they name.

use std::collections::VecDeque;

use crate::source::{FileId, Source, Span, Target};
use crate::syntax::{Node, pointer};

/// A chain of references that is longer than this leads nowhere.
const LONGEST_CHAIN: usize = 100;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Location {
    pub(super) file: FileId,
    pub(super) tokens: Vec<String>,
}

/// Where a reference leads.
pub(super) enum Led {
    To(Location),
    /// Nowhere: `resolve` says so, where it matters.
    Nowhere,
    /// It goes by a name (`$id`, `$anchor`) or an address.
    ByName,
}

/// The files of a source as trees.
pub(super) struct Trees<'a> {
    pub(super) source: &'a Source,
    pub(super) trees: &'a [Option<Node>],
}

impl<'a> Trees<'a> {
    pub(super) fn root(&self) -> Option<&'a Node> {
        self.trees.first()?.as_ref()
    }

    pub(super) fn node(&self, location: &Location) -> Option<&'a Node> {
        let tree = self.trees.get(location.file.index())?.as_ref()?;
        location.tokens.iter().try_fold(tree, |node, token| node.step(token))
    }

    /// Follows a reference, over the references on its way, each of which is told to `pass`.
    pub(super) fn follow(&self, text: &str, span: Span, pass: &mut dyn FnMut(&Location)) -> Led {
        let Some((mut location, mut ahead)) = self.start(text, span) else { return Led::ByName };
        let mut hops = 0;
        loop {
            let Some(node) = self.node(&location) else { return Led::Nowhere };
            let next = ahead.front().and_then(|token| node.step(token));
            if let (None, Some((text, span))) = (next, reference(node)) {
                hops += 1;
                pass(&location);
                let Some((start, mut longer)) = self.start(text, span).filter(|_| hops <= LONGEST_CHAIN) else {
                    return Led::Nowhere;
                };
                longer.append(&mut ahead);
                (location, ahead) = (start, longer);
                continue;
            }
            match (ahead.pop_front(), next) {
                (None, _) => return Led::To(location),
                (Some(token), Some(_)) => location.tokens.push(token),
                (Some(_), None) => return Led::Nowhere,
            }
        }
    }

    /// The place that a reference names by its text, whatever stands there.
    pub(super) fn named(&self, text: &str, span: Span) -> Option<Location> {
        let (start, tokens) = self.start(text, span)?;
        Some(Location { file: start.file, tokens: tokens.into() })
    }

    fn start(&self, text: &str, span: Span) -> Option<(Location, VecDeque<String>)> {
        let target = Target::parse(text, self.source.referrer(span.file), &self.source.base).ok()?;
        let file = self.source.file(&target.file)?;
        let ahead = pointer::tokens(&target.pointer)?.into_iter().map(std::borrow::Cow::into_owned).collect();
        Some((Location { file, tokens: Vec::new() }, ahead))
    }
}

/// The text of a node that is a reference, and its place.
pub(super) fn reference(node: &Node) -> Option<(&str, Span)> {
    let value = node.get("$ref")?;
    value.as_str().map(|text| (text, value.span))
}
