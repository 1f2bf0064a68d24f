//! The trees of all files, while objects move from one to another.

use std::collections::HashSet;

use crate::source::{FileId, Refusal, Source, Span, Target};
use crate::syntax::reference_lookup::{self, Failure, Location};
use crate::syntax::{Key, Node};

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

    /// The trees as they are now.
    fn now(&self) -> reference_lookup::Trees<'_> {
        reference_lookup::Trees { source: self.source, files: &self.files }
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
        self.now().target(text, Span { file, ..span })
    }

    /// The trees of the files that were read.
    pub(super) fn all(&self) -> impl Iterator<Item = &Node> {
        self.files.iter().flatten()
    }

    pub(super) fn root(&self) -> Option<&Node> {
        self.now().root()
    }

    pub(super) fn root_mut(&mut self) -> Option<&mut Node> {
        self.files.first_mut()?.as_mut()
    }

    pub(super) fn into_root(self) -> Option<Node> {
        self.files.into_iter().next()?
    }

    pub(super) fn node(&self, location: &Location) -> Option<&Node> {
        self.now().node(location)
    }

    pub(super) fn node_mut(&mut self, location: &Location) -> Option<&mut Node> {
        let tree = self.files.get_mut(location.file.index())?.as_mut()?;
        location.tokens.iter().try_fold(tree, |node, token| node.step_mut(token))
    }

    /// Whether keys stand without quotes, so that the file cannot be JSON.
    pub(super) fn is_yaml(&self, file: FileId) -> bool {
        self.now().tree(file).and_then(|tree| tree.entries().next()).is_none_or(|(key, _)| !key.quoted)
    }

    /// Whether a file is laid out as an OpenAPI document, so that its places have kinds.
    pub(super) fn is_open_api(&self, file: FileId) -> bool {
        let tree = self.now().tree(file);
        let has =
            |key| tree.is_some_and(|tree| tree.get(key).is_some_and(|node| node.is_mapping() || key == "openapi"));
        file == FileId::ROOT || has("openapi") || has("components")
    }

    /// Finds what a reference names. References on the way and at the end are followed, so that the result is no reference.
    pub(super) fn follow(&self, target: &Target) -> Result<Location, Failure> {
        self.now().follow(target, &|text, span| self.target(text, span), &mut |_| {})
    }
}
