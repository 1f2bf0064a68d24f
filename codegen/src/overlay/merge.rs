//! What an action does to the document: merging, appending, replacing and removing.

use serde_json::Value as Json;

use super::path::{Location, PathSegment};
use crate::diagnostic::{Code, Diagnostics};
use crate::syntax::{Node, Value};

/// The document twice: as nodes with their places, and as the plain JSON that paths are evaluated on. Both change together.
pub(super) struct Target {
    pub(super) root: Node,
    pub(super) json: Json,
}

impl Target {
    pub(super) fn new(root: Node) -> Self {
        let json = root.to_json();
        Self { root, json }
    }

    pub(super) fn get(&self, location: &[PathSegment]) -> Option<&Node> {
        location.iter().try_fold(&self.root, |node, step| match step {
            PathSegment::Key(key) => node.get(key),
            PathSegment::Index(index) => node.items().get(*index),
        })
    }

    fn get_mut(&mut self, location: &[PathSegment]) -> Option<&mut Node> {
        location.iter().try_fold(&mut self.root, |node, step| match step {
            PathSegment::Key(key) => node.get_mut(key),
            PathSegment::Index(index) => node.items_mut().get_mut(*index),
        })
    }

    fn json_mut(&mut self, location: &[PathSegment]) -> Option<&mut Json> {
        location.iter().try_fold(&mut self.json, |json, step| match step {
            PathSegment::Key(key) => json.get_mut(&**key),
            PathSegment::Index(index) => json.get_mut(*index),
        })
    }

    /// Removes what stands at a location; `false` where that is the whole document. What an outer removal took is gone already.
    pub(super) fn remove(&mut self, location: &Location) -> bool {
        let Some((last, around)) = location.split_last() else { return false };
        match (last, self.get_mut(around).map(|node| &mut node.value)) {
            (PathSegment::Key(key), Some(Value::Mapping(mapping))) => {
                mapping.retain(|(other, _)| other.text() != &**key);
            }
            (PathSegment::Index(index), Some(Value::Sequence(items))) if *index < items.len() => {
                drop(items.remove(*index));
            }
            _ => {}
        }
        match (last, self.json_mut(around)) {
            (PathSegment::Key(key), Some(Json::Object(entries))) => drop(entries.remove(&**key)),
            (PathSegment::Index(index), Some(Json::Array(items))) if *index < items.len() => drop(items.remove(*index)),
            _ => {}
        }
        true
    }

    /// Merges an update into what stands at a location (Overlay 1.1 section 4.4.3).
    pub(super) fn update(&mut self, location: &Location, update: &Node, diagnostics: &mut Diagnostics) {
        let Some(node) = self.get_mut(location) else { return };
        match (&mut node.value, &update.value) {
            (Value::Sequence(items), Value::Scalar(_) | Value::Mapping(_)) => items.push(update.clone()),
            _ => merge(node, update, diagnostics),
        }
        let changed = node.to_json();
        if let Some(json) = self.json_mut(location) {
            *json = changed;
        }
    }
}

fn merge(node: &mut Node, update: &Node, diagnostics: &mut Diagnostics) {
    match (&mut node.value, &update.value) {
        (Value::Scalar(_), Value::Scalar(_)) => *node = update.clone(),
        (Value::Sequence(items), Value::Sequence(further)) => items.extend(further.iter().cloned()),
        (Value::Mapping(mapping), Value::Mapping(further)) => {
            for (key, value) in further.entries() {
                match mapping.get_mut(key.text()) {
                    Some(inner) => merge(inner, value, diagnostics),
                    None => mapping.push(key.clone(), value.clone()),
                }
            }
        }
        _ => {
            let message = format!("{} cannot be merged into {}", kind(update), kind(node));
            diagnostics
                .error(Code::OverlayMismatch, message, update.span)
                .label(node.span, "into this")
                .help("write the same kind of value, or remove the old one by an action before");
        }
    }
}

/// What a node is, in words.
pub(super) fn kind(node: &Node) -> &'static str {
    match &node.value {
        Value::Scalar(_) => "a plain value",
        Value::Sequence(_) => "a list",
        Value::Mapping(_) => "an object",
    }
}
