//! Keys that an object needs and does not have.

use super::Checker;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::grammar::{Field, Kind, Need, Version};
use crate::source::Span;
use crate::syntax::{Key, Mapping, Node};

/// A field that an object needs and does not have.
pub(super) struct Missing {
    pub(super) field: &'static Field,
    /// Whether another key is so like it that it is plainly meant.
    pub(super) is_misspelt: bool,
}

pub(super) fn missing_fields(node: &Node, kind: Kind, version: Version) -> Vec<Missing> {
    let is_absent = |field: &&Field| node.get(field.name).is_none();
    let missing = |field| Missing { field, is_misspelt: false };
    // From OpenAPI 3.1 on, `paths` may be missing where there is something else.
    if kind == Kind::OpenApi
        && version > Version::V30
        && ["components", "webhooks"].iter().all(|key| node.get(key).is_none())
    {
        return kind
            .fields(Version::V30)
            .filter(|field| field.need != Need::Optional)
            .filter(is_absent)
            .map(missing)
            .collect();
    }
    kind.fields(version).filter(|field| field.need != Need::Optional).filter(is_absent).map(missing).collect()
}

impl Checker<'_> {
    pub(super) fn missing_keys(&mut self, mapping: &mut Mapping, kind: Kind, missing: &[Missing], at: Span) {
        for Missing { field, is_misspelt } in missing {
            let message = format!("{} has no `{}`", kind.name(), field.name);
            let empty = match field.need {
                Need::Optional => continue,
                Need::Required => None,
                Need::EmptyText => Some(Node::scalar("", true, at)),
                Need::EmptyObject => Some(Node::mapping(Vec::new(), at)),
            };
            // A misspelt key is one mistake, and was reported.
            if !is_misspelt {
                let severity = if empty.is_none() { Severity::Error } else { Severity::Warning };
                let diagnostic = Diagnostic::new(Code::MissingKey, severity, message, at);
                self.diagnostics.push(diagnostic).help(format!("add `{}`", field.name));
            }
            if let Some(empty) = empty {
                mapping.push(Key::new(field.name, true, at), empty);
            }
        }
        self.conditional_keys(mapping, kind, at);
    }
}
