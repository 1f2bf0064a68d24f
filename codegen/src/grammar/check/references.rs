//! References: which have to be followed, and what stands beside them.

use super::{Checker, Name};
use crate::component_reference_text::section_of;
use crate::diagnostic::{Code, quoted};
use crate::grammar::{Kind, Shape, Version};
use crate::source::{Span, is_file_like};
use crate::syntax::{Key, Node};

/// A reference that is not plainly one to a component of the root document.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Where its text stands.
    pub(crate) span: Span,
    pub(crate) text: Box<str>,
    /// The kind of object that is expected there.
    pub(crate) kind: Kind,
    /// Whether it stands in a discriminator's mapping.
    pub(crate) mapping: bool,
}

impl Checker<'_> {
    /// Notes a reference whose object is copied here, and reports one in a place that takes none.
    pub(super) fn expand(&mut self, node: &Node, kind: Option<Kind>) -> bool {
        let Some((key, value)) = node.entry("$ref") else { return false };
        let Some(text) = value.as_str() else { return false };
        // OpenAPI 3.2.0, Components Object: a media type may be one of `components.mediaTypes`.
        let is_allowed = kind == Some(Kind::MediaType) && self.version >= Version::V32;
        if !is_allowed {
            self.diagnostics
                .warning(Code::MisplacedReference, "OpenAPI has no reference in this place", key.span)
                .help("write the object itself here, and refer to its parts");
        }
        self.expansions.insert(value.span, text.into());
        true
    }

    /// Whether this is a schema or a path item with keys beside its `$ref`, which schemas of JSON Schema 2020-12 and path items may have.
    pub(super) fn is_more_than_reference(&self, node: &Node, kind: Kind) -> bool {
        let is_other = |key: &Key| !(key.text() == "$ref" || key.text().starts_with("x-"));
        let may_have_others = kind == Kind::PathItem || kind == Kind::Schema && self.version > Version::V30;
        may_have_others && node.entries().any(|(key, _)| is_other(key))
    }

    pub(super) fn reference(&mut self, node: &mut Node, kind: Kind, at: Span) {
        let whole = at.to(node.span);
        for (key, value) in node.entries_mut() {
            if key.text() == "$ref" {
                self.reference_text(value, kind);
            } else if key.text().starts_with("x-") {
                self.extension(kind, key, value, whole);
            }
        }
        let may_stand = |text: &str| self.version > Version::V30 && matches!(text, "summary" | "description");
        let is_lost = |key: &Key| key.text() != "$ref" && !key.text().starts_with("x-") && !may_stand(key.text());
        if let Some((key, _)) = node.entries().find(|(key, _)| is_lost(key)) {
            let message = format!("{} means nothing beside a `$ref`", quoted(key.text()));
            self.diagnostics
                .warning(Code::RefSiblings, message, key.span)
                .help("move it to what the reference names, or put both under `allOf`");
        }
    }

    pub(super) fn reference_text(&mut self, value: &Node, kind: Kind) {
        let Some(text) = value.as_str() else {
            return self.wrong_type(value, "a string", Name::of("$ref"));
        };
        if !self.is_known(text, kind) {
            self.sites.push(Site { span: value.span, text: text.into(), kind, mapping: false });
        }
    }

    /// Whether a reference names a component of the root document, of the kind expected.
    fn is_known(&self, text: &str, kind: Kind) -> bool {
        section_of(text) == kind.section() && self.known.contains(text)
    }

    pub(super) fn schema_name(&mut self, node: &mut Node, name: Name<'_>) {
        self.scalar(node, Shape::String, name);
        let Some(text) = node.as_str() else { return };
        if is_file_like(text) && !self.is_known(text, Kind::Schema) {
            self.sites.push(Site { span: node.span, text: text.into(), kind: Kind::Schema, mapping: true });
        }
    }
}
