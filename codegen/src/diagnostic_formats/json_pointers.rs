//! JSON pointers to places, looked up when something is printed.
//!
//! They lead through a file as it is written, and so do lines and columns: overlays and what is bundled change neither. A run gives the
//! stages copies of the trees that were parsed when the files were gathered, so those still have the places of the texts. A file that was
//! not parsed then is parsed once, if a pointer into it is printed: a long line of a listing for people needs one.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::pointer;
use crate::source::{FileId, Span};
use crate::syntax;
use crate::syntax::{Input, Key, Node};

/// The trees of the files that were asked for.
pub(super) struct Pointers<'a> {
    input: Input<'a>,
    /// Those that were not parsed when the files were gathered; `None` for a file that cannot be read as a tree.
    parsed_here: HashMap<FileId, Option<Node>>,
}

impl<'a> Pointers<'a> {
    pub(super) fn new(input: Input<'a>) -> Self {
        Self { input, parsed_here: HashMap::new() }
    }

    /// The pointer to a place; `None` where the file cannot be read as a tree.
    pub(super) fn to(&mut self, span: Span) -> Option<String> {
        let source = self.input.source;
        let tree = match self.input.tree(span.file) {
            Some(tree) => tree,
            None => self.parsed_here.entry(span.file).or_insert_with(|| syntax::tree(source, span.file)).as_ref()?,
        };
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
