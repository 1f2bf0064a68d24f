//! Overlays: changes to a document that stand in files of their own (OpenAPI Overlay Specification 1.0 and 1.1).
//!
//! They are applied to the tree of the root document before the grammar looks at it. What comes from an overlay keeps its place there,
//! so that a problem with it is reported in the overlay.

mod merge;
mod path;
mod read;

use crate::diagnostic::{Code, Diagnostics, quoted};
use crate::size_limits::{COPIES, DEPTH};
use crate::source::{FileId, Source, Span};
use crate::syntax::{Documents, Node};

use merge::Target;
use path::Location;
use read::{Action, Change, Overlay};

/// Applies the overlays of a source in their order; there are no documents after an error in them, with which nothing can follow.
#[must_use]
pub fn apply(source: &Source, mut documents: Documents) -> (Option<Documents>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    if source.overlays.is_empty() {
        return (Some(documents), diagnostics);
    }
    let applied = apply_all(source, &mut documents, &mut diagnostics);
    (applied.map(|()| documents).filter(|_| !diagnostics.has_errors()), diagnostics)
}

fn apply_all(source: &Source, documents: &mut Documents, diagnostics: &mut Diagnostics) -> Option<()> {
    let root = documents.trees.first_mut()?.take();
    let read = |file: &FileId| read_one(source, *file, documents, diagnostics);
    let overlays: Vec<Option<Overlay<'_>>> = source.overlays.iter().map(read).collect();
    // With one of them missing, what the others say about the document would mislead.
    let overlays: Option<Vec<Overlay<'_>>> = overlays.into_iter().collect();
    let changed = changed(root?, &overlays?, diagnostics)?;
    *documents.trees.first_mut()? = Some(changed);
    Some(())
}

fn changed(root: Node, overlays: &[Overlay<'_>], diagnostics: &mut Diagnostics) -> Option<Node> {
    let mut applied = Applied { target: Target::new(root), copied: 0, diagnostics };
    overlays.iter().flat_map(|overlay| &overlay.actions).try_for_each(|action| applied.action(action))?;
    Some(applied.target.root)
}

fn read_one<'a>(
    source: &Source,
    file: FileId,
    documents: &'a Documents,
    diagnostics: &mut Diagnostics,
) -> Option<Overlay<'a>> {
    if let Some((name, Err(reason))) = source.files.get_index(file.index()) {
        let span = Span { file, start: 0, end: 0 };
        diagnostics
            .error(Code::UnreadableFile, format!("the overlay {name} cannot be read: {reason}"), span)
            .help("name a file that may be read and holds UTF-8 text");
        return None;
    }
    // A text without a tree was reported.
    let tree = documents.trees.get(file.index())?.as_ref()?;
    read::overlay(tree, source, diagnostics)
}

/// The document while it is changed.
struct Applied<'a> {
    target: Target,
    copied: usize,
    diagnostics: &'a mut Diagnostics,
}

impl Applied<'_> {
    /// Applies one action; `None` where going on would copy without end.
    fn action(&mut self, action: &Action<'_>) -> Option<()> {
        let found = action.path.find(&self.target.json);
        if found.is_empty() {
            self.diagnostics
                .warning(Code::OverlayTarget, format!("{} selects nothing", quoted(action.text)), action.span)
                .help("compare it with the document, or remove the action");
            return Some(());
        }
        match &action.change {
            Change::Nothing => {}
            Change::Remove(span) => self.remove(&found, *span),
            Change::Update(update) => self.update(&found, update, action)?,
            Change::Copy(path, text, span) => {
                let copied = path.find(&self.target.json);
                if let [one] = copied.as_slice() {
                    let update = self.target.get(one)?.clone();
                    self.update(&found, &update, action)?;
                } else {
                    let message = format!("{} selects {} places, and one can be copied", quoted(text), copied.len());
                    self.diagnostics
                        .error(Code::OverlayMismatch, message, *span)
                        .help("write a path to the one object, list or value to copy");
                }
            }
        }
        Some(())
    }

    fn remove(&mut self, found: &[Location], span: Span) {
        // From the end, so that the indices of what is still to be removed stay right.
        for location in found.iter().rev() {
            if !self.target.remove(location) {
                self.diagnostics
                    .error(Code::OverlayMismatch, "the document itself cannot be removed", span)
                    .help("select a part of it");
            }
        }
    }

    fn update(&mut self, found: &[Location], update: &Node, action: &Action<'_>) -> Option<()> {
        let kinds = found.iter().filter_map(|location| self.target.get(location)).map(merge::kind);
        let mut kinds: Vec<&str> = kinds.collect();
        kinds.sort_unstable();
        kinds.dedup();
        if let [one, other, ..] = kinds.as_slice() {
            let message = format!("{} selects {one} and {other}", quoted(action.text));
            self.diagnostics
                .error(Code::OverlayMismatch, message, action.span)
                .help("write an action for each: one change fits objects, lists or plain values");
            return Some(());
        }
        let (size, depth) = (update.size(), update.depth());
        for location in found {
            self.copied += size;
            if self.copied > COPIES {
                self.diagnostics
                    .error(Code::TooLarge, format!("the overlays copy more than {COPIES} nodes"), action.span)
                    .help("put what is repeated under `components`, and refer to it");
                return None;
            }
            if location.len() + depth > DEPTH {
                self.diagnostics
                    .error(Code::TooDeep, format!("more than {DEPTH} levels of nesting"), action.span)
                    .help("put the inner schemas under `components`, and refer to them");
                return None;
            }
            self.target.update(location, update, self.diagnostics);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests;
