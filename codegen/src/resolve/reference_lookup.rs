//! The trees of all files, and the way through them.

use std::collections::{HashSet, VecDeque};

use crate::source::{FileId, Refusal, Source, Span, Target};
use crate::syntax::{Key, Node, pointer};

/// A chain of references that is longer than this leads nowhere.
pub(super) const LONGEST_CHAIN: usize = 100;

/// A place in one of the files. The tokens lead there through objects and lists alone, never through a `$ref`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Location {
    pub(super) file: FileId,
    pub(super) tokens: Vec<String>,
}

impl Location {
    pub(super) const fn whole(file: FileId) -> Self {
        Self { file, tokens: Vec::new() }
    }
}

/// Why a reference leads nowhere.
pub(super) enum Failure {
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

pub(super) struct Trees<'a> {
    pub(super) source: &'a Source,
    files: Vec<Option<Node>>,
    /// The places of references that stand for what moved. Their texts are written for the root document, wherever they stand.
    left: HashSet<Span>,
}

impl<'a> Trees<'a> {
    pub(super) fn new(source: &'a Source, files: Vec<Option<Node>>) -> Self {
        Self { source, files, left: HashSet::new() }
    }

    /// Puts a reference to a component of the root document where an object stands, and returns the object.
    pub(super) fn leave_reference(&mut self, location: &Location, text: String) -> Option<Node> {
        let node = self.node_mut(location)?;
        let span = node.span;
        let text = Node::scalar(text, true, span);
        let object = std::mem::replace(node, Node::mapping(vec![(Key::new("$ref", true, span), text)], span));
        self.left.insert(span);
        Some(object)
    }

    /// What a reference names, by its text and the place of the text.
    pub(super) fn target(&self, text: &str, span: Span) -> Result<Target, Refusal> {
        let file = if self.left.contains(&span) { FileId::ROOT } else { span.file };
        Target::parse(text, self.source.referrer(file), &self.source.base)
    }

    pub(super) fn root(&self) -> Option<&Node> {
        self.files.first()?.as_ref()
    }

    pub(super) fn root_mut(&mut self) -> Option<&mut Node> {
        self.files.first_mut()?.as_mut()
    }

    pub(super) fn into_root(self) -> Option<Node> {
        self.files.into_iter().next()?
    }

    fn tree(&self, file: FileId) -> Option<&Node> {
        self.files.get(file.index())?.as_ref()
    }

    pub(super) fn node(&self, location: &Location) -> Option<&Node> {
        location.tokens.iter().try_fold(self.tree(location.file)?, |node, token| node.step(token))
    }

    pub(super) fn node_mut(&mut self, location: &Location) -> Option<&mut Node> {
        let tree = self.files.get_mut(location.file.index())?.as_mut()?;
        location.tokens.iter().try_fold(tree, |node, token| node.step_mut(token))
    }

    /// Whether keys stand without quotes, so that the file cannot be JSON.
    pub(super) fn is_yaml(&self, file: FileId) -> bool {
        self.tree(file).and_then(|tree| tree.entries().next()).is_none_or(|(key, _)| !key.quoted)
    }

    /// Whether a file is laid out as an OpenAPI document, so that its places have kinds.
    pub(super) fn is_open_api(&self, file: FileId) -> bool {
        let has = |key| {
            self.tree(file).is_some_and(|tree| tree.get(key).is_some_and(|node| node.is_mapping() || key == "openapi"))
        };
        file == FileId::ROOT || has("openapi") || has("components")
    }

    /// Finds what a reference names. References on the way and at the end are followed, so that the result is no reference.
    pub(super) fn follow(&self, target: &Target) -> Result<Location, Failure> {
        let mut location = self.start(target)?;
        let mut ahead = tokens(&target.pointer)?;
        let mut node = self.node(&location).ok_or(Failure::Unparsed)?;
        let mut hops = 0;
        loop {
            let next = ahead.front().and_then(|token| node.step(token));
            if let (None, Some((text, span))) = (next, reference(node)) {
                hops += 1;
                if hops > LONGEST_CHAIN {
                    return Err(Failure::Circular);
                }
                let target = self.target(text, span)?;
                location = self.start(&target)?;
                node = self.node(&location).ok_or(Failure::Unparsed)?;
                let mut longer = tokens(&target.pointer)?;
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

    fn start(&self, target: &Target) -> Result<Location, Failure> {
        let name = || target.file.clone();
        let file = self.source.file(&target.file);
        let file = file.ok_or_else(|| Failure::Unreadable { name: name(), reason: "it was not read".to_owned() })?;
        if let Some((_, Err(reason))) = self.source.files.get_index(file.index()) {
            return Err(Failure::Unreadable { name: name(), reason: reason.clone() });
        }
        Ok(Location::whole(file))
    }
}

/// The text of a node that is a reference, and its place.
pub(super) fn reference(node: &Node) -> Option<(&str, Span)> {
    let value = node.get("$ref")?;
    value.as_str().map(|text| (text, value.span))
}

fn tokens(text: &str) -> Result<VecDeque<String>, Failure> {
    let tokens = pointer::tokens(text).ok_or(Failure::Refused(Refusal::NotAPointer))?;
    Ok(tokens.into_iter().map(std::borrow::Cow::into_owned).collect())
}
