//! JSON pointers to places, looked up when something is printed.
//!
//! A run changes its trees as it goes, by overlays and by what it bundles, so that none of them is left that has the places of a text.
//! A file is read again, once, if a pointer into it is printed: for programs, and for people where its lines are long.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::source::{FileId, Source, Span};
use crate::syntax;
use crate::syntax::{Key, Node, pointer};

/// The trees of the files that were asked for.
pub(super) struct Pointers<'a> {
    source: &'a Source,
    /// For a file that cannot be read as a tree, there is none.
    trees: HashMap<FileId, Option<Node>>,
}

impl<'a> Pointers<'a> {
    pub(super) fn new(source: &'a Source) -> Self {
        Self { source, trees: HashMap::new() }
    }

    /// The pointer to a place; `None` where the file cannot be read as a tree.
    pub(super) fn to(&mut self, span: Span) -> Option<String> {
        let tree = self.trees.entry(span.file).or_insert_with(|| syntax::tree(self.source, span.file)).as_ref()?;
        Some(pointer_to(tree, span))
    }
}

/// The pointer to the innermost node that holds a place; a key stands for its value.
fn pointer_to(tree: &Node, span: Span) -> String {
    let mut pointer = String::new();
    let mut node = tree;
    loop {
        if span.start == span.end && span.start == node.span.start {
            return pointer;
        }
        // A marker over a key and its value is about the value, wherever the value stands.
        let is_whole = |key: &Key, value: &Node| key.span.start == span.start && value.span.end == span.end;
        let is_within = |key: &Key, value: &Node| key.span.contains(span) || value.span.contains(span);
        let entry = node.entries().find(|(key, value)| is_within(key, value) || is_whole(key, value));
        let item = || node.items().iter().enumerate().find(|(_, item)| item.span.contains(span));
        if let Some((key, value)) = entry {
            let _ = write!(pointer, "/{}", pointer::escape(key.text()));
            node = value;
            if key.span.contains(span) || !value.span.contains(span) {
                return pointer;
            }
        } else if let Some((at, value)) = item() {
            let _ = write!(pointer, "/{at}");
            node = value;
        } else {
            return pointer;
        }
    }
}
